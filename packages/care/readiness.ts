/**
 * Whether a volunteer may be sent to a visit, on the day of the visit: what runs out stops dispatch by its own date, and
 * nobody has to do anything about it. Source: domain; 志愿服务条例 Arts 15 to 17.
 */
import type { Member } from '@time-bank/contracts/member';
import { type CivilDate, ageOn } from '@time-bank/contracts/time';
import type {
  NotReady,
  RunningOut,
  Training,
  Volunteering,
  VolunteerState,
} from '@time-bank/contracts/volunteering';
import type { Policy } from '@time-bank/policy/policy';
import type { ServiceTraits } from './service.ts';

/** The rules of a region about volunteers. */
export type VolunteerRules = Pick<
  Policy,
  | 'recordCheckRequired'
  | 'baseTrainingMinutes'
  | 'insuranceFromRiskLevel'
  | 'loadLimitAgeYears'
  | 'loadLimitWeekMinutesMax'
>;

/** Who is asked. Without `volunteering` they are no volunteer yet. */
export type Asked = Pick<Member, 'birthDate' | 'volunteering'>;

/**
 * What they are asked for. `weekMinutes`: what they would serve in the week of the visit, this one included, whole.
 * `isApart`: one of the two must not be sent to the other.
 */
export interface VisitAsked {
  service: ServiceTraits;
  day: CivilDate;
  weekMinutes: number;
  isApart: boolean;
}

/** Of full age by the Civil Code, Art. 17. */
const ADULT_YEARS = 18;

interface Valid {
  from?: CivilDate;
  until?: CivilDate;
}

const holdsOn = ({ from, until }: Valid, day: CivilDate): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);

/** The state on a day: a pause ends by itself after its last day. */
export const stateOn = ({ state, pausedUntil }: Volunteering, day: CivilDate): VolunteerState =>
  state === 'paused' && pausedUntil !== undefined && pausedUntil < day ? 'active' : state;

const minutesOf = (trainings: readonly Training[]): number =>
  trainings.reduce((sum, { minutes }) => sum + minutes, 0);

/** What the trainings that are good on a day come to, in whole minutes. */
export const trainedMinutes = ({ trainings }: Volunteering, day: CivilDate): number =>
  minutesOf(trainings.filter(({ on, until }) => on <= day && holdsOn({ ...(until && { until }) }, day)));

const stateReasons = (volunteering: Volunteering, day: CivilDate): NotReady[] => {
  const state = stateOn(volunteering, day);
  if (state === 'active') return [];
  return [state === 'paused' ? 'paused' : 'not_active'];
};

const recordReasons = (rules: VolunteerRules, { recordCheck }: Volunteering, day: CivilDate): NotReady[] => {
  // A check that was failed stops everywhere, also where none is asked for.
  if (recordCheck?.isPassed === false) return ['record_check_failed'];
  if (!rules.recordCheckRequired) return [];
  if (recordCheck === undefined || recordCheck.on > day) return ['record_check_missing'];
  return recordCheck.until !== undefined && recordCheck.until < day ? ['record_check_expired'] : [];
};

/** True where somebody has to be trained once more and has not been: what they had learnt is as if it had run out. */
const isToBeRetrained = ({ retrainFrom, trainings }: Volunteering, day: CivilDate): boolean =>
  retrainFrom !== undefined && !trainings.some(({ on }) => retrainFrom <= on && on <= day);

const trainingReasons = (rules: VolunteerRules, volunteering: Volunteering, day: CivilDate): NotReady[] => {
  if (isToBeRetrained(volunteering, day)) return ['training_expired'];
  if (trainedMinutes(volunteering, day) >= rules.baseTrainingMinutes) return [];
  const everTrained = minutesOf(volunteering.trainings.filter(({ on }) => on <= day));
  return [everTrained >= rules.baseTrainingMinutes ? 'training_expired' : 'training_missing'];
};

const paperReasons = (
  rules: VolunteerRules,
  { insurance, licences }: Volunteering,
  { service, day }: Pick<VisitAsked, 'service' | 'day'>,
): NotReady[] => {
  const isInsured = insurance !== undefined && holdsOn(insurance, day);
  const isLicensed = licences.some((licence) => licence.name === service.licence && holdsOn(licence, day));
  return [
    ...(service.risk >= rules.insuranceFromRiskLevel && !isInsured ? (['insurance_expired'] as const) : []),
    ...(service.licence !== undefined && !isLicensed ? (['licence_missing'] as const) : []),
  ];
};

const ageReasons = (rules: VolunteerRules, asked: Asked, visit: VisitAsked): NotReady[] => {
  const { service, day, weekMinutes } = visit;
  const age = ageOn(asked.birthDate, day);
  const consent = asked.volunteering?.guardianConsent;
  const isLed = service.isGroup && consent !== undefined && consent.on <= day && day <= consent.until;
  if (age < ADULT_YEARS && !isLed) return ['minor_group_only'];
  const isTooMuch = service.isHeavy || weekMinutes > rules.loadLimitWeekMinutesMax;
  return age >= rules.loadLimitAgeYears && isTooMuch ? ['load_limit'] : [];
};

/** What papers are missing for a service on a day, whatever the state. */
export const missingPapers = (
  rules: VolunteerRules,
  volunteering: Volunteering,
  visit: Pick<VisitAsked, 'service' | 'day'>,
): NotReady[] => [
  ...recordReasons(rules, volunteering, visit.day),
  ...trainingReasons(rules, volunteering, visit.day),
  ...paperReasons(rules, volunteering, visit),
];

/** Every reason why somebody cannot be sent, in the order of `NotReady`; none where they can. */
export const readinessOf = (rules: VolunteerRules, asked: Asked, visit: VisitAsked): NotReady[] => {
  const { volunteering } = asked;
  const apart: NotReady[] = visit.isApart ? ['do_not_pair'] : [];
  if (volunteering === undefined) return ['not_active', ...apart];
  return [
    ...stateReasons(volunteering, visit.day),
    ...missingPapers(rules, volunteering, visit),
    ...ageReasons(rules, asked, visit),
    ...apart,
  ];
};

/** Whatever runs out by `day` (included) or has run out, soonest first. */
export const runningOutBy = (volunteering: Volunteering, day: CivilDate): RunningOut[] => {
  const { recordCheck, trainings, licences, insurance, guardianConsent } = volunteering;
  const every: (Omit<RunningOut, 'until'> & { until: CivilDate | undefined })[] = [
    { what: 'record_check', until: recordCheck?.until },
    ...trainings.map(({ course, until }) => ({ what: 'training' as const, name: course, until })),
    ...licences.map(({ name, until }) => ({ what: 'licence' as const, name, until })),
    { what: 'insurance', until: insurance?.until },
    { what: 'guardian_consent', until: guardianConsent?.until },
  ];
  return every
    .flatMap(({ until, ...rest }) => (until === undefined || until > day ? [] : [{ ...rest, until }]))
    .sort((one, other) => (one.until < other.until ? -1 : one.until > other.until ? 1 : 0));
};
