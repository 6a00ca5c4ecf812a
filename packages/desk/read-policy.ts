/** What a region has decided, for everybody to read. */
import type { PolicyView } from '@time-bank/contracts/policy';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { RegionCode } from '@time-bank/contracts/region';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { catalogue, valueKeys } from '@time-bank/policy/catalogue';
import { originsOf } from '@time-bank/policy/policy-origin';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';

/** The values in force in a region today, each with whose decision it is. Refuses: unknown_region. */
export const readPolicy = async (
  ports: Pick<Ports, 'clock' | 'policies' | 'regions'>,
  _permit: Grant<'read_policy'>,
  region: RegionCode,
): Promise<Outcome<PolicyView>> => {
  const [known, book] = await Promise.all([ports.regions.read(region), ports.policies.readBook()]);
  if (known === undefined) return refused('unknown_region');
  const date = civilDateOf(nowOf(ports));
  const policy = book.inForce(region, date);
  const origins = originsOf(book, region, date);
  return done({
    region,
    date,
    version: policy.version,
    values: valueKeys.map((name) => {
      const { unit, level, direction } = catalogue[name];
      const origin = origins.get(name);
      return {
        name,
        value: policy[name],
        unit,
        level,
        direction,
        ...(origin === undefined ? {} : { from: origin.region, number: origin.number }),
      };
    }),
  });
};
