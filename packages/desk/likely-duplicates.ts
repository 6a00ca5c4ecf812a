/** Who of a community looks as if they were entered twice. Staff decide; nothing is merged by itself. */
import type { Member } from '@time-bank/contracts/member';
import type {
  DuplicateList,
  DuplicatePair,
  DuplicatePerson,
  DuplicateQuery,
  Likeness,
} from '@time-bank/contracts/merging';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import { isStaffRole } from '@time-bank/contracts/role';
import type { Grant } from '@time-bank/identity/grant';
import { versionOf } from './change-file.ts';
import { listPeopleOf } from './export-people.ts';
import type { Ports } from './ports.ts';

/** As many pairs as staff look through in one sitting. */
const PAIRS_MAX = 200;

/** Words without what people write in one list and leave out in another: widths, cases, blanks, signs. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What two people must have in common; undefined where a person has nothing of the kind. */
const keys: Record<Likeness, (member: Member) => string | undefined> = {
  same_name_and_birth: ({ name, birthDate }) => `${plainWords(name)} ${birthDate}`,
  same_birth_gender_address: ({ birthDate, gender, address }) =>
    `${birthDate} ${gender} ${plainWords(address)}`,
  // With the country's code or without it, or with a zero before it.
  same_phone: ({ phone }) => phone?.replace(/^\+(86)?0*/, ''),
};
const likenesses: readonly Likeness[] = ['same_name_and_birth', 'same_birth_gender_address', 'same_phone'];

const presentPerson = (member: Member): DuplicatePerson => {
  const { memberId, name, birthDate, gender, address, phone } = member;
  const hasPhone = phone !== undefined;
  return { memberId, version: versionOf(member), name, birthDate, gender, address, hasPhone };
};

const groupsOf = (people: readonly Member[], likeness: Likeness): Member[][] => {
  const groups = new Map<string, Member[]>();
  for (const person of people) {
    const key = keys[likeness](person);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [person]);
    else group.push(person);
  }
  return [...groups.values()].filter((group) => group.length > 1);
};

/** The pairs of one group: everybody with the one before them, so that a large group stays readable. */
const pairsOf = (group: readonly Member[]): [Member, Member][] => {
  const sorted = [...group].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  return sorted.flatMap((second, at): [Member, Member][] => {
    const first = sorted[at - 1];
    return first === undefined ? [] : [[first, second]];
  });
};

/** Pairs among `people` who look alike, those who are alike in most first. */
export const duplicatesAmong = (people: readonly Member[]): DuplicatePair[] => {
  const pairs = new Map<string, DuplicatePair>();
  for (const likeness of likenesses) {
    for (const [first, second] of groupsOf(people, likeness).flatMap(pairsOf)) {
      const key = first.memberId + second.memberId;
      const pair = pairs.get(key) ?? {
        first: presentPerson(first),
        second: presentPerson(second),
        alike: [],
      };
      pairs.set(key, { ...pair, alike: [...pair.alike, likeness] });
    }
  }
  return [...pairs.values()].sort((one, other) => other.alike.length - one.alike.length).slice(0, PAIRS_MAX);
};

/** The likely duplicates of a community. The grant is over the community. */
export const listDuplicates = async (
  ports: Pick<Ports, 'people' | 'regions'>,
  _permit: Grant<'merge_people'>,
  { community }: DuplicateQuery,
): Promise<Outcome<DuplicateList>> => {
  const people = await listPeopleOf(ports, community, (role) => !isStaffRole(role));
  return done({ items: duplicatesAmong(people) });
};
