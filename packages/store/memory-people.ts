/** People in memory. */
import { type AccountId, type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member, Phone } from '@time-bank/contracts/member';
import type { Instant } from '@time-bank/contracts/time';
import type { NewPerson, People } from '@time-bank/desk/ports';
import { residentsKey, roleListKey, volunteersKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** One community's residents, one county's volunteers: bounds of a read, not of the register. */
const LIST_MAX = 20_000;

/** People in memory, nobody at first. `openAccount` opens the ledger's account of a person who is added. */
export const memoryPeople = (openAccount: (accountId: AccountId, at: Instant) => void): People => {
  const members = new Map<MemberId, Member>();
  const phones = new Map<Phone, MemberId>();
  const persons = new Map<string, { memberId: MemberId; fingerprint: string }>();
  const byRole = sortedLists<Member>();

  const isThere = ({ naturalKey, member: { memberId, phone } }: NewPerson): boolean =>
    persons.has(naturalKey) || members.has(memberId) || (phone !== undefined && phones.has(phone));

  const add = ({ naturalKey, fingerprint, member: given }: NewPerson): void => {
    const member = kept(given);
    const { memberId, phone } = member;
    members.set(memberId, member);
    persons.set(naturalKey, { memberId, fingerprint });
    if (phone !== undefined) phones.set(phone, memberId);
    for (const { role, region } of member.roles)
      byRole.put(roleListKey(role, region, member.communityCode), memberId, member);
  };

  return {
    readMember: (memberId) => answer(() => members.get(memberId)),
    readMembers: (memberIds) =>
      answer(() => {
        const found = new Map<MemberId, Member>();
        for (const memberId of memberIds) {
          const member = members.get(memberId);
          if (member !== undefined) found.set(memberId, member);
        }
        return found;
      }),
    findByPhone: (phone) => answer(() => phones.get(phone)),
    listResidents: (communityCode) =>
      answer(() => byRole.read(residentsKey(communityCode), { limit: LIST_MAX })),
    listVolunteers: (county) => answer(() => byRole.read(volunteersKey(county), { limit: LIST_MAX })),
    addMember: (person) =>
      answer(() => {
        if (isThere(person)) return false;
        openAccount(accountOf(person.member.memberId), person.at);
        add(person);
        return true;
      }),
    findByNaturalKey: (keys) =>
      answer(() => {
        const found = new Map<string, { memberId: MemberId; fingerprint: string }>();
        for (const key of keys) {
          const person = persons.get(key);
          if (person !== undefined) found.set(key, { ...person });
        }
        return found;
      }),
  };
};
