/** The hold that pays for a request. */
import type { RequestRecord } from '@time-bank/care/request';
import { accountOf } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { HoldEntry } from '@time-bank/ledger/movement';
import type { Ports } from './ports.ts';

/** Undefined for a request that the community pays. Refuses: hold_not_open where it was to be there and is not. */
export const readHoldOf = async (
  ports: Pick<Ports, 'journal'>,
  request: RequestRecord,
): Promise<Outcome<HoldEntry | undefined>> => {
  if (request.holdId === undefined) return done(undefined);
  const hold = await ports.journal.readHoldNow(accountOf(request.receiverId), request.holdId);
  return hold === undefined ? refused('hold_not_open') : done(hold);
};
