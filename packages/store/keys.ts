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

export const accountHeadKey = (accountId: AccountId): Key => ({ pk: `A#${accountId}`, sk: 'H' });
export const entryKey = (accountId: AccountId, transferId: TransferId): Key => ({
  pk: `A#${accountId}`,
  sk: `${TRANSFER}${transferId}`,
});
export const entryPrefix = TRANSFER;

export const requestPartition = (requestId: RequestId): string => `REQ#${requestId}`;
export const requestKey = (requestId: RequestId): Key => ({ pk: requestPartition(requestId), sk: 'REQUEST' });
export const visitKey = (requestId: RequestId, visitId: VisitId): Key => ({
  pk: requestPartition(requestId),
  sk: `VISIT#${visitId}`,
});

export const memberKey = (memberId: MemberId): Key => ({ pk: `MEM#${memberId}`, sk: 'PROFILE' });
export const roleKey = (memberId: MemberId, role: Role, region: RegionCode): Key => ({
  pk: `MEM#${memberId}`,
  sk: `ROLE#${role}#${region}`,
});
export const phoneKey = (phone: Phone): Key => ({ pk: `PHONE#${phone}`, sk: 'PHONE' });
export const personKey = (naturalKey: string): Key => ({ pk: `PERSON#${naturalKey}`, sk: 'PERSON' });

export const challengeKey = (challengeId: ChallengeId): Key => ({
  pk: `CHALLENGE#${challengeId}`,
  sk: 'CHALLENGE',
});
export const codeBudgetKey = (phone: Phone, day: CivilDate): Key => ({ pk: `CODES#${phone}`, sk: day });

/** Regions lie under their county, counties and what is above them under one list of their own. */
export const COUNTIES = 'COUNTIES';
export const regionPartition = (code: RegionCode): string =>
  code.length <= 6 ? COUNTIES : `REGION#${code.slice(0, 6)}`;
export const regionKey = (code: RegionCode): Key => ({ pk: regionPartition(code), sk: code });

export const weekPartition = (week: IsoWeek, communityCode: CommunityCode): string =>
  `WEEK#${week}#${communityCode}`;
export const bookedPartition = (week: IsoWeek, county: RegionCode): string => `BOOKED#${week}#${county}`;

export const receivesKey = (memberId: MemberId): string => `RECEIVES#${memberId}`;
export const visitsKey = (memberId: MemberId): string => `VISITS#${memberId}`;
export const communityRequestsKey = (communityCode: CommunityCode): string => `REQUESTS#${communityCode}`;
export const openKey = (county: RegionCode): string => `OPEN#${county}`;
export const residentsKey = (communityCode: CommunityCode): string => `RESIDENTS#${communityCode}`;
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
