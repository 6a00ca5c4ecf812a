/** Windows in which calls are counted: they follow one another without a gap, from 1970 on. */
import { type Instant, msOf } from '@time-bank/contracts/time';

/** A window and its end: seconds since 1970, and how many seconds are left of it, 1 at least. */
export interface RateWindow {
  number: number;
  endsAtSeconds: number;
  secondsLeft: number;
}

/** The window of so many seconds in which an instant lies. */
export const windowAt = (now: Instant, seconds: number): RateWindow => {
  const nowSeconds = msOf(now) / 1000;
  const number = Math.floor(nowSeconds / seconds);
  const endsAtSeconds = (number + 1) * seconds;
  return { number, endsAtSeconds, secondsLeft: Math.ceil(endsAtSeconds - nowSeconds) };
};
