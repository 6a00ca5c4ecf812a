/**
 * The simulation: clients, handlers, time and faults, all from one seed. A step is one decision of the scheduler:
 * a new command, one call of a port, a client's next try, some records of the stream, or time that passes.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { RequestRecord } from '@time-bank/care/request';
import type { Outcome } from '@time-bank/contracts/refusals';
import { isoWeekOf } from '@time-bank/contracts/time';
import { keepWeek } from '@time-bank/desk/keep-week';
import { type Change, type Journal, type Policies, Unavailable } from '@time-bank/desk/ports';
import type { AccountHead } from '@time-bank/ledger/account';
import { LawBroken, type Law, laws } from './auditor.ts';
import type { Coverage } from './coverage.ts';
import { type Fault, handlerFaults } from './faults.ts';
import { collectOrder, movementOrder } from './movements.ts';
import type { Order, SimPorts } from './order.ts';
import { type Chance, chanceOf } from './random.ts';
import { requestOrder } from './requests.ts';
import { type Handler, Scheduler, handlerOf } from './scheduler.ts';
import { HOME, POOLS, type Sabotage, Town } from './town.ts';

const MINUTE = 60_000;
const HANDLERS_AT_ONCE = 8;
const ANSWERED_KEPT = 300;
const TAIL = 40;
const FULL_CHECK_STEPS = 5_000;
/** Steps after which a town is brought to rest and another begins: accounts stay of the size that they have in life. */
const TOWN_STEPS = 15_000;
const DRAIN_STEPS = 60_000;

/** Refusals that say: not now. */
const again = ['busy_try_again', 'unavailable', 'id_from_the_future'];
/** Refusals that are no part of a command's answer for ever. */
const passing = [
  'not_allowed',
  'exists_with_different_content',
  'id_too_old',
  'second_person_needed',
  ...again,
];

interface Client {
  order: Order;
  live: number;
  tries: number;
  nextAt: number;
  timesDone: number;
  answer?: Outcome<unknown>;
  answeredAt: number;
  /** A refusal that holds for ever. */
  isFinal: boolean;
}

/** What a run is given. */
export interface SimulationOptions {
  seed: number;
  steps: number;
  faults: ReadonlySet<Fault>;
  sabotage?: Sabotage;
}

/** What a run has seen. */
export interface SimulationReport {
  steps: number;
  commands: number;
  answered: number;
  towns: number;
  coverage: Coverage;
  happened: Map<string, number>;
}

/** A broken law, with the last things that happened. */
export class SimulationFailed extends Error {
  readonly law: Law;
  readonly step: number;
  readonly tail: readonly string[];
  constructor(law: Law, message: string, at: { step: number; tail: readonly string[] }, cause: unknown) {
    super(message, { cause });
    this.law = law;
    this.step = at.step;
    this.tail = at.tail;
  }
}

/** An older build's journal: it looks at every account before it writes, and plans again with what it saw. */
export const lookingFirst = (journal: Journal): Journal => ({
  ...journal,
  commit: async (changes) => {
    const heads = new Map<AccountHead['accountId'], AccountHead | undefined>();
    for (const change of changes) {
      if (change.change !== 'post' || change.seen !== undefined) continue;
      const { accountId } = change.entries[0];
      heads.set(accountId, await journal.readAccountNow(accountId));
    }
    return heads.size === 0
      ? journal.commit(changes)
      : { kind: 'met', met: { heads, lines: [], shards: [], refusals: [] } };
  },
});

const codeOf = (outcome: Outcome<unknown>): string =>
  outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

class TownRun {
  readonly #chance: Chance;
  readonly #faults: ReadonlySet<Fault>;
  readonly #town: Town;
  readonly #scheduler: Scheduler;
  readonly #open: Client[] = [];
  readonly #answered: Client[] = [];
  readonly #requests: RequestRecord[] = [];
  readonly #stream: { request: RequestRecord; repeated: boolean }[] = [];
  readonly #lost = new Set<string>();
  readonly #tail: string[] = [];
  readonly report: SimulationReport;
  #handlers = 0;
  #bug: Error | undefined;
  step = 0;
  #isDraining = false;

