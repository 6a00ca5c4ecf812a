/** People in memory. */
import { type AccountId, type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member, Phone } from '@time-bank/contracts/member';
import type { Instant } from '@time-bank/contracts/time';
import type { NewPerson, People } from '@time-bank/desk/ports';
import { holdersKey, homeBounds, residentsKey, roleListKey, roleSort, volunteersKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** One community's residents, one county's volunteers: bounds of a read, not of the register. */
const LIST_MAX = 20_000;

/**
 * People in memory, nobody at first. `openAccount` opens the ledger's account of a person who is added; `forget`
 * makes what else is kept of a person unreadable.
 */
export const memoryPeople = (
  openAccount: (accountId: AccountId, at: Instant) => void,
  forget: (memberId: MemberId) => void = () => undefined,
): People => {
  const members = new Map<MemberId, Member>();
  const erased = new Set<MemberId>();
  const phones = new Map<Phone, MemberId>();
  const persons = new Map<string, { memberId: MemberId; fingerprint: string }>();
  const byRole = sortedLists<Member>();

  const isThere = ({ naturalKey, member: { memberId, phone } }: NewPerson): boolean =>
    persons.has(naturalKey) ||
    members.has(memberId) ||
    erased.has(memberId) ||
    (phone !== undefined && phones.has(phone));

  const listingsOf = (member: Member): { list: string; sort: string }[] =>
    member.roles.map(({ role, region }) => ({
      list: roleListKey(role, region, member.communityCode),
      sort: roleSort(role, member),
    }));
  const enter = (given: Member): void => {
    const member = kept(given);
    members.set(member.memberId, member);
    if (member.phone !== undefined) phones.set(member.phone, member.memberId);
    for (const { list, sort } of listingsOf(member)) byRole.put(list, sort, member);
  };
  const leave = (member: Member): void => {
    members.delete(member.memberId);
    if (member.phone !== undefined) phones.delete(member.phone);
    for (const { list, sort } of listingsOf(member)) byRole.remove(list, sort);
  };
  const isTaken = ({ memberId, phone }: Member): boolean =>
    phone !== undefined && (phones.get(phone) ?? memberId) !== memberId;

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
    listVolunteersWithin: (county, stretch, page) =>
      answer(() => {
        const found = byRole.page(volunteersKey(county), { ...homeBounds(stretch), ...page });
        return { ...found, items: found.items.map(({ memberId }) => memberId) };
      }),
    addMember: (person) =>
      answer(() => {
        if (isThere(person)) return false;
        openAccount(accountOf(person.member.memberId), person.at);
        enter(person.member);
        const { naturalKey, fingerprint, member } = person;
        persons.set(naturalKey, { memberId: member.memberId, fingerprint });
        return true;
      }),
    change: (before, after) =>
      answer(() => {
        const now = members.get(before.memberId);
        if (now === undefined || now.version !== before.version || isTaken(after)) return false;
        leave(now);
        enter(after);
        return true;
      }),
    // Nobody was ever listed otherwise here.
    placeVolunteer: () => Promise.resolve(false),
    listHolders: (role, region) => answer(() => byRole.read(holdersKey(role, region), { limit: LIST_MAX })),
    erase: (memberId) =>
      answer(() => {
        const member = members.get(memberId);
        if (member === undefined) return;
        leave(member);
        erased.add(memberId);
        for (const [key, person] of persons) if (person.memberId === memberId) persons.delete(key);
        forget(memberId);
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
