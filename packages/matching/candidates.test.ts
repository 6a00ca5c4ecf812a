import { MemberId } from '@time-bank/contracts/ids';
import { Gender, Language } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { defaults as policy } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byRank, isFreeThen, rankCandidates, rankOf } from './candidates.ts';
import { whyNot } from './eligible.ts';
import type { Booking, VisitWanted, VolunteerFacts } from './facts.ts';

const HOME = CommunityCode.parse('341302001003');
const communities = ['341302001003', '341302001004', '341302002001'].map((code) => CommunityCode.parse(code));
const FAR_AWAY = CommunityCode.parse('340102001001');

const idOf = (number: number): MemberId => MemberId.parse(`mem_${String(number).padStart(26, '0')}`);
const ELDER = idOf(1);

/** Saturday, 21 November 2026, 11:00 in China, for an hour. */
const START = '2026-11-21T03:00:00.000Z';
const wanted: VisitWanted = {
  receiverId: ELDER,
  communityCode: HOME,
  plannedStartAt: START,
  plannedMinutes: 60,
  point: { latitude: 33.64, longitude: 116.97 },
  wishes: { languages: ['wanbei', 'cmn'], gender: 'female' },
  musts: { languages: [] },
  kind: { isRemote: false, touches: false, handlesMoney: false },
  persons: 1,
  elder: { gender: 'female', livingSituation: 'alone', abilityLevel: 0 },
};

const aVolunteer = (change: Partial<VolunteerFacts> = {}): VolunteerFacts => ({
  volunteerId: idOf(2),
  birthDate: '1962-05-01',
  gender: 'female',
  communityCode: HOME,
  point: { latitude: 33.641, longitude: 116.971 },
  mode: 'bicycle',
  languages: ['cmn'],
  freeTimes: [],
  bookings: [],
  visitsToReceiver: 0,
  isKin: false,
  notReady: [],
  ...change,
});

const at = (plannedStartAt: string, plannedMinutes = 60): Booking => ({ plannedStartAt, plannedMinutes });
const freeThen = { weekday: 6, fromMinute: 660, toMinute: 720 };

const scoreOf = (volunteer: VolunteerFacts, visit: VisitWanted = wanted): number =>
  rankOf(policy, visit, volunteer).score;

const aPoint = fc.record({
  latitude: fc.double({ min: 33.5, max: 33.8, noNaN: true }),
  longitude: fc.double({ min: 116.8, max: 117.1, noNaN: true }),
});
const someVolunteer = fc
  .record({
    birthDate: fc.constantFrom('1950-01-01', '1962-05-01', '2000-02-29', '2015-01-01'),
    gender: fc.constantFrom(...Gender.options),
    communityCode: fc.constantFrom(...communities, FAR_AWAY),
    point: fc.option(aPoint, { nil: undefined }),
    languages: fc.uniqueArray(fc.constantFrom(...Language.options), { maxLength: 4 }),
    freeTimes: fc.constantFrom([], [freeThen], [{ weekday: 1, fromMinute: 0, toMinute: 1440 }]),
    bookings: fc.array(
      fc.constantFrom(at(START), at('2026-11-21T06:00:00.000Z'), at('2026-11-18T06:00:00.000Z', 200)),
      { maxLength: 4 },
    ),
    visitsToReceiver: fc.nat({ max: 30 }),
  })
  .map((facts) => aVolunteer(facts));
const someVolunteers = fc
  .array(someVolunteer, { minLength: 1, maxLength: 20 })
  .map((list) => list.map((volunteer, index) => ({ ...volunteer, volunteerId: idOf(index + 2) })));
const someVisit = fc
  .record({
    languages: fc.uniqueArray(fc.constantFrom(...Language.options), { maxLength: 4 }),
    gender: fc.option(fc.constantFrom(...Gender.options), { nil: undefined }),
    point: fc.option(aPoint, { nil: undefined }),
  })
  .map(({ languages, gender, point }): VisitWanted => ({
    ...wanted,
    point,
    wishes: { languages, ...(gender === undefined ? {} : { gender }) },
  }));

