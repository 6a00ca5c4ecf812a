/** Visits that were made and what the schedule does about them. */
import { keepVisits } from '@time-bank/desk/keep-visits';
import { CommandId, RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { SatisfactionQuery } from '@time-bank/contracts/confirming';
import { type Town } from '../town.ts';
import { aVisit } from '../walks/steps.ts';

export const HOUR = 60;
export const DAY = 24 * HOUR;

/** What the schedule does now. */
export const theScheduleRuns = (town: Town): Promise<number> => keepVisits(town.ports);

/** The request as it is kept. */
export const kept = async (town: Town, requestId: string) => {
  const facts = await town.ports.careBook.readRequestNow(RequestId.parse(requestId));
  if (facts === undefined) throw new Error('there is no such request');
  return facts;
};

/** The kinds of notices that were written about a request or a case, with their times. */
export const disputeCase = async (town: Town, caseId: string) => {
  const record = await town.ports.caseBook.readNow('dispute', CommandId.parse(caseId));
  if (record === undefined) throw new Error('there is no such dispute');
  return record;
};

/** The next nine o'clock in the morning in China: by night two would have to go. */
export const nextMorning = (town: Town): void => {
  const nowMs = Date.parse(town.now());
  const nine = 1 * 60 * 60 * 1000;
  const day = 24 * 60 * 60 * 1000;
  town.setClock(new Date(Math.ceil((nowMs - nine) / day) * day + nine).toISOString());
};

/** A visit in the morning, as far along as a test wants it. */
export const aDayVisit = (...[town, upTo, cast]: Parameters<typeof aVisit>) => {
  nextMorning(town);
  return aVisit(town, upTo, cast);
};

/** Staff of a county. */
export const aCountyOfficer = (town: Town): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role: 'county', region: '341302' }] });

/** Somebody at the hotline of a community's township. */
export const aHotline = (town: Town): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role: 'hotline', region: '341302001' }] });

/** The balance of an account. */
export const balanceOf = async (town: Town, who: Member) => {
  const { availableMinutes, heldMinutes } = (await town.ask(who, 'GET', '/api/account')).body;
  return { availableMinutes, heldMinutes };
};

/** The month of now. */
export const monthNow = (town: Town): string => SatisfactionQuery.shape.month.parse(town.now().slice(0, 7));
