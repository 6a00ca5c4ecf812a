/**
 * A town with a memory of its own: what was commanded, what was answered, and what should stand on every account
 * by the receipts alone. Everything is done through the door; the laws look at the tables as they are.
 */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type AccountId, type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { Receipt } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import type { RequestRecord } from '@time-bank/care/request';
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { defaults } from '@time-bank/policy/catalogue';
import type { Tombstone } from '@time-bank/ledger/change';
import { type AccountHead, buckets, openedAccount } from '@time-bank/ledger/account';
import { type Entry, amountOf, applied, counterAmountOf, netOf } from '@time-bank/ledger/entry';
import { accountOfPartition, entryPrefix } from '@time-bank/store/keys';
import { decodeHead, decodeLine } from '@time-bank/store/ledger-item';
import { decodeRequest } from '@time-bank/store/request-item';
import type { Item } from '@time-bank/store/item';
import { expect } from 'vitest';
import { type Answer, HOME, type Town, liveVisit } from '../town.ts';
import { testVault } from '../vault.ts';
import { OF_CALLS } from '../walks/steps.ts';

/** How a command is given: once, again afterwards, again with other content, or twice in the same moment. */
export type Manner = 'once' | 'again' | 'altered' | 'at once';

/** A message to the door. */
interface Message {
  who: Member;
  path: string;
  body: Record<string, unknown>;
  /** The same id with other content, where this command has any. */
  altered?: Record<string, unknown>;
}

/** A request as this memory knows it. */
export interface Known {
  requestId: string;
  receiver: Member;
  plannedStartAt: string;
  state: Receipt['state'];
  heldMinutes: number;
  volunteer?: Member;
  checkInId?: string;
}

interface Balance {
  available: number;
  held: number;
}

const scanAll = async (town: Town, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await town.connection.client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
};

/** One text for one value, whatever the order of its fields; an engine gives them in any. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part !== 'object' || part === null || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))),
  );

const isOfCalls = (item: Item): boolean =>
  OF_CALLS.some((start) => item['pk']?.S?.startsWith(start) === true);

/** Both tables, word for word, but for what is written of every call. */
const everything = async (town: Town) => ({
  ledger: (await scanAll(town, town.connection.tables.ledger)).map(textOf).sort(),
  care: (await scanAll(town, town.connection.tables.care))
    .filter((item) => !isOfCalls(item))
    .map(textOf)
    .sort(),
});

/** The account that its lines make: each is put on as soon as it can stand. Some order of them leads to the head. */
const folded = (head: AccountHead, lines: readonly Entry[]): AccountHead => {
  let account = openedAccount(head.accountId, 'open');
  let waiting = [...lines].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  while (waiting.length > 0) {
    const index = waiting.findIndex((line) => {
      try {
        account = applied(account, line);
        return true;
      } catch {
        return false;
      }
    });
    if (index < 0) throw new Error(`no line can stand next on ${head.accountId}`);
    waiting = waiting.filter((_, at) => at !== index);
  }
  return account;
};

const isDone = ({ status }: Answer): boolean => status >= 200 && status < 300;

export class World {
  readonly town: Town;
  readonly coordinator: Member;
  readonly elders: Member[];
  /** Volunteers of more than sixty: they give hours and ask for help. */
  readonly helpers: Member[];
  readonly requests: Known[] = [];
  readonly #balances = new Map<AccountId, Balance>();
  readonly #done: { message: Message; answer: Answer }[] = [];
  /** Lines that cannot change any more, as they were when they became so. */
  readonly #final = new Map<string, string>();
  /** What happened, for whoever reads a failure. */
  readonly log: string[] = [];

  private constructor(town: Town, people: { coordinator: Member; elders: Member[]; helpers: Member[] }) {
    this.town = town;
    this.coordinator = people.coordinator;
    this.elders = people.elders;
    this.helpers = people.helpers;
    for (const { memberId } of [people.coordinator, ...people.elders, ...people.helpers]) {
      this.#balances.set(accountOf(memberId), { available: 0, held: 0 });
    }
  }

