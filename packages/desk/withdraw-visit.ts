/**
 * A volunteer gives a visit back: somebody else is looked for, or, once it should have begun, it is over. Given back late
 * too often, they pause.
 */
import { hasBegun, planWithdraw } from '@time-bank/care/agree';
import { isTaken } from '@time-bank/care/life';
import { type RequestFacts, volunteersOf } from '@time-bank/care/request';
import { movementOf } from '@time-bank/contracts/ids';
import { type Planned, type Outcome, done } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import type { WithdrawVisit } from '@time-bank/contracts/request-life';
import type { Grant } from '@time-bank/identity/grant';
import type { LookFirst } from '@time-bank/ledger/hold';
import { type Found, carryOut, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { type Freed, planFree } from './free-hold.ts';
import { type PauseWork, pauseIfDue } from './pause-missing.ts';
import { strikeDiaries } from './strike-diaries.ts';
import { tellDesk, tellPeople } from './tell-steps.ts';

/** What is free again: nothing while somebody else is looked for. */
const freedBy = (
  { request }: RequestFacts,
  order: Parameters<typeof planFree>[1],
  found: Found,
): Planned<Freed> | LookFirst =>
  isTaken(request.state) && hasBegun(request, order.at)
    ? planFree(request, order, found)
    : done({ changes: [] });

/**
 * The grant is over the request, to whoever has it.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, wrong_state,
 * unknown_account, busy_try_again.
 */
export const withdrawVisit = async (
  ports: PauseWork,
  permit: Grant<'withdraw_visit'>,
  asRead: RequestFacts,
  body: WithdrawVisit,
): Promise<Outcome<Receipt>> => {
  const volunteerId = permit.actor.memberId;
  const { requestId } = asRead.request;
  const command = commandOf(ports, permit, body.commandId, [requestId, body]);
  const outcome = await carryOut(
    ports,
    { ...command, requestId },
    async (facts, found) => {
      const { request } = facts;
      const order = {
        ...command,
        transferId: movementOf(body.commandId),
        reason: 'request_cancelled',
      } as const;
      const freed = freedBy(facts, order, found);
      if (freed.kind !== 'done') return freed;
      const { changes, releasedMinutes } = freed.value;
      const step = planWithdraw(facts, command, { volunteerId, reason: body.reason, releasedMinutes });
      if (step.kind === 'refused') return step;
      const isOver = step.value.receipt.state === 'cancelled_by_volunteer';
      const free = isOver ? volunteersOf(request) : [volunteerId];
      // Somebody who had been promised a visit hears of it; one of two who had not all been found is no promise.
      const hears = isTaken(request.state) ? [request.receiverId] : [];
      const others = isOver ? volunteersOf(request).filter((id) => id !== volunteerId) : [];
      return together(step.value, [
        ...changes,
        ...(await strikeDiaries(ports, request, free, isOver ? [volunteerId] : [])),
        ...tellPeople(command, request, isOver ? 'visit_cancelled' : 'person_changed', [...hears, ...others]),
        tellDesk(command, request, 'volunteer_withdrew'),
      ]);
    },
    asRead,
  );
  if (outcome.kind !== 'refused') {
    const part = { state: 'withdrawn', withdrawnAt: outcome.value.at } as const;
    const { commandId } = body;
    await pauseIfDue(ports, permit, { request: asRead.request, commandId, volunteerId, part });
  }
  return outcome;
};
