/** One good message for every route of signing in. */
import type { Member } from '@time-bank/contracts/member';
import type { Town } from '../town.ts';
import { anAuthenticator } from './authenticator.ts';
import { MARK, aDoor, numberOf } from './door.ts';

interface Written {
  who?: Member;
  path: string;
  body?: Record<string, unknown>;
}

/** The messages; a code is good for five minutes, so nothing may take time after this. */
export const signInMessages = async (town: Town): Promise<Record<string, Written>> => {
  const [elder, other, coordinator] = [await town.anElder(), await town.anElder(), await town.aCoordinator()];
  const county = await town.aMember({ roles: [{ role: 'county', region: '341302' }] });
  const door = aDoor(town);
  const ok = async (who: Member | undefined, path: string, body: unknown = {}) => {
    const answer = await town.ask(who, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const newPasskey = async () => {
    const authenticator = anAuthenticator();
    const { challengeId, options } = (await ok(elder, '/api/me/passkeys/options')).body;
    return { authenticator, body: { challengeId, name: '我的手机', answer: authenticator.make(options) } };
  };
  const first = await newPasskey();
  await ok(elder, '/api/me/passkeys', first.body);
  const second = await newPasskey();
  const removed = (await ok(elder, '/api/me/passkeys', second.body)).body;
  const question = (await ok(undefined, '/api/sign-in/passkey/options')).body;
  const commandId = () => town.ids.command();
  const subject = `sub-${commandId()}`;
  await ok(county, `/api/members/${coordinator.memberId}/sso`, { commandId: commandId(), subject });
  const leave = async (way: 'sso' | 'wechat') =>
    String((await ok(undefined, '/api/sign-in/outside/start', { way, device: MARK })).body.challengeId);
  const { challengeId, code } = await door.aCode(elder);
  const unused = `+86199${String(Date.parse(town.now())).slice(-8)}`;
  return {
    readSignInWays: { path: '/api/sign-in/ways' },
    askForCode: { path: '/api/sign-in/codes', body: { phone: numberOf(other), device: MARK } },
    signIn: { path: '/api/sign-in', body: { challengeId, code, device: MARK } },
    askForPasskey: { path: '/api/sign-in/passkey/options', body: {} },
    signInWithPasskey: {
      path: '/api/sign-in/passkey',
      body: {
        challengeId: question.challengeId,
        answer: first.authenticator.show(question.options),
      },
    },
    startOutside: { path: '/api/sign-in/outside/start', body: { way: 'wechat', device: MARK } },
    signInOutside: {
      path: '/api/sign-in/outside',
      body: { way: 'sso', challengeId: await leave('sso'), code: subject, device: MARK },
    },
    listPasskeys: { who: elder, path: '/api/me/passkeys' },
    askForNewPasskey: { who: elder, path: '/api/me/passkeys/options', body: {} },
    addPasskey: { who: elder, path: '/api/me/passkeys', body: (await newPasskey()).body },
    removePasskey: { who: elder, path: `/api/me/passkeys/${String(removed.passkeyId)}/remove`, body: {} },
    bindOutside: {
      who: elder,
      path: '/api/me/outside',
      body: {
        way: 'wechat',
        challengeId: await leave('wechat'),
        code: `openid-${commandId()}`,
        device: MARK,
      },
    },
    bindSso: {
      who: county,
      path: `/api/members/${coordinator.memberId}/sso`,
      body: { commandId: commandId(), subject: `sub-${commandId()}` },
    },
    enrolStaff: {
      who: county,
      path: `/api/members/${coordinator.memberId}/enrolment`,
      body: { commandId: commandId() },
    },
    recoverSignIn: {
      who: coordinator,
      path: `/api/members/${other.memberId}/sign-in-recovery`,
      body: { commandId: commandId(), phone: unused, check: 'identity_document', note: '手机丢失' },
    },
  };
};
