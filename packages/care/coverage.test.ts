import { type IdMaker, idMaker } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { RequestState } from '@time-bank/contracts/request';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaults } from '@time-bank/policy/catalogue';
import { type BoardElder, type WeekVisit, coverageOf, ratesOf } from './coverage.ts';

const ids: IdMaker = idMaker(
  () => Date.parse('2026-11-21T02:00:00Z'),
  () => 0.5,
);
type Elder = BoardElder;

const NOW = '2026-11-21T02:00:00.000Z';
/** The board of the week of NOW, for people who are visited once a week. */
const board = (elders: readonly Elder[], visits: readonly WeekVisit[]) =>
  coverageOf(defaults, { elders, visits, events: [], alerts: [] }, { week: '2026-W47', now: NOW });

const anElder = (change: Partial<Elder> = {}): Elder => ({
  elderId: ids.member(),
  name: '王试',
  gender: 'female',
  age: 76,
  communityCode: CommunityCode.parse('341302001003'),
  tags: [],
  visitTier: 'high',
  ...change,
});

const aVisit = (
  elder: Elder,
  state: RequestState,
  plannedStartAt = '2026-11-21T03:00:00.000Z',
): WeekVisit => ({
  requestId: ids.request(),
  elderId: elder.elderId,
  state,
  plannedStartAt,
  serviceCode: 'B01',
});

const counts: Record<RequestState, { visited: number; planned: number; open: number }> = {
  draft: { visited: 0, planned: 0, open: 0 },
  void: { visited: 0, planned: 0, open: 0 },
  submitted: { visited: 0, planned: 0, open: 1 },
  rejected: { visited: 0, planned: 0, open: 0 },
  published: { visited: 0, planned: 0, open: 1 },
  accepted: { visited: 0, planned: 1, open: 0 },
  confirmed: { visited: 0, planned: 1, open: 0 },
  in_service: { visited: 0, planned: 1, open: 0 },
  aborted: { visited: 0, planned: 1, open: 0 },
  pending_confirm: { visited: 1, planned: 0, open: 0 },
  callback: { visited: 1, planned: 0, open: 0 },
  settled: { visited: 1, planned: 0, open: 0 },
  rated: { visited: 1, planned: 0, open: 0 },
  rectify: { visited: 1, planned: 0, open: 0 },
  disputed: { visited: 1, planned: 0, open: 0 },
  reversed: { visited: 0, planned: 0, open: 0 },
  unfilled: { visited: 0, planned: 0, open: 0 },
  fallback: { visited: 0, planned: 0, open: 0 },
  no_show_volunteer: { visited: 0, planned: 0, open: 0 },
  no_show_elder: { visited: 0, planned: 0, open: 0 },
  cancelled: { visited: 0, planned: 0, open: 0 },
  cancelled_by_volunteer: { visited: 0, planned: 0, open: 0 },
  cancelled_by_service: { visited: 0, planned: 0, open: 0 },
  closed: { visited: 1, planned: 0, open: 0 },
};

describe('a visit on the board', () => {
  it.each(Object.entries(counts))('that is %s counts as %o', (state, expected) => {
    const elder = anElder();
    const [row] = board([elder], [aVisit(elder, RequestState.parse(state))]);
    expect(row).toMatchObject(expected);
    expect(row?.visits).toHaveLength(1);
  });

  it.each(['accepted', 'confirmed'] as const)(
    'that is %s and to which nobody came is a gap as soon as nobody can begin it any more, not when the desk has decided',
    (state) => {
      const elder = anElder();
      const startedAgo = (minutes: number) =>
        aVisit(elder, state, new Date(Date.parse(NOW) - minutes * 60_000).toISOString());
      expect(board([elder], [startedAgo(120)])).toMatchObject([{ planned: 1, missing: 0 }]);
      expect(board([elder], [startedAgo(121)])).toMatchObject([
        { planned: 0, missing: 1, gap: 'fell_through', visits: [{ state }] },
      ]);
      expect(board([elder], [startedAgo(121), aVisit(elder, 'accepted')])).toMatchObject([
        { planned: 1, missing: 0 },
      ]);
    },
  );

  it('of an elder who is not of this list is not shown', () => {
    const [elder, other] = [anElder(), anElder()];
    expect(board([elder], [aVisit(other, 'settled')])).toMatchObject([{ visited: 0, visits: [] }]);
  });

  it('stands in the order of the planned start', () => {
    const elder = anElder();
    const starts = ['2026-11-18T03:00:00.000Z', '2026-11-16T03:00:00.000Z', '2026-11-17T03:00:00.000Z'];
    const [row] = board(
      [elder],
      starts.map((start) => aVisit(elder, 'settled', start)),
    );
    expect(row?.visits.map(({ plannedStartAt }) => plannedStartAt)).toEqual([...starts].sort());
    expect(row?.visited).toBe(3);
  });
});

