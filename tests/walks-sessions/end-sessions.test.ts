import type { Member } from '@time-bank/contracts/member';
import { SessionList } from '@time-bank/contracts/session';
import { revokeSignIns } from '@time-bank/desk/end-sessions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aGiver, aRedemption, keptRefusalsIn } from '../walks/steps.ts';
import { type Phone, aPhone, aSignedInBrowser, codeOf } from './clients.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const command = () => ({ commandId: town.ids.command() });
const endOthers = (phone: Phone, body = command()) => phone.ask('POST', '/api/sessions/end-others', body);
const listOf = async (phone: Phone) => SessionList.parse((await phone.ask('GET', '/api/sessions')).body);

describe('whoever has signed in', () => {
  let elder: Member;
  let phone: Phone;
  let other: Phone;
  beforeEach(async () => {
    elder = await town.anElder();
    phone = await aPhone(town, elder);
    town.pass(1);
    other = await aPhone(town, elder, { factor: 'passkey' });
  });

  it('sees their own sign-ins, newest first, and which one is this', async () => {
    const { sessions } = await listOf(phone);
    expect(sessions.slice(0, 2)).toMatchObject([
      { sessionId: other.tokens.sessionId, factor: 'passkey', device: 'android', isThisOne: false },
      { sessionId: phone.tokens.sessionId, factor: 'code', isThisOne: true },
    ]);
    const text = JSON.stringify(sessions);
    for (const secret of ['Hash', 'authority', phone.device.thumbprint, phone.tokens.refreshToken]) {
      expect(text).not.toContain(secret);
    }
  });

  it('does not see those that have ended or run out', async () => {
    await other.ask('POST', '/api/sign-out');
    expect(JSON.stringify(await listOf(phone))).not.toContain(other.tokens.sessionId);
  });

  it('ends one of them: it is renewed no more, and this one goes on', async () => {
    const path = `/api/sessions/${other.tokens.sessionId}/end`;
    const body = command();
    const answer = await phone.ask('POST', path, body);
    expect(answer).toMatchObject({ status: 200, body: { ...body, at: town.now() } });
    expect(codeOf(await other.refresh())).toBe('session_ended');
    expect(codeOf(await phone.refresh())).toBe('done');
    const again = await phone.ask('POST', path, body);
    expect(again).toMatchObject({ status: 200, body: answer.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('ends all the others at once', async () => {
    const third = await aPhone(town, elder);
    expect(codeOf(await endOthers(phone))).toBe('done');
    for (const ended of [other, third]) expect(codeOf(await ended.refresh())).toBe('session_ended');
    expect(codeOf(await phone.refresh())).toBe('done');
  });

  it('ends nothing that began after the first time, where the same is sent again', async () => {
    const body = command();
    await endOthers(phone, body);
    await phone.refresh();
    const later = await aPhone(town, elder);
    const again = await endOthers(phone, body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(codeOf(await later.refresh())).toBe('done');
  });

  it('twice but different is refused, and ends nothing', async () => {
    const body = command();
    await endOthers(phone, body);
    const later = await aPhone(town, elder);
    const answer = await phone.ask('POST', `/api/sessions/${later.tokens.sessionId}/end`, body);
    expect(codeOf(answer)).toBe('exists_with_different_content');
    expect(codeOf(await later.refresh())).toBe('done');
  });

  it('cannot end the sign-in of somebody else, which is like one that is not there', async () => {
    const stranger = await aPhone(town, await town.anElder());
    for (const sessionId of [stranger.tokens.sessionId, town.ids.session(), 'x']) {
      const answer = await phone.ask('POST', `/api/sessions/${sessionId}/end`, command());
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown_session' } } });
    }
    expect(codeOf(await stranger.refresh())).toBe('done');
  });

  it('finds on the statement that sign-ins were ended', async () => {
    await endOthers(phone);
    const { body } = await phone.ask('GET', '/api/account/entries');
    expect(body.items[0]).toMatchObject({ kind: 'sign_ins_ended', reason: 'sign_in', amountMinutes: 0 });
  });
});

describe('staff', () => {
  const reason = '手机丢失';
  const endFor = (who: Member, member: Member, body: object = { ...command(), reason }) =>
    town.ask(who, 'POST', `/api/members/${member.memberId}/sessions/end`, body);

  it('end all sign-ins of a member of their community, with the reason, on record', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const phones = [await aPhone(town, elder), await aPhone(town, elder)];
    expect(codeOf(await endFor(coordinator, elder))).toBe('done');
    for (const phone of phones) expect(codeOf(await phone.refresh())).toBe('session_ended');
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 25 });
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'end_sign_ins', actorId: coordinator.memberId, outcome: 'done' }),
    );
    const { body } = await town.ask(elder, 'GET', '/api/account/entries');
    expect(body.items[0]).toMatchObject({ kind: 'sign_ins_ended', note: reason });
  });

  it('not without a reason, not of another community, and nobody else', async () => {
    const [coordinator, elder, stranger] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aCoordinator('340102001001'),
    ];
    const phone = await aPhone(town, elder);
    expect(codeOf(await endFor(coordinator, elder, command()))).toBe('invalid_fields');
    expect(codeOf(await endFor(stranger, elder))).toBe('unknown_member');
    expect(codeOf(await endFor(await town.anElder(), elder))).toBe('not_allowed');
    expect(codeOf(await phone.refresh())).toBe('done');
  });

  it('whose own sign-in is ended do nothing more, from that instant on', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const phone = await aPhone(town, coordinator, { factor: 'passkey' });
    const path = `/api/members/${elder.memberId}/sessions/end`;
    const order = () => phone.ask('POST', path, { ...command(), reason });
    expect(codeOf(await order())).toBe('done');
    await revokeSignIns(town.ports, coordinator, {
      reason: 'ended_by_staff',
      by: coordinator.memberId,
      cause: ['test'],
      at: town.now(),
    });
    expect(codeOf(await order())).toBe('session_ended');
  });
});

