/** The cases of staff in memory. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Instant } from '@time-bank/contracts/time';
import type { CaseBook } from '@time-bank/desk/ports';
import { type CaseChange, type StaffCase, type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import { caseKey, dueSort, openCasesKey } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type SortedLists, sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

type Shelf<K extends keyof StaffCases> = Map<string, StaffCases[K]>;
type Shelves = { [K in keyof StaffCases]: Shelf<K> };

const listOf = ({ kind, region }: StaffCase): string => openCasesKey(kind, region);
const sortOf = ({ dueAt, caseId }: StaffCase): string => dueSort(dueAt, caseId);

const aboutSort = ({ openedAt, caseId }: Pick<StaffCase, 'caseId'> & { openedAt: Instant }): string =>
  dueSort(openedAt, caseId);

const shelve = (shelves: Shelves, record: StaffCase): void => {
  const key = caseKey(record.kind, record.caseId).pk;
  switch (record.kind) {
    case 'back_entry':
      shelves.back_entry.set(key, record);
      return;
    case 'alarm':
      shelves.alarm.set(key, record);
      return;
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
    case 'rectify':
      shelves.rectify.set(key, record);
      return;
    case 'dispute':
      shelves.dispute.set(key, record);
      return;
    case 'honesty':
      shelves.honesty.set(key, record);
      return;
    case 'emergency':
      shelves.emergency.set(key, record);
      return;
    case 'alarm_device':
      shelves.alarm_device.set(key, record);
      return;
    case 'series':
      shelves.series.set(key, record);
      return;
    case 'activity':
      shelves.activity.set(key, record);
      return;
    case 'week_plan':
      shelves.week_plan.set(key, record);
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
    alarm: new Map(),
    back_entry: new Map(),
    correction: new Map(),
    granting: new Map(),
    estate: new Map(),
    organisation: new Map(),
    linkage: new Map(),
    resource: new Map(),
    week_plan: new Map(),
    rectify: new Map(),
    dispute: new Map(),
    honesty: new Map(),
    emergency: new Map(),
    alarm_device: new Map(),
    series: new Map(),
    activity: new Map(),
  },
  open: sortedLists(),
  forgotten: new Set(),
});

/** Takes out what is about a person: cards of linkage, alarms, visits that were entered. */
export const forgetCases = ({ shelves, open, forgotten }: CaseMemory, memberId: MemberId): void => {
  for (const shelf of [
    shelves.linkage,
    shelves.alarm,
    shelves.back_entry,
    shelves.rectify,
    shelves.dispute,
    shelves.emergency,
    shelves.series,
  ]) {
    for (const [key, card] of shelf) {
      if (card.elderId !== memberId) continue;
      open.remove(listOf(card), sortOf(card));
      shelf.delete(key);
      forgotten.add(key);
    }
  }
};

const find = ({ shelves }: CaseMemory, record: StaffCase): StaffCase | undefined =>
  shelves[record.kind].get(caseKey(record.kind, record.caseId).pk);

/** True where a case is there already, or is not as it was read. */
export const isCaseStale = (memory: CaseMemory, { change, record }: CaseChange): boolean =>
  change === 'put_case'
    ? find(memory, record) !== undefined || memory.forgotten.has(caseKey(record.kind, record.caseId).pk)
    : find(memory, record)?.version !== record.version - 1;

/** Writes a case, and lists it while it is open. */
export const writeCase = (memory: CaseMemory, given: StaffCase): void => {
  const { shelves, open } = memory;
  const record = kept(given);
  const before = find(memory, record);
  if (before !== undefined) open.remove(listOf(before), sortOf(before));
  shelve(shelves, record);
  if (isOpen(record)) open.put(listOf(record), sortOf(record), caseKey(record.kind, record.caseId).pk);
};

/** The case book in memory. */
export const memoryCaseBook = (memory: CaseMemory): CaseBook => {
  const { shelves, open } = memory;
  const write = (change: CaseChange): boolean => {
    if (isCaseStale(memory, change)) return false;
    writeCase(memory, change.record);
    return true;
  };
  return {
    put: (record) => answer(() => write({ change: 'put_case', record })),
    move: (record) => answer(() => write({ change: 'move_case', record })),
    readNow: (kind, caseId) => answer(() => shelves[kind].get(caseKey(kind, caseId).pk)),
    listAbout: (kind, elderId, limit) =>
      answer(() =>
        [...shelves[kind].values()]
          .filter((record) => record.elderId === elderId)
          .sort((one, other) => (aboutSort(one) < aboutSort(other) ? 1 : -1))
          .slice(0, limit),
      ),
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
