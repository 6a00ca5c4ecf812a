/**
 * The journal in memory: the twin on which histories of millions of steps are lived. It keeps what the tables
 * keep and nothing else, and every condition is checked on what is kept.
 */
import type { CareChange } from '@time-bank/care/request';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { Refusal } from '@time-bank/contracts/refusals';
import { type Instant, msOf } from '@time-bank/contracts/time';
import type { Change, Commit, Journal, Line, Page } from '@time-bank/desk/ports';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import {
  type DocumentUse,
  type Fund,
  type LedgerChange,
  type PoolRow,
  holdsOn,
  nameOfUse,
  posted,
} from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import { decodeTime } from 'ulid';
import type { CaseChange } from '@time-bank/desk/staff-case';
import { answer } from './memory-answer.ts';
import { type CaseMemory, isCaseStale, writeCase } from './memory-case-book.ts';
import { type CareMemory, isStale, write as writeCare } from './memory-care.ts';
import { pageOf } from './memory-lists.ts';
import { type LeafMemory, refusedInMemory, spendInMemory } from './memory-person-files.ts';
import { kept } from './memory-value.ts';
import { notDone } from './met.ts';
import type { Found } from './piece.ts';
import { assertPlain } from './plain-posting.ts';

/** The ledger's table. */
export interface LedgerMemory {
  heads: Map<AccountId, AccountHead>;
  /** By account, then by transfer. */
  lines: Map<AccountId, Map<TransferId, Line>>;
  /** By account and transfer: the transfer that took it back. */
  reversed: Map<string, TransferId>;
  rows: Map<PoolId, Map<TransferId, PoolRow>>;
  /** By pool and line: the part that it was collected into. */
  collected: Map<PoolId, Map<TransferId, number>>;
  shards: Map<PoolId, Map<number, number>>;
  funds: Map<string, Fund>;
  /** By the name of the use. */
  documents: Map<string, DocumentUse & { by: TransferId }>;
  /** Accounts of people who were erased: what was written beside their lines is shown to nobody. */
  forgotten: Set<AccountId>;
}

/** An empty ledger. */
export const ledgerMemory = (): LedgerMemory => ({
  heads: new Map(),
  lines: new Map(),
  reversed: new Map(),
  rows: new Map(),
  collected: new Map(),
  shards: new Map(),
  funds: new Map(),
  documents: new Map(),
  forgotten: new Set(),
});

const inner = <K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = new Map<L, V>();
  map.set(key, made);
  return made;
};

const refusal = (code: Refusal['code']): Found => ({ kind: 'refused', refusal: { code } });
const stale: Found = { kind: 'stale' };

const lineOf = (memory: LedgerMemory, accountId: AccountId, transferId: TransferId): Line | undefined =>
  memory.lines.get(accountId)?.get(transferId);

/** A line as it is shown: the note that names another bank is nobody's. */
const shownEntry = ({ forgotten }: LedgerMemory, entry: Entry): Entry => {
  if (!forgotten.has(entry.accountId) || entry.kind === 'moved_in') return entry;
  const { note: _note, ...rest } = entry;
  return rest;
};

const shownLine = (memory: LedgerMemory, line: Line | undefined): Line | undefined =>
  line?.kind === 'entry' ? { kind: 'entry', entry: shownEntry(memory, line.entry) } : line;

const shownRow = ({ forgotten }: LedgerMemory, row: PoolRow): PoolRow => {
  if (![...forgotten].some((accountId) => accountId === row.counterpart)) return row;
  const { note: _note, ...rest } = row;
  return rest;
};

const postingFound = (memory: LedgerMemory, change: LedgerChange & { change: 'post' }): Found[] => {
  const { accountId } = change.entries[0];
  const head = memory.heads.get(accountId);
  const lines = change.entries.flatMap((entry): Found[] => {
    const line = lineOf(memory, accountId, entry.transferId);
    return line === undefined ? [] : [{ kind: 'line', line }];
  });
  return head !== undefined && holdsOn(head, change) ? lines : [{ kind: 'head', accountId, head }, ...lines];
};