describe('the ranking', () => {
  it('is the same in whatever order the volunteers come', () => {
    const shuffled = someVolunteers.chain((list) =>
      fc.record({ list: fc.constant(list), again: fc.shuffledSubarray(list, { minLength: list.length }) }),
    );
    fc.assert(
      fc.property(someVisit, shuffled, (visit, { list, again }) => {
        expect(rankCandidates(policy, visit, again)).toEqual(rankCandidates(policy, visit, list));
      }),
    );
  });

  it('scores whole points from 0 to 1,000, best first, ties by id, and leaves nobody eligible out', () => {
    fc.assert(
      fc.property(someVisit, someVolunteers, (visit, list) => {
        const ranked = rankCandidates(policy, visit, list);
        const eligible = list.filter((volunteer) => whyNot(policy, visit, volunteer) === undefined);
        expect(ranked.map(({ volunteerId }) => volunteerId).sort()).toEqual(
          eligible.map(({ volunteerId }) => volunteerId),
        );
        for (const { score } of ranked) {
          expect(Number.isInteger(score) && score >= 0 && score <= 1000).toBe(true);
        }
        for (const [index, one] of ranked.entries()) {
          const next = ranked[index + 1];
          if (next === undefined) continue;
          const inOrder =
            one.score > next.score || (one.score === next.score && one.volunteerId < next.volunteerId);
          expect(inOrder).toBe(true);
        }
      }),
    );
  });

  it('gives all 1,000 points to a known neighbour next door who is free and speaks the dialect', () => {
    const best = aVolunteer({
      point: wanted.point,
      languages: ['cmn', 'wanbei'],
      freeTimes: [freeThen],
      visitsToReceiver: 4,
    });
    expect(scoreOf(best)).toBe(1000);
  });

  it('of two who are alike puts the lower id first', () => {
    const twins = [aVolunteer({ volunteerId: idOf(9) }), aVolunteer({ volunteerId: idOf(3) })];
    const ranked = rankCandidates(policy, wanted, twins);
    expect(ranked.map(({ volunteerId }) => volunteerId)).toEqual([idOf(3), idOf(9)]);
  });
});

describe('more of a ground is never worse', () => {
  const never = (better: (volunteer: VolunteerFacts) => VolunteerFacts) => {
    fc.assert(
      fc.property(someVisit, someVolunteer, (visit, volunteer) => {
        const plain = { ...volunteer, communityCode: HOME, birthDate: '1962-05-01', bookings: [] };
        expect(scoreOf(better(plain), visit)).toBeGreaterThanOrEqual(scoreOf(plain, visit));
      }),
    );
  };

  it('closer than before', () => {
    fc.assert(
      fc.property(aPoint, fc.double({ min: 0, max: 1, noNaN: true }), (point, share) => {
        const home = wanted.point ?? { latitude: 0, longitude: 0 };
        const closer = {
          latitude: home.latitude + (point.latitude - home.latitude) * share,
          longitude: home.longitude + (point.longitude - home.longitude) * share,
        };
        expect(scoreOf(aVolunteer({ point: closer }))).toBeGreaterThanOrEqual(scoreOf(aVolunteer({ point })));
      }),
    );
  });

  it('a smaller region in common, where no point is known', () => {
    const scores = communities.map((communityCode) =>
      scoreOf(aVolunteer({ communityCode, point: undefined })),
    );
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(3);
  });

  it('free then, against not known, against busy', () => {
    const scores = [[freeThen], [], [{ ...freeThen, weekday: 5 }]].map((freeTimes) =>
      scoreOf(aVolunteer({ freeTimes })),
    );
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(3);
  });

  it('one visit more to this elder', () => {
    never((volunteer) => ({ ...volunteer, visitsToReceiver: volunteer.visitsToReceiver + 1 }));
  });

  it('one language more', () => {
    for (const language of Language.options) {
      never((volunteer) => ({ ...volunteer, languages: [...volunteer.languages, language] }));
    }
  });

  it('the gender that was wished for', () => {
    expect(scoreOf(aVolunteer({ gender: 'female' }))).toBeGreaterThan(
      scoreOf(aVolunteer({ gender: 'male' })),
    );
  });

  it('one more visit that was kept, one less that was missed', () => {
    const of = (kept: number, missed: number) => scoreOf(aVolunteer({ keptVisits: { kept, missed } }));
    expect(of(9, 1)).toBeGreaterThan(of(8, 1));
    expect(of(8, 1)).toBeGreaterThan(of(8, 2));
    expect(of(30, 0)).toBe(scoreOf(aVolunteer()));
  });

  it('a faster way of going', () => {
    const point = { latitude: 33.7, longitude: 116.97 };
    const scores = (['bicycle', 'walk'] as const).map((mode) => scoreOf(aVolunteer({ point, mode })));
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(2);
  });

  it('fewer visits in the week', () => {
    const scores = [0, 1, 2, 3].map((count) =>
      scoreOf(aVolunteer({ bookings: Array(count).fill(at('2026-11-18T06:00:00.000Z', 15)) as Booking[] })),
    );
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(4);
  });
});

