/** The stream consumer's work: every change of a request shows on the week's board. */
import type { RequestRecord } from '@time-bank/care/request';
import { isoWeekOf } from '@time-bank/contracts/time';
import type { Ports } from './ports.ts';

/** What the board needs of a request: nothing that says who receives, or where. */
export type WeekRequest = Pick<
  RequestRecord,
  | 'requestId'
  | 'receiverId'
  | 'state'
  | 'version'
  | 'communityCode'
  | 'plannedStartAt'
  | 'plannedMinutes'
  | 'volunteerId'
>;

/** Keeps a request's present state in its week. Safe to repeat and in any order. */
export const keepWeek = async (ports: Pick<Ports, 'weekBook'>, request: WeekRequest): Promise<void> => {
  await ports.weekBook.put(isoWeekOf(request.plannedStartAt), {
    requestId: request.requestId,
    elderId: request.receiverId,
    state: request.state,
    version: request.version,
    communityCode: request.communityCode,
    plannedStartAt: request.plannedStartAt,
    plannedMinutes: request.plannedMinutes,
    ...(request.volunteerId === undefined ? {} : { volunteerId: request.volunteerId }),
  });
};
