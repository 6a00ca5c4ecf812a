/**
 * Handlers of which none runs on by itself: every call of a port waits here until it is chosen. So what happens
 * between two calls of one handler is a matter of the seed alone.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Unavailable } from '@time-bank/desk/ports';
import { type Coverage, count } from './coverage.ts';
import { type CallFault, type Fault, callFaults, canHappen } from './faults.ts';
import type { Chance } from './random.ts';

/** Ordinals above this are counted as one. */
const ORDINAL_MAX = 6;

/** A run of a use case. One that is dead never goes on. */
export interface Handler {
  operation: string;
  isDead: boolean;
  /** Told when it is killed. */
  killed?: () => void;
  ordinals: Map<string, number>;
}

interface Parked {
  handler: Handler;
  point: string;
  method: string;
  work: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** A new handler. */
export const handlerOf = (operation: string): Handler => ({ operation, isDead: false, ordinals: new Map() });

/** Calls that wait, and what comes of them. */
export class Scheduler {
  readonly coverage: Coverage = new Map();
  readonly #ready: Parked[] = [];
  readonly #late: { work: () => Promise<unknown>; afterSteps: number }[] = [];
  readonly #chance: Chance;
  readonly #faults: ReadonlySet<Fault>;
  readonly #note: (text: string) => void;
  /** Off while what is open is brought to its end. */
  isFaulty = true;

  constructor(chance: Chance, faults: ReadonlySet<Fault>, note: (text: string) => void) {
    this.#chance = chance;
    this.#faults = faults;
    this.#note = note;
  }

  get waiting(): number {
    return this.#ready.length + this.#late.length;
  }

  /** A port whose calls wait. */
  wrap<T extends object>(handler: Handler, port: T): T {
    const wrapped: Record<string, unknown> = {};
    for (const [method, call] of Object.entries(port)) {
      wrapped[method] = (...given: unknown[]) =>
        this.#park(handler, method, () => (call as (...all: unknown[]) => Promise<unknown>)(...given));
    }
    return wrapped as T;
  }

  #park(handler: Handler, method: string, work: () => Promise<unknown>): Promise<unknown> {
    if (handler.isDead) return new Promise(() => undefined);
    const ordinal = (handler.ordinals.get(method) ?? 0) + 1;
    handler.ordinals.set(method, ordinal);
    const point = `${handler.operation}:${method}:${ordinal > ORDINAL_MAX ? `${String(ORDINAL_MAX)}+` : String(ordinal)}`;
    return new Promise((resolve, reject) => {
      this.#ready.push({ handler, point, method, work, resolve, reject });
    });
  }

  #faultFor(method: string): CallFault | undefined {
    if (!this.isFaulty) return undefined;
    for (const [name, times] of Object.entries(callFaults)) {
      const fault = name as CallFault;
      if (this.#faults.has(fault) && canHappen(fault, method) && this.#chance.perMille(times)) return fault;
    }
    return undefined;
  }

  /** Lets one waiting call happen. False where none waits. */
  async step(): Promise<boolean> {
    const lateAt = this.#late.findIndex((each) => (each.afterSteps -= 1) <= 0);
    if (lateAt >= 0) {
      const [late] = this.#late.splice(lateAt, 1);
      this.#note('a late write comes through');
      await late?.work();
      return true;
    }
    if (this.#ready.length === 0) return this.#late.length > 0;
    const index = this.#chance.below(this.#ready.length);
    const call = this.#ready[index]!;
    const last = this.#ready.pop()!;
    if (last !== call) this.#ready[index] = last;
    if (call.handler.isDead) return true;
    await this.#happen(call, this.#faultFor(call.method));
    // Whatever the handler does until its next call is done in this turn.
    await turn();
    return true;
  }

  async #happen(call: Parked, fault: CallFault | undefined): Promise<void> {
    count(this.coverage, call.point, fault);
    if (fault !== undefined) this.#note(`${call.point} ${fault}`);
    switch (fault) {
      case 'timeout':
      case 'throttled':
        call.reject(new Unavailable(fault));
        return;
      case 'conflict':
        call.resolve({ kind: 'refused', refusal: { code: 'busy_try_again' } });
        return;
      case 'killed_before':
        this.#kill(call.handler);
        return;
      case 'late':
        this.#late.push({ work: call.work, afterSteps: 1 + this.#chance.below(60) });
        call.reject(new Unavailable(fault));
        return;
      case 'killed_after':
        await call.work();
        this.#kill(call.handler);
        return;
      case 'reply_lost':
        await call.work();
        call.reject(new Unavailable(fault));
        return;
      case undefined:
        await call.work().then(call.resolve, call.reject);
    }
  }

  #kill(handler: Handler): void {
    handler.isDead = true;
    handler.killed?.();
  }
}
