import type { RequestFacts } from '@time-bank/care/request';
import { MemberId, RequestId } from '@time-bank/contracts/ids';
import { RequestState } from '@time-bank/contracts/request';
import { expect, it } from 'vitest';
import type { Ports } from './ports.ts';
import { bookingsAround, takesTime } from './volunteer-facts.ts';

const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRS');
const [WANTED, OTHER] = ['A', 'B'].map((last) => RequestId.parse(`req_01KB2C3D4E5F6G7H8J9KMNPQR${last}`)) as [
  RequestId,
  RequestId,
];
// Monday 23 November 2026, 00:30 in China.
const START = '2026-11-22T16:30:00.000Z';

/** The bookings around a visit, and the span that was asked for. */
const around = async (visits: { requestId: RequestId; state: RequestState }[]) => {
  const asked: { from: string; to: string }[] = [];
  const careBook = {
    listVisitedBetween: (_: MemberId, span: { from: string; to: string }) => {
      asked.push(span);
      return Promise.resolve(visits.map((request) => ({ request }) as unknown as RequestFacts));
    },
  } as unknown as Ports['careBook'];
  const wanted = { requestId: WANTED, plannedStartAt: START };
  return { bookings: await bookingsAround({ careBook }, VOLUNTEER, wanted), asked };
};

it('a request takes up its volunteer’s time from acceptance on, unless it is taken back', () => {
  expect(RequestState.options.filter(takesTime)).toEqual([
    'accepted',
    'in_service',
    'pending_confirm',
    'settled',
  ]);
});

it('a visit around midnight from Sunday to Monday is seen from both weeks', async () => {
  const { asked } = await around([]);
  expect(asked).toEqual([{ from: '2026-11-21T16:30:00.000Z', to: '2026-11-23T16:30:00.000Z' }]);
});

it('what was cancelled, and the wanted visit itself, stand in nobody’s way', async () => {
  const { bookings } = await around([
    { requestId: OTHER, state: 'cancelled' },
    { requestId: WANTED, state: 'accepted' },
    { requestId: OTHER, state: 'accepted' },
  ]);
  expect(bookings).toEqual([{ requestId: OTHER, state: 'accepted' }]);
});
