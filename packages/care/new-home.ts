/**
 * An elder moves: what is still to come goes on at the new home and is the new community's to look after; what was made,
 * or has begun, stays where it was.
 */
import { type Planned, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Place, RequestState } from '@time-bank/contracts/request';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { type Command, type RequestFacts, type RequestRecord, type Step, moved } from './request.ts';
import { wrongState } from './wrong-state.ts';

const toCome: readonly RequestState[] = [
  'draft',
  'submitted',
  'rejected',
  'published',
  'accepted',
  'confirmed',
];

/** True for what is still to come at `at`. */
export const isToCome = (
  { state, plannedStartAt }: Pick<RequestRecord, 'state' | 'plannedStartAt'>,
  at: Instant,
): boolean => toCome.includes(state) && msOf(plannedStartAt) > msOf(at);

/** Where somebody lives from now on, and the rules that hold there. */
export interface NewHome {
  communityCode: CommunityCode;
  place: Place;
  policyVersion: string;
}

/** A request follows its receiver; whoever has taken it keeps it. Refuses: wrong_state where it is not still to come. */
export const planNewHome = ({ request }: RequestFacts, command: Command, home: NewHome): Planned<Step> => {
  if (!isToCome(request, command.at)) return wrongState(request);
  const { state: to, dueAt, told } = request;
  const { change, receipt } = moved(
    request,
    { command, to, dueAt },
    { ...home, ...(told === undefined ? {} : { told }) },
  );
  return done({ changes: [change], receipt });
};
