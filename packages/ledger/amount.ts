/** Bounds of an amount; beyond them is a bug of the caller, for what people write is checked at the door. */

/** The most that one everyday movement moves: a day. */
export const DAY_MINUTES = 1440;

/** Throws where `minutes` is not 1 to `max` whole minutes. */
export const assertAmount = (minutes: number, what: string, max = DAY_MINUTES): void => {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > max) {
    throw new Error(`${what} must be 1 to ${max} whole minutes, not ${minutes}`);
  }
};
