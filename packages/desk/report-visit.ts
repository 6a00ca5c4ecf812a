/**
 * A visitor says what they found. Where somebody has to do something, that begins first and the report is written after
 * it: what is cut off between the two leaves an alarm, a card or a call too many, and the report, sent again, finds it.
 */
import { strikeVisit } from '@time-bank/care/diary';
import { planReport } from '@time-bank/care/report';
import { type Command, type RequestFacts, volunteersOf } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { ReportVisit } from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { derivedCommand } from './derived-id.ts';
import { callHelpAtVisit } from './help-at-visit.ts';
import { openAlarm } from './open-alarm.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';

type Work = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'caseBook' | 'personFiles'
>;

/** A need that a visit found, on a card of linkage of its own, once for each visit. */
const openCard = async (
  ports: Work,
  { request }: RequestFacts,
  command: Command & { actorId: Grant<'report_visit'>['actor']['memberId'] },
  need: string,
): Promise<void> => {
  const { requestId, plannedStartAt, communityCode, receiverId } = request;
  const caseId = derivedCommand(plannedStartAt, ['need', requestId]);
  const { fingerprint, actorId, at } = command;
  await ports.caseBook.put({
    kind: 'linkage',
    caseId,
    version: 1,
    region: communityCode,
    communityCode,
    openedBy: actorId,
    openedAt: at,
    dueAt: at,
    fingerprint,
    elderId: receiverId,
    source: 'visit',
    need,
    seenOn: requestId,
    state: 'reported',
    tasks: [],
    gifts: [],
    history: [
      {
        commandId: caseId,
        fingerprint,
        step: 'reported',
        society: 'volunteer',
        actorId,
        at,
        state: 'reported',
      },
    ],
  });
};

/**
 * Keeps the report. Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, wrong_step,
 * not_accepted, too_early_to_check_in, already_reported, unknown_policy_version, busy_try_again.
 */
export const reportVisit = (
  ports: Work,
  permit: Grant<'report_visit'>,
  asRead: RequestFacts,
  body: ReportVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const { commandId, ...found } = body;
  const volunteerId = permit.actor.memberId;
  const command = { ...commandOf(ports, permit, commandId, [requestId, body]), actorId: volunteerId };
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const policy = await policyOfRecord(ports, facts.request);
      if (policy.kind === 'refused') return policy;
      const plan = planReport(policy.value, facts, command, { volunteerId, found });
      if (plan.kind === 'refused') return plan;
      if (found.result === 'danger') {
        const called = await callHelpAtVisit(ports, facts, 'danger', { volunteerId, words: found.note });
        if (called.kind === 'refused') return called;
      }
      if (found.result === 'referral') await openCard(ports, facts, command, found.note ?? '');
      if (found.result !== 'not_met') return together(plan.value, []);
      await openAlarm(ports, facts.request, { alarm: 'not_met', by: volunteerId });
      const diaries = await Promise.all(
        volunteersOf(facts.request).map((id) => ports.careBook.readDiaryNow(id)),
      );
      return together(
        plan.value,
        diaries.map((diary) => strikeVisit(diary, requestId)),
      );
    },
    asRead,
  );
};
