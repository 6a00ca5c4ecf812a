import { makeApp } from '@time-bank/api/app';
import type { Member } from '@time-bank/contracts/member';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { type Door, aDoor, numberOf } from './door.ts';

let town: Town;
let door: Door;
let numbers = 0;
beforeAll(async () => {
  town = await startTown();
  door = aDoor(town);
});
afterAll(async () => {
  await town.stop();
});

const newNumber = (): string => {
  numbers += 1;
  return `100990000${String(numbers).padStart(2, '0')}`;
};
const pathOf = ({ memberId }: Member): string => `/api/members/${memberId}/sign-in-recovery`;
const aRecovery = (change: Record<string, unknown> = {}) => ({
  commandId: town.ids.command(),
  phone: newNumber(),
  check: 'identity_document',
  note: '手机丢失,身份证已核对',
  ...change,
});

/** An elder who has signed in and has a passkey, and the coordinator at the counter. */
const aScene = async () => {
  const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
  const own = await door.byCode(elder);
  const { authenticator } = await door.addPasskey(own.token);
  return { elder, coordinator, own, authenticator };
};

describe('a number that is replaced at the counter', () => {
  it('signs its owner in from then on, and the old one nobody', async () => {
    const { elder, coordinator } = await aScene();
    const body = aRecovery();
    const answer = await town.ask(coordinator, 'POST', pathOf(elder), body);
    expect(answer).toMatchObject({
      status: 201,
      body: { memberId: elder.memberId, at: town.now(), spendsFrom: town.soon(72 * 60) },
    });
    const sentBefore = town.sent.length;
    await door.askForCode(numberOf(elder));
    expect(town.sent).toHaveLength(sentBefore);
    const member = { ...elder, phone: `+86${body.phone}` as NonNullable<Member['phone']> };
    const { answer: signedIn } = await door.byCode(member);
    expect(signedIn.status).toBe(200);
  });

  it('ends all sign-ins and takes the passkeys away', async () => {
    const { elder, coordinator, authenticator } = await aScene();
    await town.ask(coordinator, 'POST', pathOf(elder), aRecovery());
    const sessions = await town.ports.sessions.listNow(elder.memberId);
    expect(sessions.length).toBeGreaterThan(0);
    expect(new Set(sessions.map(({ endReason }) => endReason))).toEqual(new Set(['recovered']));
    expect((await door.byPasskey(authenticator)).answer.status).toBe(401);
  });

  it('lets a new telephone move hours after 72 hours and no sooner, also where it is the first one with a key', async () => {
    const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
    const body = aRecovery();
    await town.ask(coordinator, 'POST', pathOf(elder), body);
    const member = { ...elder, phone: `+86${body.phone}` as NonNullable<Member['phone']> };
    const { answer } = await door.byCode(member, aDevice());
    expect(answer.body.spendsFrom).toBe(town.soon(72 * 60));
  });

  it('is told to the old number, without the new one, and stands in the audit log', async () => {
    const { elder, coordinator } = await aScene();
    const body = aRecovery();
    await town.ask(coordinator, 'POST', pathOf(elder), body);
    expect(town.notices[0]).toEqual({ phone: elder.phone, kind: 'number_replaced' });
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 5 });
    const entry = items.find(({ action }) => action === 'recover_sign_in');
    expect(entry).toMatchObject({ outcome: 'done', actorId: coordinator.memberId, subject: body.commandId });
    expect(JSON.stringify(items)).not.toContain(body.phone);
  });

  it('is replaced once, however often the command comes; another content under the same id is refused', async () => {
    const { elder, coordinator } = await aScene();
    const body = aRecovery();
    const first = await town.ask(coordinator, 'POST', pathOf(elder), body);
    const told = town.notices.length;
    const again = await town.ask(coordinator, 'POST', pathOf(elder), body);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(town.notices).toHaveLength(told);
    const other = await town.ask(coordinator, 'POST', pathOf(elder), { ...body, phone: newNumber() });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
  });

  it('is replaced all the same where the old number cannot be told', async () => {
    const { elder, coordinator } = await aScene();
    const codeSender = {
      ...town.deps.codeSender,
      sendNotice: () => Promise.reject(new Unavailable('the number is switched off')),
    };
    const app = makeApp({ ...town.deps, codeSender });
    const body = JSON.stringify(aRecovery());
    const path = pathOf(elder);
    const response = await app.request(`http://localhost${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(await town.headersOf(coordinator, { method: 'POST', path, body })),
      },
      body,
    });
    expect(response.status).toBe(201);
  });

  it('stands nowhere in the tables as it is written', async () => {
    const { elder, coordinator } = await aScene();
    const body = aRecovery();
    await town.ask(coordinator, 'POST', pathOf(elder), body);
    const text = JSON.stringify(await everythingIn(town));
    expect(text).not.toContain(body.phone);
    expect(text).not.toContain(body.note);
  });
});

describe('a number is not replaced', () => {
  it('by the person themselves, from another region, for nobody, or without an office', async () => {
    const { elder, coordinator } = await aScene();
    const ask = (who: Member, whose: Member) => town.ask(who, 'POST', pathOf(whose), aRecovery());
    expect((await ask(coordinator, coordinator)).status).toBe(403);
    expect((await ask(elder, elder)).status).toBe(403);
    const stranger = await town.aMember({
      communityCode: FAR_AWAY,
      roles: [{ role: 'coordinator', region: FAR_AWAY }],
    });
    const foreign = await ask(stranger, elder);
    const none = await ask(stranger, { ...elder, memberId: town.ids.member() });
    expect([foreign.status, foreign.body]).toEqual([404, none.body]);
  });

  it('by one that somebody else has, one of a country that is not served, or one that is none', async () => {
    const { elder, coordinator } = await aScene();
    const taken = numberOf(await town.anElder());
    const ask = (phone: string) => town.ask(coordinator, 'POST', pathOf(elder), aRecovery({ phone }));
    expect(await ask(taken)).toMatchObject({ status: 409, body: { error: { code: 'phone_taken' } } });
    expect(await ask('+12025550123')).toMatchObject({ body: { error: { code: 'country_not_served' } } });
    expect(await ask('abcdef')).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
    expect(await town.ports.people.findByPhone(numberOf(elder))).toBe(elder.memberId);
  });
});
