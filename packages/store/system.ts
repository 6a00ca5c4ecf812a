/** The machine's clock, its ids and its randomness: the one file of the back end that asks the machine for them. */
/* eslint-disable no-restricted-properties -- this file is the port's other side */
import { type IdMaker, idMaker, newUlid } from '@time-bank/contracts/ids';
import type { Clock } from '@time-bank/desk/ports';

/** The time of this machine, milliseconds since 1970. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** Ids of this machine's time and of cryptographic randomness. */
export const systemIds: IdMaker = idMaker(systemClock.nowMs);

/** An id for an error, under which it stands in the log. */
export const newErrorId = (): string => newUlid(systemClock.nowMs());

/** Spreads retries: a number in [0, 1). Nothing is decided by it. */
export const jitter = (): number => Math.random();
