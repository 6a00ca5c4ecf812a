/**
 * A person's profile as it is stored: their particulars sealed as one, beside it an id, a version, the mark under
 * which lists know them, and when they came. Where the data key is gone the person is erased: the rest stays.
 */
import { MemberId } from '@time-bank/contracts/ids';
import { Member } from '@time-bank/contracts/member';
import { Instant } from '@time-bank/contracts/time';
import * as z from 'zod/mini';
import type { Item } from './item.ts';
import { memberKey } from './keys.ts';
import { encodeSealed, openItem } from './sealed-item.ts';
import type { DataKey, Vault } from './vault.ts';

/** What stands outside the seal. */
const StoredProfile = z.object({
  memberId: MemberId,
  version: z.exactOptional(z.int()),
  listed: z.string(),
  registeredAt: Instant,
});

/** Open to attributes that later versions add. */
const StoredMember = z.object(Member.shape);

const particulars = ({ memberId: _memberId, version: _version, ...rest }: Member) => rest;

/** A new person's profile. `listed`: what stands for them in the keys of lists. */
export const encodeProfile = (vault: Vault, member: Member, facts: { listed: string; at: Instant }): Item => {
  const { memberId, version } = member;
  const plain = { memberId, version, listed: facts.listed, registeredAt: facts.at };
  return encodeSealed(
    vault,
    { ...memberKey(memberId) },
    { plain, personal: { particulars: particulars(member) } },
  );
};

/** The sealed part of a profile that changes, under the data key that it has. */
export const sealParticulars = (vault: Vault, member: Member, key: DataKey) =>
  vault.seal({ table: 'care', ...memberKey(member.memberId) }, { particulars: particulars(member) }, key)
    .sealed;

/** A person's profile; undefined where they were erased. Throws where the item is none, or does not open. */
export const decodeProfile = (vault: Vault, item: Item): { member: Member; listed: string } | undefined => {
  const { plain, personal } = openItem(vault, item);
  if (personal === undefined) return undefined;
  const { memberId, version, listed } = StoredProfile.parse(plain);
  const rest = z.object({ particulars: z.looseObject({}) }).parse(personal).particulars;
  const member = StoredMember.parse({ ...rest, memberId, ...(version === undefined ? {} : { version }) });
  return { member, listed };
};
