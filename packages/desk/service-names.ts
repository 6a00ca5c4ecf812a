/**
 * What a service is called. A region names services of its own (Z01 to Z12) and may rename them: a record keeps the name
 * that was in force when it was made. All others are called the same everywhere, and nothing is read for them.
 */
import { isRegional, traitsOf } from '@time-bank/care/catalogue';
import { services } from '@time-bank/care/service';
import type { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import type { ServiceCode } from '@time-bank/contracts/request';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { Words } from '@time-bank/contracts/words';
import type { PolicyBook } from '@time-bank/policy/policy-book';
import type { Ports } from './ports.ts';
import type { PlannedVisit, SeriesCase, WeekPlanCase } from './staff-case.ts';

/** A record that says under which rules it was made. */
export interface Versioned {
  serviceCode: ServiceCode;
  communityCode: CommunityCode;
  policyVersion: string;
}

/** A record that says where and on which day it was made. */
export interface Dated {
  serviceCode: ServiceCode;
  region: RegionCode;
  on: CivilDate;
}

type Named = Versioned | Dated;

/** A series is called as on the day on which it was begun. */
export const asSeriesBegan = ({ serviceCode, communityCode, openedAt }: SeriesCase): Dated => ({
  serviceCode,
  region: communityCode,
  on: civilDateOf(openedAt),
});

/** A visit of a week's plan is called as on the day on which the plan was asked for. */
export const asPlanAsked = (
  { communityCode, askedBy }: WeekPlanCase,
  { serviceCode }: PlannedVisit,
): Dated => ({
  serviceCode,
  region: communityCode,
  on: civilDateOf(askedBy.at),
});

/** The name of a record's service, in words of three languages. */
export type ServiceNames = (record: Named) => Words;

const policyIn = (book: PolicyBook, record: Named) =>
  'on' in record
    ? book.inForce(record.region, record.on)
    : book.byVersion(record.communityCode, record.policyVersion);

/**
 * Names the services of these records. A version that a book kept for a minute does not have is looked for once more; a
 * name that nobody knows any more is the general one.
 */
export const serviceNames = async (
  ports: Pick<Ports, 'policies'>,
  records: readonly Named[],
): Promise<ServiceNames> => {
  const regional = records.filter(({ serviceCode }) => isRegional(serviceCode));
  if (regional.length === 0) return ({ serviceCode }) => services[serviceCode].words;
  const kept = await ports.policies.readBook();
  const isKnown = regional.every((record) => policyIn(kept, record) !== undefined);
  const book = isKnown ? kept : await ports.policies.readBookNow();
  return (record) => {
    const policy = isRegional(record.serviceCode) ? policyIn(book, record) : undefined;
    return (policy === undefined ? services[record.serviceCode] : traitsOf(policy, record.serviceCode)).words;
  };
};