  constructor(options: SimulationOptions, report: SimulationReport) {
    this.#chance = chanceOf(options.seed);
    this.#faults = options.faults;
    this.report = report;
    this.#town = new Town(this.#chance, options.sabotage);
    this.#scheduler = new Scheduler(this.#chance, options.faults, (text) => {
      this.#note(text);
    });
  }

  get tail(): readonly string[] {
    return this.#tail;
  }

  get coverage(): Coverage {
    return this.#scheduler.coverage;
  }

  #note(text: string): void {
    this.#tail.push(`${String(this.step).padStart(6)} ${text}`);
    if (this.#tail.length > TAIL) this.#tail.shift();
  }

  #count(name: string): void {
    const { happened } = this.report;
    happened.set(name, (happened.get(name) ?? 0) + 1);
  }

  #happens(fault: keyof typeof handlerFaults): boolean {
    if (this.#isDraining || !this.#faults.has(fault) || !this.#chance.perMille(handlerFaults[fault]))
      return false;
    this.#count(fault);
    return true;
  }

  /** The ports of one handler: its own clock, its own book, its own build. */
  #portsOf(handler: Handler): SimPorts {
    const town = this.#town;
    const skew = this.#skew();
    const older = this.#happens('old_policy') ? 1 + this.#chance.below(2) : 0;
    const [known, beganMs] = [town.books.length - older, town.nowMs];
    const writerNow = () => town.writerSince(known, beganMs, skew);
    const journal: Journal = {
      ...town.journal,
      commit: async (changes) => {
        town.writer = writerNow();
        const commit = await town.journal.commit(changes);
        if (commit.kind === 'done') this.#wrote(changes);
        return commit;
      },
    };
    const kept = town.books[Math.max(0, town.books.length - 1 - older)];
    const { policies } = town.ports;
    const book: Policies =
      older === 0 || kept === undefined ? policies : { ...policies, readBook: () => Promise.resolve(kept) };
    const wrapped = this.#scheduler.wrap(handler, journal);
    return {
      clock: { nowMs: () => town.nowMs + skew },
      journal: this.#happens('old_build') ? lookingFirst(wrapped) : wrapped,
      careBook: this.#scheduler.wrap(handler, town.ports.careBook),
      people: this.#scheduler.wrap(handler, town.ports.people),
      regions: this.#scheduler.wrap(handler, town.ports.regions),
      weekBook: this.#scheduler.wrap(handler, town.ports.weekBook),
      policies: this.#scheduler.wrap(handler, book),
      personFiles: this.#scheduler.wrap(handler, town.ports.personFiles),
    };
  }

  #skew(): number {
    const off = this.#chance.below(4_000) - 2_000;
    if (!this.#happens('clock')) return off;
    return off + (this.#chance.below(20) - 10) * MINUTE * (this.#chance.perMille(30) ? 600 : 1);
  }

  /** What the stream tells of a write. */
  #wrote(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.change !== 'put_request' && change.change !== 'move_request') continue;
      const { request } = change;
      this.#stream.push({ request, repeated: false });
      const at = this.#requests.findIndex(({ requestId }) => requestId === request.requestId);
      const isOver = ['settled', 'cancelled', 'unfilled'].includes(request.state);
      if (at >= 0) this.#requests.splice(at, 1);
      if (!isOver) this.#requests.push(request);
      if (isOver) this.#count(`request ${request.state}`);
      if (this.#requests.length > 12) this.#requests.shift();
    }
    for (const change of changes) {
      if (change.change === 'post') for (const entry of change.entries) this.#count(`line ${entry.kind}`);
      else this.#count(`change ${change.change}`);
    }
  }

  #start(client: Client, run: Order['run'], isAltered = false): void {
    const handler = handlerOf(client.order.operation);
    this.#handlers += 1;
    client.live += 1;
    const beganAt = this.step;
    let isOver = false;
    const ended = (): void => {
      if (isOver) return;
      isOver = true;
      this.#handlers -= 1;
      client.live -= 1;
    };
    handler.killed = () => {
      ended();
      client.nextAt = this.step + 1 + this.#chance.below(30);
    };
    run(this.#portsOf(handler)).then(
      (outcome) => {
        ended();
        try {
          if (isAltered) this.#alteredAnswer(client, outcome);
          else this.#answer(client, outcome, beganAt);
        } catch (error) {
          this.#bug ??= error instanceof Error ? error : new Error(String(error));
        }
      },
      (error: unknown) => {
        ended();
        client.nextAt = this.step + 1 + this.#chance.below(30);
        if (!(error instanceof Unavailable)) {
          this.#bug ??=
            error instanceof LawBroken
              ? error
              : new LawBroken(
                  'noBug',
                  `${client.order.operation}: ${String(error instanceof Error ? error.stack : error)}`,
                );
        }
      },
    );
  }

  #begin(order: Order): void {
    const client: Client = {
      order,
      live: 0,
      tries: 1,
      nextAt: 0,
      timesDone: 0,
      answeredAt: Infinity,
      isFinal: false,
    };
    this.report.commands += 1;
    this.#open.push(client);
    this.#note(`${order.operation} ${order.id}`);
    this.#start(client, order.run);
    if (this.#happens('twice_at_once')) this.#start(client, order.run);
  }

  #hold(isHeld: boolean, law: Law, what: () => string): void {
    if (!isHeld) throw new LawBroken(law, what());
  }

  #answer(client: Client, outcome: Outcome<unknown>, beganAt: number): void {
    const { order } = client;
    this.#note(`${order.operation} ${order.id} -> ${codeOf(outcome)}`);
    this.#count(`answer ${outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind}`);
    if (outcome.kind === 'refused' && again.includes(outcome.refusal.code)) {
      client.nextAt = this.step + 1 + this.#chance.below(20);
      return;
    }
    if (outcome.kind === 'done') client.timesDone += 1;
    this.#hold(
      client.timesDone <= 1 || order.home === undefined,
      'sameAnswer',
      () => `${order.id} was done twice`,
    );
    // A step that moves no minutes keeps no refusals: a twin that read before may still say no, and its no is void.
    const isVoid =
      outcome.kind === 'refused' && order.refusalAt === undefined && beganAt <= client.answeredAt;
    if (isVoid && client.answer !== undefined && client.answer.kind !== 'refused') return;
    if (client.answer !== undefined) this.#sameAnswer(client, client.answer, outcome);
    else {
      client.answer = outcome;
      client.answeredAt = this.step;
      this.report.answered += 1;
    }
    if (outcome.kind === 'refused') this.#refusalStands(client, outcome);
    else {
      if (client.answer.kind === 'refused') client.answeredAt = this.step;
      client.answer = outcome;
      this.#stands(client, outcome.value);
    }
  }

  #sameAnswer({ order, isFinal }: Client, before: Outcome<unknown>, now: Outcome<unknown>): void {
    const said = (): string =>
      `${order.operation} ${order.id} was ${JSON.stringify(before)}, now ${JSON.stringify(now)}`;
    if (before.kind !== 'refused') {
      this.#hold(now.kind !== 'refused', 'sameAnswer', said);
      if (now.kind !== 'refused' && (order.home ?? order.step) !== undefined)
        this.#hold(isDeepStrictEqual(before.value, now.value), 'sameAnswer', said);
      return;
    }
    if (!isFinal) return;
    this.#hold(now.kind === 'refused', 'sameAnswer', said);
    // An id that has grown too old is refused for that where a request is asked for: it is a no all the same.
    if (now.kind !== 'refused' || (now.refusal.code === 'id_too_old' && order.home === undefined)) return;
    this.#hold(isDeepStrictEqual(before.refusal, now.refusal), 'sameAnswer', said);
  }

  /** What was answered stands, exactly once. */
  #stands({ order }: Client, value: unknown): void {
    const { ledger, care } = this.#town.memory;
    if (order.home !== undefined) {
      const line = ledger.lines.get(order.home.accountId)?.get(order.home.transferId);
      this.#hold(
        line?.kind === 'entry',
        'acknowledged',
        () => `${order.operation} ${order.id} was acknowledged and does not stand`,
      );
    }
    if (order.step === undefined) return;
    const { requestId, stepId } = order.step;
    const events = care.requests.get(requestId)?.history.filter((event) => event.stepId === stepId) ?? [];
    this.#hold(
      events.length === 1 && isDeepStrictEqual(events[0]?.receipt, value),
      'acknowledged',
      () => `${order.operation} ${order.id} was acknowledged and stands ${String(events.length)} times`,
    );
    const hours = value as { transferId?: string; creditedMinutes?: number; heldMinutes?: number };
    if ((hours.creditedMinutes ?? 0) + (hours.heldMinutes ?? 0) === 0 || hours.transferId === undefined)
      return;
    const { transferId } = hours;
    const count = [...ledger.lines.values()].filter(
      (lines) => lines.get(transferId as never)?.kind === 'entry',
    ).length;
    this.#hold(count >= 1, 'acknowledged', () => `the hours of ${order.operation} ${order.id} do not stand`);
  }

  #refusalStands(client: Client, outcome: Outcome<unknown> & { kind: 'refused' }): void {
    const { code } = outcome.refusal;
    const home = client.order.refusalAt?.();
    if (home === undefined || passing.includes(code)) return;
    const line = this.#town.memory.ledger.lines.get(home.accountId)?.get(home.transferId);
    if (client.order.home === undefined && line === undefined && code === 'unknown_account') return;
    this.#hold(
      line?.kind === 'refused' && line.tombstone.refusal.code === code,
      'sameAnswer',
      () => `${client.order.operation} ${client.order.id} was refused by ${code}, and that was not kept`,
    );
    client.isFinal = true;
  }

  #alteredAnswer(client: Client, outcome: Outcome<unknown>): void {
    const { order } = client;
    const code = codeOf(outcome);
    const isRefused =
      outcome.kind === 'refused' &&
      ['exists_with_different_content', 'not_allowed', 'id_too_old', ...again].includes(code);
    this.#hold(
      isRefused,
      'sameAnswer',
      () => `other content under ${order.id} (${order.operation}) was answered ${code}`,
    );
  }

  #retire(): void {
    for (let index = this.#open.length - 1; index >= 0; index -= 1) {
      const client = this.#open[index];
      if (client?.answer === undefined || client.live > 0) continue;
      this.#open.splice(index, 1);
      this.#answered.push(client);
      if (this.#answered.length > ANSWERED_KEPT) this.#answered.splice(this.#chance.below(ANSWERED_KEPT), 1);
    }
  }

  #jump(): void {
    const minutes = this.#chance.perMille(25) ? 400 * 24 * 60 : this.#chance.perMille(200) ? 25 * 60 : 11;
    this.#count(`time jump ${String(minutes)} min`);
    this.#note(`${String(minutes)} minutes pass`);
    this.#town.nowMs += minutes * MINUTE;
  }

  /** Some records of the stream reach the board. */
  #deliver(): void {
    const batch: RequestRecord[] = [];
    const size = 1 + this.#chance.below(4);
    while (batch.length < size && this.#stream.length > 0) {
      const at = this.#happens('stream_reordered') ? this.#chance.below(this.#stream.length) : 0;
      const [record] = this.#stream.splice(at, 1);
      if (record === undefined) break;
      if (this.#happens('stream_lost')) {
        this.#lost.add(record.request.requestId);
        continue;
      }
      if (!record.repeated && this.#happens('stream_repeated'))
        this.#stream.push({ ...record, repeated: true });
      batch.push(record.request);
    }
    const order: Order = {
      operation: 'project',
      id: 'stream',
      run: async (ports) => {
        for (const request of batch) await keepWeek(ports, request);
        return { kind: 'done', value: batch.length };
      },
    };
    // A batch that failed comes again, as a whole.
    if (batch.length > 0) this.#begin(order);
  }

  #retry(client: Client): void {
    client.tries += 1;
    if (this.#happens('time_jump')) this.#jump();
    this.#start(client, client.order.run);
  }

  #newCommand(): void {
    if (this.#chance.perMille(3)) {
      this.#count('decision published');
      this.#newDecision = true;
      return;
    }
    if (this.#answered.length > 0 && this.#happens('twice_later')) {
      const client = this.#chance.pick(this.#answered);
      this.#start(client, client.order.run);
      return;
    }
    if (this.#answered.length > 0 && this.#happens('altered')) {
      const client = this.#chance.pick(this.#answered);
      const isKnown = client.answer?.kind !== 'refused' || client.isFinal;
      if (client.order.altered !== undefined && isKnown) this.#start(client, client.order.altered, true);
      return;
    }
    if (this.#stream.length > 0 && this.#chance.perMille(150)) {
      this.#deliver();
      return;
    }
    const isRequest = this.#chance.perMille(550);
    this.#begin(
      isRequest
        ? requestOrder(this.#town, this.#chance, this.#requests)
        : movementOrder(this.#town, this.#chance),
    );
  }

  #newDecision = false;

  async #decision(): Promise<void> {
    const town = this.#town;
    const due = this.#open.find(
      (client) => client.answer === undefined && client.live === 0 && client.nextAt <= this.step,
    );
    const isRoom = this.#handlers < HANDLERS_AT_ONCE;
    if (due !== undefined && isRoom && this.#chance.perMille(500)) this.#retry(due);
    else if (!this.#isDraining && isRoom && this.#chance.perMille(160)) this.#newCommand();
    else if (!this.#isDraining && this.#chance.perMille(4))
      town.nowMs += this.#chance.pick([1, 5, 11, 30, 30, 240, 240, 1_500]) * MINUTE;
    else if (!(await this.#scheduler.step())) {
      if (due !== undefined) this.#retry(due);
      else if (!this.#isDraining) this.#newCommand();
    }
    if (this.#newDecision) {
      this.#newDecision = false;
      await town.decide();
    }
    await turn();
    town.nowMs += this.#chance.below(400);
    if (this.#bug !== undefined) throw this.#bug;
    this.#retire();
  }

  async run(steps: number): Promise<void> {
    await this.#town.begin();
    while (this.step < steps) {
      this.step += 1;
      await this.#decision();
      if (this.step % FULL_CHECK_STEPS === 0) this.#town.auditor.checkAll();
    }
    await this.#rest();
  }

  /** Nothing goes wrong any more: every command gets its answer, every pool is collected, the board is right. */
  async #rest(): Promise<void> {
    this.#isDraining = true;
    this.#scheduler.isFaulty = false;
    const settle = async (): Promise<void> => {
      for (let drained = 0; this.#open.length > 0 || this.#scheduler.waiting > 0; drained += 1) {
        if (drained > DRAIN_STEPS)
          throw new LawBroken(
            'ends',
            `${String(this.#open.length)} commands are open: ${this.#open.map(({ order }) => `${order.operation} ${order.id}`).join(', ')}`,
          );
        this.step += 1;
        await this.#decision();
      }
    };
    await settle();
    while (this.#stream.length > 0) {
      this.#deliver();
      await settle();
    }
    for (const poolId of POOLS) {
      const rows = this.#town.memory.ledger.rows.get(poolId)?.size ?? 0;
      for (let runs = 0; runs <= rows / 20; runs += 1) {
        this.#begin(collectOrder(this.#town, poolId, '2026-01-01T00:00:00.000Z'));
        await settle();
      }
    }
    this.#town.auditor.checkAll();
    this.#town.auditor.checkCollected();
    for (const client of this.#answered) {
      if (client.answer !== undefined && client.answer.kind !== 'refused')
        this.#stands(client, client.answer.value);
    }
    await this.#checkBoard();
  }

  async #checkBoard(): Promise<void> {
    for (const request of this.#town.memory.care.requests.values()) {
      if (this.#lost.has(request.requestId)) continue;
      const week = await this.#town.ports.weekBook.listOfCommunity(isoWeekOf(request.plannedStartAt), HOME);
      const row = week.find(({ requestId }) => requestId === request.requestId);
      this.#hold(
        row?.version === request.version && row.state === request.state,
        'board',
        () => `${request.requestId} is ${request.state}, the board says ${String(row?.state)}`,
      );
    }
  }
}

/** A report with nothing in it. */
export const emptyReport = (): SimulationReport => ({
  steps: 0,
  commands: 0,
  answered: 0,
  towns: 0,
  coverage: new Map(),
  happened: new Map(),
});

/** Lives towns until so many steps are done. Throws SimulationFailed at the first broken law. */
export const simulate = async (
  options: SimulationOptions,
  { addTo }: { addTo: (sum: Coverage, other: Coverage) => void },
): Promise<SimulationReport> => {
  const report = emptyReport();
  const seeds = chanceOf(options.seed);
  while (report.steps < options.steps) {
    const seed = report.towns === 0 ? options.seed : Math.floor(seeds.next() * 4_294_967_296);
    const run = new TownRun({ ...options, seed }, report);
    try {
      await run.run(Math.min(TOWN_STEPS, options.steps - report.steps));
    } catch (error) {
      const law = error instanceof LawBroken ? error.law : 'noBug';
      const message =
        error instanceof LawBroken
          ? error.message
          : `noBug: ${laws.noBug} — ${String(error instanceof Error ? error.stack : error)}`;
      throw new SimulationFailed(law, message, { step: report.steps + run.step, tail: run.tail }, error);
    }
    report.steps += run.step;
    report.towns += 1;
    addTo(report.coverage, run.coverage);
  }
  return report;
};
