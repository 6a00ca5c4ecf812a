import { RequestId, idMaker } from '@time-bank/contracts/ids';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Point } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { honestyWords } from '@time-bank/contracts/honesty-words';
import { HonestyKind } from '@time-bank/contracts/confirming';
import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import {
  type SeenVisit,
  impossibleTravel,
  lookAt,
  nearCap,
  overlapping,
  ownDealings,
  pingPong,
  rings,
  roundNumbers,
  samePlace,
} from './honesty.ts';

const ids = idMaker(() => Date.parse('2026-11-21T02:00:00Z'));
const HOME = CommunityCode.parse('341302001003');
const [ann, ben, cai, dan, eva] = [
  ids.member(),
  ids.member(),
  ids.member(),
  ids.member(),
  ids.member(),
].sort() as [MemberId, MemberId, MemberId, MemberId, MemberId];
const staff = ids.member();
const START = '2026-11-02T01:00:00.000Z';
const here: Point = { latitude: 33.64, longitude: 116.97 };
/** About eleven kilometres to the north. */
const far: Point = { latitude: 33.74, longitude: 116.97 };
/** Degrees of latitude are 111 km. */
const distance = (one: Point, other: Point): number => Math.abs(one.latitude - other.latitude) * 111;

const visit = (
  volunteerId: MemberId,
  receiverId: MemberId,
  startMinute = 0,
  minutes = 55,
  also: Partial<SeenVisit> = {},
): SeenVisit => ({
  requestId: RequestId.parse(ids.request()),
  communityCode: HOME,
  volunteerId,
  receiverId,
  postedBy: staff,
  from: plusMinutes(START, startMinute),
  until: plusMinutes(START, startMinute + minutes),
  servedMinutes: minutes,
  creditedMinutes: minutes - (minutes % 30),
  home: here,
  ...also,
});
const DAY = 24 * 60;

describe('one person in two places', () => {
  it('two visits that share twenty minutes are asked about', () => {
    const both = [visit(ann, ben, 0, 60), visit(ann, cai, 40, 60)];
    expect(overlapping(both)).toMatchObject([
      {
        kind: 'overlapping',
        subjects: [ann],
        figures: { minutes: 20 },
        requestIds: both.map(({ requestId }) => requestId),
      },
    ]);
  });

  it('a visit that begins in the minute in which the other ends is none, nor are two people at once', () => {
    expect(overlapping([visit(ann, ben, 0, 60), visit(ann, cai, 60, 60)])).toEqual([]);
    expect(overlapping([visit(ann, ben, 0, 60), visit(dan, cai, 0, 60)])).toEqual([]);
  });

  it('a long visit over two short ones, with a pause between them, is asked about twice', () => {
    const [long, first, second] = [
      visit(ann, ben, 0, 180),
      visit(ann, cai, 30, 30),
      visit(ann, dan, 120, 30),
    ];
    const found = overlapping([second, long, first]).map(({ requestIds }) => requestIds);
    expect(found).toEqual([
      [long.requestId, first.requestId],
      [long.requestId, second.requestId],
    ]);
  });

  it('the way is measured from the visit that ended last, whichever began last', () => {
    const long = visit(ann, ben, 0, 180, { home: far });
    const within = visit(ann, cai, 30, 30);
    const after = visit(ann, dan, 185, 30);
    const found = impossibleTravel([long, within, after], distance).map(({ requestIds }) => requestIds);
    expect(found).toEqual([[long.requestId, after.requestId]]);
  });

  it.each([
    ['eleven kilometres in five minutes', 5, 1],
    ['eleven kilometres in twelve minutes', 12, 0],
  ])('%s', (_, gap, found) => {
    const both = [visit(ann, ben, 0, 60), visit(ann, cai, 60 + gap, 30, { home: far })];
    expect(impossibleTravel(both, distance)).toHaveLength(found);
  });

  it('neighbours, and homes that are not on the map, say nothing', () => {
    expect(impossibleTravel([visit(ann, ben, 0, 60), visit(ann, cai, 61, 30)], distance)).toEqual([]);
    const { home: _home, ...unknown } = visit(ann, cai, 61, 30);
    expect(impossibleTravel([visit(ann, ben, 0, 60), unknown], distance)).toEqual([]);
  });
});

