/** Telephones and browsers that have signed in, each with what it keeps. */
import type { Member } from '@time-bank/contracts/member';
import type { Factor } from '@time-bank/contracts/session';
import type { SessionAnswer } from '@time-bank/desk/session-answer';
import { startSession } from '@time-bank/desk/start-session';
import { isStaffFactor } from '@time-bank/identity/session-limits';
import { type Device, type ProofChange, aDevice } from '../device.ts';
import type { Answer, Town } from '../town.ts';

/** Begins a session as a sign-in by `factor` would. `device`: without a key where it is null. */
export const begin = (
  town: Town,
  member: Member,
  { factor = 'code', device = aDevice() }: { factor?: Factor; device?: Device | null } = {},
): Promise<SessionAnswer> =>
  startSession(town.ports, town.keys, member, {
    factor,
    hasStaffFactor: isStaffFactor(factor),
    device: 'android',
    ...(device === null ? {} : { deviceKey: device.thumbprint }),
  });

/** A client that keeps its tokens itself. */
export interface Phone {
  device: Device;
  /** What it was given last. */
  tokens: SessionAnswer;
  /** Sends with the access token, and a proof where `proof` is not null. */
  ask: (method: 'GET' | 'POST', path: string, body?: unknown, proof?: ProofChange | null) => Promise<Answer>;
  /** Asks for the next tokens with `refreshToken`, its own where it is left out; keeps them where it gets them. */
  refresh: (refreshToken?: string) => Promise<Answer>;
}

/** Signs a member in on a telephone. */
export const aPhone = async (
  town: Town,
  member: Member,
  { factor = 'code', device = aDevice() }: { factor?: Factor; device?: Device } = {},
): Promise<Phone> => {
  const phone: Phone = {
    device,
    tokens: await begin(town, member, { factor, device }),
    ask: (method, path, body, proof = {}) => {
      const { token } = phone.tokens;
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const nowMs = Date.parse(town.now());
      return town.ask(undefined, method, path, sent, {
        Authorization: `Bearer ${token}`,
        ...(proof === null ? {} : { DPoP: device.prove({ method, path, body: sent, token, nowMs }, proof) }),
      });
    },
    refresh: async (refreshToken = phone.tokens.refreshToken) => {
      const answer = await town.ask(undefined, 'POST', '/api/sessions/refresh', { refreshToken });
      if (answer.status === 200) phone.tokens = answer.body;
      return answer;
    },
  };
  return phone;
};

/** What a browser keeps, and sends by itself. */
export interface Browser {
  jar: Map<string, string>;
  /** What it was told to keep with the last answer, letter by letter. */
  told: string[];
  ask: (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
}

/** The header by which a page of ours shows that it sends a command. */
export const OURS = { 'X-Time-Bank': '1' };

/** A browser with an empty jar, or with what is given. `origin`: over https where it says so. */
export const aBrowser = (
  town: Town,
  jar: ReadonlyMap<string, string> = new Map(),
  origin = 'http://localhost',
): Browser => {
  const browser: Browser = {
    jar: new Map(jar),
    told: [],
    ask: async (method, path, body, headers = OURS) => {
      const response = await town.app.request(`${origin}${path}`, {
        method,
        headers: {
          ...(browser.jar.size === 0
            ? {}
            : { Cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      browser.told = response.headers.getSetCookie();
      for (const line of browser.told) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') browser.jar.delete(name);
        else browser.jar.set(name, value);
      }
      const text = await response.text();
      const isJson = response.headers.get('Content-Type')?.includes('json') === true;
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
  };
  return browser;
};

/** A browser in which a member has signed in. */
export const aSignedInBrowser = async (town: Town, member: Member, factor?: Factor): Promise<Browser> => {
  const { token, refreshToken } = await begin(town, member, factor === undefined ? {} : { factor });
  return aBrowser(
    town,
    new Map([
      ['session', token],
      ['refresh', refreshToken],
    ]),
  );
};

/** Why it was refused; `done` where it was not. */
export const codeOf = ({ status, body }: Answer): string =>
  status < 300 ? 'done' : String(body?.error?.code ?? status);
