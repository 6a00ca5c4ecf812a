/** A movement on an account, ordered by a coordinator of its home. */
import type { TransferId } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { type AccountHome, ownerOf } from './account-home.ts';
import { type MemberOrder, memberOrder } from './member-order.ts';
import type { Ports } from './ports.ts';

/** The order of `permit`'s actor on an account; the rules are those of its home today. `content`: the whole message. */
export const accountOrder = (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<Action>,
  { accountId, communityCode }: AccountHome,
  order: {
    content: { transferId: TransferId };
    reason: EntryReason;
    says?: Pick<MovementFacts, 'note' | 'document'>;
  },
): Promise<MemberOrder> => {
  const { content, reason, says } = order;
  const body = { ...content, accountId };
  return memberOrder(
    ports,
    permit,
    { memberId: ownerOf(accountId), communityCode },
    { body, reason, ...(says === undefined ? {} : { says }) },
  );
};
