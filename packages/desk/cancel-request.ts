/**
 * The receiver or the coordinator takes a request back; hours that were set aside are free again. An elder's side that does
 * so late again and again is asked about by nobody but the desk, which is given a hint.
 */
import { isLate } from '@time-bank/care/agree';
import { isTaken } from '@time-bank/care/life';
import { isHintDue } from '@time-bank/care/no-show';
import type { NoticeChange } from '@time-bank/care/notice';
import {
  type Command,
  type RequestFacts,
  type RequestRecord,
  planCancel,
  volunteersOf,
} from '@time-bank/care/request';
import { movementOf } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CancelRequest, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { planFree } from './free-hold.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellDesk, tellPeople } from './tell-steps.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>;

/** Far more than an elder is visited in the time that counts. */
const LOOKED_BACK = 100;

/** A hint where the elder's side has taken back late what somebody had taken, one time too many. */
const hintOf = async (ports: Work, request: RequestRecord, command: Command): Promise<NoticeChange[]> => {
  if (!isTaken(request.state)) return [];
  const policy = await policyNow(ports, request.communityCode);
  if (!isLate(policy, request.plannedStartAt, command.at)) return [];
  const { items } = await ports.careBook.listReceived(request.receiverId, { limit: LOOKED_BACK });
  const before = items
    .map((facts) => facts.request)
    .filter(({ requestId }) => requestId !== request.requestId);
  return isHintDue(policy, before, command.at) ? [tellDesk(command, request, 'elder_cancels_late')] : [];
};

/** Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_cancellable, busy_try_again. */
export const cancelRequest = (
  ports: Work,
  permit: Grant<'cancel_request'>,
  asRead: RequestFacts,
  body: CancelRequest,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body], body.forWhom);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts, found) => {
      const movement = planFree(
        facts.request,
        { ...command, transferId: movementOf(body.commandId), reason: 'request_cancelled' },
        found,
      );
      if (movement.kind !== 'done') return movement;
      // A coordinator who receives the visit is its receiver here; whoever acts for a caller or as a helper is, too.
      const by = permit.via.holder === 'coordinator' ? 'byCoordinator' : 'byReceiver';
      const step = planCancel(facts, command, body.reason, {
        by,
        releasedMinutes: movement.value.releasedMinutes,
      });
      if (step.kind === 'refused') return step;
      const { request } = facts;
      return together(step.value, [
        ...movement.value.changes,
        ...(await strikeDiaries(ports, request)),
        ...tellPeople(command, request, 'visit_cancelled', volunteersOf(request)),
        ...(by === 'byReceiver' ? await hintOf(ports, request, command) : []),
      ]);
    },
    asRead,
  );
};
