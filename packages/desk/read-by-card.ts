/** A counter shows the balance of whoever has come with their card and PIN. */
import type { CardBalance } from '@time-bank/contracts/card';
import type { CardProof } from '@time-bank/contracts/card-proof';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { namedByToken } from '@time-bank/identity/card-secret';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { checkCard } from './card-check.ts';
import type { Ports } from './ports.ts';
import { readElderBalance } from './read-account.ts';

/** Whose card it says it is. */
export const cardMember = (card: CardProof): MemberId =>
  'token' in card ? namedByToken(card.token).memberId : card.memberId;

/** The grant is over the owner. Refuses: card_locked, card_not_accepted, unknown_account, busy_try_again. */
export const readByCard = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'personFiles'> & { keys: TokenKeys },
  permit: Grant<'read_by_card'>,
  owner: Member,
  card: CardProof,
): Promise<Outcome<CardBalance>> => {
  const shown = await checkCard(ports, owner, card);
  if (shown.kind === 'refused') return shown;
  const balance = await readElderBalance(ports, permit, owner);
  if (balance.kind === 'refused') return balance;
  const { memberId, name, gender } = owner;
  return done({ person: { memberId, surname: surnameOf(name), gender }, balance: balance.value });
};
