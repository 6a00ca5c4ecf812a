/** Seals as they are stored: digests as 32 bytes, names of attributes short, for there is a link for every line. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AccountId } from '@time-bank/contracts/ids';
import { FundId, PoolId } from '@time-bank/contracts/ledger';
import {
  type Seal,
  type SealLog,
  type SealSubject,
  type SealedLink,
  refusalsOf,
} from '@time-bank/desk/seal-book';
import type { SealRecord } from '@time-bank/desk/book-record';
import type { Digest } from '@time-bank/seal/digest';
import type { AccountState } from '@time-bank/seal/leaf';
import { parseLogState, presentLogState } from '@time-bank/seal/merkle-log';
import * as z from 'zod/mini';
import { type Item, encode } from './item.ts';
import {
  type Key,
  LOG_KEY,
  checkpointKey,
  leafKey,
  linkKey,
  sealKey,
  sealedOfPartition,
  tileKey,
  transferOfSort,
} from './keys.ts';

const BYTES = 32;
const Hash = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length === BYTES, '32 bytes'));
const Hashes = z
  .instanceof(Uint8Array)
  .check(z.refine((bytes) => bytes.length > 0 && bytes.length % BYTES === 0, 'whole digests'));
const Count = z.int().check(z.gte(0));
const keys = { pk: z.string(), sk: z.string() };

const StoredSeal = z.strictObject({
  ...keys,
  n: Count,
  l: Hash,
  q: z.exactOptional(Count),
  i: z.exactOptional(Count),
});
const StoredLink = z.strictObject({ ...keys, n: Count, d: Hash, l: Hash });
const StoredLeaf = z.strictObject({ ...keys, a: z.string(), q: Count, l: Hash, h: Hash });
const StoredTile = z.strictObject({ ...keys, h: Hashes });
const StoredLog = z.strictObject({ ...keys, n: Count, f: Hashes, c: z.string(), k: z.string() });
const StoredCheckpoint = z.strictObject({ ...keys, c: z.string() });

const bytesOf = (digest: Digest): Uint8Array => Uint8Array.from(digest);
const joined = (hashes: readonly Digest[]): Uint8Array => Uint8Array.from(Buffer.concat(hashes));
const parted = (bytes: Uint8Array): Digest[] =>
  Array.from({ length: bytes.length / BYTES }, (_, index) =>
    Uint8Array.from(bytes.subarray(index * BYTES, (index + 1) * BYTES)),
  );

/** A text as a subject. Throws where it is none. */
export const subjectOf = (text: string): SealSubject => {
  if (text.startsWith('refusals:')) return refusalsOf(AccountId.parse(text.slice('refusals:'.length)));
  if (text.startsWith('acc_')) return AccountId.parse(text);
  return text.startsWith('pool:') ? PoolId.parse(text) : FundId.parse(text);
};

/** How far a subject is sealed, as an item. */
export const sealItem = ({ subject, links, link, sealed }: Seal): Item =>
  encode(
    { ...sealKey(subject) },
    {
      n: links,
      l: bytesOf(link),
      ...(sealed === undefined ? {} : { q: sealed.sequence, i: sealed.leafIndex }),
    },
  );

/** A link as an item. */
export const linkItem = (subject: SealSubject, { number, transferId, entryDigest, link }: SealedLink): Item =>
  encode({ ...linkKey(subject, transferId) }, { n: number, d: bytesOf(entryDigest), l: bytesOf(link) });

/** A leaf as an item. */
export const leafItem = (index: number, { accountId, sequence, link, headDigest }: AccountState): Item =>
  encode({ ...leafKey(index) }, { a: accountId, q: sequence, l: bytesOf(link), h: bytesOf(headDigest) });

/** A tile above the leaves as an item. */
export const tileItem = (key: Key, hashes: readonly Digest[]): Item =>
  encode({ ...key }, { h: joined(hashes) });

/** The log as an item. */
export const logItem = ({ state, note, verifierKey }: Required<SealLog>): Item =>
  encode({ ...LOG_KEY }, { n: state.size, f: joined(state.frontier), c: note, k: verifierKey });

/** A checkpoint as an item. */
export const checkpointItem = (size: number, note: string): Item =>
  encode({ ...checkpointKey(size) }, { c: note });

const textOf = (value: AttributeValue | undefined): string => value?.S ?? '';

