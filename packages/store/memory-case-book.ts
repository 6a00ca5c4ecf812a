/** The cases of staff in memory. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { CaseBook } from '@time-bank/desk/ports';
import { type StaffCase, type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import { caseKey, dueSort, openCasesKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type SortedLists, sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

type Shelf<K extends keyof StaffCases> = Map<string, StaffCases[K]>;
type Shelves = { [K in keyof StaffCases]: Shelf<K> };

const listOf = ({ kind, region }: StaffCase): string => openCasesKey(kind, region);
const sortOf = ({ dueAt, caseId }: StaffCase): string => dueSort(dueAt, caseId);

const shelve = (shelves: Shelves, record: StaffCase): void => {
  const key = caseKey(record.kind, record.caseId).pk;
  switch (record.kind) {
    case 'correction':
      shelves.correction.set(key, record);
      return;
    case 'granting':
      shelves.granting.set(key, record);
      return;
    case 'estate':
      shelves.estate.set(key, record);
      return;
    case 'organisation':
      shelves.organisation.set(key, record);
      return;
    case 'linkage':
      shelves.linkage.set(key, record);
      return;
    case 'resource':
      shelves.resource.set(key, record);
  }
};

/** The cases, those that are open by their lists, and those that were forgotten. */
export interface CaseMemory {
  shelves: Shelves;
  open: SortedLists<string>;
  forgotten: Set<string>;
}

/** No cases. */
export const caseMemory = (): CaseMemory => ({
  shelves: {
    correction: new Map(),
    granting: new Map(),
    estate: new Map(),
    organisation: new Map(),
    linkage: new Map(),
    resource: new Map(),
  },
  open: sortedLists(),
  forgotten: new Set(),
});

/** Takes out the cards of linkage about a person. */
export const forgetCases = ({ shelves, open, forgotten }: CaseMemory, memberId: MemberId): void => {
  for (const [key, card] of shelves.linkage) {
    if (card.elderId !== memberId) continue;
    open.remove(listOf(card), sortOf(card));
    shelves.linkage.delete(key);
    forgotten.add(key);
  }
};

/** The case book in memory. */
export const memoryCaseBook = ({ shelves, open, forgotten }: CaseMemory): CaseBook => {
  const find = (record: StaffCase): StaffCase | undefined =>
    shelves[record.kind].get(caseKey(record.kind, record.caseId).pk);
  const write = (given: StaffCase): void => {
    const record = kept(given);
    const before = find(record);
    if (before !== undefined) open.remove(listOf(before), sortOf(before));
    shelve(shelves, record);
    if (isOpen(record)) open.put(listOf(record), sortOf(record), caseKey(record.kind, record.caseId).pk);
  };
  return {
    put: (record) =>
      answer(() => {
        const { pk } = caseKey(record.kind, record.caseId);
        if (find(record) !== undefined || forgotten.has(pk)) return false;
        write(record);
        return true;
      }),
    move: (record) =>
      answer(() => {
        if (find(record)?.version !== record.version - 1) return false;
        write(record);
        return true;
      }),
    readNow: (kind, caseId) => answer(() => shelves[kind].get(caseKey(kind, caseId).pk)),
    listOpen: (kind, region, { limit, cursor, before }) =>
      answer(() => {
        const { items, ...rest } = open.page(openCasesKey(kind, region), {
          limit,
          cursor,
          ...(before === undefined ? {} : { before }),
        });
        return { ...rest, items: items.flatMap((key) => shelves[kind].get(key) ?? []) };
      }),
  };
};
