/** The plan of a week as the coordinator sees it: gaps first, each pair with its grounds in words. */
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, maskedName } from '@time-bank/contracts/member';
import { wordsFor } from '@time-bank/contracts/reason-words';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { IsoWeek } from '@time-bank/contracts/time';
import { uncoveredWords, wouldWords } from '@time-bank/contracts/uncovered-words';
import type { PlannedVisitView, WeekPlanView } from '@time-bank/contracts/week-plan';
import type { Grant } from '@time-bank/identity/grant';
import { weekPlanId } from './order-week-plan.ts';
import type { Ports } from './ports.ts';
import { type ServiceNames, asPlanAsked, serviceNames } from './service-names.ts';
import type { PlannedVisit, SettledPair, WeekPlanCase } from './staff-case.ts';
import { instantOfMinute } from './week-problem-of.ts';

type Names = (memberId: MemberId) => string;

const isPair =
  ({ elderId, volunteerId }: SettledPair) =>
  (pair: SettledPair): boolean =>
    pair.elderId === elderId && pair.volunteerId === volunteerId;

interface Called {
  nameOf: Names;
  serviceOf: ServiceNames;
}

const plannedView = (
  record: WeekPlanCase,
  planned: PlannedVisit,
  { nameOf, serviceOf }: Called,
): PlannedVisitView => {
  return {
    visitKey: planned.visitKey,
    ...(planned.requestId === undefined ? {} : { requestId: planned.requestId }),
    elderId: planned.elderId,
    elderName: nameOf(planned.elderId),
    volunteerId: planned.volunteerId,
    volunteerName: nameOf(planned.volunteerId),
    serviceCode: planned.serviceCode,
    serviceWords: serviceOf(asPlanAsked(record, planned)),
    plannedStartAt: instantOfMinute(record.week, planned.startMinute),
    plannedMinutes: planned.minutes,
    isLocked: record.locked.some(isPair(planned)),
    sent: planned.sent,
    reasons: planned.reasons.map((reason) => ({ reason, words: wordsFor(reason) })),
  };
};

const viewOf = (record: WeekPlanCase, called: Called): WeekPlanView => ({
  caseId: record.caseId,
  communityCode: record.communityCode,
  week: record.week,
  state: record.state,
  progress: record.progress,
  askedAt: record.askedBy.at,
  ...(record.figures === undefined ? {} : { figures: record.figures }),
  pairs: record.pairs.map((planned) => plannedView(record, planned, called)),
  uncovered: record.uncovered.map(({ reason, would, ...visit }) => ({
    ...visit,
    elderName: called.nameOf(visit.elderId),
    reason,
    words: uncoveredWords(reason),
    would,
    wouldWords: wouldWords(would),
  })),
  locked: record.locked,
  forbidden: record.forbidden,
});

/** The plan of a community's week. Refuses: unknown_case where nobody has asked for one. */
export const readWeekPlan = async (
  ports: Pick<Ports, 'caseBook' | 'people' | 'policies'>,
  permit: Grant<'read_week_plan'>,
  { communityCode, week }: { communityCode: CommunityCode; week: IsoWeek },
): Promise<Outcome<WeekPlanView>> => {
  const record = await ports.caseBook.readNow('week_plan', weekPlanId(communityCode, week));
  if (record === undefined) return refused('unknown_case');
  const ids = [...record.pairs, ...record.uncovered].flatMap((each) =>
    'volunteerId' in each ? [each.elderId, each.volunteerId] : [each.elderId],
  );
  const [people, serviceOf] = await Promise.all([
    ports.people.readMembers([...new Set(ids)]),
    serviceNames(
      ports,
      record.pairs.map((planned) => asPlanAsked(record, planned)),
    ),
  ]);
  const nameOf = (memberId: MemberId): string => {
    const member: Member | undefined = people.get(memberId);
    if (member === undefined) return '*';
    return permit.isMasked ? maskedName(member.name) : member.name;
  };
  return done(viewOf(record, { nameOf, serviceOf }));
};
