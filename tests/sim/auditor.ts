/**
 * Who checks the laws. The auditor stands between the store and everything that can go wrong: it hears what is
 * written, looks at what stands there afterwards, and keeps books of its own.
 */
import { isDeepStrictEqual } from 'node:util';
import { type AccountId, type TransferId, ulidTime } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import { civilDateOf, msOf } from '@time-bank/contracts/time';
import type { Change, Commit, Journal } from '@time-bank/desk/ports';
import { type AccountHead, type Bucket, buckets, openedAccount, sizeOf } from '@time-bank/ledger/account';
import { type LedgerChange, nameOfUse } from '@time-bank/ledger/change';
import { type Entry, applied } from '@time-bank/ledger/entry';
import type { Policy } from '@time-bank/policy/policy';
import type { PolicyBook } from '@time-bank/policy/policy-book';
import { creditedMinutes } from '@time-bank/policy/policy';
import type { RequestRecord } from '@time-bank/care/request';
import type { Memory } from '@time-bank/store/memory-ports';

/** The laws, by the names under which a broken one is told. */
export const laws = {
  zero: 'all minutes of accounts, pools and derived counterparts add up to zero',
  notNegative: 'no kind of minutes is ever below zero',
  fold: 'an account is the fold of its lines',
  once: 'a transfer stands at most once on an account, and what stands is never changed',
  acknowledged: 'what was acknowledged stands, exactly once',
  holdOnce: 'a hold ends at most once, in its time',
  sameAnswer: 'the same id gets the same answer, refusals too',
  restores: 'a correction takes back what the line gave, and once',
  caps: 'caps hold: of the balance, of the day, of the year of gifts, of holds, grants and ties',
  version: 'a record carries the version of the rules under which it was accepted',
  nothing: 'what was not done has written nothing',
  states: 'nothing goes out of a frozen account, nothing moves on a closed one',
  order: 'granted minutes are spent first, then gifts, then earned ones; gifts are never passed on',
  pools: 'a pool grants what came in, and what came in is collected once',
  documents: 'a document of another bank counts once',
  board: 'the board ends the same, in whatever order its records come',
  noBug: 'no use case throws anything but that the store is away',
  ends: 'once nothing goes wrong any more, every command gets its answer',
} as const;

/** The name of a law. */
export type Law = keyof typeof laws;

/** A law that does not hold. */
export class LawBroken extends Error {
  readonly law: Law;
  constructor(law: Law, what: string) {
    super(`${law}: ${laws[law]} — ${what}`);
    this.law = law;
  }
}

/** What counts against the cap, by the auditor's own reckoning. */
const countedOf = ({ minutes }: AccountHead): number =>
  minutes.earned + minutes.gift + minutes.granted + minutes.held;

const hold = (isHeld: boolean, law: Law, what: () => string): void => {
  if (!isHeld) throw new LawBroken(law, what());
};

const netOf = (minutes: Partial<Record<Bucket, number>>): number =>
  buckets.reduce((sum, bucket) => sum + (bucket === 'debt' ? -1 : 1) * (minutes[bucket] ?? 0), 0);

interface AccountBook {
  seen: AccountHead;
  shadow: AccountHead;
  minutes: Record<Bucket, number>;
  lines: Map<TransferId, unknown>;
  ended: Set<string>;
  takenBack: Set<string>;
  credited: Map<string, number>;
  given: Map<string, number>;
}

interface PoolBook {
  rows: Map<TransferId, number>;
  collected: Set<TransferId>;
  /** What the parts must have between them. */
  inShards: number;
}

/** By whom something is written: which decisions the writer has, and its clock. */
export interface Writer {
  /** The books that it may hold, the newest last. */
  books: readonly PolicyBook[];
  /** The dates on its clock since it began. */
  dates: readonly string[];
}

/** Lines that take something out of an account at somebody's wish. */
const goingOut: readonly Entry['kind'][] = ['gift_out', 'donated', 'held'];

const bookOf = (head: AccountHead): AccountBook => ({
  seen: head,
  shadow: head,
  minutes: { ...head.minutes },
  lines: new Map(),
  ended: new Set(),
  takenBack: new Set(),
  credited: new Map(),
  given: new Map(),
});

