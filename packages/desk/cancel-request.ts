/** The receiver or the coordinator takes a request back; hours that were set aside are free again. */
import { type RequestFacts, planCancel, volunteersOf } from '@time-bank/care/request';
import { movementOf } from '@time-bank/contracts/ids';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CancelRequest, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { planFree } from './free-hold.ts';
import type { Ports } from './ports.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellPeople } from './tell-steps.ts';

/** Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_cancellable, busy_try_again. */
export const cancelRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
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
      const step = planCancel(facts, command, body.reason, {
        // A coordinator who receives the visit is its receiver here; whoever acts for a caller or as a helper is, too.
        by: permit.via.holder === 'coordinator' ? 'byCoordinator' : 'byReceiver',
        releasedMinutes: movement.value.releasedMinutes,
      });
      if (step.kind === 'refused') return step;
      const { request } = facts;
      return together(step.value, [
        ...movement.value.changes,
        ...(await strikeDiaries(ports, request)),
        ...tellPeople(command, request, 'visit_cancelled', volunteersOf(request)),
      ]);
    },
    asRead,
  );
};
