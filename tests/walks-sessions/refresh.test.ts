import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { type Phone, aPhone, begin, codeOf } from './clients.ts';

let town: Town;
let elder: Member;
let phone: Phone;
beforeAll(async () => {
  town = await startTown();
});
beforeEach(async () => {
  elder = await town.anElder();
  phone = await aPhone(town, elder);
});
afterAll(async () => {
  await town.stop();
});

const GRACE_MINUTES = 0.5;
const mayRead = async (client = phone) => codeOf(await client.ask('GET', '/api/me'));
const eventsAbout = async (member: Member) =>
  (await town.ports.auditLog.listAbout(member.memberId, { limit: 25 })).items.map(({ action }) => action);

describe('a refresh token', () => {
  it('is given for the next one and a new access token, and the person goes on', async () => {
    const before = phone.tokens;
    town.pass(9);
    expect(await mayRead()).toBe('done');
    town.pass(2);
    expect(await mayRead()).toBe('sign_in_expired');
    const answer = await phone.refresh();
    expect(answer).toMatchObject({
      status: 200,
      body: { sessionId: before.sessionId, factor: 'code', roles: ['resident'], endsAt: before.endsAt },
    });
    expect(answer.body.expiresAt).toBe(town.soon(10));
    expect(answer.body.refreshToken).not.toBe(before.refreshToken);
    expect(await mayRead()).toBe('done');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('gives the very same next one again for half a minute, as to a second tab or after a lost reply', async () => {
    const { refreshToken } = phone.tokens;
    const first = await phone.refresh(refreshToken);
    const stored = await everythingIn(town);
    town.pass(GRACE_MINUTES);
    const again = await phone.refresh(refreshToken);
    expect(again.body.refreshToken).toBe(first.body.refreshToken);
    expect(await everythingIn(town)).toEqual(stored);
    expect(codeOf(await phone.refresh())).toBe('done');
  });

  it('gives one and the same next one to ten tabs that come at once', async () => {
    const { refreshToken } = phone.tokens;
    const answers = await Promise.all(Array.from({ length: 10 }, () => phone.refresh(refreshToken)));
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'done'));
    expect(new Set(answers.map(({ body }) => String(body.refreshToken))).size).toBe(1);
    expect(codeOf(await phone.refresh())).toBe('done');
  });

  it('that comes again later ends the sign-in for everybody who has a part of it, and stands in the log', async () => {
    const stolen = phone.tokens.refreshToken;
    await phone.refresh();
    town.pass(GRACE_MINUTES + 0.01);
    expect(codeOf(await phone.refresh(stolen))).toBe('session_ended');
    expect(codeOf(await phone.refresh())).toBe('session_ended');
    expect(await eventsAbout(elder)).toContain('refresh_reused');
    const session = await town.ports.sessions.readNow(elder.memberId, phone.tokens.sessionId);
    expect(session).toMatchObject({ endReason: 'token_reused' });
  });

  it('of several steps before ends the sign-in, also within the half minute of a newer one', async () => {
    const stolen = phone.tokens.refreshToken;
    await phone.refresh();
    await phone.refresh();
    expect(codeOf(await phone.refresh(stolen))).toBe('session_ended');
    expect(codeOf(await phone.refresh())).toBe('session_ended');
  });

  it('of one device does nothing to another one', async () => {
    const other = await aPhone(town, elder);
    const stolen = phone.tokens.refreshToken;
    await phone.refresh();
    town.pass(1);
    await phone.refresh(stolen);
    expect(codeOf(await other.refresh())).toBe('done');
    expect(await mayRead(other)).toBe('done');
  });

  it('that somebody made up is none, and ends nothing', async () => {
    const { refreshToken } = phone.tokens;
    const stored = await everythingIn(town);
    for (const forged of [
      '',
      'x',
      refreshToken.slice(0, -1),
      `${refreshToken.slice(0, 99)}${'A'.repeat(43)}`,
      `tbr_${elder.memberId.slice(4)}${phone.tokens.sessionId.slice(4)}${'A'.repeat(86)}`,
      phone.tokens.token.slice(0, 200),
    ]) {
      expect(codeOf(await phone.refresh(forged))).toBe('not_signed_in');
    }
    expect(await everythingIn(town)).toEqual(stored);
    expect(codeOf(await phone.refresh())).toBe('done');
  });

  it('is no access token, and an access token no refresh token', async () => {
    const { refreshToken } = phone.tokens;
    const headers = { Authorization: `Bearer ${refreshToken}` };
    expect(codeOf(await town.ask(undefined, 'GET', '/api/me', undefined, headers))).toBe('not_signed_in');
  });

  it('stands nowhere in the tables', async () => {
    await phone.refresh();
    const stored = JSON.stringify(await everythingIn(town));
    const { refreshToken, token } = phone.tokens;
    expect(stored).not.toContain(refreshToken.slice(56, 99));
    expect(stored).not.toContain(token.split('.')[2]);
  });

  it('is nobody’s once the person is no more', async () => {
    const gone = await begin(town, { ...elder, memberId: town.ids.member() });
    expect(codeOf(await phone.refresh(gone.refreshToken))).toBe('session_ended');
  });
});

