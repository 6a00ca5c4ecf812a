/** The amounts that can be given: half hours at first, then hours, and at last all there is. Whole minutes. */

/** One gift moves at most a day. */
const DAY_MINUTES = 1440;
const USUAL_MINUTES = 60;

const half = [30, 60, 90, 120];
const whole = Array.from({ length: 22 }, (_, index) => 180 + index * 60);

/** All amounts up to `maxMinutes`, which is the last of them, at most 1,440; none where there is nothing to give. */
export const amountsUpTo = (maxMinutes: number): readonly number[] => {
  const most = Math.min(maxMinutes, DAY_MINUTES);
  return most < 1 ? [] : [...[...half, ...whole].filter((minutes) => minutes < most), most];
};

/** The one of `amounts` that is meant by what was written: that or the next below; an hour where nothing was. */
export const amountMeant = (amounts: readonly number[], written: string): number => {
  const wanted = written === '' ? USUAL_MINUTES : Number(written);
  return amounts.filter((minutes) => minutes <= wanted).at(-1) ?? amounts[0] ?? 0;
};
