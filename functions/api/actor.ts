/** Who is asking: from a bearer token, or from the cookie of a browser that says so in a header of its own. */
import type { Actor } from '@time-bank/identity/actor';
import { readToken } from '@time-bank/identity/token';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { Deps } from './deps.ts';
import { Refused, orRefuse } from './refused.ts';

export interface Env {
  Variables: { actor: Actor };
}

/** Other sites cannot set this header without being asked by the browser first, and we never agree. */
export const BROWSER_HEADER = 'X-Time-Bank';

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

/** Over https the name binds the cookie to this very host; on a laptop without https it cannot. */
const cookieName = (c: Context): string => (isSecure(c) ? '__Host-session' : 'session');

const cookieShape = (c: Context) =>
  ({ httpOnly: true, secure: isSecure(c), sameSite: 'Strict', path: '/' }) as const;

/** Gives the browser its token, out of reach of scripts. */
export const keepToken = (c: Context, token: string, expiresAt: Date): void => {
  setCookie(c, cookieName(c), token, { ...cookieShape(c), expires: expiresAt });
};

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** The cookie that a browser brought along. Refuses: missing_request_header for a command that another site had sent. */
const cookieOf = (c: Context): string | undefined => {
  const cookie = getCookie(c, cookieName(c));
  const isCommand = !safeMethods.includes(c.req.method);
  if (cookie !== undefined && isCommand && c.req.header(BROWSER_HEADER) === undefined) {
    throw new Refused({ code: 'missing_request_header' });
  }
  return cookie;
};

/** Takes the token back. Refuses: missing_request_header. */
export const dropToken = (c: Context): void => {
  cookieOf(c);
  deleteCookie(c, cookieName(c), cookieShape(c));
};

const tokenOf = (c: Context): string => {
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const token = bearer ?? cookieOf(c);
  if (token === undefined) throw new Refused({ code: 'not_signed_in' });
  return token;
};

/** Puts the actor into the context. Refuses: not_signed_in, sign_in_expired, missing_request_header. */
export const signedIn = (deps: Pick<Deps, 'keys' | 'ports'>) =>
  createMiddleware<Env>(async (c, next) => {
    c.set('actor', orRefuse(await readToken(deps.keys, tokenOf(c), deps.ports.clock.nowMs())));
    await next();
  });
