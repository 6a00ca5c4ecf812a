/** The register of regions on DynamoDB, remembered for a while: it changes once a year. */
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { Region, type RegionCode } from '@time-bank/contracts/region';
import type { Clock, Regions } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { decode, encode } from './item.ts';
import { COUNTIES, countyPartition, regionKey, regionPartition } from './keys.ts';
import { queryAll } from './query.ts';

const StoredRegion = z.object(Region.shape);

const REMEMBERED_MS = 5 * 60 * 1000;
/** A county has hundreds of communities, the country about 3,200 rows above them. */
const PARTITION_MAX = 10_000;
/** DynamoDB's most for one call. */
const BATCH = 25;

/** The register on a connection; what was read is good for five minutes of `clock`. */
export const dynamoRegions = (connection: Connection, clock: Clock): Regions => {
  const remembered = new Map<string, { until: number; regions: Promise<Map<RegionCode, Region>> }>();

  const load = async (partition: string): Promise<Map<RegionCode, Region>> => {
    const items = await queryAll(connection, { table: 'care', partition }, PARTITION_MAX);
    return new Map(items.map((item) => decode(StoredRegion, item)).map((region) => [region.code, region]));
  };

  const partitionOf = (partition: string): Promise<Map<RegionCode, Region>> => {
    const known = remembered.get(partition);
    if (known !== undefined && known.until > clock.nowMs()) return known.regions;
    const regions = load(partition);
    remembered.set(partition, { until: clock.nowMs() + REMEMBERED_MS, regions });
    // Nothing found and nothing reached are not worth remembering.
    regions.then(
      (found) => found.size === 0 && remembered.delete(partition),
      () => remembered.delete(partition),
    );
    return regions;
  };

  const listCounties = async (reach: RegionCode): Promise<Region[]> =>
    [...(await partitionOf(COUNTIES)).values()].filter(
      ({ code }) => code.length === 6 && code.startsWith(reach),
    );

  return {
    read: async (code) => (await partitionOf(regionPartition(code))).get(code),
    listCounties,
    listCommunities: async (reach) => {
      const counties =
        reach.length >= 6 ? [reach.slice(0, 6)] : (await listCounties(reach)).map(({ code }) => code);
      const lists = await Promise.all(counties.map((county) => partitionOf(countyPartition(county))));
      return lists.flatMap((list) =>
        [...list.values()].filter(({ code }) => code.length === 12 && code.startsWith(reach)),
      );
    },
    put: async (regions) => {
      const table = connection.tables.care;
      for (let start = 0; start < regions.length; start += BATCH) {
        let writes = regions.slice(start, start + BATCH).map((region) => ({
          PutRequest: { Item: encode({ ...regionKey(region.code) }, region) },
        }));
        while (writes.length > 0) {
          const command = new BatchWriteItemCommand({ RequestItems: { [table]: writes } });
          const answer = await reaching(() => connection.client.send(command));
          const left = answer.UnprocessedItems?.[table] ?? [];
          writes = writes.filter((write) =>
            left.some(({ PutRequest }) => PutRequest?.Item?.['sk']?.S === write.PutRequest.Item['sk']?.S),
          );
        }
      }
      remembered.clear();
    },
  };
};
