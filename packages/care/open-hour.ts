/**
 * The hour of a visit that a plan has arranged: nobody has asked for that very hour, so while nobody has the visit,
 * another plan may choose another. It is fixed once the elder's side has agreed, and while volunteers are asked for it.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import { type Instant, msOf } from '@time-bank/contracts/time';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  type Step,
  moved,
  volunteersOf,
} from './request.ts';
import { wrongState } from './wrong-state.ts';

/** Until when a visit that waits for somebody may be, where its hour can still be chosen; undefined where it stands. */
export const openUntil = (request: RequestRecord): Instant | undefined =>
  request.state === 'published' && request.asked === undefined && volunteersOf(request).length === 0
    ? request.hourOpenUntil
    : undefined;

/** A plan chooses another hour. Refuses: wrong_state where it stands, or the visit would not be over in time. */
export const planHour = (
  { request }: RequestFacts,
  command: Command,
  plannedStartAt: Instant,
): Planned<Step> => {
  const until = openUntil(request);
  const endsMs = msOf(plannedStartAt) + request.plannedMinutes * 60_000;
  if (until === undefined || endsMs > msOf(until)) return wrongState(request);
  const { change, receipt } = moved(request, { command, to: 'published' }, { plannedStartAt });
  return done({ changes: [change], receipt });
};
