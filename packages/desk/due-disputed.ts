/**
 * The schedule's rule for a request in dispute: a decision that nobody has appealed against in time is carried out; a
 * decision that is late is told upwards every day. Nobody decides by silence.
 */
import { tell } from '@time-bank/care/notice';
import { type RequestFacts, touched } from '@time-bank/care/request';
import type { CommandId } from '@time-bank/contracts/ids';
import { type RegionCode, countyOf } from '@time-bank/contracts/region';
import type { Role } from '@time-bank/contracts/role';
import { msOf, plusMinutes } from '@time-bank/contracts/time';
import { carryOut, nowOf } from './carry-out.ts';
import { disputeEnd } from './end-dispute.ts';
import type { DueWork, OnDue } from './keep-visits.ts';
import { officersOf } from './officers-of.ts';
import { disputeAbout } from './read-dispute.ts';
import { serviceStep } from './service-step.ts';
import type { DisputeRecord } from './staff-case.ts';

const A_DAY_MINUTES = 24 * 60;
const CITY_DIGITS = 4;

/** The decision of the community holds. */
const carryOutDecision = async (ports: DueWork, facts: RequestFacts, caseId: CommandId): Promise<boolean> => {
  const order = serviceStep(ports, facts.request, 'dispute_over');
  const outcome = await carryOut(
    ports,
    order,
    async (now, found) => {
      const record = await ports.caseBook.readNow('dispute', caseId);
      // Somebody has appealed in the last moment.
      if (record?.state !== 'decided' || msOf(record.dueAt) > msOf(order.at)) {
        return { kind: 'refused', refusal: { code: 'busy_try_again' } };
      }
      const ended = { ...record, version: record.version + 1, state: 'ended' as const };
      return disputeEnd(ports, { command: order, facts: now, record: ended, found });
    },
    facts,
  );
  return outcome.kind === 'done';
};

/** To whom a late decision is told: what a community owes to the county, what the county owes to the city. */
const above = ({ level, communityCode }: DisputeRecord): [Role, RegionCode] =>
  level === 1
    ? (['county', countyOf(communityCode)] as const)
    : (['city', communityCode.slice(0, CITY_DIGITS)] as const);

const tellUpwards = async (
  ports: DueWork,
  { request }: RequestFacts,
  record: DisputeRecord,
): Promise<boolean> => {
  const at = nowOf(ports);
  const people = await officersOf(ports, ...above(record));
  const { caseId, communityCode, level } = record;
  const word = { kind: 'dispute_overdue', about: { caseId }, figures: { level }, at } as const;
  const stepId = `${caseId}.${String(request.version)}`;
  const commit = await ports.journal.commit([
    touched(request, { dueAt: plusMinutes(at, A_DAY_MINUTES) }),
    tell(stepId, { ...word, to: { deskOf: communityCode } }),
    ...(people.length === 0 ? [] : [tell(`${stepId}.above`, { ...word, to: { people } })]),
  ]);
  return commit.kind === 'done';
};

/** A request in dispute whose time for something is over. */
export const onDisputed: OnDue = async (ports, facts) => {
  const record = await disputeAbout(ports, facts);
  if (record === undefined) return false;
  const now = nowOf(ports);
  if (msOf(record.dueAt) > msOf(now)) {
    const commit = await ports.journal.commit([touched(facts.request, { dueAt: record.dueAt })]);
    return commit.kind === 'done';
  }
  return record.state === 'decided'
    ? carryOutDecision(ports, facts, record.caseId)
    : tellUpwards(ports, facts, record);
};
