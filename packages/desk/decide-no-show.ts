/**
 * The desk has called and knows who was not there. An elder who was not met is in danger until somebody has seen them:
 * the alarm is given before anything else is written.
 */
import { type NoShowRules, pauseFor, planNoShow } from '@time-bank/care/no-show';
import { type RequestFacts, type RequestRecord, volunteersOf } from '@time-bank/care/request';
import { planPause } from '@time-bank/care/volunteer';
import { tell } from '@time-bank/care/notice';
import { type CommandId, FileId, type MemberId, movementOf } from '@time-bank/contracts/ids';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { DecideNoShow } from '@time-bank/contracts/request-life';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, nowOf, together } from './carry-out.ts';
import { changeFile, volunteerReceipt } from './change-file.ts';
import { commandOf } from './command.ts';
import { planFree } from './free-hold.ts';
import { openAlarm } from './open-alarm.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellPeople } from './tell-steps.ts';
import { withVolunteerRole } from './volunteer-role.ts';

type Work = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles' | 'caseBook'
>;

/** Far more than anybody takes on in a year of one visit a week. */
const LOOKED_BACK = 100;

/** What a volunteer has missed, with the visit that was decided about just now: the list may not have it yet. */
const takenOnBy = async (ports: Work, volunteerId: MemberId, { requestId }: RequestRecord) => {
  const { items } = await ports.careBook.listVisited(volunteerId, { limit: LOOKED_BACK });
  return items.flatMap(({ visit }) =>
    visit === undefined
      ? []
      : [visit.requestId === requestId ? { ...visit, state: 'no_show' as const } : visit],
  );
};

/** Pauses a volunteer whose missed visits ask for it, and tells them; nothing is taken from anybody. */
const pauseIfDue = async (
  ports: Work,
  permit: Grant<'decide_no_show'>,
  {
    request,
    commandId,
    volunteerId,
  }: { request: RequestRecord; commandId: CommandId; volunteerId: MemberId },
): Promise<void> => {
  const rules: NoShowRules = await policyNow(ports, request.communityCode);
  const at = nowOf(ports);
  const until = pauseFor(rules, await takenOnBy(ports, volunteerId, request), at);
  const member = until === undefined ? undefined : await ports.people.readMember(volunteerId);
  if (until === undefined || member === undefined) return;
  // The decision has its number: sent again, it pauses nobody twice.
  const fileId = FileId.parse(`fil_${commandId.slice(4)}`);
  const paused = await changeFile(
    ports,
    permit,
    member,
    { body: { fileId }, part: 'volunteering' },
    (before, on) => {
      const facts = { by: permit.actor.memberId, on, isOwn: false };
      const planned = planPause(before.volunteering, { step: 'pause', until }, facts);
      if (planned.kind === 'refused') return planned;
      return done(withVolunteerRole({ ...before, volunteering: planned.value }, on));
    },
    volunteerReceipt,
  );
  // Somebody who is paused already, or has left, is not told again.
  if (paused.kind === 'refused') return;
  const notice = { to: { people: [volunteerId] }, about: { requestId: request.requestId }, at };
  const figures = { days: rules.noShowPauseDays };
  await ports.journal.commit([tell(fileId, { kind: 'paused_for_no_shows', figures, ...notice })]);
};

/**
 * The grant is over the request, and over none of those who were to meet.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, wrong_state,
 * unknown_account, busy_try_again.
 */
export const decideNoShow = async (
  ports: Work,
  permit: Grant<'decide_no_show'>,
  asRead: RequestFacts,
  body: DecideNoShow,
): Promise<Outcome<Receipt>> => {
  const { request: before } = asRead;
  const command = commandOf(ports, permit, body.commandId, [before.requestId, body]);
  const outcome = await carryOut(
    ports,
    { ...command, requestId: before.requestId },
    async (facts, found) => {
      const { request } = facts;
      const order = { ...command, transferId: movementOf(body.commandId), reason: 'nobody_came' } as const;
      const freed = planFree(request, order, found);
      if (freed.kind !== 'done') return freed;
      const { changes, releasedMinutes } = freed.value;
      const step = planNoShow(facts, command, { who: body.who, reason: body.reason, releasedMinutes });
      if (step.kind === 'refused') return step;
      if (body.who === 'elder') await openAlarm(ports, request, { alarm: 'not_met', by: command.actorId });
      const hears = body.who === 'volunteer' ? [request.receiverId] : volunteersOf(request);
      const missedBy = body.who === 'volunteer' ? volunteersOf(request) : [];
      return together(step.value, [
        ...changes,
        ...(await strikeDiaries(ports, request, volunteersOf(request), missedBy)),
        ...tellPeople(command, request, 'visit_cancelled', hears),
      ]);
    },
    asRead,
  );
  if (outcome.kind === 'refused' || body.who === 'elder') return outcome;
  for (const volunteerId of volunteersOf(before)) {
    await pauseIfDue(ports, permit, { request: before, commandId: body.commandId, volunteerId });
  }
  return outcome;
};
