/**
 * Seals what has changed. The message that something changed says only where to look: what is sealed is what
 * stands in the books now. So messages may come twice, late, in another order or in other batches, and one that
 * is lost is made good by the next of the same account. Source: packages/seal/README.md.
 */
import { FundId, PoolId } from '@time-bank/contracts/ledger';
import { AccountId } from '@time-bank/contracts/ids';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import { GENESIS, linkOf } from '@time-bank/seal/chain';
import type { Digest } from '@time-bank/seal/digest';
import type { Signer } from '@time-bank/seal/signer';
import type { Ports } from './ports.ts';
import { type Seal, type SealLog, type SealSubject, type SealedLink, refusalsOf } from './seal-book.ts';
import {
  digestOfCount,
  digestOfEntry,
  digestOfFund,
  digestOfHead,
  digestOfRow,
  digestOfTombstone,
} from './seal-digests.ts';
import { growLog } from './seal-growth.ts';
import { type WaitingLine, inOrder, spokenOf } from './seal-order.ts';

/** Where something changed, and the oldest id (ms since 1970) among what did, where it is known. */
export interface Changed {
  subject: AccountId | PoolId | FundId;
  sinceMs?: number;
}

/** What sealing works with. `keep` puts a checkpoint where the ledger's keepers cannot reach it; it may come twice. */
export interface SealWork extends Pick<Ports, 'clock' | 'books' | 'sealBook' | 'journal'> {
  signer: Signer;
  keep: (note: string) => Promise<void>;
  pause: (attempt: number) => Promise<void>;
}

/** How much was sealed. */
export interface SealReport {
  links: number;
  leaves: number;
}

/** Lines are put under ids of up to 31 days; what jobs derive is told by the message itself. */
const WINDOW_MS = 33 * 24 * 60 * 60 * 1000;
/** An account with fewer links is read whole: that costs one read unit or two. */
const SMALL = 50;
/** Items in one write, with room for tiles and the two of the log; DynamoDB takes 100. */
const ITEMS_MAX = 90;
/** Links of one account in one write; more go ahead in writes of their own. */
const LINKS_MAX = 60;
/** As many as two sealers need to get out of each other's way. */
const TRIES = 12;

/** The books do not fit the seals: a line has vanished or was put in. Sealing would hide it. */
export class CannotSeal extends Error {
  override name = 'CannotSeal';
}

/** What a subject has to be sealed now. */
interface Standing {
  subject: SealSubject;
  before: Seal | undefined;
  lines: readonly WaitingLine[];
  headDigest: Digest;
}

/** A subject on its way: its chain with the new links, not written yet. */
interface Linked {
  standing: Standing;
  links: readonly SealedLink[];
  after: Seal;
}

const since = (work: SealWork, seal: Seal | undefined, changed: Changed): number | undefined =>
  seal === undefined || seal.links < SMALL
    ? undefined
    : Math.min(work.clock.nowMs() - WINDOW_MS, changed.sinceMs ?? Infinity);

const unlinked = <T extends { transferId: string }>(all: readonly T[], linked: ReadonlySet<string>): T[] =>
  all.filter(({ transferId }) => !linked.has(transferId));

const readLines = async (work: SealWork, accountId: AccountId, fromMs: number | undefined) => {
  // Links first: a line that is linked in between is then read as new, and the count below tells.
  const linked = await work.sealBook.listLinkedNow(accountId, fromMs);
  const books = await work.books.readAccountBooksNow(accountId, fromMs);
  const entries = books?.lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : [])) ?? [];
  const refusals = books?.lines.flatMap((line) => (line.kind === 'refused' ? [line.tombstone] : [])) ?? [];
  return { books, entries: unlinked(entries, linked), refusals };
};

const standingOfRefusals = async (
  work: SealWork,
  accountId: AccountId,
  { refusals, fromMs }: { refusals: Awaited<ReturnType<typeof readLines>>['refusals']; fromMs?: number },
): Promise<Standing[]> => {
  if (refusals.length === 0) return [];
  const subject = refusalsOf(accountId);
  const before = (await work.sealBook.readSealsNow([subject])).get(subject);
  const fresh = unlinked(refusals, await work.sealBook.listLinkedNow(subject, fromMs));
  const lines = fresh.map((tombstone): WaitingLine => ({
    transferId: tombstone.transferId,
    at: tombstone.at,
    after: [],
    digest: digestOfTombstone(tombstone),
  }));
  return [{ subject, before, lines, headDigest: digestOfCount((before?.links ?? 0) + lines.length) }];
};

