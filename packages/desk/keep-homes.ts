/**
 * Volunteers who were stored before there were codes of homes are found by nobody who looks for the nearest: they are
 * given one, so many a run, until there are none left. A run begins where the last one ended by what is still missing.
 */
import { withoutCode } from '@time-bank/contracts/home-code';
import type { Ports } from './ports.ts';

/** A write each: so many a run, over all counties. */
const PLACED_A_RUN = 200;
/** A run looks at so many counties; the schedule runs every five minutes, and whose turn it is follows from the clock. */
const COUNTIES_A_RUN = 50;
const RUN_MS = 5 * 60 * 1000;

type Work = Pick<Ports, 'clock' | 'people' | 'regions'>;

const countiesOfRun = async (ports: Work) => {
  const counties = await ports.regions.listCounties('');
  const parts = Math.max(1, Math.ceil(counties.length / COUNTIES_A_RUN));
  const part = Math.floor(ports.clock.nowMs() / RUN_MS) % parts;
  return counties.filter((_, index) => index % parts === part);
};

/** Lists volunteers by their homes; gives how many. Safe to run twice, and two at once. */
export const keepHomes = async (ports: Work): Promise<number> => {
  let placed = 0;
  let left = PLACED_A_RUN;
  for (const { code } of await countiesOfRun(ports)) {
    if (left <= 0) break;
    const { items } = await ports.people.listVolunteersWithin(code, withoutCode, { limit: left });
    left -= items.length;
    for (const member of (await ports.people.readMembers(items)).values())
      if (await ports.people.placeVolunteer(member)) placed += 1;
  }
  return placed;
};
