/**
 * Sign-ins are ended while something else is under way: at every point at which the one waits for the store, the other
 * is carried out from beginning to end. Once the end was answered, no token of before and none that was got meanwhile
 * moves an hour.
 */
import { makeApp } from '@time-bank/api/app';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { revokeSignIns } from '@time-bank/desk/end-sessions';
import type { Ports } from '@time-bank/desk/ports';
import { refreshSession } from '@time-bank/desk/refresh-session';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aGiver, aRedemption } from '../walks/steps.ts';
import { type Phone, aPhone, codeOf } from './clients.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

/** More points than anything here has. */
const POINTS_MAX = 40;

type Hooked = Pick<Ports, 'journal' | 'sessions' | 'personFiles'>;

/** The ports, with `at` carried out once at the given point: before or after a call of the store. */
const interrupted = (
  point: number,
  at: () => Promise<void>,
): { ports: Town['ports']; wasReached: () => boolean } => {
  let passed = 0;
  let isDone = false;
  const pass = async (): Promise<void> => {
    if (passed === point) {
      passed += 1;
      await at();
      isDone = true;
    } else passed += 1;
  };
  const hooked = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]): Promise<unknown> => {
          await pass();
          const answer: unknown = await Reflect.apply(method, target, given);
          await pass();
          return answer;
        };
      },
    });
  const { journal, sessions, personFiles } = town.ports;
  const three: Hooked = {
    journal: hooked(journal),
    sessions: hooked(sessions),
    personFiles: hooked(personFiles),
  };
  return { ports: { ...town.ports, ...three }, wasReached: () => isDone };
};

let times = 0;
/** Ends all sign-ins, as a recovery would. */
const revoke = (member: Member, ports: Town['ports'] = town.ports): Promise<void> => {
  times += 1;
  const cause = [`time ${String(times)}`];
  return revokeSignIns(ports, member, { reason: 'recovered', by: member.memberId, cause, at: town.now() });
};

interface Cast {
  giver: Member;
  mother: Member;
}
const orders: Record<string, (cast: Cast) => { path: string; body: object }> = {
  gift: ({ mother }) => ({
    path: '/api/gifts',
    body: { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 1 },
  }),
  donation: () => ({
    path: '/api/donations',
    body: { transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 1 },
  }),
  hold: () => ({ path: '/api/redemptions', body: aRedemption(town, { plannedMinutes: 30 }) }),
  'choice for the surplus': () => ({
    path: '/api/account/overflow',
    body: { transferId: town.ids.transfer(), overflowTo: 'honour' },
  }),
};

/** What can be spent, is held, and was given away: it changes with every order, and with nothing else. */
const standing = async ({ giver }: Cast): Promise<unknown> => {
  const head = await town.ports.journal.readAccountNow(accountOf(giver.memberId));
  return [head?.minutes, head?.overflowChosen];
};

describe.each(Object.keys(orders))('a %s that is under way as sign-ins end', (kind) => {
  const orderOf = orders[kind]!;

  it('is carried out before the end or not at all', { timeout: 60_000 }, async () => {
    let points = 0;
    for (let point = 0; point < POINTS_MAX; point += 1) {
      const cast = await aGiver(town);
      const phone = await aPhone(town, cast.giver, { factor: 'passkey' });
      let atTheEnd: unknown;
      const { ports, wasReached } = interrupted(point, async () => {
        await revoke(cast.giver);
        atTheEnd = await standing(cast);
      });
      const app = makeApp({ ...town.deps, ports });
      const { path, body } = orderOf(cast);
      const text = JSON.stringify(body);
      const { token } = phone.tokens;
      const nowMs = Date.parse(town.now());
      const response = await app.request(`http://localhost${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${token}`,
          DPoP: phone.device.prove({ method: 'POST', path, body: text, token, nowMs }),
        },
        body: text,
      });
      await response.text();
      if (!wasReached()) break;
      points += 1;
      expect(await standing(cast), `point ${String(point)}`).toEqual(atTheEnd);
      expect(codeOf(await phone.ask('POST', path, orderOf(cast).body)), `then`).toBe('session_ended');
    }
    expect(points).toBeGreaterThan(1);
    expect(points).toBeLessThan(POINTS_MAX);
  });

  it(
    'or begins at any point of the end, moves nothing once that was answered',
    { timeout: 60_000 },
    async () => {
      let points = 0;
      for (let point = 0; point < POINTS_MAX; point += 1) {
        const cast = await aGiver(town);
        const phone = await aPhone(town, cast.giver, { factor: 'passkey' });
        const order = (): Promise<string> => {
          const { path, body } = orderOf(cast);
          return phone.ask('POST', path, body).then(codeOf);
        };
        const { ports, wasReached } = interrupted(point, async () => {
          await order();
        });
        await revoke(cast.giver, ports);
        if (!wasReached()) break;
        points += 1;
        const before = await standing(cast);
        expect(await order(), `point ${String(point)}`).toBe('session_ended');
        expect(await standing(cast)).toEqual(before);
      }
      expect(points).toBeGreaterThan(3);
      expect(points).toBeLessThan(POINTS_MAX);
    },
  );
});

describe('a renewal that is under way as sign-ins end', () => {
  const donate = async (cast: Cast, phone: Phone): Promise<string> => {
    const { path, body } = orders['donation']!(cast);
    return codeOf(await phone.ask('POST', path, body));
  };

  it.each([
    ['for the first time', false],
    ['for the second time within half a minute', true],
  ])('%s gives nothing with which hours move', { timeout: 60_000 }, async (_, isAgain) => {
    let points = 0;
    for (let point = 0; point < POINTS_MAX; point += 1) {
      const cast = await aGiver(town);
      const phone = await aPhone(town, cast.giver, { factor: 'passkey' });
      const { refreshToken } = phone.tokens;
      if (isAgain) await phone.refresh();
      const { ports, wasReached } = interrupted(point, () => revoke(cast.giver));
      const outcome = await refreshSession(ports, town.keys, refreshToken);
      if (!wasReached()) break;
      points += 1;
      if (outcome.kind !== 'refused') phone.tokens = outcome.value;
      expect(await donate(cast, phone), `point ${String(point)}`).toBe('session_ended');
      expect(codeOf(await phone.refresh()), `point ${String(point)}`).toBe('session_ended');
    }
    expect(points).toBeGreaterThan(3);
    expect(points).toBeLessThan(POINTS_MAX);
  });

  it('or begins at any point of the end, gives nothing either', { timeout: 60_000 }, async () => {
    let points = 0;
    for (let point = 0; point < POINTS_MAX; point += 1) {
      const cast = await aGiver(town);
      const phone = await aPhone(town, cast.giver, { factor: 'passkey' });
      const { ports, wasReached } = interrupted(point, async () => {
        await phone.refresh();
      });
      await revoke(cast.giver, ports);
      if (!wasReached()) break;
      points += 1;
      expect(await donate(cast, phone), `point ${String(point)}`).toBe('session_ended');
      expect(codeOf(await phone.refresh())).toBe('session_ended');
    }
    expect(points).toBeGreaterThan(3);
    expect(points).toBeLessThan(POINTS_MAX);
  });
});
