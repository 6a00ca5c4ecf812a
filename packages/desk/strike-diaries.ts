/** A visit will not be made: it goes out of the diaries of those who had taken it. */
import { type DiaryChange, missVisit, strikeVisit } from '@time-bank/care/diary';
import { type RequestRecord, volunteersOf } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Ports } from './ports.ts';

/** What is to be written; `only`: where somebody else still goes; `missedBy`: who should have made it, and it is remembered. */
export const strikeDiaries = (
  ports: Pick<Ports, 'careBook'>,
  request: RequestRecord,
  only: readonly MemberId[] = volunteersOf(request),
  missedBy: readonly MemberId[] = [],
): Promise<DiaryChange[]> =>
  Promise.all(
    only.map(async (volunteerId) => {
      const diary = await ports.careBook.readDiaryNow(volunteerId);
      const strike = missedBy.includes(volunteerId) ? missVisit : strikeVisit;
      return strike(diary, request.requestId);
    }),
  );
