/** The stream consumer's work: every change of a request shows on the week's board. */
import type { VisitReport } from '@time-bank/contracts/visiting';
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
  | 'serviceCode'
  | 'follows'
> & {
  /** Its visitor found a need; or what they said of it, where that is at hand. */
  need?: true;
  report?: Pick<VisitReport, 'result'>;
};

/** True where a visitor says that something is to be done. */
export const foundNeed = ({ report }: Pick<WeekRequest, 'report'>): boolean =>
  report?.result === 'referral' || report?.result === 'danger';

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
    serviceCode: request.serviceCode,
    ...(request.need === true || foundNeed(request) ? { need: true } : {}),
    ...(request.follows === undefined ? {} : { follows: request.follows }),
    ...(request.volunteerId === undefined ? {} : { volunteerId: request.volunteerId }),
  });
};