/** The account, where its new lines and its links together are exactly as many as its head says. */
const standingOfAccount = async (
  work: SealWork,
  changed: Changed & { subject: AccountId },
): Promise<Standing[]> => {
  const { subject } = changed;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = (await work.sealBook.readSealsNow([subject])).get(subject);
    // What the window does not explain, the whole account may.
    const fromMs = attempt === 0 ? since(work, before, changed) : undefined;
    const { books, entries, refusals } = await readLines(work, subject, fromMs);
    if (books === undefined && before === undefined) return [];
    if (books !== undefined && books.head.sequence === (before?.links ?? 0) + entries.length) {
      const lines = entries.map((entry): WaitingLine => ({
        transferId: entry.transferId,
        at: entry.at,
        after: spokenOf(entry),
        digest: digestOfEntry(entry),
      }));
      return [
        { subject, before, lines, headDigest: digestOfHead(books.head, books.openedAt) },
        ...(await standingOfRefusals(work, subject, {
          refusals,
          ...(fromMs === undefined ? {} : { fromMs }),
        })),
      ];
    }
    await work.pause(attempt);
  }
  throw new CannotSeal(`the lines of ${subject} are not those that its head and its links count`);
};

const standingOfPool = async (
  work: SealWork,
  changed: Changed & { subject: PoolId },
): Promise<Standing[]> => {
  const { subject } = changed;
  const before = (await work.sealBook.readSealsNow([subject])).get(subject);
  const fromMs = since(work, before, changed);
  const linked = await work.sealBook.listLinkedNow(subject, fromMs);
  const rows = unlinked(await work.books.readPoolRowsNow(subject, fromMs), linked);
  const lines = rows.map((row): WaitingLine => ({
    transferId: row.transferId,
    at: row.at,
    after: [],
    digest: digestOfRow(row),
  }));
  return [{ subject, before, lines, headDigest: digestOfCount((before?.links ?? 0) + lines.length) }];
};

const standingOfFund = async (work: SealWork, subject: FundId): Promise<Standing[]> => {
  const before = (await work.sealBook.readSealsNow([subject])).get(subject);
  const fund = before === undefined ? await work.journal.readFundNow(subject) : undefined;
  return fund === undefined ? [] : [{ subject, before, lines: [], headDigest: digestOfFund(fund) }];
};

const standingOf = (work: SealWork, changed: Changed): Promise<Standing[]> => {
  const account = AccountId.safeParse(changed.subject);
  if (account.success) return standingOfAccount(work, { ...changed, subject: account.data });
  const pool = PoolId.safeParse(changed.subject);
  if (pool.success) return standingOfPool(work, { ...changed, subject: pool.data });
  return standingOfFund(work, FundId.parse(changed.subject));
};

const needsSeal = ({ before, lines }: Standing): boolean =>
  lines.length > 0 || before?.sealed === undefined || before.sealed.sequence !== before.links;

const linkedOf = (standing: Standing): Linked => {
  const { subject, before } = standing;
  let [number, previous] = [before?.links ?? 0, before?.link ?? GENESIS];
  const links = inOrder(standing.lines).map(({ transferId, digest }): SealedLink => {
    number += 1;
    previous = linkOf({ accountId: subject, number, previous, entryDigest: digest });
    return { number, transferId, entryDigest: digest, link: previous };
  });
  const sealed = before?.sealed;
  return {
    standing,
    links,
    after: { subject, links: number, link: previous, ...(sealed === undefined ? {} : { sealed }) },
  };
};

/** Puts the links of a long history in parts, without a state; what is left goes with the state. */
const goAhead = async (work: SealWork, whole: Linked): Promise<Linked | undefined> => {
  let { standing, links } = whole;
  while (links.length > LINKS_MAX) {
    const part = links.slice(0, LINKS_MAX);
    const last = part.at(-1);
    if (last === undefined) return undefined;
    const sealed = standing.before?.sealed;
    const after: Seal = {
      subject: standing.subject,
      links: last.number,
      link: last.link,
      ...(sealed === undefined ? {} : { sealed }),
    };
    const written = await work.sealBook.write({
      links: part.map((link) => ({ subject: standing.subject, link })),
      seals: [{ before: standing.before, after }],
    });
    if (!written) return undefined;
    standing = { ...standing, before: after };
    links = links.slice(LINKS_MAX);
  }
  return { ...whole, standing, links };
};