describe('once sign-ins were ended, hours move no more', () => {
  type Order = (phone: Phone) => ReturnType<Phone['ask']>;
  let giver: Member;
  let orders: Record<string, Order>;
  beforeEach(async () => {
    const { giver: who, mother } = await aGiver(town);
    giver = who;
    const transferId = () => town.ids.transfer();
    orders = {
      gift: (phone) =>
        phone.ask('POST', '/api/gifts', {
          transferId: transferId(),
          receiverId: mother.memberId,
          amountMinutes: 1,
        }),
      donation: (phone) =>
        phone.ask('POST', '/api/donations', {
          transferId: transferId(),
          poolId: 'pool:341302001',
          amountMinutes: 1,
        }),
      hold: (phone) => phone.ask('POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 30 })),
      'choice for the surplus': (phone) =>
        phone.ask('POST', '/api/account/overflow', { transferId: transferId(), overflowTo: 'honour' }),
    };
  });

  it.each(['gift', 'donation', 'hold', 'choice for the surplus'])(
    'not by a %s with a token of before, and nothing is kept of it',
    async (kind) => {
      const order = orders[kind];
      if (order === undefined) throw new Error('no such order');
      const [phone, thief] = [await aPhone(town, giver), await aPhone(town, giver, { factor: 'passkey' })];
      if (kind !== 'hold') expect(codeOf(await order(thief))).toBe('done');
      const kept = await keptRefusalsIn(town);
      expect(codeOf(await endOthers(phone))).toBe('done');
      for (let time = 0; time < 3; time += 1) expect(codeOf(await order(thief))).toBe('session_ended');
      expect(await keptRefusalsIn(town)).toBe(kept);
    },
  );

  it('but with the sign-in that stays: its token is out of date, and the next one is good', async () => {
    const [phone, other] = [await aPhone(town, giver), await aPhone(town, giver, { factor: 'passkey' })];
    const give = orders['gift']!;
    await endOthers(phone);
    expect(codeOf(await give(phone))).toBe('sign_in_expired');
    expect(codeOf(await phone.refresh())).toBe('done');
    expect(codeOf(await give(phone))).toBe('done');
    expect(codeOf(await other.refresh())).toBe('session_ended');
  });

  it('a browser that stays signed in only sends it again', async () => {
    const browser = await aSignedInBrowser(town, giver);
    await browser.ask('POST', '/api/sessions/end-others', command());
    expect(codeOf(await browser.ask('GET', '/api/me'))).toBe('done');
    expect(browser.jar.has('session')).toBe(true);
  });

  it('the same command that was done before is still answered as it was', async () => {
    const phone = await aPhone(town, giver);
    const body = { transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 1 };
    const first = await phone.ask('POST', '/api/donations', body);
    await endOthers(phone);
    await phone.refresh();
    const again = await phone.ask('POST', '/api/donations', body);
    expect(again.body).toEqual(first.body);
  });

  it('whatever the sign-in: on a new one they move again', async () => {
    const phone = await aPhone(town, giver);
    await endOthers(phone);
    const next = await aPhone(town, giver, { factor: 'passkey' });
    expect(codeOf(await orders['gift']!(next))).toBe('done');
  });
});
