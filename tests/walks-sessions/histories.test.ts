/**
 * Histories of refresh tokens that were stolen: an owner and a thief renew, lose answers, open tabs, wait and copy from
 * each other in any order. A model that only counts says what each of them hears.
 */
import { randomBytes } from 'node:crypto';
import type { Member } from '@time-bank/contracts/member';
import { refreshSession } from '@time-bank/desk/refresh-session';
import { startSession } from '@time-bank/desk/start-session';
import { parseTokenKeys } from '@time-bank/identity/token';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOME, type TestStore, memoryStore } from '../store/store.ts';

const GRACE_MS = 30_000;
const HOUR_MS = 60 * 60_000;
const IDLE_MS = 14 * 24 * HOUR_MS;

const keys = parseTokenKeys(JSON.stringify({ k1: randomBytes(48).toString('base64url') }));
/** The signing key is changed once in a while; the one before it stays for as long as a sign-in can last. */
const changedKeys = parseTokenKeys(
  JSON.stringify({
    k2: randomBytes(48).toString('base64url'),
    k1: Buffer.from(keys.keys.get('k1')!).toString(),
  }),
);

type Who = 'owner' | 'thief';
type Step =
  /** Renews with the newest token that they have; `isLost`: the answer does not reach them. */
  | { kind: 'renew'; who: Who; isLost: boolean }
  /** The same from so many tabs at once. */
  | { kind: 'tabs'; who: Who; count: number }
  /** With a token of so many steps before the newest that they have. */
  | { kind: 'old'; who: Who; back: number }
  | { kind: 'wait'; ms: number }
  /** The thief copies what the owner has. */
  | { kind: 'steal' }
  | { kind: 'change keys' };

const who = fc.constantFrom<Who>('owner', 'thief');
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('renew' as const), who, isLost: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('tabs' as const), who, count: fc.integer({ min: 2, max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('old' as const), who, back: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1000, GRACE_MS - 1, GRACE_MS, GRACE_MS + 1, 9 * 60_000, 3 * 24 * HOUR_MS, IDLE_MS),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'steal' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'change keys' as const }) },
);

/** What the service is to know, in numbers: which token is good, since when, and until when the sign-in lasts. */
interface Model {
  newest: number;
  renewedAtMs: number;
  idleEndsAtMs: number;
  endsAtMs: number;
  isEnded: boolean;
}

/** What a token is answered, and the number of the one that comes back. */
const answerTo = (model: Model, given: number, nowMs: number): { code: string; next?: number } => {
  if (model.isEnded) return { code: 'session_ended' };
  if (nowMs >= Math.min(model.idleEndsAtMs, model.endsAtMs)) return { code: 'sign_in_expired' };
  if (given === model.newest) {
    model.newest += 1;
    model.renewedAtMs = nowMs;
    model.idleEndsAtMs = nowMs + IDLE_MS;
    return { code: 'done', next: model.newest };
  }
  if (given === model.newest - 1 && nowMs <= model.renewedAtMs + GRACE_MS)
    return { code: 'done', next: model.newest };
  model.isEnded = true;
  return { code: 'session_ended' };
};

class History {
  readonly #store: TestStore;
  readonly #member: Member;
  #keys = keys;
  /** The tokens by their numbers, as far as anybody has seen them. */
  readonly #texts: string[] = [];
  readonly #has: Record<Who, number> = { owner: 0, thief: -1 };
  readonly #model: Model;