const shardOf = (memory: LedgerMemory, poolId: PoolId, shard: number): number =>
  memory.shards.get(poolId)?.get(shard) ?? 0;

const rowFound = (memory: LedgerMemory, { poolId, transferId }: PoolRow): Found[] =>
  memory.rows.get(poolId)?.has(transferId) === true ? [refusal('exists_with_different_content')] : [];

/** What stands in the way of a change; nothing where its condition holds. */
const found = (memory: LedgerMemory, change: LedgerChange): Found[] => {
  switch (change.change) {
    case 'open_account':
      return memory.heads.has(change.accountId) ? [stale] : [];
    case 'post':
      return postingFound(memory, change);
    case 'pool_in':
      return rowFound(memory, change.row);
    case 'pool_out': {
      const { poolId, minutes, shard } = change.row;
      const there = shardOf(memory, poolId, shard);
      const short: Found = { kind: 'shard', shard: { poolId, shard, minutes: there } };
      return [...(there < -minutes ? [short] : []), ...rowFound(memory, change.row)];
    }
    case 'collect':
      return change.transferIds.some((id) => memory.collected.get(change.poolId)?.has(id) === true)
        ? [stale]
        : [];
    case 'mark_reversed':
      return memory.reversed.has(`${change.accountId} ${change.transferId}`)
        ? [refusal('already_reversed')]
        : [];
    case 'put_fund':
      return memory.funds.has(change.fund.fundId) ? [refusal('document_used')] : [];
    case 'draw_fund': {
      const fund = memory.funds.get(change.fundId);
      if (fund === undefined) return [refusal('unknown_document')];
      return fund.leftMinutes < change.minutes ? [refusal('purchase_used_up')] : [];
    }
    case 'put_document':
      return memory.documents.has(nameOfUse(change)) ? [refusal('document_used')] : [];
  }
};

const putRow = (memory: LedgerMemory, row: PoolRow): void => {
  inner(memory.rows, row.poolId).set(row.transferId, kept(row));
};

const addToShard = (memory: LedgerMemory, poolId: PoolId, shard: number, minutes: number): void => {
  inner(memory.shards, poolId).set(shard, shardOf(memory, poolId, shard) + minutes);
};

const post = (memory: LedgerMemory, change: LedgerChange & { change: 'post' }): void => {
  const { accountId } = change.entries[0];
  const head = memory.heads.get(accountId);
  if (head === undefined) throw new Error('the account was there a moment ago');
  memory.heads.set(accountId, kept(posted(head, change)));
  const lines = inner(memory.lines, accountId);
  for (const entry of change.entries) {
    lines.set(entry.transferId, { kind: 'entry', entry: kept(entry) });
  }
};

const collect = (memory: LedgerMemory, change: LedgerChange & { change: 'collect' }): void => {
  const marks = inner(memory.collected, change.poolId);
  for (const id of change.transferIds) marks.set(id, change.shard);
  addToShard(memory, change.poolId, change.shard, change.minutes);
};

/** Opens an account. Throws where it is open already. */
export const openInMemory = (
  memory: LedgerMemory,
  accountId: AccountId,
  state: 'open' | 'donate_only',
): void => {
  if (memory.heads.has(accountId)) throw new Error('the account is open already');
  memory.heads.set(accountId, kept(openedAccount(accountId, state)));
};

