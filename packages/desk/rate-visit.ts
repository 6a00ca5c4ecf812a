/** One side says how a visit was; a bad word opens a work order in the same write. */
import { isBad, planRate } from '@time-bank/care/rating';
import { tell } from '@time-bank/care/notice';
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import type { RateVisit, VisitSide } from '@time-bank/contracts/confirming';
import type { CommandId } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut } from './carry-out.ts';
import { commandOf } from './command.ts';
import { derivedCommand } from './derived-id.ts';
import { sideOf } from './open-dispute.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import type { RectifyRecord } from './staff-case.ts';

/** The id of the work order that a bad word of one side opens: one for each side of a visit. */
export const workOrderId = (
  { requestId, plannedStartAt }: Pick<RequestRecord, 'requestId' | 'plannedStartAt'>,
  by: VisitSide,
): CommandId => derivedCommand(plannedStartAt, ['rectify', requestId, by]);

/**
 * The grant is over the request. Refuses: unknown_request, exists_with_different_content, id_too_old,
 * id_from_the_future, not_ratable, already_rated, unknown_policy_version, busy_try_again.
 */
export const rateVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'caseBook'>,
  permit: Grant<'rate_visit'>,
  asRead: RequestFacts,
  { commandId, level, words, forWhom }: RateVisit,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, commandId, [requestId, level, words, forWhom], forWhom);
  const by = sideOf(permit, asRead);
  return carryOut(
    ports,
    { ...command, requestId },
    async ({ request }) => {
      const policy = await policyOfRecord(ports, request);
      if (policy.kind === 'refused') return policy;
      const orderId = workOrderId(request, by);
      const before = await ports.caseBook.readNow('rectify', orderId);
      const raterId = by === 'volunteer' ? permit.actor.memberId : request.receiverId;
      const isPutRight = before?.state === 'ended';
      const plan = planRate(policy.value, request, command, {
        by,
        raterId,
        level,
        words,
        orderId,
        isPutRight,
      });
      if (plan.kind === 'refused') return plan;
      const { order, changes, receipt } = plan.value;
      const bad = { kind: 'bad_rating', figures: { level }, at: command.at } as const;
      const desk = { deskOf: request.communityCode };
      const also: Change[] = isBad({ level })
        ? [tell(commandId, { ...bad, to: desk, about: { requestId } })]
        : [];
      if (order !== undefined) {
        const record: RectifyRecord = {
          kind: 'rectify',
          caseId: orderId,
          version: 1,
          region: request.communityCode,
          communityCode: request.communityCode,
          openedBy: permit.actor.memberId,
          openedAt: command.at,
          dueAt: order.contactBy,
          fingerprint: command.fingerprint,
          ...order,
        };
        also.push({ change: 'put_case', record });
      }
      return { kind: 'done', value: { changes: [...changes, ...also], receipt } };
    },
    asRead,
  );
};
