/** The receiver or the coordinator takes a request back; hours that were set aside are free again. */
import { strikeVisit } from '@time-bank/care/diary';
import { type RequestFacts, planCancel } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { CancelRequest, Receipt } from '@time-bank/contracts/request';
import type { Grant } from '@time-bank/identity/grant';
import { planVoid } from '@time-bank/ledger/movement';
import { carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { readHoldOf } from './hold-of.ts';
import type { Ports } from './ports.ts';

/** Refuses: unknown_request, exists_with_different_content, not_cancellable, hold_not_open, busy_try_again. */
export const cancelRequest = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook'>,
  permit: Grant<'cancel_request'>,
  asRead: RequestFacts,
  body: CancelRequest,
): Promise<Outcome<Receipt>> => {
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  return carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const hold = await readHoldOf(ports, facts.request);
      if (hold.kind === 'refused') return hold;
      const step = planCancel(facts, command, body.reason, {
        // A coordinator who receives the visit is its receiver here.
        by: facts.request.receiverId === command.actorId ? 'byReceiver' : 'byCoordinator',
        releasedMinutes: hold.value?.amountMinutes,
      });
      if (step.kind === 'refused') return step;
      const { volunteerId } = facts.request;
      return together(step.value, [
        ...(hold.value === undefined ? [] : planVoid({ hold: hold.value, at: command.at })),
        ...(volunteerId === undefined
          ? []
          : [strikeVisit(await ports.careBook.readDiaryNow(volunteerId), requestId)]),
      ]);
    },
    asRead,
  );
};
