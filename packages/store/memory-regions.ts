/** The register of regions in memory. */
import type { Region, RegionCode } from '@time-bank/contracts/region';
import type { Regions } from '@time-bank/desk/ports';
import { COUNTIES, countyPartition, regionPartition } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** A county has hundreds of communities, the country about 3,200 rows above them. */
const LIST_MAX = 10_000;

/** The register in memory, empty at first. As on DynamoDB, a list by a reach above a county goes by its counties. */
export const memoryRegions = (): Regions => {
  const regions = sortedLists<Region>();

  const within = (list: string, reach: string, digits: number): Region[] =>
    regions
      .read(list, { limit: LIST_MAX })
      .filter(({ code }) => code.length === digits && code.startsWith(reach));

  const countiesWithin = (reach: string): RegionCode[] =>
    reach.length >= 6 ? [reach.slice(0, 6)] : within(COUNTIES, reach, 6).map(({ code }) => code);

  return {
    read: (code) => answer(() => regions.find(regionPartition(code), code)),
    listCounties: (reach) => answer(() => within(COUNTIES, reach, 6)),
    listCommunities: (reach) =>
      answer(() => countiesWithin(reach).flatMap((county) => within(countyPartition(county), reach, 12))),
    put: (given) =>
      answer(() => {
        for (const region of given) regions.put(regionPartition(region.code), region.code, kept(region));
      }),
  };
};