describe('a volunteer is free', () => {
  it.each([
    { slot: freeThen, free: true },
    { slot: { ...freeThen, fromMinute: 661 }, free: false },
    { slot: { ...freeThen, toMinute: 719 }, free: false },
    { slot: { ...freeThen, weekday: 7 }, free: false },
  ])('in $slot: $free', ({ slot, free }) => {
    const [ranked] = rankCandidates(policy, wanted, [aVolunteer({ freeTimes: [slot] })]);
    expect(ranked?.reasons).toContainEqual({ code: free ? 'free_then' : 'not_usually_free' });
  });
});

describe('the reasons', () => {
  const reasonsFor = (change: Partial<VolunteerFacts>, visit = wanted) =>
    rankCandidates(policy, visit, [aVolunteer(change)])[0]?.reasons;

  it('say every ground that counted, with its figure', () => {
    expect(reasonsFor({ visitsToReceiver: 3, languages: ['wanbei'], freeTimes: [freeThen] })).toEqual([
      { code: 'same_community' },
      { code: 'distance', km: 0.1 },
      { code: 'free_then' },
      { code: 'visited_before', times: 3 },
      { code: 'speaks', language: 'wanbei' },
      { code: 'gender_wish_met' },
      { code: 'visits_planned', count: 0 },
    ]);
  });

  it('say how visits were kept that were taken on before', () => {
    expect(reasonsFor({ keptVisits: { kept: 12, missed: 1 } })).toContainEqual({
      code: 'kept_visits',
      kept: 12,
      missed: 1,
    });
    expect(reasonsFor({ keptVisits: { kept: 0, missed: 0 } })?.map(({ code }) => code)).not.toContain(
      'kept_visits',
    );
  });

  it('say that nobody goes to a first visit alone, and that two go to a visit for two', () => {
    const along = { code: 'somebody_along' };
    expect(reasonsFor({})).toContainEqual(along);
    expect(reasonsFor({ visitsToReceiver: 1 })).not.toContainEqual(along);
    const withFamily: VisitWanted = { ...wanted, elder: { ...wanted.elder, livingSituation: 'with_family' } };
    expect(reasonsFor({}, withFamily)).not.toContainEqual(along);
    const forTwo = reasonsFor({}, { ...wanted, persons: 2 });
    expect(forTwo).toContainEqual({ code: 'two_go' });
    expect(forTwo).not.toContainEqual(along);
  });

  it('say nothing of the way where the visit is made by telephone, and it counts for nothing', () => {
    const byPhone = { ...wanted, kind: { ...wanted.kind, isRemote: true } };
    const far = { point: { latitude: 33.2, longitude: 116.5 } };
    expect(reasonsFor(far, byPhone)?.map(({ code }) => code)).not.toContain('distance');
    expect(scoreOf(aVolunteer(far), byPhone)).toBe(scoreOf(aVolunteer(), byPhone));
  });

  it('say nothing of wishes that nobody has', () => {
    const noWishes = { ...wanted, wishes: { languages: [] } };
    expect(reasonsFor({ point: undefined, bookings: [at('2026-11-18T06:00:00.000Z')] }, noWishes)).toEqual([
      { code: 'same_community' },
      { code: 'free_time_unknown' },
      { code: 'first_time' },
      { code: 'somebody_along' },
      { code: 'visits_planned', count: 1 },
    ]);
  });

  it('say so where a wish is not met', () => {
    expect(reasonsFor({ gender: 'male' })).toContainEqual({ code: 'gender_wish_not_met' });
  });
});

it('somebody who cannot be asked has points all the same, for whoever asks about them', () => {
  const paused = aVolunteer({ notReady: ['paused'] });
  const ready = aVolunteer();
  expect(rankCandidates(policy, wanted, [paused])).toEqual([]);
  expect(rankOf(policy, wanted, paused)).toEqual(rankOf(policy, wanted, ready));
});

it('of two with the same points the lower id stands first, whichever is looked at first', () => {
  const [low, high] = [idOf(3), idOf(9)].map((volunteerId) =>
    rankOf(policy, wanted, aVolunteer({ volunteerId })),
  );
  if (low === undefined || high === undefined) throw new Error('nobody');
  expect([byRank(low, high), byRank(high, low)]).toEqual([-1, 1]);
});

it.each([
  { freeTimes: [freeThen], free: true },
  { freeTimes: [], free: true },
  { freeTimes: [{ ...freeThen, weekday: 7 }], free: false },
])('whoever has said nothing against the time may be asked of the service’s own accord: $free', (row) => {
  expect(isFreeThen(rankOf(policy, wanted, aVolunteer({ freeTimes: row.freeTimes })))).toBe(row.free);
});
