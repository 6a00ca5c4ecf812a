/**
 * The two cookies of a browser, both out of reach of its scripts: the access token, and the refresh token from which
 * it is renewed. A browser gets its tokens in no other way, and every other client gets no cookie.
 */
import { signOut } from '@time-bank/desk/end-sessions';
import { refreshSession } from '@time-bank/desk/refresh-session';
import type { SessionAnswer } from '@time-bank/desk/session-answer';
import { parseRefreshToken } from '@time-bank/identity/refresh-token';
import { readToken } from '@time-bank/identity/token';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Deps } from './deps.ts';
import { bearerOf } from './device.ts';
import { Refused, orRefuse } from './refused.ts';

type Work = Pick<Deps, 'keys' | 'ports'>;

/** Other sites cannot set this header without being asked by the browser first, and we never agree. */
export const BROWSER_HEADER = 'X-Time-Bank';

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

/** Over https the name binds the cookie to this very host; on a laptop without https it cannot. */
const nameOf = (c: Context, name: 'session' | 'refresh'): string => (isSecure(c) ? `__Host-${name}` : name);

const shapeOf = (c: Context) =>
  ({ httpOnly: true, secure: isSecure(c), sameSite: 'Strict', path: '/' }) as const;

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** True for what may change something. */
export const isCommand = (c: Context): boolean => !safeMethods.includes(c.req.method);

const isBrowser = (c: Context): boolean => c.req.header(BROWSER_HEADER) !== undefined;

/** The tokens that a browser brought along. Refuses: missing_request_header for a command that another site had sent. */
export const ofBrowser = (c: Context): { access: string | undefined; refresh: string | undefined } => {
  const access = getCookie(c, nameOf(c, 'session'));
  const refresh = getCookie(c, nameOf(c, 'refresh'));
  const isBrought = access !== undefined || refresh !== undefined;
  if (isBrought && isCommand(c) && !isBrowser(c)) throw new Refused({ code: 'missing_request_header' });
  return { access, refresh };
};

const setBoth = (c: Context, { token, expiresAt, refreshToken, endsAt }: SessionAnswer): void => {
  setCookie(c, nameOf(c, 'session'), token, { ...shapeOf(c), expires: new Date(expiresAt) });
  setCookie(c, nameOf(c, 'refresh'), refreshToken, { ...shapeOf(c), expires: new Date(endsAt) });
};

/** Takes the access token back; the next call renews it. */
export const dropAccess = (c: Context): void => {
  deleteCookie(c, nameOf(c, 'session'), shapeOf(c));
};

/** Takes both back. */
export const dropCookies = (c: Context): void => {
  dropAccess(c);
  deleteCookie(c, nameOf(c, 'refresh'), shapeOf(c));
};

/**
 * Renews the sign-in of a browser; gives the new access token.
 * Refuses: not_signed_in, sign_in_expired, session_ended; then the cookies are gone as well.
 */
export const renew = async (c: Context, { ports, keys }: Work, refresh: string): Promise<string> => {
  const outcome = await refreshSession(ports, keys, refresh);
  if (outcome.kind === 'refused' && outcome.refusal.code !== 'busy_try_again') dropCookies(c);
  const answer = orRefuse(outcome);
  setBoth(c, answer);
  return answer.token;
};

type Tokens = Pick<SessionAnswer, 'token' | 'refreshToken'>;

const sessionOf = async (
  { keys, ports }: Work,
  { access, refresh }: { access: string | undefined; refresh: string | undefined },
) => {
  const whose = refresh === undefined ? undefined : parseRefreshToken(keys, refresh);
  if (whose !== undefined || access === undefined) return whose;
  const actor = await readToken(keys, access, ports.clock.nowMs());
  return actor.kind === 'refused'
    ? undefined
    : { memberId: actor.value.memberId, sessionId: actor.value.signIn.sessionId };
};

/**
 * Signs a client in: a browser keeps cookies and reads no token, every other client the other way round. The sign-in
 * that the browser had before ends.
 */
export const keepSession = async <A extends SessionAnswer>(
  c: Context,
  deps: Work,
  answer: A,
): Promise<Omit<A, keyof Tokens> & Partial<Tokens>> => {
  if (!isBrowser(c)) return answer;
  const before = await sessionOf(deps, ofBrowser(c));
  if (before !== undefined) await signOut(deps.ports, before.memberId, before.sessionId);
  setBoth(c, answer);
  const { token: _token, refreshToken: _refreshToken, ...shown } = answer;
  return shown;
};

/**
 * Signs a client out, for good.
 * Refuses: missing_request_header; not_signed_in, sign_in_expired for a bearer token that is not good any more.
 */
export const endThisSession = async (c: Context, deps: Work): Promise<void> => {
  const bearer = bearerOf(c);
  if (bearer !== undefined) {
    const actor = orRefuse(await readToken(deps.keys, bearer, deps.ports.clock.nowMs()));
    return signOut(deps.ports, actor.memberId, actor.signIn.sessionId);
  }
  const whose = await sessionOf(deps, ofBrowser(c));
  // First of all: on a machine that others use, too, nothing stays behind, whatever becomes of the rest.
  dropCookies(c);
  if (whose !== undefined) await signOut(deps.ports, whose.memberId, whose.sessionId);
};
