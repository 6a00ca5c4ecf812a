/**
 * The desk has called and knows who was not there. An elder who was not met is in danger until somebody has seen them:
 * the alarm is given before anything else is written.
 */
import { planNoShow, planSecondTry } from '@time-bank/care/no-show';
import type { NoticeChange } from '@time-bank/care/notice';
import {
  type CareChange,
  type Command,
  type RequestFacts,
  type RequestRecord,
  volunteersOf,
} from '@time-bank/care/request';
import { movementOf } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { DecideNoShow } from '@time-bank/contracts/request-life';
import { type Instant, instantOf, msOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, nowOf, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { derivedRequest } from './derived-id.ts';
import { planFree } from './free-hold.ts';
import { openAlarm } from './open-alarm.ts';
import { checkStart } from './order-for.ts';
import { type PauseWork, pauseIfDue } from './pause-missing.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { givePriority } from './priority.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellPeople } from './tell-steps.ts';

type Work = PauseWork & Pick<Ports, 'caseBook'>;

/** Where somebody else is to come: their request, beside what ends the first. Refuses: starts_in_past, starts_too_late. */
const secondTry = async (
  ports: Work,
  facts: RequestFacts,
  command: Command,
  plannedStartAt: Instant | undefined,
): Promise<Planned<CareChange[]>> => {
  if (plannedStartAt === undefined) return done([]);
  const { requestId, communityCode, plannedStartAt: before } = facts.request;
  const policy = await policyNow(ports, communityCode);
  const start = checkStart(policy, plannedStartAt, command.at);
  if (start.kind === 'refused') return start;
  const again = {
    requestId: derivedRequest(before, ['second_try', requestId]),
    plannedStartAt: instantOf(msOf(plannedStartAt)),
    policyVersion: policy.version,
  };
  return done(planSecondTry(facts, command, again).changes);
};

/** Who hears of it, and of what: that somebody else is looked for, or that it does not take place. */
const wordsOf = (
  command: Command,
  request: RequestRecord,
  { who, plannedStartAt }: DecideNoShow,
): NoticeChange[] => {
  const hears = who === 'volunteer' ? [request.receiverId] : volunteersOf(request);
  const kind = plannedStartAt === undefined ? 'visit_cancelled' : 'person_changed';
  return tellPeople(command, request, kind, hears);
};

/** What follows for those who did not come, and for whom they let down where nobody else is looked for. */
const followUp = async (
  ports: Work,
  permit: Grant<'decide_no_show'>,
  request: RequestRecord,
  { commandId, plannedStartAt }: DecideNoShow,
): Promise<void> => {
  if (plannedStartAt === undefined) await givePriority(ports, request, nowOf(ports));
  for (const volunteerId of volunteersOf(request)) {
    await pauseIfDue(ports, permit, { request, commandId, volunteerId, part: { state: 'no_show' } });
  }
};

/**
 * The grant is over the request, and over none of those who were to meet.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, starts_in_past,
 * starts_too_late, wrong_state, unknown_account, busy_try_again.
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
      const again = await secondTry(ports, facts, command, body.plannedStartAt);
      if (again.kind === 'refused') return again;
      if (body.who === 'elder') await openAlarm(ports, request, { alarm: 'not_met', by: command.actorId });
      const missedBy = body.who === 'volunteer' ? volunteersOf(request) : [];
      return together(step.value, [
        ...changes,
        ...(await strikeDiaries(ports, request, volunteersOf(request), missedBy)),
        ...again.value,
        ...wordsOf(command, request, body),
      ]);
    },
    asRead,
  );
  if (outcome.kind !== 'refused' && body.who === 'volunteer') await followUp(ports, permit, before, body);
  return outcome;
};
