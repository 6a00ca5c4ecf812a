/** Steps through the door: codes, passkeys and tokens as clients without cookies have them. */
import { makeApp } from '@time-bank/api/app';
import type { SignInSetup } from '@time-bank/api/sign-in-setup';
import type { Deps } from '@time-bank/api/deps';
import type { Member, Phone } from '@time-bank/contracts/member';
import { type Device, aDevice } from '../device.ts';
import type { Answer, Town } from '../town.ts';
import { type Authenticator, anAuthenticator } from './authenticator.ts';
import { everyWay } from './houses.ts';

/** Somebody else's device, or one without a key: 256 random bits would do. */
export const MARK = 'm'.repeat(43);

export const numberOf = ({ phone }: Pick<Member, 'phone'>): Phone => {
  if (phone === undefined) throw new Error('this person has a telephone');
  return phone;
};

/** A door of the town with passkeys, and whatever else a test sets up. */
export const aDoor = (town: Town, change: Partial<SignInSetup> = {}, deps: Partial<Deps> = {}) => {
  const signIn: SignInSetup = { ...everyWay, ...change };
  const app = makeApp({ ...town.deps, signIn, ...deps });
  /** Sends a message: as nobody, or with a token and the proof of the device that it belongs to. */
  const send = async (
    method: 'GET' | 'POST',
    path: string,
    { body, token, device }: { body?: unknown; token?: string; device?: Device } = {},
  ): Promise<Answer> => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const nowMs = town.ports.clock.nowMs();
    const response = await app.request(`http://localhost${path}`, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(device === undefined ? {} : { DPoP: device.prove({ method, path, body: sent, token, nowMs }) }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const post = (path: string, body: unknown = {}, more: { token?: string; device?: Device } = {}) =>
    send('POST', path, { body, ...more });

  const askForCode = (phone: string, device = MARK) => post('/api/sign-in/codes', { phone, device });
  const signInWith = (challengeId: string, code: string, device = MARK) =>
    post('/api/sign-in', { challengeId, code, device });
  /** A code on its way to somebody, and ones that are not it. */
  const aCode = async (member: Pick<Member, 'phone'>, device = MARK) => {
    const { body } = await askForCode(numberOf(member), device);
    const code = String(town.sent[0]?.code);
    const wrong = (n: number) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0');
    return { challengeId: String(body.challengeId), code, wrong };
  };
  /** Signs somebody in with a code on a device that shows its key. */
  const byCode = async (member: Pick<Member, 'phone'>, device: Device = aDevice()) => {
    const { challengeId, code } = await aCode(member, device.thumbprint);
    const answer = await post('/api/sign-in', { challengeId, code, device: device.thumbprint }, { device });
    return { answer, token: String(answer.body.token), device };
  };
  /** Adds a passkey to whoever holds the token; where `device` is given, it shows its key. */
  const addPasskey = async (
    token: string,
    {
      authenticator = anAuthenticator(),
      enrolmentCode,
      device,
    }: { authenticator?: Authenticator; enrolmentCode?: string; device?: Device } = {},
  ) => {
    const question = await post('/api/me/passkeys/options', {}, { token });
    if (question.status !== 200) return { answer: question, authenticator };
    const answer = await post(
      '/api/me/passkeys',
      {
        challengeId: question.body.challengeId,
        name: '我的手机',
        ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
        answer: authenticator.make(question.body.options),
      },
      { token, ...(device === undefined ? {} : { device }) },
    );
    return { answer, authenticator };
  };
  /** Signs in with a passkey. */
  const byPasskey = async (authenticator: Authenticator, device?: Device) => {
    const question = await post('/api/sign-in/passkey/options');
    const body = {
      challengeId: question.body.challengeId,
      answer: authenticator.show(question.body.options),
    };
    const answer = await post('/api/sign-in/passkey', body, device === undefined ? {} : { device });
    return { answer, token: String(answer.body.token) };
  };
  return { app, send, post, askForCode, signInWith, aCode, byCode, addPasskey, byPasskey };
};

export type Door = ReturnType<typeof aDoor>;
