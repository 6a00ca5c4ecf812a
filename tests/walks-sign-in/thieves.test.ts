/** What somebody gets who has stolen a number, a token, or a place before its owner held an office; and what not. */
import type { Member } from '@time-bank/contracts/member';
import type { OidcPerson } from '@time-bank/identity/oidc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { type Town, startTown } from '../town.ts';
import { type Door, MARK, aDoor, numberOf } from './door.ts';
import { everyWay } from './houses.ts';

/** Who the provider of single sign-on says somebody is, where it says more than a name. */
const people = new Map<string, OidcPerson>();

let town: Town;
let door: Door;
beforeAll(async () => {
  town = await startTown();
  const { sso } = everyWay;
  if (sso === undefined) throw new Error('every way has single sign-on');
  const personOf = (code: string) => Promise.resolve(people.get(code) ?? { subject: code });
  door = aDoor(town, { sso: { ...sso, personOf } });
});
afterAll(async () => {
  await town.stop();
});

type Way = 'sso' | 'wechat';

const outside = async (way: Way, name: string, token?: string) => {
  const { body } = await door.post('/api/sign-in/outside/start', { way, device: MARK });
  const message = { way, challengeId: body.challengeId, code: name, device: MARK };
  return token === undefined
    ? door.post('/api/sign-in/outside', message)
    : door.post('/api/me/outside', message, { token });
};

/** The person as they stand now, with one more role. */
const withOffice = async ({ memberId }: Pick<Member, 'memberId'>): Promise<void> => {
  const member = (await town.ports.people.readMember(memberId))!;
  const roles = [...member.roles, { role: 'coordinator' as const, region: '341302001003' }];
  const version = (member.version ?? 0) + 1;
  expect(await town.ports.people.change(member, { ...member, roles, version })).toBe(true);
};

const aRecovery = async (elder: Member, phone: string) => {
  const coordinator = await town.aCoordinator();
  const body = { commandId: town.ids.command(), phone, check: 'identity_document', note: '手机丢失' };
  const path = `/api/members/${elder.memberId}/sign-in-recovery`;
  expect((await town.ask(coordinator, 'POST', path, body)).status).toBe(201);
};

const ends = { status: 401, body: { error: { code: 'code_not_accepted' } } };

describe('after a recovery', () => {
  it('a code that was on its way to the old number signs nobody in', async () => {
    const elder = await town.anElder();
    const { challengeId, code } = await door.aCode(elder);
    await aRecovery(elder, '10098880001');
    expect(await door.signInWith(challengeId, code)).toMatchObject(ends);
  });

  it('no other house signs anybody in, until it is bound again', async () => {
    const elder = await town.anElder();
    const { token } = await door.byCode(elder);
    for (const way of ['sso', 'wechat'] as const) {
      expect((await outside(way, `thief of ${elder.memberId}`, token)).status).toBe(201);
    }
    await aRecovery(elder, '10098880002');
    for (const way of ['sso', 'wechat'] as const) {
      expect(await outside(way, `thief of ${elder.memberId}`)).toMatchObject(ends);
    }
    const again = await door.byCode({ phone: '+8610098880002' as NonNullable<Member['phone']> });
    expect((await outside('wechat', `thief of ${elder.memberId}`, again.token)).status).toBe(201);
    expect((await outside('wechat', `thief of ${elder.memberId}`)).status).toBe(200);
  });
});

describe('an office is opened by no way that a number alone had opened', () => {
  it('not by a name at the provider that was bound before the office came', async () => {
    const elder = await town.anElder();
    const { token } = await door.byCode(elder);
    expect((await outside('sso', 'early', token)).status).toBe(201);
    await withOffice(elder);
    expect((await outside('sso', 'early')).body).toMatchObject({ roles: ['resident'], needs: 'passkey' });
  });

  it('not by one that a passkey from before the office has bound', async () => {
    const elder = await town.anElder();
    const { authenticator } = await door.addPasskey((await door.byCode(elder)).token);
    await withOffice(elder);
    const { token } = await door.byPasskey(authenticator);
    expect(await outside('sso', 'late', token)).toMatchObject({
      status: 403,
      body: { error: { code: 'passkey_needed' } },
    });
  });

  it('not by a number that the provider has verified: whoever has stolen the number has verified it there', async () => {
    const coordinator = await town.aCoordinator();
    people.set('swapped', { subject: 'swapped', phone: numberOf(coordinator) });
    expect((await outside('sso', 'swapped')).body).toMatchObject({ roles: [], needs: 'passkey' });
  });

  it('but by one that was bound from an open office', async () => {
    const coordinator = await town.aCoordinator();
    expect((await outside('sso', 'own', await town.tokenOf(coordinator))).status).toBe(201);
    expect((await outside('sso', 'own')).body).toMatchObject({ roles: ['coordinator'] });
  });
});

describe('the wait of a new device is not got round', () => {
  it('by a second passkey that is added with the first', async () => {
    const elder = await town.anElder();
    await door.byCode(elder);
    const stolen = await door.byCode(elder);
    const { authenticator } = await door.addPasskey(stolen.token);
    const first = await door.byPasskey(authenticator, stolen.device);
    const second = await door.addPasskey(first.token, { device: stolen.device });
    expect(second.answer.status).toBe(201);
    const { answer } = await door.byPasskey(second.authenticator, stolen.device);
    expect(answer.body.spendsFrom).toBe(town.soon(72 * 60));
  });

  it('by a passkey that is added with a stolen token, without the key of its device', async () => {
    const elder = await town.anElder();
    const own = await door.byCode(elder);
    expect(own.answer.body.spendsFrom).toBe(town.now());
    const { authenticator } = await door.addPasskey(own.token);
    const { answer } = await door.byPasskey(authenticator, aDevice());
    expect(answer.body.spendsFrom).toBe(town.soon(72 * 60));
  });
});

it('all sign-ins end, also where somebody has begun very many to hide one', async () => {
  const elder = await town.anElder();
  const { authenticator } = await door.addPasskey((await door.byCode(elder)).token);
  const first = await door.byPasskey(authenticator);
  const [one] = await town.ports.sessions.listNow(elder.memberId);
  for (let n = 0; n < 210; n += 1) {
    await town.ports.sessions.start({ ...one!, sessionId: town.ids.session() });
  }
  await aRecovery(elder, '10098880003');
  const body = { refreshToken: String(first.answer.body.refreshToken) };
  expect(await door.post('/api/sessions/refresh', body)).toMatchObject({
    body: { error: { code: 'session_ended' } },
  });
});
