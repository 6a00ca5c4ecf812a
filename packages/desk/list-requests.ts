/** Lists of requests, each for one kind of page. */
import { waitsForAWord } from '@time-bank/care/life';
import type { RequestFacts } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { CommunityCode, type RegionCode, countyOf, townshipOf } from '@time-bank/contracts/region';
import type { RequestPage } from '@time-bank/contracts/request';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { InvalidCursor, type Page, type Ports } from './ports.ts';
import { viewsOf } from './request-view.ts';
import { walk } from './walk.ts';

type Lists = Pick<Ports, 'clock' | 'careBook' | 'people' | 'regions' | 'policies'>;

/** What a phone shows before "more". */
const PAGE = 25;
/** Who looks after a community sees the requests of the last week too, and older ones that nobody has confirmed yet. */
const COMMUNITY_DAYS_BACK = 7;
const FORGOTTEN_MAX = 25;
const DUE_MAX = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

const present = async (
  ports: Lists,
  permit: Grant<ListAction>,
  page: Page<RequestFacts>,
): Promise<RequestPage> => ({
  items: await viewsOf(ports, permit, page.items),
  ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
});

type ListAction = 'read_request' | 'list_open_requests' | 'list_own_requests' | 'list_community_requests';

const withoutVisits = <T>(page: Page<T>): Page<{ request: T }> => ({
  ...page,
  items: page.items.map((request) => ({ request })),
});

/** A page of a walk, or the news that the cursor is of another list. */
const found = <T>(page: Page<T> | undefined): Page<T> => {
  if (page === undefined) throw new InvalidCursor('the cursor belongs to another list');
  return page;
};

/**
 * Requests of my county that wait for a volunteer, without my own and those that I am one of two for: those of my own township first, each township's
 * soonest first. Refuses: not_allowed. Throws InvalidCursor.
 */
export const listOpenRequests = async (
  ports: Lists,
  permit: Grant<'list_open_requests'>,
  cursor?: string,
): Promise<Outcome<RequestPage>> => {
  const me = await ports.people.readMember(permit.actor.memberId);
  if (me === undefined) return refused('not_allowed');
  const from = instantOf(ports.clock.nowMs());
  const communities = await ports.regions.listCommunities(countyOf(me.communityCode));
  const townships = communities.map(({ code }) => townshipOf(code)).sort();
  const near = [...new Set([townshipOf(me.communityCode), ...townships])];
  const page = found(
    await walk(near, { limit: PAGE, cursor }, (township, place) =>
      ports.careBook.listOpen(township, { ...place, from }),
    ),
  );
  const others = page.items
    .filter(({ receiverId, volunteerId }) => receiverId !== me.memberId && volunteerId !== me.memberId)
    // Whoever was let down before comes first among those that are shown together.
    .sort((one, other) => (other.priority ?? 0) - (one.priority ?? 0));
  return done(await present(ports, permit, withoutVisits({ ...page, items: others })));
};

/** Requests that I receive, latest first. */
export const listReceivedRequests = async (
  ports: Lists,
  permit: Grant<'list_own_requests'>,
  cursor?: string,
): Promise<Outcome<RequestPage>> =>
  done(
    await present(
      ports,
      permit,
      await ports.careBook.listReceived(permit.actor.memberId, { limit: PAGE, cursor }),
    ),
  );

/** Requests that an elder receives whom somebody helps or looks after, latest first. The grant is over the elder. */
export const listElderRequests = async (
  ports: Lists,
  permit: Grant<'read_request'>,
  elderId: MemberId,
  cursor?: string,
): Promise<Outcome<RequestPage>> =>
  done(await present(ports, permit, await ports.careBook.listReceived(elderId, { limit: PAGE, cursor })));

/** Requests that I have taken as a volunteer, latest first. */
export const listVisitedRequests = async (
  ports: Lists,
  permit: Grant<'list_own_requests'>,
  cursor?: string,
): Promise<Outcome<RequestPage>> =>
  done(
    await present(
      ports,
      permit,
      await ports.careBook.listVisited(permit.actor.memberId, { limit: PAGE, cursor }),
    ),
  );

/** The communities within any of `reaches`, by code. */
export const communitiesWithin = async (
  ports: Pick<Ports, 'regions'>,
  reaches: readonly RegionCode[],
): Promise<CommunityCode[]> => {
  const found = await Promise.all(reaches.map((reach) => ports.regions.listCommunities(reach)));
  return [...new Set(found.flat().map(({ code }) => code))].sort().map((code) => CommunityCode.parse(code));
};

/** The one that was named, where there is one; else all within the permit's reach. */
const communitiesAsked = async (
  ports: Pick<Ports, 'regions'>,
  permit: Grant<'list_community_requests'>,
  only: CommunityCode | undefined,
): Promise<CommunityCode[]> => {
  if (only === undefined) return communitiesWithin(ports, permit.reaches);
  return (await ports.regions.read(only)) === undefined ? [] : [only];
};

/** Visits that began before `from` and that nobody has confirmed: the schedule keeps them in sight. */
const forgottenOf = async (
  ports: Pick<Ports, 'careBook'>,
  communityCode: CommunityCode,
  from: Instant,
): Promise<RequestFacts[]> => {
  const due = await ports.careBook.listDue(communityCode, { limit: DUE_MAX });
  return due
    .filter(({ request }) => waitsForAWord(request.state) && request.plannedStartAt < from)
    .slice(0, FORGOTTEN_MAX);
};

/**
 * Requests of the communities that somebody looks after, one community after the other: first what was visited longer than a week
 * ago and still waits to be confirmed, then everything from a week ago on, soonest first.
 * Refuses: unknown_region. Throws InvalidCursor.
 */
export const listCommunityRequests = async (
  ports: Lists,
  permit: Grant<'list_community_requests'>,
  { community: only, cursor }: { community?: CommunityCode | undefined; cursor?: string | undefined } = {},
): Promise<Outcome<RequestPage>> => {
  const communities = await communitiesAsked(ports, permit, only);
  if (only !== undefined && communities.length === 0) return refused('unknown_region');
  const from = instantOf(ports.clock.nowMs() - COMMUNITY_DAYS_BACK * DAY_MS);
  const page = await walk(communities, { limit: PAGE, cursor }, async (written, place) => {
    const code = CommunityCode.parse(written);
    const listed = await ports.careBook.listOfCommunity(code, { ...place, from });
    if (place.cursor !== undefined) return listed;
    return { ...listed, items: [...(await forgottenOf(ports, code, from)), ...listed.items] };
  });
  return done(await present(ports, permit, found(page)));
};
