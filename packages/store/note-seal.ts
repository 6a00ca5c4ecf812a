/**
 * What somebody wrote beside a movement. A line of the ledger is never changed and its digest is sealed for ever, so
 * its note is stored as a token, sealed under the data key of the person whose line it is: the sealer, the digests and
 * `verify` take the token for the note, whoever reads a statement has it opened, and when the person is erased the
 * token stays and says nothing. The key is read only where there is a note.
 *
 * Accounts that are nobody's (of organisations) have no key: their notes stay in plain. So does the note of a line
 * that brings hours in from another bank: it is that bank's name, and the ledger decides by it.
 */
import { AccountId, type MemberId } from '@time-bank/contracts/ids';
import { ownerOf } from '@time-bank/desk/account-home';
import type { Change, Line } from '@time-bank/desk/ports';
import type { PoolRow } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import type { Connection } from './client.ts';
import { entryKey, memberKey, poolRowKey } from './keys.ts';
import { NOTE_TOKEN } from './ledger-codec.ts';
import { readAll } from './query.ts';
import { DATA_KEY, dataKeyOf } from './sealed-item.ts';
import { PARTITION_KEY } from './table.ts';
import type { DataKey, SealedPlace, Vault } from './vault.ts';

/** How notes are read and written. */
export interface Notes {
  /** Changes with their notes as they are stored. */
  seal: (changes: readonly Change[]) => Promise<readonly Change[]>;
  /** Lines as they were written; without the notes of people who were erased. */
  openEntries: (entries: readonly Entry[]) => Promise<Entry[]>;
  /** The same for lines of a pool. */
  openRows: (rows: readonly PoolRow[]) => Promise<PoolRow[]>;
  /** The same for what stands under a transfer's id. */
  openLine: (line: Line | undefined) => Promise<Line | undefined>;
}

type Noted = Entry | PoolRow;

const FIELD = 'note';

/** Whose note it is; undefined where there is none, or it says nothing of a person. */
const personOf = (noted: Noted): MemberId | undefined => {
  if (noted.note === undefined) return undefined;
  if ('poolId' in noted) {
    const account = AccountId.safeParse(noted.counterpart);
    return account.success ? ownerOf(account.data) : undefined;
  }
  return noted.kind === 'moved_in' ? undefined : ownerOf(noted.accountId);
};

const placeOf = (noted: Noted): SealedPlace => ({
  table: 'ledger',
  ...('poolId' in noted
    ? poolRowKey(noted.poolId, noted.transferId)
    : entryKey(noted.accountId, noted.transferId)),
});

/** The data keys of those who are people: undefined for whoever was erased. */
type Keys = ReadonlyMap<MemberId, DataKey | undefined>;

/** The note as it is to be stored, or as it was written. */
type Turned = (noted: Noted, keys: Keys) => { note?: string };

const isToken = (note: string | undefined): note is string => note?.startsWith(NOTE_TOKEN) === true;

const sealedBy =
  (vault: Vault): Turned =>
  (noted, keys) => {
    const { note } = noted;
    const person = personOf(noted);
    if (note === undefined) return {};
    if (person === undefined || !keys.has(person)) return { note };
    const key = keys.get(person);
    if (key === undefined) return {};
    const sealed = vault.sealText(placeOf(noted), FIELD, key, note);
    return { note: `${NOTE_TOKEN}${Buffer.from(sealed).toString('base64url')}` };
  };

const openedBy =
  (vault: Vault): Turned =>
  (noted, keys) => {
    const { note } = noted;
    if (note === undefined) return {};
    if (!isToken(note)) return { note };
    const person = personOf(noted);
    const key = person === undefined ? undefined : keys.get(person);
    if (key === undefined) return {};
    const sealed = Buffer.from(note.slice(NOTE_TOKEN.length), 'base64url');
    return { note: vault.openText(placeOf(noted), FIELD, key, sealed) };
  };

const turnedEntry = (entry: Entry, turned: Turned, keys: Keys): Entry => {
  const { note: _note, ...rest } = entry;
  return { ...rest, ...turned(entry, keys) };
};

const turnedRow = <T extends PoolRow>(
  row: T,
  turned: Turned,
  keys: Keys,
): Omit<T, 'note'> & { note?: string } => {
  const { note: _note, ...rest } = row;
  return { ...rest, ...turned(row, keys) };
};

const turnedChange = (change: Change, turned: Turned, keys: Keys): Change => {
  switch (change.change) {
    case 'post': {
      const [first, ...more] = change.entries;
      const turn = (entry: Entry): Entry => turnedEntry(entry, turned, keys);
      return { ...change, entries: [turn(first), ...more.map(turn)] };
    }
    case 'pool_in':
      return { ...change, row: turnedRow(change.row, turned, keys) };
    case 'pool_out':
      return { ...change, row: turnedRow(change.row, turned, keys) };
    default:
      return change;
  }
};

const notedIn = (change: Change): readonly Noted[] => {
  switch (change.change) {
    case 'post':
      return change.entries;
    case 'pool_in':
    case 'pool_out':
      return [change.row];
    default:
      return [];
  }
};

const peopleOf = (noted: readonly Noted[]): MemberId[] => noted.flatMap((each) => personOf(each) ?? []);

/** The notes of a ledger. With nothing noted nothing is read. */
export const makeNotes = (connection: Connection, vault: Vault): Notes => {
  const keysOf = async (people: readonly MemberId[]): Promise<Keys> => {
    if (people.length === 0) return new Map();
    const byPartition = new Map(people.map((person) => [memberKey(person).pk, person]));
    const items = await readAll(
      connection,
      'care',
      [...byPartition.values()].map((person) => ({ ...memberKey(person) })),
      true,
    );
    return new Map(
      items.flatMap((item): [MemberId, DataKey | undefined][] => {
        const person = byPartition.get(item[PARTITION_KEY]?.S ?? '');
        return person === undefined ? [] : [[person, DATA_KEY in item ? dataKeyOf(vault, item) : undefined]];
      }),
    );
  };
  const [toSealed, toOpened] = [sealedBy(vault), openedBy(vault)];
  const openEntries = async (entries: readonly Entry[]): Promise<Entry[]> => {
    const keys = await keysOf(peopleOf(entries.filter(({ note }) => isToken(note))));
    return entries.map((entry) => turnedEntry(entry, toOpened, keys));
  };
  return {
    seal: async (changes) => {
      const people = peopleOf(changes.flatMap(notedIn));
      if (people.length === 0) return changes;
      const keys = await keysOf(people);
      return changes.map((change) => turnedChange(change, toSealed, keys));
    },
    openEntries,
    openRows: async (rows) => {
      const keys = await keysOf(peopleOf(rows.filter(({ note }) => isToken(note))));
      return rows.map((row) => turnedRow(row, toOpened, keys));
    },
    openLine: async (line) => {
      if (line?.kind !== 'entry') return line;
      const [entry = line.entry] = await openEntries([line.entry]);
      return { kind: 'entry', entry };
    },
  };
};
