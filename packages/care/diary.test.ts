import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { expect, it } from 'vitest';
import { type Diary, noteVisit, strikeVisit } from './diary.ts';

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
  expect(noteVisit(diary, visit, NOW).diary).toEqual({ ...empty, version: 8, entries: [thisWeek, visit] });
});

it('a visit that will not take place is struck out, the others stay', () => {
  const [one, other] = [entry('A', NOW), entry('B', NOW)];
  const diary = { ...empty, version: 3, entries: [one, other] };
  expect(strikeVisit(diary, one.requestId)).toMatchObject({
    fromVersion: 3,
    diary: { version: 4, entries: [other] },
  });
});
