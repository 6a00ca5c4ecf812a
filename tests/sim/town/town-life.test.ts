/** Twelve weeks of the demo town. Source of what must hold: README "The town that lives". */
import { ratesFromEvents } from '@time-bank/care/coverage';
import { isEnd } from '@time-bank/care/life';
import type { RequestRecord } from '@time-bank/care/request';
import { boundsOfWeek, civilDateOf, instantOf, isoWeekOf, plusDays } from '@time-bank/contracts/time';
import { policyNow } from '@time-bank/desk/policy-of';
import { boardElders } from '@time-bank/desk/read-coverage';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import { everyItem } from '@time-bank/store/dynamo-books';
import { expect, it } from 'vitest';
import { type Filling, liveTown } from './life.ts';
import { type Community, type World, openWorld } from './world.ts';

const SEED = 20261123;
const WEEKS = 12;
/** The other way of filling a week needs fewer to be told apart from the plan. */
const COMPARED_WEEKS = 3;
const DAY_MS = 24 * 60 * 60_000;
/** Until everything has come to its end: fifteen days to dispute, some for the desk. */
const DAYS_AFTER = 40;

const allRequests = async ({ town }: World, { code }: Community): Promise<RequestRecord[]> => {
  const requests: RequestRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.ports.careBook.listOfCommunity(code, {
      limit: 200,
      cursor,
      from: '2026-01-01T00:00:00.000Z',
    });
    requests.push(...page.items.map(({ request }) => request));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return requests;
};

/** Lives so many weeks. Gives the share of wanted visits that were made. */
const live = async (world: World, filling: Filling, weeks: number): Promise<number> => {
  const life = liveTown(world, filling);
  const firstMs = life.mondayMs() + 7 * DAY_MS;
  const kills = [9, 52];
  let [wanted, made] = [0, 0];
  for (let day = 0; day < weeks * 7; day += 1) {
    await life.day(firstMs + day * DAY_MS, { kill: kills.includes(day) });
    if (day % 7 !== 6) continue;
    const week = isoWeekOf(instantOf(firstMs + day * DAY_MS));
    for (const { code, coordinator } of world.communities) {
      const board = await world.ask(coordinator, 'GET', `/api/coverage?community=${code}&week=${week}`);
      for (const row of board.body.rows as { wanted: number; visited: number }[]) {
        wanted += row.wanted;
        made += Math.min(row.wanted, row.visited);
      }
    }
  }
  return wanted === 0 ? 0 : made / wanted;
};

const settleDown = async (world: World): Promise<void> => {
  const life = liveTown(world, 'plan');
  for (let day = 0; day < DAYS_AFTER; day += 1) {
    const todayMs =
      Math.floor((world.town.ports.clock.nowMs() + 8 * 3_600_000) / DAY_MS) * DAY_MS - 8 * 3_600_000;
    await life.quietDay(todayMs + DAY_MS);
  }
};

it('the demo town lives twelve weeks, and at the end everything is accounted for', async () => {
  const world = await openWorld(SEED);
  try {
    const covered = await live(world, 'plan', WEEKS);
    const lastWeekEnded = world.town.ports.clock.nowMs();
    await settleDown(world);
    expect(world.restarts()).toBe(2);

    // The books balance.
    const { connection } = world.town;
    const records = [];
    for await (const item of everyItem(connection, 'ledger')) records.push(readBookRecord(item));
    const verdict = await verifyBooks({ ledger: records, seals: [], outside: [], verifierKey: undefined });
    expect(verdict).toMatchObject({ kind: 'balance' });

    // Every visit is in exactly one final state.
    for (const community of world.communities) {
      const requests = await allRequests(world, community);
      expect(
        requests.filter(({ state }) => !isEnd(state)).map(({ requestId, state }) => [requestId, state]),
      ).toEqual([]);
    }

    // Nobody was told the same twice.
    expect([...world.told].filter(([, times]) => times > 1)).toEqual([]);
    expect(world.told.size).toBeGreaterThan(0);

    // The rate on the board is the rate of the events themselves.
    for (const community of world.communities) {
      const requests = await allRequests(world, community);
      const rules = await policyNow(world.town.ports, community.code);
      const elders = await boardElders(world.town.ports, community.code);
      for (let back = 1; back <= WEEKS; back += 1) {
        const week = isoWeekOf(instantOf(lastWeekEnded - back * 7 * DAY_MS + DAY_MS));
        const path = `/api/coverage/rates?community=${community.code}&week=${week}`;
        const shown = await world.ask(community.coordinator, 'GET', path);
        const from = civilDateOf(boundsOfWeek(week).from);
        const days = { from, until: plusDays(from, 6), period: 'week' as const };
        const { visited, inHardship, helped } = ratesFromEvents(rules, elders, requests, days);
        expect(shown.body, week).toMatchObject({ visited, inHardship, helped });
      }
    }
    expect(covered).toBeGreaterThan(0.5);

    const other = await openWorld(SEED);
    try {
      const claimed = await live(other, 'self_claim', COMPARED_WEEKS);
      expect(covered - claimed).toBeGreaterThan(0.1);
    } finally {
      await other.close();
    }
  } finally {
    await world.close();
  }
}, 900_000);