  constructor(store: TestStore, member: Member, first: string) {
    const nowMs = store.clock.nowMs();
    this.#store = store;
    this.#member = member;
    this.#texts.push(first);
    this.#model = {
      newest: 0,
      renewedAtMs: nowMs,
      idleEndsAtMs: nowMs + IDLE_MS,
      endsAtMs: nowMs + 30 * 24 * HOUR_MS,
      isEnded: false,
    };
  }

  #ask(text: string) {
    const { ports, clock, ids } = this.#store;
    const people = { ...ports.people, readMember: () => Promise.resolve(this.#member) };
    return refreshSession({ ...ports, people, clock, ids }, this.#keys, text);
  }

  /** Presents a token and hears what the model says; gives the number of the one that came back. */
  async #present(given: number): Promise<number | undefined> {
    const text = this.#texts[given];
    if (text === undefined) return undefined;
    const expected = answerTo(this.#model, given, this.#store.clock.nowMs());
    const outcome = await this.#ask(text);
    expect(outcome.kind === 'refused' ? outcome.refusal.code : 'done').toBe(expected.code);
    if (outcome.kind === 'refused' || expected.next === undefined) return undefined;
    const { refreshToken } = outcome.value;
    this.#texts[expected.next] ??= refreshToken;
    expect(refreshToken).toBe(this.#texts[expected.next]);
    return expected.next;
  }

  async take(each: Step): Promise<void> {
    switch (each.kind) {
      case 'wait':
        this.#store.pass(each.ms / 60_000);
        return;
      case 'steal':
        this.#has.thief = this.#has.owner;
        return;
      case 'change keys':
        this.#keys = changedKeys;
        return;
      case 'old':
        await this.#present(this.#has[each.who] - each.back);
        return;
      case 'renew': {
        const next = await this.#present(this.#has[each.who]);
        if (next !== undefined && !each.isLost) this.#has[each.who] = next;
        return;
      }
      case 'tabs': {
        const given = this.#has[each.who];
        const text = this.#texts[given];
        if (text === undefined) return;
        const nowMs = this.#store.clock.nowMs();
        const expected = answerTo(this.#model, given, nowMs);
        const outcomes = await Promise.all(Array.from({ length: each.count }, () => this.#ask(text)));
        const heard = outcomes.map((outcome) =>
          outcome.kind === 'refused' ? outcome.refusal.code : outcome.value.refreshToken,
        );
        expect(new Set(heard).size).toBe(1);
        if (expected.next === undefined) {
          expect(heard[0]).toBe(expected.code);
          return;
        }
        this.#texts[expected.next] ??= String(heard[0]);
        expect(heard[0]).toBe(this.#texts[expected.next]);
        this.#has[each.who] = expected.next;
      }
    }
  }

  /** Whoever of the two renews last ends it for both, where each has renewed since they parted. */
  async settle(): Promise<void> {
    if (this.#has.thief < 0 || this.#has.owner === this.#has.thief) return;
    this.#store.pass((GRACE_MS + 1) / 60_000);
    await this.#present(Math.min(this.#has.owner, this.#has.thief));
    await this.#present(Math.max(this.#has.owner, this.#has.thief));
    const isOver = this.#store.clock.nowMs() >= Math.min(this.#model.idleEndsAtMs, this.#model.endsAtMs);
    expect(this.#model.isEnded || isOver).toBe(true);
  }
}

const begun = async (): Promise<History> => {
  const memory = await memoryStore();
  // Whole milliseconds, though it is moved on by parts of minutes.
  const store = { ...memory, clock: { nowMs: () => Math.round(memory.clock.nowMs()) } };
  const memberId = store.ids.member();
  const member: Member = {
    memberId,
    name: '王试',
    birthDate: '1950-03-08',
    gender: 'female',
    communityCode: HOME,
    address: '和平里1号楼',
    languages: [],
    roles: [{ role: 'resident', region: HOME }],
    skills: [],
    freeTimes: [],
  };
  await store.ports.people.addMember({
    naturalKey: memberId,
    fingerprint: 'f',
    member,
    at: new Date(store.clock.nowMs()).toISOString(),
  });
  const ports = { ...store.ports, clock: store.clock, ids: store.ids };
  const { refreshToken } = await startSession(ports, keys, member, { factor: 'code', hasStaffFactor: false });
  return new History(store, member, refreshToken);
};

it(
  'in any history each hears what the model says, and a stolen token ends the sign-in of both',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const history = await begun();
        for (const each of steps) await history.take(each);
        await history.settle();
      }),
      { numRuns: 400 },
    );
  },
);
