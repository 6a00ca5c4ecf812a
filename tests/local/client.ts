/**
 * A client as a telephone is one: it makes the id of a command before it sends it, keeps what was not answered,
 * sends that again first, and remembers every answer that it got.
 */
import {
  type AccountId,
  type IdMaker,
  type TransferId,
  accountOf,
  holdOf,
  movementOf,
} from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { instantOf } from '@time-bank/contracts/time';
import { type Neighbour, POOL, type Waiting } from './small-town.ts';

/** A command with the transfer that it makes and the accounts on which the transfer's lines will stand. */
export interface Movement {
  kind: 'redeem' | 'cancel' | 'gift' | 'donate' | 'confirm' | 'capture';
  who: Member;
  path: string;
  body: object;
  transferId: TransferId;
  accounts: AccountId[];
}

/** What was answered to a command. */
export interface Answered {
  movement: Movement;
  status: number;
  body: string;
}

/** Numbers in [0, 1) that a seed decides. */
export const drawsOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Open requests at most: the rules allow twelve holds, and six visits of the past hold one each. */
const OPEN_MAX = 4;

export class Client {
  readonly #neighbour: Neighbour;
  readonly #ids: IdMaker;
  readonly #draw: () => number;
  readonly #waiting: Waiting[];
  readonly #open: Movement[] = [];
  /** Sent and not answered: it was carried out, or it was not. */
  #inDoubt: Movement | undefined;
  readonly answered: Answered[] = [];
  /** How many that were in doubt turned out to be done, and how many were not. */
  readonly retried = { done: 0, notDone: 0 };

  constructor(neighbour: Neighbour, ids: IdMaker, draw: () => number) {
    this.#neighbour = neighbour;
    this.#ids = ids;
    this.#draw = draw;
    this.#waiting = [...neighbour.waiting];
  }

  get isInDoubt(): boolean {
    return this.#inDoubt !== undefined;
  }

  #redeem(): Movement {
    const { member } = this.#neighbour;
    const requestId = this.#ids.request();
    return {
      kind: 'redeem',
      who: member,
      path: '/api/redemptions',
      body: {
        requestId,
        serviceCode: 'C01',
        plannedStartAt: instantOf(Date.now() + 24 * 60 * 60_000),
        plannedMinutes: 30,
        wishes: { languages: [] },
      },
      transferId: holdOf(requestId),
      accounts: [accountOf(member.memberId)],
    };
  }

  #cancel(redeemed: Movement): Movement {
    const commandId = this.#ids.command();
    return {
      ...redeemed,
      kind: 'cancel',
      path: `/api/requests/req_${redeemed.transferId.slice(4)}/cancel`,
      body: { commandId, reason: '家人来看望' },
      transferId: movementOf(commandId),
    };
  }

  #give(kind: 'gift' | 'donate'): Movement {
    const { member, next } = this.#neighbour;
    const transferId = this.#ids.transfer();
    const amountMinutes = 1 + Math.floor(this.#draw() * 5);
    const own = accountOf(member.memberId);
    return kind === 'gift'
      ? {
          kind,
          who: member,
          path: '/api/gifts',
          body: { transferId, receiverId: next.memberId, amountMinutes },
          transferId,
          accounts: [own, accountOf(next.memberId)],
        }
      : {
          kind,
          who: member,
          path: '/api/donations',
          body: { transferId, poolId: POOL, amountMinutes },
          transferId,
          accounts: [own],
        };
  }

  #confirm({ requestId, receiver, volunteer, isPaidByReceiver }: Waiting): Movement {
    const transferId = this.#ids.transfer();
    const payee = accountOf(volunteer.memberId);
    return {
      kind: isPaidByReceiver ? 'capture' : 'confirm',
      who: receiver,
      path: `/api/requests/${requestId}/confirm`,
      body: { transferId },
      transferId,
      accounts: isPaidByReceiver ? [accountOf(receiver.memberId), payee] : [payee],
    };
  }

  #next(): Movement {
    const chance = this.#draw();
    // The first two are a visit of each kind, so that every run has all kinds, however slow the machine.
    const waiting = this.answered.length < 2 || chance < 0.08 ? this.#waiting.shift() : undefined;
    if (waiting !== undefined) return this.#confirm(waiting);
    if (chance < 0.35) return this.#give('gift');
    if (chance < 0.55) return this.#give('donate');
    const redeemed =
      this.#open.length >= OPEN_MAX || (chance > 0.8 && this.#open.length > 0)
        ? this.#open.shift()
        : undefined;
    return redeemed === undefined ? this.#redeem() : this.#cancel(redeemed);
  }

  /** Sends until nobody answers any more, or `until` says so; what is left over is kept for the next time. */
  async work(
    send: (movement: Movement) => Promise<{ status: number; body: string; isHit: boolean }>,
    until: () => boolean,
  ): Promise<void> {
    while (!until()) {
      const isRetry = this.#inDoubt !== undefined;
      const movement = this.#inDoubt ?? this.#next();
      this.#inDoubt = movement;
      let answer: Awaited<ReturnType<typeof send>>;
      try {
        answer = await send(movement);
      } catch {
        return;
      }
      // Away or busy: nobody knows, so the same is sent again.
      if (answer.status >= 500) continue;
      this.#inDoubt = undefined;
      if (isRetry) this.retried[answer.isHit ? 'done' : 'notDone'] += 1;
      this.answered.push({ movement, status: answer.status, body: answer.body });
      if (movement.kind === 'redeem' && answer.status === 201) this.#open.push(movement);
    }
  }
}
