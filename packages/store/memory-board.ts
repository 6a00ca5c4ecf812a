/** What a community's board is made of, in memory. */
import type { WeekVisit } from '@time-bank/care/coverage';
import { type MemberId, ulidTime } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { BoardAlert, BoardEvent, BoardResident, WeekBooking } from '@time-bank/desk/ports';

/** The boards of all communities: visits by elder and community, events and alerts by community. */
export interface BoardMemory {
  visits: Map<string, Map<string, WeekBooking>>;
  events: Map<string, BoardEvent>;
  alerts: Map<string, BoardAlert>;
}

/** Empty boards. */
export const boardMemory = (): BoardMemory => ({ visits: new Map(), events: new Map(), alerts: new Map() });

/** An elder as a board has them. */
export const residentOf = (member: Member): BoardResident => {
  const { memberId, communityCode, name, gender, birthDate, livingSituation, abilityLevel } = member;
  const tier = member.elderFile?.visitTier;
  const from = member.roles.find(({ role }) => role === 'resident')?.from;
  return {
    ...{ memberId, communityCode, name, gender, birthDate },
    tags: member.elderFile?.tags ?? [],
    since: from ?? civilDateOf(instantOf(ulidTime(memberId))),
    ...(livingSituation === undefined ? {} : { livingSituation }),
    ...(abilityLevel === undefined ? {} : { abilityLevel }),
    ...(tier === undefined ? {} : { visitTier: tier }),
  };
};

/** A visit as a board shows it. */
export const visitOnBoard = (booking: WeekBooking): WeekVisit => {
  const { requestId, elderId, state, plannedStartAt, serviceCode, need, follows } = booking;
  return {
    ...{ requestId, elderId, state, plannedStartAt, serviceCode },
    ...(need === undefined ? {} : { need }),
    ...(follows === undefined ? {} : { follows }),
  };
};

/** What leads to an elder's visits on a board. */
export const boardRow = (communityCode: CommunityCode, elderId: MemberId): string =>
  `${communityCode} ${elderId}`;

/** Takes the events of an elder off all boards. */
export const forgetEvents = ({ events }: BoardMemory, elderId: MemberId): void => {
  for (const [key, event] of events) if (event.elderId === elderId) events.delete(key);
};
