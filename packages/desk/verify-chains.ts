/** Every subject's chain: a link for each line that was sealed, in their order, and the leaves that it gave. */
import { AccountId, type TransferId } from '@time-bank/contracts/ids';
import { FundId, PoolId } from '@time-bank/contracts/ledger';
import { GENESIS, linkOf } from '@time-bank/seal/chain';
import { type Digest, sameBytes } from '@time-bank/seal/digest';
import type { AccountState } from '@time-bank/seal/leaf';
import type { LedgerBooks, SealBooks } from './book-record.ts';
import { mustHold } from './does-not-fit.ts';
import { type Seal, type SealSubject, type SealedLink, refusalsOf } from './seal-book.ts';
import {
  digestOfCount,
  digestOfEntry,
  digestOfFund,
  digestOfHead,
  digestOfRow,
  digestOfTombstone,
} from './seal-digests.ts';

/** What the books say of a subject now: its lines, and its head's digest once so many are linked. */
interface Now {
  lines: ReadonlyMap<TransferId, () => Digest>;
  /** The digest of the head after so many lines; undefined where the books have moved on since. */
  headDigest: (sequence: number) => Digest | undefined;
}

const linesOf = <T extends { transferId: TransferId }>(
  all: readonly T[],
  digest: (one: T) => Digest,
): Now['lines'] => new Map(all.map((one) => [one.transferId, () => digest(one)]));

const nowOfAccount = (ledger: LedgerBooks, accountId: AccountId): Now | undefined => {
  const standing = ledger.heads.get(accountId);
  if (standing === undefined) return undefined;
  const { head, openedAt } = standing;
  return {
    lines: linesOf(ledger.entriesOf(accountId), digestOfEntry),
    headDigest: (sequence) => (sequence === head.sequence ? digestOfHead(head, openedAt) : undefined),
  };
};

const nowOf = (ledger: LedgerBooks, subject: SealSubject): Now | undefined => {
  if (subject.startsWith('refusals:')) {
    const accountId = AccountId.parse(subject.slice('refusals:'.length));
    return { lines: linesOf(ledger.refusalsOf(accountId), digestOfTombstone), headDigest: digestOfCount };
  }
  const account = AccountId.safeParse(subject);
  if (account.success) return nowOfAccount(ledger, account.data);
  const pool = PoolId.safeParse(subject);
  if (pool.success) {
    return { lines: linesOf(ledger.rows.get(pool.data) ?? [], digestOfRow), headDigest: digestOfCount };
  }
  const fund = ledger.funds.get(FundId.parse(subject));
  return fund === undefined ? undefined : { lines: new Map(), headDigest: () => digestOfFund(fund) };
};

const verifyLink = (
  subject: SealSubject,
  link: SealedLink,
  { number, previous, now }: { number: number; previous: Digest; now: Now },
): void => {
  const where = `${subject}, entry ${link.transferId}`;
  mustHold(link.number === number, subject, `its link number ${String(number)} is missing`);
  const digest = now.lines.get(link.transferId);
  mustHold(digest !== undefined, where, 'it was sealed, and it is not in the books');
  if (digest === undefined) return;
  mustHold(sameBytes(digest(), link.entryDigest), where, 'it is not the entry that was sealed');
  const right = linkOf({ accountId: subject, number, previous, entryDigest: link.entryDigest });
  mustHold(sameBytes(right, link.link), where, 'its link does not follow from the one before');
};

const verifyLeaf = (leaf: AccountState, links: readonly SealedLink[], now: Now): void => {
  const { accountId, sequence, link, headDigest } = leaf;
  const where = `${accountId}, sealed at entry ${String(sequence)}`;
  const tip = sequence === 0 ? GENESIS : links[sequence - 1]?.link;
  mustHold(tip !== undefined && sameBytes(tip, link), where, 'its entries are not those that were sealed');
  const right = now.headDigest(sequence);
  mustHold(
    right === undefined || sameBytes(right, headDigest),
    where,
    'what stands on it is not what was sealed',
  );
};

const verifySubject = (
  subject: SealSubject,
  {
    now,
    seal,
    links,
    leaves,
  }: { now: Now; seal: Seal; links: SealedLink[]; leaves: Map<number, AccountState> },
): number => {
  links.sort((one, other) => one.number - other.number);
  let previous = GENESIS;
  for (const [index, link] of links.entries()) {
    verifyLink(subject, link, { number: index + 1, previous, now });
    previous = link.link;
  }
  mustHold(seal.links === links.length, subject, 'it has not as many links as its seal says');
  mustHold(sameBytes(seal.link, previous), subject, 'its seal does not end with its last link');
  const newest = Math.max(-1, ...[...leaves.keys()].slice(-1));
  mustHold((seal.sealed?.leafIndex ?? -1) === newest, subject, 'its seal does not name its newest leaf');
  mustHold(
    (seal.sealed?.sequence ?? -1) === (leaves.get(newest)?.sequence ?? -1),
    subject,
    'its seal and its newest leaf do not agree',
  );
  for (const leaf of leaves.values()) verifyLeaf(leaf, links, now);
  return now.lines.size - links.length;
};

const leavesOf = (seals: SealBooks): Map<string, Map<number, AccountState>> => {
  const all = new Map<string, Map<number, AccountState>>();
  for (let index = 0; index < seals.leaves.size; index += 1) {
    const leaf = seals.leaves.get(index);
    if (leaf === undefined) continue;
    const own = all.get(leaf.accountId) ?? new Map<number, AccountState>();
    all.set(leaf.accountId, own.set(index, leaf));
  }
  return all;
};

/** Subjects that the books have, sealed or not, and how many lines each has. */
const inBooks = (ledger: LedgerBooks): Map<SealSubject, number> =>
  new Map<SealSubject, number>([
    ...[...ledger.heads.keys()].flatMap((accountId): [SealSubject, number][] => [
      [accountId, ledger.entriesOf(accountId).length],
      [refusalsOf(accountId), ledger.refusalsOf(accountId).length],
    ]),
    ...[...ledger.rows].map(([poolId, rows]): [SealSubject, number] => [poolId, rows.length]),
  ]);

/** Checks every chain. Gives how many links there are, and how many lines have none yet. Throws DoesNotFit. */
export const verifyChains = (ledger: LedgerBooks, seals: SealBooks): { links: number; unsealed: number } => {
  const leaves = leavesOf(seals);
  for (const subject of seals.links.keys()) {
    mustHold(seals.seals.has(subject), subject, 'it has links and no seal');
  }
  const sealed = new Set<string>(seals.seals.keys());
  for (const subject of leaves.keys()) mustHold(sealed.has(subject), subject, 'it has leaves and no seal');
  let [links, unsealed] = [0, 0];
  for (const [subject, seal] of seals.seals) {
    const now = nowOf(ledger, subject);
    mustHold(now !== undefined, subject, 'it was sealed, and it is not in the books');
    if (now === undefined) continue;
    const own = seals.links.get(subject) ?? [];
    unsealed += verifySubject(subject, {
      now,
      seal,
      links: own,
      leaves: leaves.get(subject) ?? new Map<number, AccountState>(),
    });
    links += own.length;
  }
  for (const [subject, lines] of inBooks(ledger)) if (!seals.seals.has(subject)) unsealed += lines;
  return { links, unsealed };
};
