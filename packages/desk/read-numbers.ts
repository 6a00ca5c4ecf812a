/**
 * A region in numbers, nobody's name among them. Up to the county they are counted now, community by community; above
 * it they are the sum of what the service has counted for each county on the last night.
 */
import type { RegionNumbers } from '@time-bank/contracts/linkage';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { CommunityCode, type RegionCode } from '@time-bank/contracts/region';
import { type Instant, civilDateOf, isoWeekOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import type { Ports } from './ports.ts';
import { coverageRows } from './read-coverage.ts';

const AT_ONCE = 8;
const CARDS_MAX = 100;
const COUNTY_DIGITS = 6;

type Counted = Omit<RegionNumbers, 'region' | 'day'>;
type Books = Pick<Ports, 'clock' | 'policies' | 'regions' | 'weekBook' | 'caseBook'>;

const nothing: Counted = {
  communities: 0,
  elders: 0,
  eldersAlone: 0,
  eldersVisited: 0,
  eldersPlanned: 0,
  openCards: 0,
  cardsDispatched: 0,
  resourceUnitsLeft: 0,
};

const sumOf = (one: Counted, other: Counted): Counted => ({
  communities: one.communities + other.communities,
  elders: one.elders + other.elders,
  eldersAlone: one.eldersAlone + other.eldersAlone,
  eldersVisited: one.eldersVisited + other.eldersVisited,
  eldersPlanned: one.eldersPlanned + other.eldersPlanned,
  openCards: one.openCards + other.openCards,
  cardsDispatched: one.cardsDispatched + other.cardsDispatched,
  resourceUnitsLeft: one.resourceUnitsLeft + other.resourceUnitsLeft,
});

const unitsLeft = async (ports: Books, region: RegionCode): Promise<number> => {
  const { items } = await ports.caseBook.listOpen('resource', region, { limit: CARDS_MAX });
  return items.reduce((sum, { leftQuantity }) => sum + leftQuantity, 0);
};

const countCommunity = async (ports: Books, code: CommunityCode, now: Instant): Promise<Counted> => {
  const [rows, cards, resourceUnitsLeft] = await Promise.all([
    coverageRows(ports, code, isoWeekOf(now)),
    ports.caseBook.listOpen('linkage', code, { limit: CARDS_MAX }),
    unitsLeft(ports, code),
  ]);
  return {
    communities: 1,
    elders: rows.length,
    eldersAlone: rows.filter(({ livingSituation }) => livingSituation === 'alone').length,
    eldersVisited: rows.filter(({ visited }) => visited > 0).length,
    eldersPlanned: rows.filter(({ planned }) => planned > 0).length,
    openCards: cards.items.length,
    cardsDispatched: cards.items.filter(({ state }) => state === 'dispatched').length,
    resourceUnitsLeft,
  };
};

/** Counts a region of 6 digits or more. */
export const countRegion = async (ports: Books, region: RegionCode, now: Instant): Promise<RegionNumbers> => {
  const communities = await ports.regions.listCommunities(region);
  // What was given to a township or the county stands in a list of its own.
  const own = region.length < 12 ? [region] : [];
  const townships = region.length === COUNTY_DIGITS ? communities.map(({ code }) => code.slice(0, 9)) : [];
  const shared = await Promise.all(
    [...new Set([...own, ...townships])].map((list) => unitsLeft(ports, list)),
  );
  let total: Counted = { ...nothing, resourceUnitsLeft: shared.reduce((sum, units) => sum + units, 0) };
  for (let start = 0; start < communities.length; start += AT_ONCE) {
    const counted = await Promise.all(
      communities
        .slice(start, start + AT_ONCE)
        .map(({ code }) => countCommunity(ports, CommunityCode.parse(code), now)),
    );
    total = counted.reduce(sumOf, total);
  }
  return { region, day: civilDateOf(now), ...total };
};

/** The numbers of a region. Refuses: unknown_region. */
export const readNumbers = async (
  ports: Books & Pick<Ports, 'numbersBook'>,
  _permit: Grant<'read_region_numbers'>,
  region: RegionCode,
): Promise<Outcome<RegionNumbers>> => {
  if ((await ports.regions.read(region)) === undefined) return refused('unknown_region');
  const now = nowOf(ports);
  if (region.length >= COUNTY_DIGITS) return done(await countRegion(ports, region, now));
  const counties = await ports.regions.listCounties(region);
  const kept = await Promise.all(counties.map(({ code }) => ports.numbersBook.readLatest(code)));
  const known = kept.filter((numbers) => numbers !== undefined);
  const oldest = known.map(({ day }) => day).sort()[0];
  return done({ region, day: oldest ?? civilDateOf(now), ...known.reduce<Counted>(sumOf, nothing) });
};
