/** Twelve weeks of the demo town. Source of what must hold: README "The town that lives". */
import { mkdirSync, writeFileSync } from 'node:fs';
import { ratesFromEvents } from '@time-bank/care/coverage';
import { isEnd, wasMade } from '@time-bank/care/life';
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import {
  type CivilDate,
  boundsOfWeek,
  civilDateOf,
  instantOf,
  isoWeekOf,
  plusDays,
} from '@time-bank/contracts/time';
import { policyNow } from '@time-bank/desk/policy-of';
import { boardElders } from '@time-bank/desk/read-coverage';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { planWeek } from '@time-bank/matching/week-plan';
import type { PlanPair } from '@time-bank/matching/week-problem';
import { readBookRecord } from '@time-bank/store/book-item';
import { everyItem } from '@time-bank/store/dynamo-books';
import { expect, it } from 'vitest';
import { selfClaim } from '../../bench/matching/baselines.ts';
import { scoreOf } from '../../bench/matching/scorer.ts';
import { makeTown } from '../../bench/matching/town.ts';
import { type Filling, type Happenings, liveTown } from './life.ts';
import { type Community, type World, openWorld } from './world.ts';

/** What a run found, to be read by people. */
const FIGURES = new URL('../../../test-results/town-life.json', import.meta.url);

const SEED = 20261123;
const WEEKS = 12;
/** The other way of filling a week needs fewer to be told apart from the plan. */
const COMPARED_WEEKS = 3;
const DAY_MS = 24 * 60 * 60_000;
/** Until everything has come to its end: fifteen days to dispute, some for the desk. */
const DAYS_AFTER = 40;

/** All of it happens in twelve weeks, or the weeks prove less than they say. */
const whatHappens = [
  'planned',
  'visited',
  'confirmed',
  'silent',
  'rated',
  'disputed',
  'put right',
  'forgot',
  'no-show',
  'withdrew',
  'fell ill',
  'gave back for being ill',
  'elder out',
  'moved',
  'forgot to leave',
  'lost card',
];

/** By how much of what is wanted the plan is ahead of self-claim in the small town of the benchmark. */
const gainOfBench = (): number => {
  const { problem } = makeTown('small');
  const covered = (pairs: readonly PlanPair[]): number => scoreOf(problem, pairs).coverage;
  return covered(planWeek(problem).pairs) - covered(selfClaim(problem));
};

const wasVisited = (
  requests: readonly RequestRecord[],
  elderId: MemberId,
  { from, until }: { from: CivilDate; until: CivilDate },
): boolean =>
  requests.some(({ receiverId, state, plannedStartAt }) => {
    const day = civilDateOf(plannedStartAt);
    return receiverId === elderId && wasMade(state) && from <= day && day <= until;
  });

const isUnderWay = (part: RequestFacts['visit']): boolean => part?.state === 'checked_in';

const allRequests = async ({ town }: World, { code }: Community): Promise<RequestFacts[]> => {
  const requests: RequestFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.ports.careBook.listOfCommunity(code, {
      limit: 200,
      cursor,
      from: '2026-01-01T00:00:00.000Z',
    });
    requests.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return requests;
};

/** Two Mondays: a plan goes out, and many are told of theirs. */
const kills = new Map([
  [7, 'while_sending' as const],
  [49, 'while_telling' as const],
]);

interface Lived {
  /** Share of wanted visits that were made, week by week. */
  covered: number[];
  happened: Happenings;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;

/** Lives so many weeks. */
const live = async (world: World, filling: Filling, weeks: number): Promise<Lived> => {
  const life = liveTown(world, filling);
  const firstMs = life.mondayMs() + 7 * DAY_MS;
  const covered: number[] = [];
  for (let day = 0; day < weeks * 7; day += 1) {
    await life.day(firstMs + day * DAY_MS, kills.get(day));
    let [wanted, made] = [0, 0];
    if (day % 7 !== 6) continue;
    const week = isoWeekOf(instantOf(firstMs + day * DAY_MS));
    for (const { code, coordinator } of world.communities) {
      const board = await world.ask(coordinator, 'GET', `/api/coverage?community=${code}&week=${week}`);
      for (const row of board.body.rows as { wanted: number; visited: number }[]) {
        wanted += row.wanted;
        made += Math.min(row.wanted, row.visited);
      }
    }
    covered.push(made / wanted);
  }
  return { covered, happened: life.happened };
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
    const { covered, happened } = await live(world, 'plan', WEEKS);
    const lastWeekEnded = world.town.ports.clock.nowMs();
    await settleDown(world);
    expect(world.restarts()).toBe(2);
    expect(Object.keys(happened), JSON.stringify(happened)).toEqual(expect.arrayContaining(whatHappens));

    // The books balance.
    const { connection } = world.town;
    const records = [];
    for await (const item of everyItem(connection, 'ledger')) records.push(readBookRecord(item));
    const verdict = await verifyBooks({ ledger: records, seals: [], outside: [], verifierKey: undefined });
    expect(verdict).toMatchObject({ kind: 'balance' });

    // Every visit is in exactly one final state.
    for (const community of world.communities) {
      const all = await allRequests(world, community);
      expect(
        all
          .filter(
            ({ request, visit, second }) => !isEnd(request.state) || isUnderWay(visit) || isUnderWay(second),
          )
          .map(({ request }) => [request.requestId, request.state]),
      ).toEqual([]);
    }

    // Nobody was told the same twice.
    expect([...world.told].filter(([, times]) => times > 1)).toEqual([]);
    expect(world.told.size).toBeGreaterThan(0);

    // The rate on the board is the rate of the events themselves; who has moved counts where they were visited.
    const boards = await Promise.all(
      world.communities.map(({ code }) => boardElders(world.town.ports, code)),
    );
    for (const [index, community] of world.communities.entries()) {
      const requests = (await allRequests(world, community)).map(({ request }) => request);
      const rules = await policyNow(world.town.ports, community.code);
      for (let back = 1; back <= WEEKS; back += 1) {
        const week = isoWeekOf(instantOf(lastWeekEnded - back * 7 * DAY_MS + DAY_MS));
        const path = `/api/coverage/rates?community=${community.code}&week=${week}`;
        const shown = await world.ask(community.coordinator, 'GET', path);
        const from = civilDateOf(boundsOfWeek(week).from);
        const days = { from, until: plusDays(from, 6), period: 'week' as const };
        const wereHere = boards
          .filter((_board, at) => at !== index)
          .flat()
          .filter(({ elderId }) => wasVisited(requests, elderId, days));
        const elders = [...(boards[index] ?? []), ...wereHere.map(({ since: _later, ...elder }) => elder)];
        const { visited, inHardship, helped } = ratesFromEvents(rules, elders, requests, days);
        expect(shown.body, week).toMatchObject({ visited, inHardship, helped });
      }
    }
    const other = await openWorld(SEED);
    try {
      const claimed = await live(other, 'self_claim', COMPARED_WEEKS);
      const gain = meanOf(covered.slice(0, COMPARED_WEEKS)) - meanOf(claimed.covered);
      const figures = { covered, claimed: claimed.covered, gain, gainOfBench: gainOfBench(), happened };
      mkdirSync(new URL('.', FIGURES), { recursive: true });
      writeFileSync(FIGURES, JSON.stringify(figures, null, 2));
      expect(gain, JSON.stringify(figures)).toBeGreaterThanOrEqual(figures.gainOfBench);
    } finally {
      await other.close();
    }
  } finally {
    await world.close();
  }
}, 900_000);