describe('who visits whom', () => {
  it('two people who visit each other twice each are asked about once, whatever the order', () => {
    const there = [visit(ann, ben), visit(ann, ben, DAY)];
    const back = [visit(ben, ann, 2 * DAY), visit(ben, ann, 3 * DAY)];
    for (const visits of [
      [...there, ...back],
      [...back, ...there],
    ]) {
      expect(pingPong(visits)).toMatchObject([{ subjects: [ann, ben], figures: { there: 2, back: 2 } }]);
    }
    expect(pingPong([...there, back[0]!])).toEqual([]);
  });

  it('a circle of three is found once, a pair is none, and a chain is none', () => {
    const ring = [visit(ben, cai), visit(cai, ann), visit(ann, ben)];
    expect(rings(ring)).toMatchObject([
      { kind: 'ring', subjects: [ann, ben, cai], figures: { people: 3, minutes: 90 } },
    ]);
    expect(rings([visit(ann, ben), visit(ben, ann)])).toEqual([]);
    expect(rings([visit(ann, ben), visit(ben, cai)])).toEqual([]);
  });

  it('a circle of five is found, and the many visits of an ordinary volunteer to elders are none', () => {
    const five = [visit(ann, ben), visit(ben, cai), visit(cai, dan), visit(dan, eva), visit(eva, ann)];
    expect(rings(five)).toMatchObject([{ figures: { people: 5 } }]);
    expect(rings([visit(ann, ben), visit(ann, cai), visit(ann, dan)])).toEqual([]);
  });
});

describe('figures that are too good', () => {
  const week = (minutes: readonly number[]) => minutes.map((each, day) => visit(ann, ben, day * DAY, each));

  it('eight visits of half hours to the minute are asked about; one odd one among eight, or seven visits, are not', () => {
    expect(roundNumbers(week([60, 60, 30, 60, 90, 60, 60, 60]))).toMatchObject([
      { figures: { visits: 8, round: 8 } },
    ]);
    expect(roundNumbers(week([60, 60, 30, 60, 90, 60, 60, 61]))).toEqual([]);
    expect(roundNumbers(week([60, 60, 60, 60, 60, 60, 60]))).toEqual([]);
  });

  it('five days at nine tenths of the most of a day are asked about, four are not', () => {
    const policy = { dailyCreditMinutesMax: 240 };
    expect(nearCap(policy, week([240, 240, 240, 240, 240]))).toMatchObject([
      { figures: { days: 5, cap: 240 } },
    ]);
    expect(nearCap(policy, week([240, 240, 240, 240, 180]))).toEqual([]);
  });
});

describe('who vouches for whom', () => {
  it('whoever posts or confirms the visits that they make is asked about', () => {
    const own = [visit(staff, ben, 0, 55), visit(ann, ben, DAY, 55, { confirmedBy: ann })];
    expect(ownDealings(own).map(({ subjects }) => subjects)).toEqual([[staff], [ann]]);
    expect(ownDealings([visit(ann, ben, 0, 55, { confirmedBy: ben })])).toEqual([]);
  });

  it('check-ins at two homes far apart, from one place, are asked about', () => {
    const both = [visit(ann, ben, 0, 55, { at: here }), visit(ann, cai, DAY, 55, { at: here, home: far })];
    expect(samePlace(both, distance)).toMatchObject([{ subjects: [ann], figures: { visits: 2, homes: 2 } }]);
    const two = [visit(ann, ben, 0, 55, { at: here }), visit(ann, cai, DAY, 55, { at: far, home: far })];
    expect(samePlace(two, distance)).toEqual([]);
  });
});

it('an ordinary fortnight of a kind volunteer raises nothing at all', () => {
  const visits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) =>
    visit(ann, [ben, cai, dan][day % 3]!, day * DAY, 47 + day, { confirmedBy: [ben, cai, dan][day % 3]! }),
  );
  expect(lookAt({ dailyCreditMinutesMax: 480 }, visits, distance)).toEqual([]);
});

it('every kind has a sentence in three languages with its figures in it', () => {
  for (const kind of HonestyKind.options) {
    const words = honestyWords(kind, {
      minutes: 7,
      kilometres: 7,
      there: 7,
      back: 7,
      people: 7,
      visits: 7,
      round: 7,
      days: 7,
      cap: 7,
      homes: 7,
    });
    for (const sentence of Object.values(words)) expect(sentence).toContain('7');
  }
});
