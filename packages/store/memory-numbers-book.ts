/** What was counted of counties, in memory. */
import type { RegionNumbers } from '@time-bank/contracts/linkage';
import type { NumbersBook } from '@time-bank/desk/ports';
import { answer } from './memory-answer.ts';
import { kept } from './memory-value.ts';

/** The numbers book in memory, empty at first. */
export const memoryNumbersBook = (): NumbersBook => {
  const latest = new Map<string, RegionNumbers>();
  return {
    put: (numbers) =>
      answer(() => {
        const before = latest.get(numbers.region);
        if (before === undefined || before.day < numbers.day) latest.set(numbers.region, kept(numbers));
      }),
    readLatest: (county) => answer(() => latest.get(county)),
  };
};
