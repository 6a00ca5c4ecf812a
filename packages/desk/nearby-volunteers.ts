/** The volunteers of a county, nearest first, as many at a time as somebody wants to look at. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { HomeStretch } from '@time-bank/contracts/home-code';
import { countyOf } from '@time-bank/contracts/region';
import { type Around, searchAround } from '@time-bank/matching/nearby';
import type { Ports } from './ports.ts';

/** So many parts of the neighbourhood are read at once. */
const PARTS_AT_ONCE = 4;
/** Fewer than this are not worth a trip. */
const ROWS_MIN = 8;

/** A neighbourhood that is being looked through. */
export interface Neighbourhood {
  /** The next ones, `count` at most, nearest first; fewer where nobody else lives within reach. */
  more: (count: number) => Promise<MemberId[]>;
}

interface Unread {
  stretch: HomeStretch;
  cursor?: string | undefined;
}

/** Opens the neighbourhood of a place. Nothing is read before somebody asks for more. */
export const neighbourhoodOf = (ports: Pick<Ports, 'people'>, around: Around): Neighbourhood => {
  const county = countyOf(around.communityCode);
  let unread: Unread[] = searchAround(around);
  const found: MemberId[] = [];
  const readOn = async (wanted: number): Promise<void> => {
    const parts = unread.slice(0, PARTS_AT_ONCE);
    const limit = Math.max(ROWS_MIN, Math.ceil(wanted / PARTS_AT_ONCE));
    const pages = await Promise.all(
      parts.map(async ({ stretch, cursor }) => {
        const page = await ports.people.listVolunteersWithin(county, stretch, { limit, cursor });
        return { stretch, ...page };
      }),
    );
    found.push(...pages.flatMap(({ items }) => items));
    const rest = pages.flatMap(({ stretch, cursor }) => (cursor === undefined ? [] : [{ stretch, cursor }]));
    unread = [...rest, ...unread.slice(PARTS_AT_ONCE)];
  };
  return {
    more: async (count) => {
      while (found.length < count && unread.length > 0) await readOn(count - found.length);
      return found.splice(0, count);
    },
  };
};