const write = (memory: LedgerMemory, change: LedgerChange): void => {
  switch (change.change) {
    case 'open_account':
      openInMemory(memory, change.accountId, change.state);
      return;
    case 'post':
      post(memory, change);
      return;
    case 'pool_in':
      putRow(memory, change.row);
      return;
    case 'pool_out':
      putRow(memory, change.row);
      addToShard(memory, change.row.poolId, change.row.shard, change.row.minutes);
      return;
    case 'collect':
      collect(memory, change);
      return;
    case 'mark_reversed':
      memory.reversed.set(`${change.accountId} ${change.transferId}`, change.by);
      return;
    case 'put_fund':
      memory.funds.set(change.fund.fundId, kept(change.fund));
      return;
    case 'draw_fund': {
      const fund = memory.funds.get(change.fundId);
      if (fund !== undefined) {
        const { communityMinutes = 0 } = fund;
        memory.funds.set(change.fundId, {
          ...fund,
          leftMinutes: fund.leftMinutes - change.minutes,
          ...(change.isForCommunity === true ? { communityMinutes: communityMinutes + change.minutes } : {}),
        });
      }
      return;
    }
    case 'put_document': {
      const { document, from, transferId: by } = change;
      const use = from === undefined ? { document } : { document, from };
      memory.documents.set(nameOfUse(change), { ...use, by });
      return;
    }
  }
};

const isCare = (change: Change): change is CareChange =>
  ['put_request', 'move_request', 'put_visit', 'move_visit', 'put_diary', 'put_notice'].includes(
    change.change,
  );

const isCase = (change: Change): change is CaseChange =>
  change.change === 'put_case' || change.change === 'move_case';

/** The places that a change writes to. */
const placesOf = (change: Change): string[] => {
  switch (change.change) {
    case 'put_request':
    case 'move_request':
      return [change.request.requestId];
    case 'put_visit':
    case 'move_visit':
      return [change.visit.visitId];
    case 'put_notice':
      return [`notice ${change.notice.noticeId}`];
    case 'put_diary':
      return [change.diary.volunteerId];
    case 'open_account':
      return [change.accountId];
    case 'post': {
      const { accountId } = change.entries[0];
      return [accountId, ...change.entries.map(({ transferId }) => `${accountId} ${transferId}`)];
    }
    case 'pool_in':
      return [`${change.row.poolId} ${change.row.transferId}`];
    case 'pool_out': {
      const { poolId, transferId, shard } = change.row;
      return [`${poolId} ${transferId}`, `${poolId} #${String(shard)}`];
    }
    case 'collect':
      return [
        `${change.poolId} #${String(change.shard)}`,
        ...change.transferIds.map((id) => `${change.poolId} collected ${id}`),
      ];
    case 'mark_reversed':
      return [`${change.accountId} reversed ${change.transferId}`];
    case 'put_fund':
      return [change.fund.fundId];
    case 'draw_fund':
      return [change.fundId];
    case 'put_document':
      return [nameOfUse(change)];
    case 'spend_by_helper':
      return [change.bindingId];
    case 'put_case':
    case 'move_case':
      return [`case ${change.record.kind} ${change.record.caseId}`];
  }
};

/** DynamoDB's most for one transaction. */
const PLACES_MAX = 100;

/** Throws where a transaction of DynamoDB would be none: two writes to one place, too many, or nothing at all. */
const assertOneTransaction = (changes: readonly Change[]): void => {
  const places = changes.flatMap(placesOf);
  if (places.length === 0 || places.length > PLACES_MAX) {
    throw new Error(`a transaction writes 1 to ${String(PLACES_MAX)} items, not ${String(places.length)}`);
  }
  if (new Set(places).size !== places.length) throw new Error('a transaction writes an item once');
  for (const change of changes) {
    if (change.change === 'post' && change.seen === undefined) assertPlain(change);
  }
};

const newestFirst = <T>(
  list: string,
  all: ReadonlyMap<TransferId, T> | undefined,
  page: { limit: number; cursor?: string | undefined },
): Page<T> => {
  const rows = [...(all ?? [])].map(([sort, value]) => ({ sort, value }));
  rows.sort((one, other) => (one.sort < other.sort ? -1 : 1));
  return pageOf(list, rows, { ...page, newestFirst: true });
};

const isSince = (transferId: TransferId, since: Instant): boolean =>
  decodeTime(transferId.slice(4)) >= msOf(since);

interface Tables {
  ledger: LedgerMemory;
  care: CareMemory;
  leaves: LeafMemory;
  cases: CaseMemory;
}

