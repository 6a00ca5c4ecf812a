/**
 * The schedule's rules for a visit that waits for a word: the elder's side is reminded; when the time is over the visit
 * counts by itself where everything is shown and nothing speaks against it, else somebody calls; and whoever has to call
 * is told every day.
 */
import {
  LOOK_HOURS,
  type Stretch,
  nextLookAt,
  planCallback,
  reasonsToCall,
  stretchOf,
  wordDue,
} from '@time-bank/care/confirm';
import { tell } from '@time-bank/care/notice';
import { type RequestFacts, type RequestRecord, touched, volunteersOf } from '@time-bank/care/request';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import { plusMinutes } from '@time-bank/contracts/time';
import { carryOut, nowOf } from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { elderSide } from './elder-side.ts';
import type { DueWork, OnDue } from './keep-visits.ts';
import { policyOfRecord } from './policy-of.ts';
import { serviceStep } from './service-step.ts';
import { settleVisit } from './settle-visit.ts';

/** Visits of a volunteer that are looked through for one at the same time: more than anybody makes in three days. */
const VISITS_LOOKED_AT = 40;

const wasWritten = async (
  ports: DueWork,
  changes: Parameters<DueWork['journal']['commit']>[0],
): Promise<boolean> => (await ports.journal.commit(changes)).kind === 'done';

/** When the volunteers of a visit were at others. */
const elsewhereOf = async (ports: DueWork, { request }: RequestFacts): Promise<Stretch[]> => {
  const lists = await Promise.all(
    volunteersOf(request).map(async (volunteerId) => {
      const { items } = await ports.careBook.listVisited(volunteerId, { limit: VISITS_LOOKED_AT });
      return items
        .filter((facts) => facts.request.requestId !== request.requestId)
        .flatMap(({ visit, second }) => [visit, second])
        .filter((part) => part?.volunteerId === volunteerId)
        .flatMap((part) => (part === undefined ? [] : (stretchOf(part) ?? [])));
    }),
  );
  return lists.flat();
};

const remind = async (ports: DueWork, request: RequestRecord, told: number): Promise<boolean> => {
  const at = nowOf(ports);
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const { requestId, receiverId } = request;
  return wasWritten(ports, [
    touched(request, { told, dueAt: nextLookAt(policy.value, request, at) }),
    tell(`${requestId}.${String(told)}`, {
      kind: told === 1 ? 'please_confirm' : 'please_confirm_again',
      to: { people: await elderSide(ports, receiverId) },
      about: { requestId },
      figures: { times: told },
      at,
    }),
  ]);
};

/** What no schedule puts right: a person has to look. */
const forSomebody: readonly RefusalCode[] = ['unknown_account', 'account_closed', 'hold_not_open'];

/** The time is over: it counts by itself, or somebody calls. */
const end = async (ports: DueWork, facts: RequestFacts): Promise<boolean> => {
  const { request } = facts;
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const reasons = reasonsToCall(policy.value, facts, await elsewhereOf(ports, facts));
  if (reasons.length === 0) {
    const transferId = derivedTransfer(request.plannedStartAt, ['auto_confirm', request.requestId]);
    const order = { ...serviceStep(ports, request, 'auto_confirm'), stepId: transferId };
    const settled = await settleVisit(ports, order, transferId, facts);
    if (settled.kind !== 'refused' || !forSomebody.includes(settled.refusal.code)) {
      return settled.kind === 'done';
    }
    reasons.push('flagged');
  }
  const order = serviceStep(ports, request, 'call_back');
  const outcome = await carryOut(
    ports,
    order,
    (now) => {
      const plan = planCallback(now, order, reasons);
      if (plan.kind === 'refused') return plan;
      const word = tell(order.stepId, {
        kind: 'call_back_waiting',
        to: { deskOf: request.communityCode },
        about: { requestId: request.requestId },
        at: order.at,
      });
      return { kind: 'done', value: { ...plan.value, changes: [...plan.value.changes, word] } };
    },
    facts,
  );
  return outcome.kind === 'done';
};

/** A visit that was ended and that nobody has confirmed yet. */
export const onPendingConfirm: OnDue = async (ports, facts) => {
  const { request } = facts;
  const policy = await policyOfRecord(ports, request);
  if (policy.kind === 'refused') return false;
  const now = nowOf(ports);
  const due = wordDue(policy.value, request, now);
  if (due.kind === 'end') return end(ports, facts);
  if (due.kind === 'remind') return remind(ports, request, due.told);
  return wasWritten(ports, [touched(request, { dueAt: nextLookAt(policy.value, request, now) })]);
};

/** A visit about which nobody has called yet: the desk is told every day. */
export const onCallback: OnDue = async (ports, { request }) => {
  const at = nowOf(ports);
  const { requestId, communityCode, version } = request;
  return wasWritten(ports, [
    touched(request, { dueAt: plusMinutes(at, LOOK_HOURS * 60) }),
    tell(`${requestId}.${String(version)}`, {
      kind: 'call_back_waiting',
      to: { deskOf: communityCode },
      about: { requestId },
      at,
    }),
  ]);
};