describe('the board', () => {
  const gap = anElder({ name: 'nobody yet' });
  const asked = anElder({ name: 'asked for' });
  const planned = anElder({ name: 'planned' });
  const visited = anElder({ name: 'visited' });
  const visits = [
    aVisit(gap, 'cancelled'),
    aVisit(asked, 'published'),
    aVisit(planned, 'accepted'),
    aVisit(planned, 'published'),
    aVisit(visited, 'settled'),
    aVisit(visited, 'published'),
  ];

  it('shows gaps first, then what is asked for, planned, and made', () => {
    const rows = board([visited, planned, asked, gap], visits);
    expect(rows.map(({ name }) => name)).toEqual(['nobody yet', 'asked for', 'planned', 'visited']);
  });

  it('shows those who live alone before the others, then the older, then by id', () => {
    const elders = [
      anElder({ name: 'd', age: 70 }),
      anElder({ name: 'e', age: 70 }),
      anElder({ name: 'c', age: 90, livingSituation: 'with_family' }),
      anElder({ name: 'b', age: 70, livingSituation: 'alone' }),
      anElder({ name: 'a', age: 80, livingSituation: 'alone' }),
    ];
    expect(board(elders, []).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('an elder who lives alone and was visited comes after one with family who was not', () => {
    const alone = anElder({ livingSituation: 'alone' });
    const family = anElder({ livingSituation: 'with_family' });
    const rows = board([alone, family], [aVisit(alone, 'settled')]);
    expect(rows.map(({ elderId }) => elderId)).toEqual([family.elderId, alone.elderId]);
  });

  it('is the same in whatever order people and visits come, and loses nobody', () => {
    const elders = [gap, asked, planned, visited];
    const start = '2026-11-21T03:00:00.000Z';
    const more = [...visits, aVisit(gap, 'unfilled', start), aVisit(visited, 'accepted', start)];
    const whole = board(elders, more);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(elders, { minLength: elders.length }),
        fc.shuffledSubarray(more, { minLength: more.length }),
        (people, shuffled) => {
          expect(board(people, shuffled)).toEqual(whole);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('what counts as a visit', () => {
  const at = (elder: Elder, serviceCode: WeekVisit['serviceCode'], plannedStartAt: string): WeekVisit => ({
    ...aVisit(elder, 'settled', plannedStartAt),
    serviceCode,
  });
  const week = { from: '2026-11-16', until: '2026-11-22', period: 'week' } as const;

  it('is not the shopping that somebody brought: the elder is a gap, and somebody was there', () => {
    const elder = anElder();
    const shopping = at(elder, 'D01', '2026-11-20T02:00:00.000Z');
    const [row] = board([elder], [shopping]);
    expect(row).toMatchObject({ visited: 0, missing: 1, gap: 'not_asked', daysSinceContact: 1 });
    expect(ratesOf(defaults, [elder], [shopping], week).visited).toMatchObject({ met: 0, of: 1 });
  });

  it('is one call after the other only as often as the region allows; then somebody has to go there', () => {
    const elder = anElder();
    const calls = ['04', '11', '18'].map((day) => at(elder, 'B02', `2026-11-${day}T02:00:00.000Z`));
    const rules = { ...defaults, phoneVisitsInRowMax: 2 };
    expect(ratesOf(rules, [elder], calls, week).visited.met).toBe(0);
    expect(ratesOf(rules, [elder], calls.slice(1), week).visited.met).toBe(1);
    const between = at(elder, 'B01', '2026-11-12T02:00:00.000Z');
    expect(ratesOf(rules, [elder], [...calls, between], week).visited.met).toBe(1);
  });
});