/** What stands in the way of a change of any kind. */
const inTheWay = (tables: Tables, change: Change): Found[] => {
  if (change.change === 'spend_by_helper') {
    const refused = refusedInMemory(tables.leaves, change);
    return refused === undefined ? [] : [{ kind: 'refused', refusal: refused }];
  }
  if (isCare(change)) return isStale(tables.care, change) ? [stale] : [];
  if (isCase(change)) return isCaseStale(tables.cases, change) ? [stale] : [];
  return found(tables.ledger, change);
};

const writeAny = (tables: Tables, change: Change): void => {
  if (change.change === 'spend_by_helper') spendInMemory(tables.leaves, change);
  else if (isCare(change)) writeCare(tables.care, change);
  else if (isCase(change)) writeCase(tables.cases, change.record);
  else write(tables.ledger, change);
};

/** The journal over a memory of both tables. What it gives is frozen: a caller cannot change what is kept. */
export const memoryJournal = (
  ledger: LedgerMemory,
  care: CareMemory,
  leaves: LeafMemory,
  cases: CaseMemory,
): Journal => ({
  commit: (changes) =>
    answer((): Commit => {
      assertOneTransaction(changes);
      const all = changes.flatMap((change) => inTheWay({ ledger, care, leaves, cases }, change));
      if (all.length > 0) return notDone(all);
      for (const change of changes) writeAny({ ledger, care, leaves, cases }, change);
      return { kind: 'done' };
    }),
  keepRefusal: (tombstone) =>
    answer(() => {
      const there = lineOf(ledger, tombstone.accountId, tombstone.transferId);
      if (there !== undefined) return there;
      const line: Line = { kind: 'refused', tombstone: kept(tombstone) };
      inner(ledger.lines, tombstone.accountId).set(tombstone.transferId, line);
      return undefined;
    }),
  readAccountNow: (accountId) => answer(() => ledger.heads.get(accountId)),
  readAccountsNow: (accountIds) =>
    answer(
      () =>
        new Map(
          accountIds.flatMap((accountId): [AccountId, AccountHead][] => {
            const head = ledger.heads.get(accountId);
            return head === undefined ? [] : [[accountId, head]];
          }),
        ),
    ),
  readLineNow: (accountId, transferId) =>
    answer(() => shownLine(ledger, lineOf(ledger, accountId, transferId))),
  readLineAndAccountNow: (accountId, transferId) =>
    answer(() => {
      const line = shownLine(ledger, lineOf(ledger, accountId, transferId));
      const head = ledger.heads.get(accountId);
      return { ...(line === undefined ? {} : { line }), ...(head === undefined ? {} : { head }) };
    }),
  listEntriesNow: (accountId, page) =>
    answer(() => {
      const { items, ...rest } = newestFirst(accountId, ledger.lines.get(accountId), page);
      const entries = items.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
      return { items: entries.map((entry) => shownEntry(ledger, entry)), ...rest };
    }),
  readPoolNow: (poolId) =>
    answer(() =>
      [...(ledger.shards.get(poolId) ?? [])]
        .map(([shard, minutes]) => ({ poolId, shard, minutes }))
        .sort((one, other) => one.shard - other.shard),
    ),
  listPoolRowsNow: (poolId, page) =>
    answer(() => {
      const { items, ...rest } = newestFirst(poolId, ledger.rows.get(poolId), page);
      return { items: items.map((row) => shownRow(ledger, row)), ...rest };
    }),
  listUncollectedNow: (poolId, since) =>
    answer(() =>
      [...(ledger.rows.get(poolId)?.values() ?? [])]
        .filter(
          ({ transferId, minutes }) =>
            minutes > 0 &&
            isSince(transferId, since) &&
            ledger.collected.get(poolId)?.has(transferId) !== true,
        )
        .sort((one, other) => (one.transferId < other.transferId ? -1 : 1)),
    ),
  readFundNow: (fundId) => answer(() => ledger.funds.get(fundId)),
});
