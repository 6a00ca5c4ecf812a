/** Somebody else, of the township or above, approves or declines a round of grants; what is approved begins at once. */
import type { DecideCase } from '@time-bank/contracts/correction';
import type { GrantRoundReceipt } from '@time-bank/contracts/granting';
import { type Outcome, done, replayed } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { carryOutGrants } from './carry-out-grants.ts';
import { commandOf } from './command.ts';
import type { Ports } from './ports.ts';
import { roundReceipt } from './propose-grants.ts';
import { decideCase } from './second-person.ts';
import type { GrantRound } from './staff-case.ts';

/**
 * Decides a round. The first hundred elders are granted their hours before it answers, the rest by the schedule. The
 * grant is over the whole region of the pool, and over nobody who stands on the list.
 * Refuses: exists_with_different_content (it was decided by another command), id_too_old, id_from_the_future,
 * second_person_needed, busy_try_again.
 */
export const approveGrants = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'policies' | 'caseBook'>,
  permit: Grant<'decide_grants'>,
  round: GrantRound,
  body: DecideCase,
): Promise<Outcome<GrantRoundReceipt>> => {
  const { caseId } = round;
  const command = { ...commandOf(ports, permit, body.commandId, [caseId, body]), stepId: body.commandId };
  const decided = await decideCase(ports, round, command, body, () =>
    ports.caseBook.readNow('granting', caseId),
  );
  if (decided.kind === 'refused') return decided;
  const { decision } = decided.value;
  await carryOutGrants(ports, decided.value);
  const receipt = roundReceipt(decided.value, decision.isApproved ? 'approved' : 'declined', decision.at);
  return decided.kind === 'replayed' ? replayed(receipt) : done(receipt);
};
