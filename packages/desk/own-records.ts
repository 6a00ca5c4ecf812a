/** What stands in the copy of somebody's data beside their particulars, hours and visits. Every list has its bound. */
import { repeatWords } from '@time-bank/care/repeat-words';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { OwnPlannedVisit, OwnRecords } from '@time-bank/contracts/own-records';
import { type IsoWeek, instantOf, isoWeekOf } from '@time-bank/contracts/time';
import type { Words } from '@time-bank/contracts/words';
import { weekPlanId } from './order-week-plan.ts';
import { shownPortraitOf } from './portrait.ts';
import type { Ports } from './ports.ts';
import { recordView } from './read-activity.ts';
import { wordsOf } from './read-inbox.ts';
import { asPlanAsked, asSeriesBegan, serviceNames } from './service-names.ts';
import type { EmergencyCase, PlannedVisit, SeriesCase, WeekPlanCase } from './staff-case.ts';
import { instantOfMinute } from './week-problem-of.ts';

const CASES_MAX = 100;
const NOTICES_MAX = 200;
/** The plans of these weeks are looked through, counted from this one. */
const WEEKS_LOOKED_AT = [-2, -1, 0, 1, 2];
const WEEK_MS = 7 * 24 * 60 * 60_000;

type Whose = Pick<Member, 'memberId' | 'communityCode'>;

const seriesOf = async (
  ports: Pick<Ports, 'policies'>,
  records: readonly SeriesCase[],
): Promise<OwnRecords['series']> => {
  const nameOf = await serviceNames(ports, records.map(asSeriesBegan));
  return records.map((record) => {
    const { caseId, state, from } = record;
    return { caseId, state, from, words: repeatWords({ ...record, service: nameOf(asSeriesBegan(record)) }) };
  });
};

const callOf = (record: EmergencyCase): OwnRecords['calls'][number] => {
  const { caseId, state, source, openedAt, calls, words, history } = record;
  return {
    caseId,
    state,
    source,
    openedAt,
    calls,
    ...(words === undefined ? {} : { words }),
    steps: history.map(({ step, at }) => ({ step, at })),
  };
};

const activitiesOf = async (
  ports: Pick<Ports, 'caseBook'>,
  { memberId, communityCode }: Whose,
): Promise<OwnRecords['activities']> => {
  const { items } = await ports.caseBook.listOpen('activity', communityCode, { limit: CASES_MAX });
  return items.flatMap(({ caseId, title, startAt, names }) =>
    names
      .filter((name) => name.memberId === memberId)
      .map(({ part, standing }) => ({ caseId, title, startAt, part, standing })),
  );
};

const noticesOf = async (ports: Pick<Ports, 'inbox'>, memberId: MemberId): Promise<OwnRecords['notices']> => {
  const { items } = await ports.inbox.list(memberId, { limit: NOTICES_MAX });
  return items.map((item) => ({
    kind: item.kind,
    words: wordsOf(item).long,
    at: item.at,
    ...(item.readAt === undefined ? {} : { readAt: item.readAt }),
  }));
};

const plannedOf = (
  memberId: MemberId,
  { week, planned, serviceWords }: { week: IsoWeek; planned: PlannedVisit; serviceWords: Words },
): OwnPlannedVisit => {
  const as = planned.elderId === memberId ? 'elder' : 'volunteer';
  return {
    week,
    as,
    otherId: as === 'elder' ? planned.volunteerId : planned.elderId,
    serviceCode: planned.serviceCode,
    serviceWords,
    plannedStartAt: instantOfMinute(week, planned.startMinute),
    plannedMinutes: planned.minutes,
    sent: planned.sent,
  };
};

/** The visits of a plan that somebody is part of. */
const ownIn = (plan: WeekPlanCase, memberId: MemberId): PlannedVisit[] =>
  plan.pairs.filter(({ elderId, volunteerId }) => elderId === memberId || volunteerId === memberId);

const plansOf = async (
  ports: Pick<Ports, 'clock' | 'caseBook' | 'policies'>,
  { memberId, communityCode }: Whose,
): Promise<OwnPlannedVisit[]> => {
  const weeks = WEEKS_LOOKED_AT.map((ahead) => isoWeekOf(instantOf(ports.clock.nowMs() + ahead * WEEK_MS)));
  const plans = await Promise.all(
    weeks.map((week) => ports.caseBook.readNow('week_plan', weekPlanId(communityCode, week))),
  );
  const own = plans
    .filter((plan) => plan !== undefined)
    .flatMap((plan) =>
      ownIn(plan, memberId).map((planned) => ({
        week: plan.week,
        planned,
        made: asPlanAsked(plan, planned),
      })),
    );
  const nameOf = await serviceNames(
    ports,
    own.map(({ made }) => made),
  );
  return own.map(({ week, planned, made }) =>
    plannedOf(memberId, { week, planned, serviceWords: nameOf(made) }),
  );
};

/** What is kept of somebody in records of these kinds. A plan names the other one by id only, as the rest of the copy does. */
export const ownRecordsOf = async (
  ports: Pick<Ports, 'clock' | 'caseBook' | 'policies' | 'personFiles' | 'inbox'>,
  whose: Whose,
): Promise<OwnRecords> => {
  const { memberId } = whose;
  const [series, calls, activities, served, notices, planned, portrait] = await Promise.all([
    ports.caseBook.listAbout('series', memberId, CASES_MAX),
    ports.caseBook.listAbout('emergency', memberId, CASES_MAX),
    activitiesOf(ports, whose),
    ports.personFiles.listNow('activity', memberId),
    noticesOf(ports, memberId),
    plansOf(ports, whose),
    shownPortraitOf(ports, memberId),
  ]);
  return {
    series: await seriesOf(ports, series),
    calls: calls.map(callOf),
    activities,
    served: served.map(recordView),
    notices,
    planned,
    ...(portrait === undefined ? {} : { portrait }),
  };
};
