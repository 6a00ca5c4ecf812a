/**
 * Sends codes so that nobody learns from the time who is known here: an answer takes as long as a provider may take,
 * whether or not a message goes out. A provider that has failed is left alone for half a minute, for everybody.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, type CodeSender, Unavailable } from '@time-bank/desk/ports';
import { DELIVERY_MS, type Deliver, NumberRefused } from './sms-message.ts';

/** So long nothing is sent after a failure. */
const PAUSE_MS = 30_000;

/** A sender over a provider. `paceMs`: how long asking for a code takes; `clock` as everywhere. */
export const smsSender = (deliver: Deliver, clock: Clock, paceMs = DELIVERY_MS): CodeSender => {
  let pausedUntilMs = 0;
  const tell: Deliver = async (message) => {
    try {
      await deliver(message);
    } catch (error) {
      // Somebody else's number must not wait for this one.
      if (error instanceof NumberRefused) throw error;
      pausedUntilMs = clock.nowMs() + PAUSE_MS;
      throw error;
    }
  };
  return {
    send: async (message) => {
      if (clock.nowMs() < pausedUntilMs) throw new Unavailable('the sender of messages has just failed');
      const sent =
        message === undefined
          ? Promise.resolve()
          : tell({ kind: 'code', phone: message.phone, code: message.code });
      const [ended] = await Promise.allSettled([sent, wait(paceMs)]);
      // A number that is refused is a known one: the answer is that of an unknown one, which gets no message either.
      if (ended.status === 'rejected' && !(ended.reason instanceof NumberRefused)) throw ended.reason;
    },
    sendNotice: ({ phone, kind }) => tell({ kind, phone }),
  };
};