describe('a sign-in of a resident', () => {
  it('ends after 14 days without use', async () => {
    town.pass(14 * 24 * 60 - 1);
    expect(codeOf(await phone.refresh())).toBe('done');
    town.pass(14 * 24 * 60);
    expect(codeOf(await phone.refresh())).toBe('sign_in_expired');
  });

  it('ends after 30 days, however much it is used', async () => {
    for (let day = 1; day <= 29; day += 1) {
      town.pass(24 * 60);
      expect(codeOf(await phone.refresh()), `day ${String(day)}`).toBe('done');
    }
    town.pass(24 * 60 - 5);
    expect(codeOf(await phone.refresh())).toBe('done');
    // The last access token ends with the sign-in, to the second.
    expect(phone.tokens.expiresAt.slice(0, 19)).toBe(phone.tokens.endsAt.slice(0, 19));
    town.pass(5);
    expect(codeOf(await phone.refresh())).toBe('sign_in_expired');
  });
});

describe('a sign-in of staff', () => {
  let cadre: Member;
  beforeEach(async () => {
    cadre = await town.aCoordinator();
  });

  it('ends after an hour without use, and after half a day in any case', async () => {
    const idle = await aPhone(town, cadre, { factor: 'passkey' });
    const busy = await aPhone(town, cadre, { factor: 'passkey' });
    expect(idle.tokens.roles).toEqual(['coordinator']);
    for (let hour = 0; hour < 12; hour += 1) {
      town.pass(59);
      expect(codeOf(await busy.refresh())).toBe('done');
    }
    expect(codeOf(await idle.refresh())).toBe('sign_in_expired');
    town.pass(11);
    expect(codeOf(await busy.refresh())).toBe('done');
    town.pass(1);
    expect(codeOf(await busy.refresh())).toBe('sign_in_expired');
  });

  it('with a code alone lets none of the roles of the office be used, today and later', async () => {
    const client = await aPhone(town, cadre, { factor: 'code' });
    expect(client.tokens.roles).toEqual([]);
    expect(codeOf(await client.ask('GET', '/api/communities'))).toBe('not_allowed');
    await client.refresh();
    expect(client.tokens.roles).toEqual([]);
  });

  it('has the roles of the day: those that have ended are gone with the next token', async () => {
    const client = await aPhone(town, cadre, { factor: 'passkey' });
    const roles = cadre.roles.map((role) => ({ ...role, until: town.now().slice(0, 10) }));
    expect(await town.ports.people.change(cadre, { ...cadre, version: 1, roles })).toBe(true);
    await client.refresh();
    expect(client.tokens.roles).toEqual(['coordinator']);
    for (let hours = 0; hours < 11; hours += 0.5) {
      town.pass(30);
      await client.refresh();
    }
    town.setClock(town.now().replace(/T.*/, 'T16:00:00.000Z'));
    const next = await aPhone(town, { ...cadre, roles }, { factor: 'passkey' });
    expect(next.tokens.roles).toEqual([]);
  });
});
