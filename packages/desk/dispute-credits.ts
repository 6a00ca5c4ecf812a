/** What a visit that was booked brought to whom. */
import type { DisputedCredit } from '@time-bank/care/dispute';
import type { RequestFacts } from '@time-bank/care/request';
import { accountOf } from '@time-bank/contracts/ids';
import type { Entry } from '@time-bank/ledger/entry';
import { linesOfSettlement } from './settle-visit.ts';
import type { Ports } from './ports.ts';

/** The minutes that a line put onto an account to be spent; what went to a pool, to honour or to a debt is not there. */
const spendableOf = ({ minutes }: Entry): number => minutes.earned ?? 0;

/** The lines that a visit has brought, as they stand; nothing for a visit that was too short to count. */
export const creditsOf = async (
  ports: Pick<Ports, 'journal'>,
  facts: RequestFacts,
): Promise<DisputedCredit[]> => {
  const credits: DisputedCredit[] = [];
  for (const { volunteerId, transferId } of linesOfSettlement(facts)) {
    const accountId = accountOf(volunteerId);
    const line = await ports.journal.readLineNow(accountId, transferId);
    if (line?.kind === 'entry' && line.entry.kind === 'earned') {
      credits.push({ accountId, lineId: transferId, minutes: spendableOf(line.entry) });
    }
  }
  return credits;
};
