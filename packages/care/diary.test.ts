import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { expect, it } from 'vitest';
import {
  type Diary,
  asksInWeek,
  keptAndMissed,
  missVisit,
  noteAsk,
  noteVisit,
  strikeVisit,
} from './diary.ts';

const NOW = '2026-11-21T02:00:00.000Z';
const requestId = (last: string) => RequestId.parse(`req_01KB2C3D4E5F6G7H8J9KMNPQR${last}`);
const entry = (last: string, plannedStartAt: string) => ({
  requestId: requestId(last),
  plannedStartAt,
  plannedMinutes: 60,
});
const empty: Diary = {
  volunteerId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA'),
  version: 0,
  entries: [],
};

it('a visit is written in over the version that was read', () => {
  const visit = entry('A', '2026-11-22T02:00:00.000Z');
  expect(noteVisit(empty, visit, NOW)).toEqual({
    change: 'put_diary',
    fromVersion: 0,
    diary: { ...empty, version: 1, entries: [visit] },
  });
});

it('the same visit stands there once, and what can count towards no week any more is let go', () => {
  const thisWeek = entry('B', '2026-11-13T02:00:00.000Z');
  const longPast = entry('C', '2026-11-13T01:59:00.000Z');
  const visit = entry('A', '2026-11-22T02:00:00.000Z');
  const diary = { ...empty, version: 7, entries: [longPast, thisWeek, visit] };
  expect(noteVisit(diary, visit, NOW).diary).toEqual({
    ...empty,
    version: 8,
    entries: [thisWeek, visit],
    kept: 1,
  });
});

it('a visit that will not take place is struck out, the others stay', () => {
  const [one, other] = [entry('A', NOW), entry('B', NOW)];
  const diary = { ...empty, version: 3, entries: [one, other] };
  expect(strikeVisit(diary, one.requestId)).toMatchObject({
    fromVersion: 3,
    diary: { version: 4, entries: [other] },
  });
});

it('a visit that is past and was not struck out was kept, also once it is let go; one that was missed is remembered', () => {
  const past = entry('A', '2026-11-20T02:00:00.000Z');
  const missed = entry('B', '2026-11-20T06:00:00.000Z');
  const now = entry('C', '2026-11-21T01:30:00.000Z');
  const diary = { ...empty, version: 4, entries: [past, missed, now], kept: 6 };
  const after = missVisit(diary, missed.requestId).diary;
  expect(after.entries).toEqual([past, now]);
  expect(keptAndMissed(after, NOW)).toEqual({ kept: 7, missed: 1 });
  const monthLater = '2026-12-21T02:00:00.000Z';
  const later = noteVisit(after, entry('D', monthLater), monthLater).diary;
  expect(later).toMatchObject({ version: 6, kept: 8, missed: 1 });
  expect(keptAndMissed(later, monthLater)).toEqual({ kept: 8, missed: 1 });
  expect(keptAndMissed(empty, NOW)).toEqual({ kept: 0, missed: 0 });
});

it('asks are counted over seven days, and forgotten after them', () => {
  const first = noteAsk(empty, '2026-11-14T02:00:00.000Z').diary;
  const second = noteAsk(first, '2026-11-16T02:00:00.000Z').diary;
  expect(asksInWeek(empty, NOW)).toBe(0);
  expect(asksInWeek(second, '2026-11-21T01:59:00.000Z')).toBe(2);
  expect(asksInWeek(second, NOW)).toBe(1);
  const third = noteAsk(second, '2026-11-25T02:00:00.000Z').diary;
  expect(third).toMatchObject({ version: 3, asks: ['2026-11-25T02:00:00.000Z'] });
});
