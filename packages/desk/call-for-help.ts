/** Somebody calls for help: the elder, a helper, staff for a caller, a visitor who sees danger. */
import type {
  CallForHelp,
  EmergencyReceipt,
  EmergencySource,
  HelpState,
} from '@time-bank/contracts/emergency';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { emergencyCommand } from './emergency-step.ts';
import { personMasked } from './person-masked.ts';
import { lastCallOf, openEmergency } from './open-emergency.ts';
import { climbLadder } from './keep-emergencies.ts';
import type { LadderWork } from './keep-emergencies.ts';
import type { Ports } from './ports.ts';

/** An elder sees how their call went for a day. */
const SHOWN_MS = 24 * 60 * 60 * 1000;

const sourceOf = (
  { via, actor }: Grant<'call_for_help'>,
  elder: Member,
  { requestId }: CallForHelp,
): EmergencySource => {
  if (actor.memberId === elder.memberId) return 'own_button';
  if (via.relation === 'bound') return 'helper';
  return via.relation === 'own' && requestId !== undefined ? 'visit' : 'staff';
};

/**
 * Calls for help for an elder. The grant is over them, or over a visit to them.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const callForHelp = (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'personFiles'>,
  permit: Grant<'call_for_help'>,
  elder: Member,
  body: CallForHelp,
): Promise<Outcome<EmergencyReceipt>> =>
  openEmergency(
    ports,
    {
      elder,
      by: permit.actor.memberId,
      source: sourceOf(permit, elder, body),
      words: body.words,
      requestId: body.requestId,
    },
    emergencyCommand(ports, permit, body.commandId, body),
  );

/** How an elder's last call stands, as they see it; their look, too, lets the ladder go on. The grant is over them. */
export const readHelp = async (
  ports: LadderWork,
  _permit: Grant<'call_for_help'>,
  elder: Pick<Member, 'memberId'>,
): Promise<Outcome<HelpState>> => {
  const { last } = await lastCallOf(ports, elder.memberId);
  if (last === undefined || ports.clock.nowMs() - msOf(last.openedAt) > SHOWN_MS) return done({});
  const { caseId, state, openedAt, history } = await climbLadder(ports, last);
  const answer = history.findLast(({ step }) => step === 'answered');
  const answeredBy =
    answer === undefined || answer.actorId === 'system'
      ? undefined
      : await personMasked(ports, answer.actorId);
  return done({
    call: { caseId, state, openedAt, ...(answeredBy === undefined ? {} : { answeredBy }) },
  });
};
