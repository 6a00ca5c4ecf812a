import { MemberId } from '@time-bank/contracts/ids';
import { Gender, Language } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { defaults as policy } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Booking, type VisitWanted, type VolunteerFacts, rankCandidates, whyNot } from './candidates.ts';

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
};

const aVolunteer = (change: Partial<VolunteerFacts> = {}): VolunteerFacts => ({
  volunteerId: idOf(2),
  birthDate: '1962-05-01',
  gender: 'female',
  communityCode: HOME,
  point: { latitude: 33.641, longitude: 116.971 },
  languages: ['cmn'],
  freeTimes: [],
  bookings: [],
  visitsToReceiver: 0,
  notReady: [],
  ...change,
});

const at = (plannedStartAt: string, plannedMinutes = 60): Booking => ({ plannedStartAt, plannedMinutes });
const freeThen = { weekday: 6, fromMinute: 660, toMinute: 720 };

const scoreOf = (volunteer: VolunteerFacts, visit: VisitWanted = wanted): number =>
  rankCandidates(policy, visit, [volunteer])[0]?.score ?? NaN;

describe('why a volunteer cannot be asked: each row mends one thing of the row above', () => {
  const worst = aVolunteer({
    volunteerId: ELDER,
    birthDate: '2010-01-01',
    communityCode: FAR_AWAY,
    bookings: [at('2026-11-21T03:30:00.000Z', 240)],
    notReady: ['paused'],
  });
  const unready = { ...worst, volunteerId: idOf(2) };
  const other = { ...unready, notReady: [] };
  const ofAge = { ...other, birthDate: '1962-05-01' };
  const near = { ...ofAge, communityCode: HOME };
  const noOverlap = { ...near, bookings: [at('2026-11-21T04:00:00.000Z', 240)] };
  const rested = { ...noOverlap, bookings: [at('2026-11-21T04:00:00.000Z', 180)] };
  it.each([
    { row: 'the elder themselves', volunteer: worst, reason: 'own_request' },
    { row: 'somebody else, of 16 years, who pauses', volunteer: unready, reason: 'not_ready' },
    { row: 'somebody else, of 16 years', volunteer: other, reason: 'under_age' },
    { row: 'of age, in another county', volunteer: ofAge, reason: 'out_of_reach' },
    { row: 'of this county, elsewhere at that time', volunteer: near, reason: 'overlapping' },
    { row: 'free then, with five hours that day', volunteer: noOverlap, reason: 'daily_limit' },
    { row: 'with four hours that day', volunteer: rested, reason: undefined },
  ])('$row: $reason', ({ volunteer, reason }) => {
    expect(whyNot(policy, wanted, volunteer)).toBe(reason);
    expect(rankCandidates(policy, wanted, [volunteer])).toHaveLength(reason === undefined ? 1 : 0);
  });
});

describe('a volunteer can be asked', () => {
  it.each([
    { birthDate: '2008-11-22', reason: 'under_age' },
    { birthDate: '2008-11-21', reason: undefined },
  ])(
    'from the 18th birthday on, the day of the visit counting: $birthDate, $reason',
    ({ birthDate, reason }) => {
      expect(whyNot(policy, wanted, aVolunteer({ birthDate }))).toBe(reason);
    },
  );

  it.each([
    { why: 'ends as this one begins', booking: at('2026-11-21T02:00:00.000Z'), reason: undefined },
    { why: 'ends a minute too late', booking: at('2026-11-21T02:01:00.000Z'), reason: 'overlapping' },
    { why: 'begins as this one ends', booking: at('2026-11-21T04:00:00.000Z'), reason: undefined },
    { why: 'begins a minute too early', booking: at('2026-11-21T03:59:00.000Z'), reason: 'overlapping' },
    { why: 'is the same', booking: at(START), reason: 'overlapping' },
    { why: 'lies within this one', booking: at('2026-11-21T03:15:00.000Z', 15), reason: 'overlapping' },
    { why: 'holds this one', booking: at('2026-11-21T02:00:00.000Z', 180), reason: 'overlapping' },
  ])('or not, where another visit $why: $reason', ({ booking, reason }) => {
    expect(whyNot(policy, wanted, aVolunteer({ bookings: [booking] }))).toBe(reason);
  });

  it('counts the day in China: what ends the evening before does not weigh on the next day', () => {
    const eveningBefore = at('2026-11-20T11:00:00.000Z', 240);
    const early = at('2026-11-20T16:00:00.000Z', 200);
    expect(whyNot(policy, wanted, aVolunteer({ bookings: [eveningBefore] }))).toBeUndefined();
    expect(whyNot(policy, wanted, aVolunteer({ bookings: [early] }))).toBe('daily_limit');
  });
});

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

  it('say nothing of wishes that nobody has', () => {
    const noWishes = { ...wanted, wishes: { languages: [] } };
    expect(reasonsFor({ point: undefined, bookings: [at('2026-11-18T06:00:00.000Z')] }, noWishes)).toEqual([
      { code: 'same_community' },
      { code: 'free_time_unknown' },
      { code: 'first_time' },
      { code: 'visits_planned', count: 1 },
    ]);
  });

  it('say so where a wish is not met', () => {
    expect(reasonsFor({ gender: 'male' })).toContainEqual({ code: 'gender_wish_not_met' });
  });
});
