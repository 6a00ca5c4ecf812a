/** Takes a list of people into the time bank: all of it, or none where anything in it is wrong. */
import { createHash } from 'node:crypto';
import type { FieldProblem } from '@time-bank/contracts/refusals';
import type { IdMaker } from '@time-bank/contracts/ids';
import type { Member, Phone, VisitCode } from '@time-bank/contracts/member';
import { instantOf } from '@time-bank/contracts/time';
import { fingerprintOf } from './fingerprint.ts';
import { type NewPerson, type Ports, Unavailable } from './ports.ts';

/** What a list says of a person: everything but the ids, which the time bank gives. */
export type ListedPerson = Omit<Member, 'memberId' | 'visitCode'>;

/** Something wrong with one row; `row` is its index in the list. */
export interface RowProblem extends FieldProblem {
  row: number;
  code: 'unknown_region' | 'conflicting_person' | 'phone_taken';
}

/** What an import did, or in a rehearsal would do. */
export interface ImportReport {
  added: number;
  unchanged: number;
  problems: RowProblem[];
}

/**
 * The same person in every list: by name, birth date and community. Not by number: it may be missing in one list,
 * or have changed. Only a fingerprint of it is kept.
 */
export const naturalKeyOf = (person: Pick<ListedPerson, 'name' | 'birthDate' | 'communityCode'>): string =>
  createHash('sha256')
    .update(JSON.stringify([person.name, person.birthDate, person.communityCode]))
    .digest('base64url');

/** Makes the six digits of a person's card. */
export type CardCode = () => VisitCode;

const NAMES_A_CALL = 100;
const AT_ONCE = 8;

type Books = Pick<Ports, 'people' | 'regions'>;

const regionProblems = async (ports: Books, list: readonly ListedPerson[]): Promise<RowProblem[]> => {
  const problems: RowProblem[] = [];
  for (const [row, person] of list.entries()) {
    const codes = [...new Set([person.communityCode, ...person.roles.map(({ region }) => region)])];
    for (const code of codes) {
      if ((await ports.regions.read(code)) !== undefined) continue;
      const property = code === person.communityCode ? 'communityCode' : 'roles';
      problems.push({ row, code: 'unknown_region', property, message: `no region has the code ${code}` });
    }
  }
  return problems;
};

/** Who of the list is there already, and with what fingerprint. */
const knownPeople = async (
  ports: Books,
  keys: readonly string[],
): Promise<Map<string, { fingerprint: string }>> => {
  const known = new Map<string, { fingerprint: string }>();
  for (let start = 0; start < keys.length; start += NAMES_A_CALL) {
    for (const [key, found] of await ports.people.findByNaturalKey(keys.slice(start, start + NAMES_A_CALL))) {
      known.set(key, found);
    }
  }
  return known;
};

/** A row of somebody who is to be added. */
interface Fresh {
  row: number;
  person: ListedPerson;
  naturalKey: string;
  fingerprint: string;
}

interface Sorted {
  fresh: Fresh[];
  unchanged: number;
  problems: RowProblem[];
}

const sortOut = async (ports: Books, list: readonly ListedPerson[]): Promise<Sorted> => {
  const keyed = list.map((person, row) => ({
    row,
    person,
    naturalKey: naturalKeyOf(person),
    fingerprint: fingerprintOf(person),
  }));
  const known = await knownPeople(
    ports,
    keyed.map(({ naturalKey }) => naturalKey),
  );
  const sorted: Sorted = { fresh: [], unchanged: 0, problems: [] };
  const phones = new Set<Phone>();
  for (const entry of keyed) {
    const { row } = entry;
    const found = known.get(entry.naturalKey);
    if (found === undefined) {
      const { phone } = entry.person;
      if (
        phone !== undefined &&
        (phones.has(phone) || (await ports.people.findByPhone(phone)) !== undefined)
      ) {
        const message = 'the number belongs to another person of the time bank';
        sorted.problems.push({ row, code: 'phone_taken', property: 'phone', message });
        continue;
      }
      sorted.fresh.push(entry);
      // The rows that follow are compared with this one as with those who are there already.
      known.set(entry.naturalKey, entry);
      if (phone !== undefined) phones.add(phone);
    } else if (found.fingerprint === entry.fingerprint) sorted.unchanged += 1;
    else {
      const message = 'this person is in the time bank with other particulars';
      sorted.problems.push({ row, code: 'conflicting_person', property: 'name', message });
    }
  }
  return sorted;
};

/** Somebody else was entered at the same time: says of each person that was not written what stands in the way. */
const explained = async (
  ports: Books,
  report: ImportReport,
  left: readonly Fresh[],
): Promise<ImportReport> => {
  const { fresh, unchanged, problems } = await sortOut(
    ports,
    left.map(({ person }) => person),
  );
  if (fresh.length > 0) throw new Unavailable('people could not be entered, and nothing says why');
  return {
    added: report.added,
    unchanged: report.unchanged + unchanged,
    problems: problems.map((problem) => ({ ...problem, row: left[problem.row]?.row ?? problem.row })),
  };
};

/**
 * Adds the people of a list who are not there yet, each with an empty account and a card code.
 * The same list again changes nothing; a run that was cut off is finished by the next one.
 * With any problem, and in a rehearsal (`dryRun`), nothing is written; only where somebody else enters the same
 * people in the same moment some may be written and others be told as problems.
 */
export const importPeople = async (
  ports: Books & Pick<Ports, 'clock'> & { ids: Pick<IdMaker, 'member'>; cardCode: CardCode },
  list: readonly ListedPerson[],
  dryRun: boolean,
): Promise<ImportReport> => {
  const { fresh, unchanged, problems } = await sortOut(ports, list);
  const all = [...(await regionProblems(ports, list)), ...problems].sort((a, b) => a.row - b.row);
  if (all.length > 0 || dryRun) return { added: fresh.length, unchanged, problems: all };
  const people = fresh.map(({ person, naturalKey, fingerprint }): NewPerson => {
    const member: Member = { memberId: ports.ids.member(), ...person, visitCode: ports.cardCode() };
    return { naturalKey, fingerprint, member, at: instantOf(ports.clock.nowMs()) };
  });
  const left: number[] = [];
  for (let start = 0; start < people.length; start += AT_ONCE) {
    const batch = people.slice(start, start + AT_ONCE);
    const written = await Promise.all(batch.map((person) => ports.people.addMember(person)));
    left.push(...written.flatMap((done, index) => (done ? [] : [start + index])));
  }
  const report = { added: people.length - left.length, unchanged, problems: [] };
  return left.length === 0
    ? report
    : explained(
        ports,
        report,
        left.map((index) => fresh[index]).filter((entry) => entry !== undefined),
      );
};
