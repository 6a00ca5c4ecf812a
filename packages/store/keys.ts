/** The only place that puts a key together. Access patterns: README. */
import type {
  AccountId,
  ChallengeId,
  MemberId,
  RequestId,
  TransferId,
  VisitId,
} from '@time-bank/contracts/ids';
import type { Phone, Role } from '@time-bank/contracts/member';
import { type CommunityCode, type RegionCode, countyOf } from '@time-bank/contracts/region';
import type { CivilDate, Instant, IsoWeek } from '@time-bank/contracts/time';

/** The two parts of an item's own key. */
export interface Key {
  pk: string;
  sk: string;
}

const TRANSFER = 'T#';

/** What stands on an account: one mutable item. */
export const accountHeadKey = (accountId: AccountId): Key => ({ pk: `A#${accountId}`, sk: 'H' });
/** A line of an account; the key is what makes a transfer happen once. */
export const entryKey = (accountId: AccountId, transferId: TransferId): Key => ({
  pk: `A#${accountId}`,
  sk: `${TRANSFER}${transferId}`,
});
/** Begins the sort key of every line of an account. */
export const entryPrefix = TRANSFER;

/** A request and the visits that belong to it. */
export const requestPartition = (requestId: RequestId): string => `REQ#${requestId}`;
/** The sort key of a request in its partition. */
export const REQUEST_SORT = 'REQUEST';
/** The request itself. */
export const requestKey = (requestId: RequestId): Key => ({
  pk: requestPartition(requestId),
  sk: REQUEST_SORT,
});
/** One volunteer's part in a request. */
export const visitKey = (requestId: RequestId, visitId: VisitId): Key => ({
  pk: requestPartition(requestId),
  sk: `VISIT#${visitId}`,
});

/** What is known of a person. */
export const memberKey = (memberId: MemberId): Key => ({ pk: `MEM#${memberId}`, sk: 'PROFILE' });
/** The visits that a volunteer has taken on. */
export const diaryKey = (volunteerId: MemberId): Key => ({ pk: `MEM#${volunteerId}`, sk: 'DIARY' });
/** A role that a person holds in a region. */
export const roleKey = (memberId: MemberId, role: Role, region: RegionCode): Key => ({
  pk: `MEM#${memberId}`,
  sk: `ROLE#${role}#${region}`,
});
/** Leads from a telephone number to its person; makes numbers unique. */
export const phoneKey = (phone: Phone): Key => ({ pk: `PHONE#${phone}`, sk: 'PHONE' });
/** Leads from a fingerprint of a person to their id; makes an import happen once. */
export const personKey = (naturalKey: string): Key => ({ pk: `PERSON#${naturalKey}`, sk: 'PERSON' });

/** A one-time code while it can be used. */
export const challengeKey = (challengeId: ChallengeId): Key => ({
  pk: `CHALLENGE#${challengeId}`,
  sk: 'CHALLENGE',
});
/** How many codes a number has had in a day. */
export const codeBudgetKey = (phone: Phone, day: CivilDate): Key => ({ pk: `CODES#${phone}`, sk: day });

/** Regions lie under their county, counties and what is above them under one list of their own. */
export const COUNTIES = 'COUNTIES';
/** The list of what lies within a county. */
export const countyPartition = (county: RegionCode): string => `REGION#${county}`;
/** The list in which a region stands. */
export const regionPartition = (code: RegionCode): string =>
  code.length <= 6 ? COUNTIES : countyPartition(code.slice(0, 6));
/** A region. */
export const regionKey = (code: RegionCode): Key => ({ pk: regionPartition(code), sk: code });

/** A community's week. */
export const weekPartition = (week: IsoWeek, communityCode: CommunityCode): string =>
  `WEEK#${week}#${communityCode}`;
/** The visits that a county's volunteers have in a week. */
export const bookedPartition = (week: IsoWeek, county: RegionCode): string => `BOOKED#${week}#${county}`;

/** Index: the requests that a person receives. */
export const receivesKey = (memberId: MemberId): string => `RECEIVES#${memberId}`;
/** Index: the visits that a volunteer has taken. */
export const visitsKey = (memberId: MemberId): string => `VISITS#${memberId}`;
/** Index: the requests of a community. */
export const communityRequestsKey = (communityCode: CommunityCode): string => `REQUESTS#${communityCode}`;
/** Index: the requests of a township that wait for a volunteer. */
export const openKey = (township: RegionCode): string => `OPEN#${township}`;
/** Index: the requests of a community whose visit waits to be confirmed. */
export const unconfirmedKey = (communityCode: CommunityCode): string => `UNCONFIRMED#${communityCode}`;
/** Index: the residents of a community. */
export const residentsKey = (communityCode: CommunityCode): string => `RESIDENTS#${communityCode}`;
/** Index: the volunteers of a county. */
export const volunteersKey = (county: RegionCode): string => `VOLUNTEERS#${county}`;
const coordinatorsKey = (region: RegionCode): string => `COORDINATORS#${region}`;

/** Where the holders of a role are listed. */
export const roleListKey = (role: Role, region: RegionCode, home: CommunityCode): string => {
  switch (role) {
    case 'resident':
      return residentsKey(home);
    case 'volunteer':
      return volunteersKey(countyOf(home));
    case 'coordinator':
      return coordinatorsKey(region);
  }
};

/** Sorts by planned start, then by id. */
export const startSort = (plannedStartAt: Instant, id: string): string => `${plannedStartAt}#${id}`;
