/**
 * What a visitor found. An elder who was not met is no visit that was made: it is an alarm, and the visit ends there.
 * Source: README "Alarms"; R-41; Tangshan 2025 for the five groups.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import { msOf, plusMinutes } from '@time-bank/contracts/time';
import type { VisitReport } from '@time-bank/contracts/visiting';
import type { Policy } from '@time-bank/policy/policy';
import { isTaken, wasMade } from './life.ts';
import { tell } from './notice.ts';
import { type Command, type RequestFacts, type Step, moved, partOf } from './request.ts';

/** What a report says, beside who says it and when. */
export type Found = Pick<VisitReport, 'findings' | 'result' | 'note'>;

/** Nobody opened: from when a visitor may say so. */
const isHour = (policy: Policy, { request }: RequestFacts, { at }: Command): boolean =>
  msOf(at) >= msOf(plusMinutes(request.plannedStartAt, -policy.checkInEarlyMinutes));

/**
 * Keeps what was found, once for each visit. Nobody was met: said at the door, before a check-in; the visit is over.
 * Refuses: wrong_step (not met, and yet checked in; or found something without having been in), not_accepted,
 * too_early_to_check_in, already_reported.
 */
export const planReport = (
  policy: Policy,
  facts: RequestFacts,
  command: Command,
  { volunteerId, found }: { volunteerId: MemberId; found: Found },
): Planned<Step> => {
  const { request } = facts;
  const part = partOf(facts, volunteerId);
  if (part === undefined) return refused('not_accepted');
  const isAtDoor = isTaken(request.state);
  const wasInside = request.state === 'in_service' || request.state === 'aborted' || wasMade(request.state);
  if (isAtDoor !== (found.result === 'not_met')) return refused('wrong_step');
  if (!isAtDoor && !wasInside) return refused('not_accepted');
  if (isAtDoor && !isHour(policy, facts, command)) return refused('too_early_to_check_in');
  if (request.report !== undefined) return refused('already_reported');
  const { dueAt, told } = request;
  const { change, receipt } = moved(
    request,
    {
      command,
      to: isAtDoor ? 'no_show_elder' : request.state,
      facts: { visitId: part.visitId },
      ...(isAtDoor || dueAt === undefined ? {} : { dueAt }),
    },
    {
      report: { ...found, by: volunteerId, at: command.at },
      ...(isAtDoor || told === undefined ? {} : { told }),
    },
  );
  const word = tell(command.stepId, {
    kind: 'need_found',
    to: { deskOf: request.communityCode },
    about: { requestId: request.requestId },
    at: command.at,
  });
  return done({ changes: found.result === 'referral' ? [change, word] : [change], receipt });
};