const sealedSubject = (item: Item): SealSubject => {
  const name = sealedOfPartition(textOf(item['pk']));
  if (name === undefined) throw new Error('the item does not seal anything');
  return subjectOf(name);
};

/** How far a subject is sealed, as it was stored. Throws where the item is not that. */
export const decodeSeal = (item: Item): Seal => {
  const { n, l, q, i } = StoredSeal.parse(unmarshall(item));
  if ((q === undefined) !== (i === undefined)) throw new Error('a state without its leaf');
  return {
    subject: sealedSubject(item),
    links: n,
    link: Uint8Array.from(l),
    ...(q === undefined || i === undefined ? {} : { sealed: { sequence: q, leafIndex: i } }),
  };
};

/** A link as it was stored. Throws where the item is not one. */
export const decodeLink = (item: Item): { subject: SealSubject; link: SealedLink } => {
  const { n, d, l, sk } = StoredLink.parse(unmarshall(item));
  return {
    subject: sealedSubject(item),
    link: {
      number: n,
      transferId: transferOfSort(sk),
      entryDigest: Uint8Array.from(d),
      link: Uint8Array.from(l),
    },
  };
};

/** A leaf as it was stored. Throws where the item is not one. */
export const decodeLeaf = (item: Item): AccountState => {
  const { a, q, l, h } = StoredLeaf.parse(unmarshall(item));
  return {
    accountId: subjectOf(a),
    sequence: q,
    link: Uint8Array.from(l),
    headDigest: Uint8Array.from(h),
  };
};

/** The hashes of a tile as they were stored. Throws where the item is not one. */
export const decodeTile = (item: Item): Digest[] => parted(StoredTile.parse(unmarshall(item)).h);

/** The log as it was stored. Throws where the item is not it. */
export const decodeLog = (item: Item): Required<SealLog> => {
  const { n, f, c, k } = StoredLog.parse(unmarshall(item));
  const frontier = parted(f).map((hash) => Buffer.from(hash).toString('base64url'));
  const state = parseLogState({ size: n, frontier });
  presentLogState(state);
  return { state, note: c, verifierKey: k };
};

const numberIn = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error('a key without its number');
  return Number(text);
};

const recordOf = (item: Item, pk: string, sk: string): { record: SealRecord; key: Key } => {
  if (pk.startsWith('S#')) {
    if (sk === 'S') {
      const seal = decodeSeal(item);
      return { record: { record: 'seal', seal }, key: sealKey(seal.subject) };
    }
    const { subject, link } = decodeLink(item);
    return { record: { record: 'link', subject, link }, key: linkKey(subject, link.transferId) };
  }
  if (pk.startsWith('LEAVES#')) {
    const index = numberIn(pk.slice('LEAVES#'.length)) * 256 + numberIn(sk);
    return { record: { record: 'leaf', index, state: decodeLeaf(item) }, key: leafKey(index) };
  }
  if (pk.startsWith('TILES#')) {
    const tile = {
      level: numberIn(pk.slice('TILES#'.length)),
      index: numberIn(sk),
      hashes: decodeTile(item),
    };
    return { record: { record: 'tile', tile }, key: tileKey(tile.level, tile.index) };
  }
  if (pk === LOG_KEY.pk && sk === LOG_KEY.sk) {
    return { record: { record: 'log', log: decodeLog(item) }, key: LOG_KEY };
  }
  if (pk !== LOG_KEY.pk || !sk.startsWith('C#')) throw new Error('this table has no such key');
  const size = numberIn(sk.slice('C#'.length));
  const { c } = StoredCheckpoint.parse(unmarshall(item));
  return { record: { record: 'checkpoint', size, note: c }, key: checkpointKey(size) };
};

/** What any item of the table says; what says nothing is told as unreadable, with its place. */
export const readSealRecord = (item: Item): SealRecord => {
  const [pk, sk] = [textOf(item['pk']), textOf(item['sk'])];
  try {
    const { record, key } = recordOf(item, pk, sk);
    if (key.pk !== pk || key.sk !== sk) throw new Error('the key is written in another way');
    return record;
  } catch (error) {
    return { record: 'unreadable', where: `${pk} ${sk}`, why: reasonOf(error) };
  }
};

/** Why an item could not be read, in a line. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof z.core.$ZodError) {
    const [issue] = error.issues;
    return `${(issue?.path ?? []).map(String).join('.')} ${issue?.message ?? 'is not what it should be'}`.trim();
  }
  return error instanceof Error ? error.message : 'it cannot be read';
};
