import { MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import { describe, expect, it } from 'vitest';
import { reminderAt, reminderOf, remindersOf } from './reminders.ts';

/** Sunday, 22 November 2026, nine in the morning in China. */
const START = '2026-11-22T01:00:00.000Z';

describe('a reminder of a visit', () => {
  it.each([
    [
      'settled days before: at six on the evening before',
      '2026-11-19T02:00:00.000Z',
      '2026-11-21T10:00:00.000Z',
    ],
    [
      'settled on the evening before, after six: two hours before',
      '2026-11-21T10:00:00.000Z',
      '2026-11-21T23:00:00.000Z',
    ],
    ['settled an hour before: none, nobody forgets it', '2026-11-22T00:00:00.000Z', undefined],
  ])('of one that is %s', (_what, at, expected) => {
    expect(reminderAt(START, at)).toBe(expected);
  });

  it('goes by the evening in China, not by that of the server', () => {
    // Half past midnight in China is the day before in UTC.
    expect(reminderAt('2026-11-21T16:30:00.000Z', '2026-11-19T02:00:00.000Z')).toBe(
      '2026-11-21T10:00:00.000Z',
    );
  });

  it('is one for each part in a visit, to everybody, and worth nothing once it begins', () => {
    const ulid = '01KA0000000000000000000000';
    const [requestId, visitId] = [RequestId.parse(`req_${ulid}`), VisitId.parse(`vis_${ulid}`)];
    const people = [MemberId.parse(`mem_${ulid}`)];
    const at = '2026-11-19T02:00:00.000Z';
    const [change, ...others] = remindersOf({ requestId, plannedStartAt: START }, { visitId, at, people });
    expect(others).toEqual([]);
    expect(change?.notice).toEqual({
      noticeId: reminderOf(visitId),
      kind: 'visit_soon',
      to: { people },
      about: { requestId },
      at,
      notBefore: '2026-11-21T10:00:00.000Z',
      until: START,
    });
    expect(remindersOf({ requestId, plannedStartAt: START }, { visitId, at: START, people })).toEqual([]);
  });
});