/** Checks the laws on a memory. */
export class Auditor {
  readonly #memory: Memory;
  readonly #accounts = new Map<AccountId, AccountBook>();
  readonly #pools = new Map<PoolId, PoolBook>();
  readonly #documents = new Set<string>();
  readonly #versions = new Map<string, string>();
  #sum = 0;
  #derived = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Takes over accounts that were opened beside the journal, empty. */
  takeOver(): void {
    for (const [accountId, head] of this.#memory.ledger.heads) {
      if (this.#accounts.has(accountId)) continue;
      hold(
        isDeepStrictEqual(
          head,
          openedAccount(accountId, head.state === 'donate_only' ? 'donate_only' : 'open'),
        ),
        'zero',
        () => `${accountId} was not opened empty`,
      );
      this.#accounts.set(accountId, bookOf(head));
    }
  }

  /** The journal, heard. `writer` tells who writes. */
  hear(journal: Journal, writer: () => Writer): Journal {
    return {
      ...journal,
      commit: async (changes) => {
        const commit = await journal.commit(changes);
        this.#heard(changes, commit, writer());
        return commit;
      },
      keepRefusal: async (tombstone) => {
        const { accountId, transferId } = tombstone;
        const before = this.#accounts.get(accountId)?.lines.get(transferId);
        const there = await journal.keepRefusal(tombstone);
        const now = this.#memory.ledger.lines.get(accountId)?.get(transferId);
        hold(now !== undefined, 'acknowledged', () => `a refusal was not kept: ${transferId}`);
        hold(
          (there === undefined) === (before === undefined),
          'once',
          () => `a refusal was kept over ${transferId}`,
        );
        this.#lineStays(accountId, transferId);
        this.#lineCount(accountId);
        return there;
      },
    };
  }

  #bookOf(accountId: AccountId): AccountBook {
    const book = this.#accounts.get(accountId);
    if (book !== undefined) return book;
    throw new LawBroken('fold', `${accountId} was never opened`);
  }