/** Writes links, seals, leaves and a checkpoint of several subjects at once. Undefined where another was faster. */
const writeBatch = async (
  work: SealWork,
  log: SealLog,
  batch: readonly Linked[],
  at: Instant,
): Promise<SealLog | undefined> => {
  const states = batch.map(({ standing, after }) => ({
    accountId: after.subject,
    sequence: after.links,
    link: after.link,
    headDigest: standing.headDigest,
  }));
  const growth = await growLog(work.sealBook.readTile, work.signer, log, { states, at });
  const written = await work.sealBook.write({
    links: batch.flatMap(({ links, after }) => links.map((link) => ({ subject: after.subject, link }))),
    seals: batch.map(({ standing, after }, index) => ({
      before: standing.before,
      after: { ...after, sealed: { sequence: after.links, leafIndex: log.state.size + index } },
    })),
    growth,
  });
  if (!written) return undefined;
  await work.keep(growth.after.note);
  return growth.after;
};

/** Subjects that go into one write: a link each, a seal and a leaf. */
const batchesOf = (all: readonly Linked[]): Linked[][] => {
  const batches: Linked[][] = [];
  let room = 0;
  for (const each of all) {
    const items = each.links.length + 2;
    const last = batches.at(-1);
    if (last === undefined || items > room) {
      batches.push([each]);
      room = ITEMS_MAX - items;
    } else {
      last.push(each);
      room -= items;
    }
  }
  return batches;
};

/** How many subjects are read at once. */
const AT_ONCE = 8;

const standingsOf = async (work: SealWork, changed: readonly Changed[]): Promise<Standing[]> => {
  const standings: Standing[] = [];
  for (let start = 0; start < changed.length; start += AT_ONCE) {
    const part = changed.slice(start, start + AT_ONCE);
    standings.push(...(await Promise.all(part.map((each) => standingOf(work, each)))).flat());
  }
  return standings.filter(needsSeal);
};

/** One try over all subjects. Gives what was sealed, and whether another sealer stood in the way. */
const seal = async (
  work: SealWork,
  changed: readonly Changed[],
): Promise<SealReport & { again: boolean }> => {
  const report = { links: 0, leaves: 0, again: false };
  const standings = await standingsOf(work, changed);
  let log: SealLog | undefined = await work.sealBook.readLogNow();
  // Whoever wrote the newest checkpoint may have been stopped before it was kept elsewhere.
  if (log.note !== undefined) await work.keep(log.note);
  const ready: Linked[] = [];
  for (const standing of standings) {
    const linked = await goAhead(work, linkedOf(standing));
    if (linked === undefined) report.again = true;
    else ready.push(linked);
  }
  for (const batch of batchesOf(ready)) {
    log = await writeBatch(work, log, batch, instantOf(work.clock.nowMs()));
    if (log === undefined) return { ...report, again: true };
    report.links += batch.reduce((sum, { links }) => sum + links.length, 0);
    report.leaves += batch.length;
  }
  return report;
};

/**
 * Seals subjects as they stand: links for their new lines, a leaf for their state, a signed checkpoint over all.
 * Safe to run twice, and two at once: every write is conditional on what was read. Does nothing where all is sealed.
 * Throws CannotSeal where the books and the seals contradict each other, and where others never let it through.
 */
export const sealAccounts = async (work: SealWork, changed: readonly Changed[]): Promise<SealReport> => {
  const merged = new Map<string, Changed>();
  for (const each of changed) {
    const before = merged.get(each.subject);
    const sinceMs = Math.min(each.sinceMs ?? Infinity, before?.sinceMs ?? Infinity);
    merged.set(each.subject, { subject: each.subject, ...(sinceMs === Infinity ? {} : { sinceMs }) });
  }
  const total = { links: 0, leaves: 0 };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { again, links, leaves } = await seal(work, [...merged.values()]);
    total.links += links;
    total.leaves += leaves;
    if (!again) return total;
    await work.pause(attempt);
  }
  throw new CannotSeal('other sealers stood in the way every time');
};

/** Subjects looked at in one go by a sweep. */
const SWEEP = 50;

/** Seals what no message told of: every subject that is given, in parts. Gives how much was missing. */
export const sealMissing = async (
  work: SealWork,
  subjects: AsyncIterable<Changed['subject']>,
): Promise<SealReport> => {
  const total = { links: 0, leaves: 0 };
  let part: Changed[] = [];
  const flush = async (): Promise<void> => {
    const { links, leaves } = await sealAccounts(work, part);
    total.links += links;
    total.leaves += leaves;
    part = [];
  };
  for await (const subject of subjects) {
    // A pool has no count that would tell: it is read whole.
    part.push(PoolId.safeParse(subject).success ? { subject, sinceMs: 0 } : { subject });
    if (part.length === SWEEP) await flush();
  }
  if (part.length > 0) await flush();
  return total;
};
