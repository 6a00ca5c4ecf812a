import { MemberId, RequestId, SYSTEM } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import { describe, expect, it } from 'vitest';
import { type TakenOn, isHintDue, pauseFor } from './no-show.ts';
import type { RequestEvent, RequestRecord } from './request.ts';
import { warningsDue } from './unfilled.ts';

const rules = { noShowCountMax: 3, noShowWindowDays: 90, noShowPauseDays: 30, freeCancelHours: 24 };
const NOW = '2026-11-21T02:00:00.000Z';
const DAY = 24 * 60;

const missed = (daysAgo: number): TakenOn => ({
  state: 'no_show',
  plannedStartAt: plusMinutes(NOW, -daysAgo * DAY),
});
/** Given back so many hours before it was to begin. */
const givenBack = (hours: number): TakenOn => {
  const plannedStartAt = plusMinutes(NOW, -DAY);
  return { state: 'withdrawn', plannedStartAt, withdrawnAt: plusMinutes(plannedStartAt, -hours * 60) };
};
const times = (count: number, part: TakenOn): TakenOn[] => Array.from({ length: count }, () => part);

describe('a volunteer is paused', () => {
  it.each([
    ['after three missed visits', [missed(1), missed(30), missed(89)], '2026-12-21'],
    ['not after two', [missed(1), missed(30)], undefined],
    ['not where the third lies longer ago than the window', [missed(1), missed(30), missed(90)], undefined],
    ['after nine that were given back late', times(9, givenBack(23)), '2026-12-21'],
    ['not after eight', times(8, givenBack(23)), undefined],
    [
      'after two missed and three given back late',
      [missed(1), missed(2), ...times(3, givenBack(1))],
      '2026-12-21',
    ],
    ['not for what was given back a day before', times(20, givenBack(24)), undefined],
    ['after three given back only when they had begun', times(3, givenBack(0)), '2026-12-21'],
    [
      'not for visits that somebody else gave up',
      times(9, { state: 'withdrawn', plannedStartAt: NOW }),
      undefined,
    ],
    ['not for visits that were made', times(9, { state: 'credited', plannedStartAt: NOW }), undefined],
  ])('%s', (_what, parts, until) => {
    expect(pauseFor(rules, parts, { at: NOW })).toBe(until);
  });
});

it('what somebody has paused for already does not count once more', () => {
  const parts = [missed(1), missed(2), missed(40), missed(41), missed(42)];
  expect(pauseFor(rules, parts, { at: NOW })).toBe('2026-12-21');
  expect(pauseFor(rules, parts, { at: NOW, pausedOn: '2026-10-12' })).toBeUndefined();
});

describe('a hint about an elder whose visits are taken back late', () => {
  const elder = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
  /** Taken back `hours` before it was to begin, `daysAgo`; by the elder herself where nobody else is named. */
  const takenBack = (daysAgo: number, hours = 2, also: Partial<RequestEvent> = {}): RequestRecord => {
    const plannedStartAt = plusMinutes(NOW, -daysAgo * DAY);
    const at = plusMinutes(plannedStartAt, -hours * 60);
    const requestId = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD');
    return {
      requestId,
      version: 3,
      state: 'cancelled',
      serviceCode: 'C01',
      receiverId: elder,
      receiver: { surname: '王', gender: 'female' },
      postedBy: elder,
      communityCode: CommunityCode.parse('341302001003'),
      plannedStartAt,
      plannedMinutes: 60,
      place: { address: '和平里1号楼' },
      wishes: { languages: [] },
      policyVersion: 'v',
      history: [
        {
          stepId: requestId,
          fingerprint: 'f',
          actorId: elder,
          channel: 'web',
          at,
          from: 'accepted',
          receipt: { requestId, state: 'cancelled', at },
          ...also,
        },
      ],
    };
  };

  it.each([
    ['the third time in ninety days', [takenBack(1), takenBack(89)], true],
    ['not the second time', [takenBack(1)], false],
    ['not the fourth time: the desk has had its hint', [takenBack(1), takenBack(2), takenBack(3)], false],
    ['not for what lies longer ago', [takenBack(1), takenBack(91)], false],
    ['not for what was taken back a day before', [takenBack(1), takenBack(2, 24)], false],
    ['not for what nobody had taken', [takenBack(1), takenBack(2, 2, { from: 'published' })], false],
    [
      'not for what the desk took back',
      [takenBack(1), takenBack(2, 2, { actorId: SYSTEM, as: 'coordinator' })],
      false,
    ],
    [
      'also for what a helper took back for her',
      [takenBack(1), takenBack(2, 2, { actorId: SYSTEM, as: 'family_proxy' })],
      true,
    ],
  ])('%s', (_what, before, isDue) => {
    expect(isHintDue(rules, before, NOW)).toBe(isDue);
  });
});

describe('warnings before a visit that nobody has taken', () => {
  it.each([
    [25 * 60, 0],
    [24 * 60, 1],
    [121, 1],
    [120, 2],
    [1, 2],
  ])('%i minutes before the start: %i', (minutes, count) => {
    expect(warningsDue({ unfilledWarnHours: [24, 2] }, plusMinutes(NOW, minutes), NOW)).toBe(count);
  });
});
