/**
 * One visit of a plan that a coordinator sends: posted where nobody has asked for it yet, and given to its volunteer,
 * under the rules of every acceptance. All ids follow from the plan, so a sending that was cut off goes on where it was.
 */
import { tell } from '@time-bank/care/notice';
import { planHour } from '@time-bank/care/open-hour';
import { type Command, type RequestFacts, planPublish, volunteersOf } from '@time-bank/care/request';
import { RequestId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, type Planned, type RefusalCode, done, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { type Instant, boundsOfWeek } from '@time-bank/contracts/time';
import { type AcceptWork, takeOn } from './accept-request.ts';
import { carryOut, nowOf, publish, together } from './carry-out.ts';
import { derivedCommand, derivedRequest, derivedVisit } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { policyNow } from './policy-of.ts';
import type { PlannedVisit, WeekPlanCase } from './staff-case.ts';
import { instantOfMinute } from './week-problem-of.ts';

/** How a visit went out, and as which request. */
export type Sent = Pick<PlannedVisit, 'sent' | 'requestId'>;

type Work = AcceptWork;

/** Nothing was decided: the same is tried again in the next run. */
const passing: readonly RefusalCode[] = ['busy_try_again', 'unavailable', 'internal'];

const sentAs = (code: RefusalCode): 'waiting' | 'not_possible' =>
  passing.includes(code) ? 'waiting' : 'not_possible';

const causeOf = (record: WeekPlanCase, planned: PlannedVisit): string[] => [
  record.caseId,
  record.askedBy.commandId,
  planned.visitKey,
];

/** A step of the sending: whoever sent the plan has taken it. */
const stepOf = (
  ports: Work,
  record: WeekPlanCase,
  { stepId, content }: { stepId: Command['stepId']; content: unknown },
): Command => ({
  stepId,
  fingerprint: fingerprintOf(['week_plan', record.caseId, content]),
  actorId: record.askedBy.actorId,
  channel: 'job',
  at: nowOf(ports),
  as: 'coordinator',
});

/** Posts a visit that the plan wants. Refuses: busy_try_again. */
const postWanted = async (
  ports: Work,
  record: WeekPlanCase,
  planned: PlannedVisit,
  { requestId, elder, startsAt }: { requestId: RequestId; elder: Member; startsAt: Instant },
): Promise<Outcome<Receipt>> => {
  const policy = await policyNow(ports, elder.communityCode);
  const command = stepOf(ports, record, { stepId: requestId, content: [requestId, startsAt] });
  return publish(ports, { ...command, requestId }, () =>
    together(
      planPublish(command, {
        requestId,
        serviceCode: planned.serviceCode,
        receiverId: elder.memberId,
        receiver: { surname: surnameOf(elder.name), gender: elder.gender },
        postedBy: record.askedBy.actorId,
        communityCode: elder.communityCode,
        plannedStartAt: startsAt,
        plannedMinutes: planned.minutes,
        place: { address: elder.address, ...(elder.point === undefined ? {} : { point: elder.point }) },
        wishes: { languages: elder.languages.filter((language) => language !== 'cmn').slice(0, 4) },
        policyVersion: policy.version,
        ...(planned.persons === 2 ? { persons: 2 } : {}),
        ...(planned.untilMinute === undefined
          ? {}
          : { hourOpenUntil: instantOfMinute(record.week, planned.untilMinute) }),
      }),
      [],
    ),
  );
};

/**
 * The request at the hour of the plan, to which it is moved where nobody has asked for the one that it has.
 * Refuses: unknown_request, wrong_state where somebody has been asked for its hour since, busy_try_again.
 */
const atItsHour = async (
  ports: Work,
  record: WeekPlanCase,
  planned: PlannedVisit,
  { requestId, startsAt }: { requestId: RequestId; startsAt: Instant },
): Promise<Planned<RequestFacts>> => {
  const facts = await ports.careBook.readRequestNow(requestId);
  if (facts === undefined) return refused('unknown_request');
  const { request } = facts;
  const isItsOwn = request.hourOpenUntil === undefined || request.plannedStartAt === startsAt;
  if (isItsOwn || request.state !== 'published') return done(facts);
  const cause = [...causeOf(record, planned), 'hour', startsAt];
  const stepId = derivedCommand(boundsOfWeek(record.week).from, cause);
  const command = stepOf(ports, record, { stepId, content: [requestId, startsAt] });
  const moved = await carryOut(
    ports,
    { ...command, requestId },
    (now) => {
      const step = planHour(now, command, startsAt);
      return step.kind === 'refused' ? step : together(step.value, []);
    },
    facts,
  );
  if (moved.kind === 'refused') return moved;
  const now = await ports.careBook.readRequestNow(requestId);
  return now === undefined ? refused('unknown_request') : done(now);
};

const give = async (
  ports: Work,
  record: WeekPlanCase,
  planned: PlannedVisit,
  facts: RequestFacts,
): Promise<Sent> => {
  const { requestId, plannedStartAt } = facts.request;
  const cause = [...causeOf(record, planned), planned.volunteerId];
  const visitId = derivedVisit(boundsOfWeek(record.week).from, cause);
  const command = stepOf(ports, record, { stepId: visitId, content: [requestId, visitId] });
  const told = tell(visitId, {
    kind: 'plan_assigned',
    to: { people: [planned.volunteerId] },
    about: { requestId },
    at: command.at,
    until: plannedStartAt,
  });
  const taken = await takeOn(ports, command, { visitId, volunteerId: planned.volunteerId }, facts, [told]);
  if (taken.kind !== 'refused') return { sent: 'sent', requestId };
  if (passing.includes(taken.refusal.code)) return { sent: 'waiting' };
  if (taken.refusal.code !== 'request_not_open') return { sent: 'not_possible', requestId };
  const now = await ports.careBook.readRequestNow(requestId);
  const has = now !== undefined && volunteersOf(now.request).includes(planned.volunteerId);
  return { sent: has ? 'sent' : 'taken_otherwise', requestId };
};

/** Sends one visit. `waiting` where nothing could be decided: it is tried again. Safe to repeat. */
export const assignVisit = async (
  ports: Work,
  record: WeekPlanCase,
  planned: PlannedVisit,
): Promise<Sent> => {
  const startsAt = instantOfMinute(record.week, planned.startMinute);
  const asked = RequestId.safeParse(planned.visitKey);
  const requestId = asked.success
    ? asked.data
    : derivedRequest(boundsOfWeek(record.week).from, causeOf(record, planned));
  if (!asked.success) {
    const elder = await ports.people.readMember(planned.elderId);
    // Moved, gone or merged since the plan was made: nobody is sent to where they were.
    if (elder === undefined || elder.communityCode !== record.communityCode) return { sent: 'not_possible' };
    if (startsAt <= nowOf(ports)) return { sent: 'not_possible' };
    const posted = await postWanted(ports, record, planned, { requestId, elder, startsAt });
    if (posted.kind === 'refused') return { sent: sentAs(posted.refusal.code) };
  }
  const hour = await atItsHour(ports, record, planned, { requestId, startsAt });
  if (hour.kind === 'refused') return { sent: sentAs(hour.refusal.code), requestId };
  return give(ports, record, planned, hour.value);
};