  /** A coordinator, two elders with and one without a telephone, and three helpers with 90 minutes each. */
  static async begin(town: Town): Promise<World> {
    const coordinator = await town.aCoordinator();
    const elders = [await town.anElder(), await town.anElder(), await town.anElder({}, { phoneless: true })];
    const roles = [
      { role: 'volunteer', region: HOME },
      { role: 'resident', region: HOME },
    ] as const;
    const helpers: Member[] = [];
    for (let count = 0; count < 3; count += 1) helpers.push(await town.aVolunteer({ roles: [...roles] }));
    const world = new World(town, { coordinator, elders, helpers });
    for (const volunteer of helpers) {
      const elder = elders[0] ?? coordinator;
      const { answers } = await liveVisit(town, { coordinator, elder, volunteer }, 90);
      expect(answers.map(isDone)).toEqual([true, true, true, true, true]);
      world.#move(volunteer.memberId, 90, 0);
    }
    await world.checkLaws();
    return world;
  }

  #move(memberId: MemberId, available: number, held: number): void {
    const balance = this.#balances.get(accountOf(memberId));
    if (balance === undefined) throw new Error('everybody has an account');
    balance.available += available;
    balance.held += held;
  }

  /** What a new receipt says of minutes and of its request. */
  #remember(known: Known, receipt: Receipt): void {
    const { receiver, volunteer } = known;
    this.#move(receiver.memberId, -(receipt.heldMinutes ?? 0), receipt.heldMinutes ?? 0);
    known.heldMinutes += receipt.heldMinutes ?? 0;
    if (['settled', 'cancelled', 'unfilled'].includes(receipt.state) && known.heldMinutes > 0) {
      this.#move(receiver.memberId, receipt.releasedMinutes ?? 0, -known.heldMinutes);
      expect((receipt.releasedMinutes ?? 0) + (receipt.creditedMinutes ?? 0)).toBe(known.heldMinutes);
      known.heldMinutes = 0;
    }
    if (receipt.creditedMinutes !== undefined && volunteer !== undefined)
      this.#move(volunteer.memberId, receipt.creditedMinutes, 0);
    known.state = receipt.state;
  }

  #ask({ who, path, body }: Message, changed: Record<string, unknown> = body): Promise<Answer> {
    return this.town.ask(who, 'POST', path, changed);
  }

  async #sameAgain(message: Message, first: Answer): Promise<void> {
    const before = await everything(this.town);
    const again = await this.#ask(message);
    expect(again.body).toEqual(first.body);
    expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([first.status, 'true']);
    expect(await everything(this.town)).toEqual(before);
  }

  /** Gives a command in its manner and holds the laws of commands against it. Gives whether it was done. */
  async give(known: Known, message: Message, manner: Manner): Promise<boolean> {
    const before = await everything(this.town);
    const [answer, twin] = await Promise.all([
      this.#ask(message),
      manner === 'at once' ? this.#ask(message) : undefined,
    ]);
    const code = (answer.body as { error?: { code?: string } }).error?.code ?? 'done';
    this.log.push(`${message.path} ${manner}: ${code}`);
    if (!isDone(answer)) {
      expect(answer.status).toBeLessThan(500);
      await this.#wroteNothing(before, code);
      return false;
    }
    if (twin !== undefined) {
      expect(twin.body).toEqual(answer.body);
      const hits = [answer, twin].filter(({ headers }) => headers.get('Idempotency-Hit') === 'true');
      expect(hits).toHaveLength(1);
    }
    this.#remember(known, answer.body as Receipt);
    this.#done.push({ message, answer });
    if (manner === 'again') await this.#sameAgain(message, answer);
    if (manner === 'altered' && message.altered !== undefined) {
      const after = await everything(this.town);
      const other = await this.#ask(message, message.altered);
      expect([other.status, (other.body as { error: unknown }).error]).toMatchObject([
        409,
        { code: 'exists_with_different_content' },
      ]);
      expect(await everything(this.town)).toEqual(after);
    }
    return true;
  }

  /** Gives different commands in the same moment. Gives those that were done. */
  async rush<T extends { known: Known; message: Message }>(orders: readonly T[]): Promise<T[]> {
    const answers = await Promise.all(orders.map(({ message }) => this.#ask(message)));
    const isGranted = (index: number): boolean => {
      const answer = answers[index];
      return answer !== undefined && isDone(answer);
    };
    const granted = orders.filter((_, index) => isGranted(index));
    for (const [index, { known, message }] of orders.entries()) {
      const answer = answers[index];
      if (answer === undefined || !isDone(answer)) continue;
      this.#remember(known, answer.body as Receipt);
      this.#done.push({ message, answer });
    }
    this.log.push(`rush of ${String(orders.length)}: ${String(granted.length)} done`);
    return granted;
  }

  /** A refused command moves no minute: of the ledger at most its own refusal is kept; a wrong code is counted. */
  async #wroteNothing(before: Awaited<ReturnType<typeof everything>>, code: string): Promise<void> {
    const after = await everything(this.town);
    const there = new Set(before.ledger);
    const added = after.ledger.filter((item) => !there.has(item));
    expect(after.ledger.length - added.length).toBe(before.ledger.length);
    const items = added.length === 0 ? [] : await scanAll(this.town, this.town.connection.tables.ledger);
    const lines = items.filter((item) => added.includes(textOf(item))).map(decodeLine);
    const kept = lines.map((line) => (line.kind === 'refused' ? line.tombstone.refusal.code : line.kind));
    expect(kept).toEqual(kept.length === 0 ? [] : [code]);
    if (code !== 'visit_code_incorrect') expect(after.care).toEqual(before.care);
    else expect(after.care).toHaveLength(before.care.length);
  }

  /** Sends any command of the past again, however far its request has moved on. */
  async replay(index: number): Promise<void> {
    const past = this.#done[index % Math.max(1, this.#done.length)];
    if (past !== undefined) await this.#sameAgain(past.message, past.answer);
  }

  /** Lets the schedule run, twice. */
  async closeUnfilled(): Promise<void> {
    const now = this.town.now();
    const overdue = this.requests.filter(
      ({ state, plannedStartAt }) =>
        state === 'published' && plusMinutes(plannedStartAt, defaults.unfilledAfterMinutes) < now,
    );
    expect(await closeUnfilled(this.town.ports)).toBe(overdue.length);
    for (const known of overdue) {
      this.#remember(known, {
        requestId: known.requestId as Receipt['requestId'],
        state: 'unfilled',
        at: now,
        releasedMinutes: known.heldMinutes,
      });
    }
    const before = await everything(this.town);
    expect(await closeUnfilled(this.town.ports)).toBe(0);
    expect(await everything(this.town)).toEqual(before);
    this.log.push(`close unfilled: ${String(overdue.length)}`);
  }

  /** The laws that hold after every step, whatever happened. */
  async checkLaws(): Promise<void> {
    const items = await scanAll(this.town, this.town.connection.tables.ledger);
    const ofAccounts = items.filter((item) => accountOfPartition(item['pk']?.S ?? '') !== undefined);
    const heads = ofAccounts.filter((item) => item['sk']?.S === 'H').map(decodeHead);
    const lines = ofAccounts
      .filter((item) => item['sk']?.S?.startsWith(entryPrefix) === true)
      .map(decodeLine);
    const entries = lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
    const tombstones = lines.flatMap((line) => (line.kind === 'refused' ? [line.tombstone] : []));
    for (const head of heads) this.#checkAccount(head, entries);
    this.#checkTown(heads, entries);
    this.#checkFinal(entries, tombstones);
    const care = await scanAll(this.town, this.town.connection.tables.care);
    this.#checkRequests(care, entries, heads);
  }

  /** The account is the fold of its lines, in the order in which they can stand. */
  #checkAccount(head: AccountHead, entries: readonly Entry[]): void {
    const own = entries.filter(({ accountId }) => accountId === head.accountId);
    for (const bucket of buckets) {
      expect(head.minutes[bucket], bucket).toBeGreaterThanOrEqual(0);
      expect(head.minutes[bucket], bucket).toBe(
        own.reduce((sum, { minutes }) => sum + (minutes[bucket] ?? 0), 0),
      );
    }
    expect(folded(head, own)).toEqual(head);
    const { earned, gift, granted, held } = head.minutes;
    expect({ available: earned + gift + granted, held }).toEqual(this.#balances.get(head.accountId));
    const resolved = own.flatMap(({ resolves }) => (resolves === undefined ? [] : [resolves]));
    expect(new Set(resolved).size).toBe(resolved.length);
  }

  /** What people have between them is what was issued: every other line has its other side. */
  #checkTown(heads: readonly AccountHead[], entries: readonly Entry[]): void {
    const sum = (minutes: readonly number[]): number => minutes.reduce((a, b) => a + b, 0);
    expect(heads).toHaveLength(this.#balances.size);
    const issued = entries.filter(({ counterpart }) => counterpart === 'issue').map(counterAmountOf);
    const standing = sum(heads.map(netOf));
    expect(standing + sum(issued)).toBe(0);
    for (const entry of entries.filter(({ kind }) => kind === 'spent')) {
      const other = entries.find(
        ({ transferId, accountId }) => transferId === entry.transferId && accountId === entry.counterpart,
      );
      expect(other?.counterpart).toBe(entry.accountId);
      expect(other && amountOf(other)).toBe(-netOf(entry));
    }
    const places = entries.map(({ accountId, transferId }) => `${accountId} ${transferId}`);
    expect(new Set(places).size).toBe(entries.length);
  }

  /** What is written is never changed: a line, and a refusal. */
  #checkFinal(entries: readonly Entry[], tombstones: readonly Tombstone[]): void {
    const now = new Map(
      [...entries, ...tombstones].map((line): [string, string] => [
        `${line.accountId} ${line.transferId}`,
        textOf(line),
      ]),
    );
    expect(now.size).toBe(entries.length + tombstones.length);
    for (const [place, line] of this.#final) expect(now.get(place)).toBe(line);
    for (const [place, line] of now) this.#final.set(place, line);
  }

  #checkRequests(care: readonly Item[], entries: readonly Entry[], heads: readonly AccountHead[]): void {
    const requests = care
      .filter((item) => item['sk']?.S === 'REQUEST')
      .map((item) => decodeRequest(testVault, item));
    const open = new Set<string>(heads.flatMap(({ holds }) => Object.keys(holds)));
    for (const request of requests) {
      const steps = request.history.map(({ stepId }) => stepId);
      expect(new Set(steps).size).toBe(steps.length);
      expect(request.history.at(-1)?.receipt.state).toBe(request.state);
      const own = entries.filter(({ requestId }) => requestId === request.requestId);
      for (const { policyVersion } of own) expect(policyVersion).toBe(request.policyVersion);
      if (request.hold === undefined) continue;
      const running = ['published', 'accepted', 'in_service', 'pending_confirm'].includes(request.state);
      expect(open.has(`trf_${request.requestId.slice(4)}`)).toBe(running);
    }
    this.#checkDiaries(requests);
    for (const known of this.requests) {
      const request = requests.find(({ requestId }) => requestId === known.requestId);
      expect(request?.state).toBe(known.state);
    }
  }

  /** Nobody is in two places at once. */
  #checkDiaries(requests: readonly RequestRecord[]): void {
    const stands = requests.filter(
      ({ state, volunteerId }) => volunteerId !== undefined && state !== 'cancelled',
    );
    for (const own of Map.groupBy(stands, ({ volunteerId }) => volunteerId).values()) {
      const visits = own
        .map(({ plannedStartAt, plannedMinutes }) => ({
          from: plannedStartAt,
          to: plusMinutes(plannedStartAt, plannedMinutes),
        }))
        .sort((a, b) => (a.from < b.from ? -1 : 1));
      for (const [index, visit] of visits.entries()) {
        const before = visits[index - 1];
        if (before !== undefined) expect(before.to <= visit.from).toBe(true);
      }
    }
  }
}