  #poolOf(poolId: PoolId): PoolBook {
    const there = this.#pools.get(poolId);
    if (there !== undefined) return there;
    const made: PoolBook = { rows: new Map(), collected: new Set(), inShards: 0 };
    this.#pools.set(poolId, made);
    return made;
  }

  /** A line is what it was when it was first seen. */
  #lineStays(accountId: AccountId, transferId: TransferId): void {
    const { lines } = this.#bookOf(accountId);
    const now = this.#memory.ledger.lines.get(accountId)?.get(transferId);
    const before = lines.get(transferId);
    hold(before === undefined || before === now, 'once', () => `${transferId} on ${accountId} was changed`);
    if (now !== undefined) lines.set(transferId, now);
  }

  #lineCount(accountId: AccountId): void {
    const [kept, heard] = [
      this.#memory.ledger.lines.get(accountId)?.size ?? 0,
      this.#bookOf(accountId).lines.size,
    ];
    hold(
      kept === heard,
      'fold',
      () => `${accountId} has ${String(kept)} lines, ${String(heard)} were written`,
    );
  }

  #heard(changes: readonly Change[], commit: Commit, writer: Writer): void {
    const posts = changes.filter((change) => change.change === 'post');
    if (commit.kind !== 'done') {
      for (const { entries } of posts) this.#nothingWritten(entries[0].accountId);
      return;
    }
    const before = this.#sum + this.#derived;
    for (const change of changes) this.#written(change, changes, writer);
    for (const { entries } of posts) this.#looked(entries[0].accountId);
    hold(
      before === 0 && this.#sum + this.#derived === 0,
      'zero',
      () => `the sum is ${String(this.#sum + this.#derived)} after ${JSON.stringify(changes)}`,
    );
  }

  #nothingWritten(accountId: AccountId): void {
    const book = this.#accounts.get(accountId);
    hold(
      this.#memory.ledger.heads.get(accountId) === book?.seen,
      'nothing',
      () => `${accountId} was changed`,
    );
    if (book !== undefined) this.#lineCount(accountId);
  }

  #written(change: Change, all: readonly Change[], writer: Writer): void {
    switch (change.change) {
      case 'open_account': {
        const head = this.#memory.ledger.heads.get(change.accountId);
        hold(
          head !== undefined && !this.#accounts.has(change.accountId),
          'once',
          () => `${change.accountId} was opened twice`,
        );
        if (head !== undefined) this.#accounts.set(change.accountId, bookOf(head));
        return;
      }
      case 'post':
        for (const entry of change.entries) this.#line(entry, all, writer);
        return;
      case 'pool_in':
      case 'pool_out':
      case 'collect':
        this.#pool(change);
        return;
      case 'put_document':
        hold(!this.#documents.has(nameOfUse(change)), 'documents', () => `${nameOfUse(change)} twice`);
        this.#documents.add(nameOfUse(change));
        return;
      case 'put_request':
      case 'move_request':
        this.#request(change.request, change.change === 'put_request', writer);
        return;
      default:
    }
  }

  #pool(change: LedgerChange & { change: 'pool_in' | 'pool_out' | 'collect' }): void {
    if (change.change === 'collect') {
      const book = this.#poolOf(change.poolId);
      let minutes = 0;
      for (const id of change.transferIds) {
        const row = book.rows.get(id);
        hold(
          row !== undefined && row > 0 && !book.collected.has(id),
          'pools',
          () => `${id} was collected twice or is no gift`,
        );
        book.collected.add(id);
        minutes += row ?? 0;
      }
      hold(
        minutes === change.minutes,
        'pools',
        () => `${String(change.minutes)} were collected of ${String(minutes)}`,
      );
      book.inShards += change.minutes;
      this.#shards(change.poolId);
      return;
    }
    const { row } = change;
    const book = this.#poolOf(row.poolId);
    hold(
      !book.rows.has(row.transferId),
      'once',
      () => `row ${row.transferId} of ${row.poolId} was put twice`,
    );
    hold(
      change.change === 'pool_in' ? row.minutes > 0 : row.minutes < 0,
      'pools',
      () => `row ${row.transferId} is ${String(row.minutes)}`,
    );
    book.rows.set(row.transferId, row.minutes);
    hold(
      this.#memory.ledger.rows.get(row.poolId)?.get(row.transferId)?.minutes === row.minutes,
      'acknowledged',
      () => `row ${row.transferId} does not stand`,
    );
    this.#sum += row.minutes;
    if (change.change === 'pool_out') {
      book.inShards += row.minutes;
      this.#shards(row.poolId);
    }
  }

  #shards(poolId: PoolId): void {
    const parts = [...(this.#memory.ledger.shards.get(poolId)?.values() ?? [])];
    hold(
      parts.every((minutes) => minutes >= 0),
      'notNegative',
      () => `a part of ${poolId} is below zero`,
    );
    const sum = parts.reduce((all, each) => all + each, 0);
    const { inShards } = this.#poolOf(poolId);
    hold(sum === inShards, 'pools', () => `${poolId} has ${String(sum)}, it should be ${String(inShards)}`);
  }

  #line(entry: Entry, all: readonly Change[], writer: Writer): void {
    const { accountId, transferId } = entry;
    const book = this.#bookOf(accountId);
    hold(
      !book.lines.has(transferId),
      'once',
      () => `${entry.kind} ${transferId} was put twice on ${accountId}`,
    );
    const line = this.#memory.ledger.lines.get(accountId)?.get(transferId);
    hold(
      line?.kind === 'entry' && isDeepStrictEqual(line.entry, entry),
      'acknowledged',
      () => `${entry.kind} ${transferId} does not stand on ${accountId}`,
    );
    book.lines.set(transferId, line);
    const before = book.shadow;
    this.#moves(entry, book);
    this.#ends(entry, before, book);
    this.#inState(entry, before, all);
    this.#inOrder(entry, before);
    this.#inCaps(entry, book);
    this.#takesBack(entry, book);
    this.#ofVersion(entry, writer);
    this.#isOfItsTime(entry);
  }

  #moves(entry: Entry, book: AccountBook): void {
    for (const bucket of buckets) {
      book.minutes[bucket] += entry.minutes[bucket] ?? 0;
      hold(
        book.minutes[bucket] >= 0,
        'notNegative',
        () =>
          `${bucket} of ${entry.accountId} would be ${String(book.minutes[bucket])} after ${entry.kind} ${entry.transferId}`,
      );
    }
    try {
      book.shadow = applied(book.shadow, entry);
    } catch (error) {
      throw new LawBroken('fold', error instanceof Error ? error.message : String(error));
    }
    const net = netOf(entry.minutes);
    this.#sum += net;
    const isDerived =
      ['issue', 'outside'].includes(entry.counterpart) || entry.counterpart.startsWith('fund:');
    if (isDerived) this.#derived -= net + (entry.overflow?.minutes ?? 0);
    if (entry.counterpart === entry.accountId) {
      hold(net === 0, 'zero', () => `${entry.kind} ${entry.transferId} makes or loses minutes by itself`);
    }
  }

  #ends(entry: Entry, before: AccountHead, book: AccountBook): void {
    if (entry.resolves === undefined) return;
    const end = entry.resolves;
    const held = Object.entries(before.holds).find(([id]) => id === end)?.[1];
    hold(
      held !== undefined && !book.ended.has(end),
      'holdOnce',
      () => `${end} ended twice on ${entry.accountId}`,
    );
    book.ended.add(end);
    if (held === undefined) return;
    hold(entry.minutes.held === -sizeOf(held), 'holdOnce', () => `${end} ended in part`);
    const isLate = msOf(entry.at) >= msOf(held.lapsesAt);
    if (entry.kind === 'spent') hold(!isLate, 'holdOnce', () => `${end} was used after it had lapsed`);
    if (entry.reason === 'hold_lapsed') hold(isLate, 'holdOnce', () => `${end} lapsed before its time`);
    if (entry.kind === 'released') this.#allBack(entry, held);
  }

  #allBack(entry: Entry, held: AccountHead['holds'][TransferId] & object): void {
    const returned = Object.values(entry.returned ?? {}).reduce((sum, { minutes }) => sum + minutes, 0);
    const isSame =
      (entry.minutes.earned ?? 0) === held.earned &&
      (entry.minutes.gift ?? 0) === held.gift &&
      (entry.minutes.granted ?? 0) === returned &&
      isDeepStrictEqual({ ...(entry.returned ?? {}) }, { ...held.lots });
    hold(isSame, 'order', () => `${entry.transferId} gives back other minutes than were held`);
  }

  #inState(entry: Entry, before: AccountHead, all: readonly Change[]): void {
    hold(before.state !== 'closed', 'states', () => `${entry.kind} on ${entry.accountId}, which is closed`);
    const isClosing = all.some(
      (change) => change.change === 'post' && change.entries.some(({ kind }) => kind === 'closed'),
    );
    const isOut = goingOut.includes(entry.kind) && !isClosing;
    hold(
      before.state !== 'frozen' || !isOut,
      'states',
      () => `${entry.kind} on ${entry.accountId}, which is frozen`,
    );
    hold(
      before.state !== 'donate_only' ||
        [
          'earned',
          'donated',
          'overflow_chosen',
          'sign_ins_ended',
          'closed',
          'reversed',
          'forfeited',
        ].includes(entry.kind),
      'states',
      () => `${entry.kind} on an organisation's account`,
    );
    if (entry.kind !== 'lapsed') return;
    for (const id of Object.keys(entry.lots ?? {})) {
      const lot = Object.entries(before.lots).find(([name]) => name === id)?.[1];
      hold(
        lot !== undefined && (isClosing || msOf(lot.lapsesAt) <= msOf(entry.at)),
        'states',
        () => `grant ${id} lapsed before its time`,
      );
    }
  }

  #inOrder(entry: Entry, before: AccountHead): void {
    if (entry.kind === 'gift_in') {
      hold(
        netOf(entry.minutes) === entry.minutes.gift,
        'order',
        () => `${entry.transferId} arrives as something else than a gift`,
      );
    }
    if (entry.kind === 'gift_out') {
      hold(
        Object.keys(entry.minutes).every((bucket) => bucket === 'earned'),
        'order',
        () => `${entry.transferId} passes on what was given`,
      );
    }
    if (entry.kind === 'donated' && (entry.minutes.earned ?? 0) < 0) {
      hold(
        before.minutes.gift + (entry.minutes.gift ?? 0) === 0,
        'order',
        () => `${entry.transferId} donates earned minutes before gifts`,
      );
    }
    if (entry.kind !== 'held') return;
    const live = Object.entries(before.lots).filter(([, lot]) => msOf(lot.lapsesAt) > msOf(entry.at));
    const left = live.filter(
      ([id, lot]) =>
        lot.minutes + (Object.entries(entry.lots ?? {}).find(([name]) => name === id)?.[1] ?? 0) > 0,
    );
    hold(
      Object.keys(entry.lots ?? {}).every((id) => live.some(([name]) => name === id)),
      'order',
      () => `${entry.transferId} holds a grant that is over`,
    );
    const usesGift = (entry.minutes.gift ?? 0) < 0;
    const usesEarned = (entry.minutes.earned ?? 0) < 0;
    hold(
      left.length === 0 || (!usesGift && !usesEarned),
      'order',
      () => `${entry.transferId} holds other minutes before the granted ones`,
    );
    hold(
      !usesEarned || before.minutes.gift + (entry.minutes.gift ?? 0) === 0,
      'order',
      () => `${entry.transferId} holds earned minutes before gifts`,
    );
    const used = Object.entries(entry.lots ?? {}).map(([id]) =>
      msOf(before.lots[id as TransferId]?.lapsesAt ?? entry.at),
    );
    hold(
      left.every(([, lot]) => used.every((lapsesAt) => lapsesAt <= msOf(lot.lapsesAt))),
      'order',
      () => `${entry.transferId} holds a later grant before a sooner one`,
    );
  }

  #policyOf(entry: Entry): Policy {
    const policy = this.book?.byVersion(entry.region, entry.policyVersion);
    if (policy === undefined)
      throw new LawBroken(
        'version',
        `${entry.transferId} names rules that never were: ${entry.policyVersion}`,
      );
    return policy;
  }

  /** The newest book. */
  book: PolicyBook | undefined;

  #inCaps(entry: Entry, book: AccountBook): void {
    const policy = this.#policyOf(entry);
    const after = book.shadow;
    const comesIn = ['earned', 'gift_in', 'granted', 'inherited', 'moved_in'].includes(entry.kind);
    const adds = (entry.minutes.earned ?? 0) + (entry.minutes.gift ?? 0) + (entry.minutes.granted ?? 0);
    if (comesIn && adds > 0)
      hold(
        countedOf(after) <= policy.balanceCapMinutes,
        'caps',
        () => `${entry.kind} ${entry.transferId} brings ${entry.accountId} to ${String(countedOf(after))}`,
      );
    if (entry.kind === 'held')
      hold(
        Object.keys(after.holds).length <= policy.openHoldsMax,
        'caps',
        () => `${entry.accountId} has too many holds`,
      );
    if (entry.kind === 'granted')
      hold(Object.keys(after.lots).length <= 6, 'caps', () => `${entry.accountId} has too many grants`);
    if (entry.kind === 'bond_made')
      hold(
        Object.keys(after.bonds).length <= policy.bondsMax,
        'caps',
        () => `${entry.accountId} has too many ties`,
      );
    if (entry.kind === 'earned' && entry.corrects === undefined) this.#inDay(entry, book, policy);
    if (entry.kind === 'gift_out') this.#inYear(entry, book, policy);
  }

  #inDay(entry: Entry, book: AccountBook, policy: Policy): void {
    const day = entry.serviceDay ?? civilDateOf(entry.at);
    const credited = (entry.minutes.earned ?? 0) - (entry.minutes.debt ?? 0);
    const sum = (book.credited.get(day) ?? 0) + credited;
    book.credited.set(day, sum);
    const tally = `d${day.replaceAll('-', '')}`;
    hold(
      (book.shadow.tallies[tally] ?? 0) === sum,
      'fold',
      () => `the tally of ${day} is not what was credited`,
    );
    const isGroup = entry.reason === 'group_activity';
    if (credited > 0 && !isGroup)
      hold(
        sum <= policy.dailyCreditMinutesMax,
        'caps',
        () => `${entry.accountId} was credited ${String(sum)} for ${day}`,
      );
    const head = book.shadow;
    if ((entry.minutes.honour ?? 0) > 0)
      hold(
        head.overflowPool === undefined,
        'caps',
        () => `${entry.transferId} became honour minutes against the member's choice`,
      );
    if ((entry.minutes.earned ?? 0) > 0)
      hold(
        head.minutes.debt === 0,
        'caps',
        () => `${entry.transferId} was credited before the debt was repaid`,
      );
  }

  #inYear(entry: Entry, book: AccountBook, policy: Policy): void {
    const year = civilDateOf(entry.at).slice(0, 4);
    const sum = (book.given.get(year) ?? 0) - netOf(entry.minutes);
    book.given.set(year, sum);
    hold(
      (book.shadow.tallies[`y${year}`] ?? 0) === sum,
      'fold',
      () => `the tally of ${year} is not what was given`,
    );
    hold(
      sum <= policy.giftYearMinutesMax,
      'caps',
      () => `${entry.accountId} has given ${String(sum)} in ${year}`,
    );
    const tie = Object.entries(book.shadow.bonds).find(([id]) => id === entry.counterpart)?.[1];
    hold(
      tie !== undefined && tie.from <= civilDateOf(entry.at) && policy.giftRelations.includes(tie.relation),
      'caps',
      () => `${entry.transferId} is a gift without a tie`,
    );
  }

  #takesBack(entry: Entry, book: AccountBook): void {
    if (entry.kind !== 'reversed' || entry.corrects === undefined) return;
    const line = this.#memory.ledger.lines.get(entry.accountId)?.get(entry.corrects);
    hold(line?.kind === 'entry', 'restores', () => `${entry.transferId} takes back a line that is not there`);
    hold(!book.takenBack.has(entry.corrects), 'restores', () => `${entry.corrects} was taken back twice`);
    book.takenBack.add(entry.corrects);
    if (line?.kind !== 'entry') return;
    // What went on to a pool was given away by the member: it is taken back as well.
    const given = netOf(line.entry.minutes) + (line.entry.overflow?.minutes ?? 0);
    const back = netOf(entry.minutes);
    const isWhole =
      (this.book ?? { byVersion: () => undefined }).byVersion(entry.region, entry.policyVersion)
        ?.reversalShortfall === 'debt';
    hold(
      isWhole ? back === -given : -back <= given,
      'restores',
      () => `${entry.transferId} takes back ${String(-back)} of ${String(given)}`,
    );
  }

  /** Nobody's command is taken under an id of another month. */
  #isOfItsTime({ transferId, channel, kind, at, requestId }: Entry): void {
    if (channel === 'job' || requestId !== undefined || kind === 'earned') return;
    const days = (msOf(at) - ulidTime(transferId)) / 86_400_000;
    hold(
      days <= 31 && days >= -1,
      'once',
      () => `${kind} ${transferId} was taken ${days.toFixed(1)} days after its id was made`,
    );
  }

  #ofVersion(entry: Entry, writer: Writer): void {
    const { requestId, policyVersion, region, reason } = entry;
    if (requestId !== undefined) {
      hold(
        this.#versions.get(requestId) === policyVersion,
        'version',
        () =>
          `${entry.kind} ${entry.transferId} is under ${policyVersion}, its request under ${String(this.#versions.get(requestId))}`,
      );
      return;
    }
    if (reason === 'hold_lapsed' || reason === 'period_over') return;
    this.#isInForce(policyVersion, region, entry.at, writer, entry.transferId);
  }

  #isInForce(version: string, region: string, at: string, writer: Writer, what: string): void {
    const days = [...new Set([civilDateOf(at), ...writer.dates])];
    hold(
      days.some((day) => writer.books.some((book) => book.inForce(region, day).version === version)),
      'version',
      () => `${what} was accepted under ${version}`,
    );
  }

  #request(request: RequestRecord, isNew: boolean, writer: Writer): void {
    const { requestId, policyVersion, history } = request;
    if (isNew) {
      this.#isInForce(policyVersion, request.communityCode, history[0]?.at ?? '', writer, requestId);
      this.#versions.set(requestId, policyVersion);
    }
    hold(this.#versions.get(requestId) === policyVersion, 'version', () => `${requestId} changed its rules`);
    const steps = new Set(history.map(({ stepId }) => stepId));
    hold(steps.size === history.length, 'acknowledged', () => `a step of ${requestId} was done twice`);
    const { receipt } = history.at(-1) ?? {};
    if (request.state !== 'settled' || receipt?.servedMinutes === undefined) return;
    const policy = this.book?.byVersion(request.communityCode, policyVersion);
    if (policy === undefined)
      throw new LawBroken('version', `${requestId} was settled under rules that never were`);
    const counted = creditedMinutes(policy, receipt.servedMinutes, request.plannedMinutes);
    const isPaid = receipt.releasedMinutes !== undefined;
    const credited = isPaid && request.hold !== undefined ? Math.min(counted, sizeOf(request.hold)) : counted;
    hold(
      receipt.creditedMinutes === credited,
      'version',
      () => `${requestId} credits ${String(receipt.creditedMinutes)}, its rules say ${String(credited)}`,
    );
  }

  /** What stands on an account after it was written, against the auditor's own books. */
  #looked(accountId: AccountId): void {
    const book = this.#bookOf(accountId);
    const head = this.#memory.ledger.heads.get(accountId);
    if (head === undefined) throw new LawBroken('fold', `${accountId} is gone`);
    book.seen = head;
    for (const bucket of buckets) {
      hold(
        Number.isSafeInteger(head.minutes[bucket]) && head.minutes[bucket] >= 0,
        'notNegative',
        () => `${bucket} of ${accountId} is ${String(head.minutes[bucket])}`,
      );
      hold(
        head.minutes[bucket] === book.minutes[bucket],
        'fold',
        () =>
          `${bucket} of ${accountId} is ${String(head.minutes[bucket])}, its lines say ${String(book.minutes[bucket])}`,
      );
    }
    this.#lineCount(accountId);
    const { tallies, ...rest } = head;
    const { tallies: all, ...shadow } = book.shadow;
    hold(
      isDeepStrictEqual(rest, shadow),
      'fold',
      () => `${accountId} is ${JSON.stringify(rest)}, its lines say ${JSON.stringify(shadow)}`,
    );
    for (const [key, minutes] of Object.entries(tallies))
      hold(all[key] === minutes, 'fold', () => `tally ${key} of ${accountId}`);
    const kept = Object.keys(tallies).length;
    hold(kept === Object.keys(all).length || kept >= 1, 'fold', () => `the tallies of ${accountId} are gone`);
  }

  /** Everything again, from the first line on. */
  checkAll(): void {
    const { ledger } = this.#memory;
    let sum = 0;
    for (const [accountId, head] of ledger.heads) {
      const book = this.#bookOf(accountId);
      hold(head === book.seen, 'nothing', () => `${accountId} was changed by nobody`);
      this.#foldAll(accountId, head);
      sum += netOf(head.minutes);
    }
    hold(ledger.heads.size === this.#accounts.size, 'fold', () => 'an account is gone');
    for (const [poolId, rows] of ledger.rows) {
      const book = this.#poolOf(poolId);
      hold(rows.size === book.rows.size, 'pools', () => `${poolId} has other rows than were written`);
      for (const { minutes } of rows.values()) sum += minutes;
      this.#shards(poolId);
    }
    hold(sum + this.#derived === 0, 'zero', () => `all together is ${String(sum + this.#derived)}`);
  }

  #foldAll(accountId: AccountId, head: AccountHead): void {
    const book = this.#bookOf(accountId);
    const minutes: Record<Bucket, number> = { earned: 0, gift: 0, granted: 0, held: 0, honour: 0, debt: 0 };
    for (const [transferId, line] of this.#memory.ledger.lines.get(accountId) ?? []) {
      hold(book.lines.get(transferId) === line, 'once', () => `${transferId} on ${accountId} was changed`);
      if (line.kind !== 'entry') continue;
      for (const bucket of buckets) minutes[bucket] += line.entry.minutes[bucket] ?? 0;
    }
    hold(
      isDeepStrictEqual(minutes, { ...head.minutes }),
      'fold',
      () => `${accountId} is not the sum of its lines`,
    );
    this.#lineCount(accountId);
  }

  /** Once all is collected, what came into the pools and did not go out stands in their parts. */
  checkCollected(): void {
    for (const [poolId, book] of this.#pools) {
      const rows = [...book.rows.values()].reduce((all, each) => all + each, 0);
      hold(
        rows === book.inShards,
        'pools',
        () => `${poolId} has rows of ${String(rows)}, in its parts are ${String(book.inShards)}`,
      );
    }
  }
}
