/** Work orders after bad ratings: what is open, and what was done about it. */
import {
  closesAt,
  planWorkOrderStep,
  stepBefore,
  workOrderDueAt,
  workOrderReceipt,
} from '@time-bank/care/rating';
import { tell } from '@time-bank/care/notice';
import { touched } from '@time-bank/care/request';
import type {
  StepWorkOrder,
  WorkOrderList,
  WorkOrderReceipt,
  WorkOrderView,
} from '@time-bank/contracts/confirming';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { elderSide } from './elder-side.ts';
import { maskedPeople } from './masked-people.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Change, Ports } from './ports.ts';
import type { RectifyRecord } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

const ORDERS_A_PAGE = 25;

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'caseBook' | 'personFiles'>;

/** Whoever was not content is asked once more; the request waits for that as long as for any word. */
const askAgain = async (ports: Work, order: RectifyRecord): Promise<Change[]> => {
  const at = nowOf(ports);
  const { requestId, by, caseId } = order;
  const facts = await ports.careBook.readRequestNow(requestId);
  if (facts?.request.state !== 'rectify') return [];
  const policy = await policyOfRecord(ports, facts.request);
  if (policy.kind === 'refused' || closesAt(policy.value, facts.request) === undefined) return [];
  const dueAt = plusMinutes(at, policy.value.disputeDaysMax * 24 * 60);
  const people = by === 'receiver' ? await elderSide(ports, order.elderId) : [order.raterId];
  const kind = by === 'receiver' ? 'please_rate' : 'please_rate_visit';
  return [
    touched(facts.request, { dueAt }, ['told']),
    tell(caseId, { kind, to: { people }, about: { requestId }, figures: { round: 2 }, at }),
  ];
};

/**
 * Writes down what was done. The grant is over the community, and over nobody's own affair.
 * Refuses: unknown_case, exists_with_different_content, id_too_old, id_from_the_future, wrong_step, case_closed,
 * busy_try_again.
 */
export const stepWorkOrder = (
  ports: Work,
  permit: Grant<'step_work_order'>,
  asRead: RectifyRecord,
  { commandId, step, words }: StepWorkOrder,
): Promise<Outcome<WorkOrderReceipt>> => {
  const act = { ...caseCommand(ports, permit, commandId, [asRead.caseId, step, words]), step, words };
  return stepCase<RectifyRecord, WorkOrderReceipt>(asRead, {
    command: act,
    seen: (record) => stepBefore(record.caseId, record, act),
    attempt: async (record) => {
      const planned = planWorkOrderStep(record, act);
      if (planned.kind === 'refused') return planned;
      const next: RectifyRecord = {
        ...planned.value,
        version: record.version + 1,
        dueAt: workOrderDueAt(planned.value),
      };
      const also = next.state === 'ended' ? await askAgain(ports, next) : [];
      const commit = await ports.journal.commit([{ change: 'move_case', record: next }, ...also]);
      const written = next.steps.at(-1);
      return commit.kind === 'done' && written !== undefined
        ? done(workOrderReceipt(next.caseId, written))
        : undefined;
    },
    readAgain: () => ports.caseBook.readNow('rectify', asRead.caseId),
  });
};

const viewsOf = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  records: readonly RectifyRecord[],
  isMasked: boolean,
): Promise<WorkOrderView[]> => {
  const now = nowOf(ports);
  const ids: MemberId[] = records.flatMap(({ steps }) => steps.map(({ actorId }) => actorId));
  const masked = await maskedPeople(ports, ids);
  return records.map((record) => ({
    caseId: record.caseId,
    requestId: record.requestId,
    communityCode: record.communityCode,
    by: record.by,
    level: record.level,
    ...(record.words === undefined || isMasked ? {} : { words: record.words }),
    state: record.state,
    openedAt: record.openedAt,
    contactBy: record.contactBy,
    fixBy: record.fixBy,
    isOverdue: msOf(workOrderDueAt(record)) < msOf(now),
    steps: record.steps.map(({ step, words, actorId, at }) => ({
      step,
      words: isMasked ? '***' : words,
      by: masked(actorId),
      at,
    })),
  }));
};

/** The open work orders of a community, 25 a page, the soonest due first. Throws InvalidCursor. */
export const listWorkOrders = async (
  ports: Pick<Ports, 'clock' | 'people' | 'caseBook'>,
  permit: Grant<'list_work_orders'>,
  community: CommunityCode,
  cursor?: string,
): Promise<Outcome<WorkOrderList>> => {
  const { items, ...rest } = await ports.caseBook.listOpen('rectify', community, {
    limit: ORDERS_A_PAGE,
    cursor,
  });
  return done({ items: await viewsOf(ports, items, permit.isMasked), ...rest });
};
