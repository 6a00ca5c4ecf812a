/** Hours that a lapsed hold still binds are the member's: they are freed where they are needed. */
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { Sight } from '@time-bank/ledger/sight';
import type { Decision } from './carry-out.ts';
import { lapseHolds } from './lapse-holds.ts';
import type { Ports } from './ports.ts';

const wanting: readonly RefusalCode[] = ['insufficient_hours', 'too_many_holds'];

/** The decision; where it is refused for want of what a lapsed hold binds, that is freed, and the account looked at again. */
export const orFreeLapsed = async <T>(
  ports: Pick<Ports, 'clock' | 'journal'>,
  sight: Sight,
  decision: Decision<T>,
): Promise<Decision<T>> => {
  if (decision.kind !== 'refused' || !wanting.includes(decision.refusal.code)) return decision;
  const isFreed = typeof sight === 'object' && (await lapseHolds(ports, sight)) > 0;
  return isFreed ? { kind: 'look', accountId: sight.accountId } : decision;
};
