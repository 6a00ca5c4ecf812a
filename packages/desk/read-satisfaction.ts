/** How content the people of a community are with the visits of a month. */
import { contentmentOf } from '@time-bank/care/rating';
import type { RequestRecord } from '@time-bank/care/request';
import type { Satisfaction } from '@time-bank/contracts/confirming';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, startOfDay } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';

const REQUESTS_A_PAGE = 200;

/** Counts the visits that were planned in a month of China (`2026-11`), as they stand now. */
export const readSatisfaction = async (
  ports: Pick<Ports, 'careBook'>,
  _permit: Grant<'read_satisfaction'>,
  { community, month }: { community: CommunityCode; month: string },
): Promise<Outcome<Satisfaction>> => {
  const requests: RequestRecord[] = [];
  const from = startOfDay(`${month}-01`);
  for (let cursor: string | undefined; ;) {
    const page = await ports.careBook.listOfCommunity(community, { from, limit: REQUESTS_A_PAGE, cursor });
    const all = page.items.map(({ request }) => request);
    const own = all.filter(({ plannedStartAt }) => civilDateOf(plannedStartAt).startsWith(month));
    requests.push(...own);
    // What is planned for another month comes after this one.
    if (page.cursor === undefined || own.length < all.length) break;
    cursor = page.cursor;
  }
  return done({ community, month, ...contentmentOf(requests) });
};
