/** Once a day the service counts every county, so that those above it need not read every community to see a sum. */
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { Ports } from './ports.ts';
import { countRegion } from './read-numbers.ts';

/** Counts the counties that were not counted today; gives how many. Safe to run twice, and two at once. */
export const keepNumbers = async (
  ports: Pick<Ports, 'clock' | 'policies' | 'regions' | 'weekBook' | 'caseBook' | 'numbersBook'>,
): Promise<number> => {
  const now = instantOf(ports.clock.nowMs());
  let counted = 0;
  for (const { code } of await ports.regions.listCounties('')) {
    const before = await ports.numbersBook.readLatest(code);
    if (before?.day === civilDateOf(now)) continue;
    await ports.numbersBook.put(await countRegion(ports, code, now));
    counted += 1;
  }
  return counted;
};
