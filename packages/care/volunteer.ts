/**
 * The life of a volunteer: 申请 -> 站点审核 -> 县级审核 -> 培训 -> 启用 -> 暂停 -> 退出. Each step is taken from the one
 * before it; nothing is skipped. Who has left or was declined may apply again.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { CivilDate } from '@time-bank/contracts/time';
import type {
  CheckVolunteer,
  NewRecordCheck,
  TrainVolunteer,
  Volunteering,
  VolunteerState,
} from '@time-bank/contracts/volunteering';
import { type VolunteerRules, missingPapers, stateOn, trainedMinutes } from './readiness.ts';
import { services } from './service.ts';

/** Who takes a step, and on which day. */
export interface StepFacts {
  by: MemberId;
  on: CivilDate;
}

/** A step that changes the state alone. */
export type VolunteerStep =
  | 'approve_site'
  | 'decline_site'
  | 'approve_county'
  | 'decline_county'
  | 'start'
  | 'pause'
  | 'resume'
  | 'leave';

/** From where each step is taken, and where it leads. */
export const volunteerSteps: Readonly<
  Record<VolunteerStep, { from: readonly VolunteerState[]; to: VolunteerState }>
> = {
  approve_site: { from: ['applied'], to: 'site_checked' },
  decline_site: { from: ['applied'], to: 'declined' },
  approve_county: { from: ['site_checked'], to: 'county_checked' },
  decline_county: { from: ['site_checked'], to: 'declined' },
  start: { from: ['trained'], to: 'active' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  leave: { from: ['applied', 'site_checked', 'county_checked', 'trained', 'active', 'paused'], to: 'left' },
};

const stepped = (volunteering: Volunteering, state: VolunteerState, { by, on }: StepFacts): Volunteering => {
  const { pausedUntil: _over, ...kept } = volunteering;
  return { ...kept, state, since: on, by };
};

/** One step. Refuses: wrong_step. */
export const planVolunteerStep = (
  volunteering: Volunteering | undefined,
  step: VolunteerStep,
  facts: StepFacts,
): Planned<Volunteering> => {
  const { from, to } = volunteerSteps[step];
  if (volunteering === undefined || !from.includes(stateOn(volunteering, facts.on)))
    return refused('wrong_step');
  return done(stepped(volunteering, to, facts));
};

/** Applies, for the first time or again; papers that were brought before are kept. Refuses: wrong_step. */
export const planApplication = (
  volunteering: Volunteering | undefined,
  facts: StepFacts,
): Planned<Volunteering> => {
  const none: Volunteering = { state: 'left', since: facts.on, trainings: [], licences: [] };
  const before = volunteering ?? none;
  if (before.state !== 'left' && before.state !== 'declined') return refused('wrong_step');
  return done(stepped(before, 'applied', facts));
};

/** Whoever has been trained enough has the training behind them. */
const onceTrained = (rules: VolunteerRules, volunteering: Volunteering, facts: StepFacts): Volunteering =>
  volunteering.state === 'county_checked' &&
  trainedMinutes(volunteering, facts.on) >= rules.baseTrainingMinutes
    ? stepped(volunteering, 'trained', facts)
    : volunteering;

/** The check as it is kept: its result, its day, who checked and how long it is good. Nothing of what was found. */
const recordOf = ({ isPassed, on, until }: NewRecordCheck, checkedBy: MemberId) => ({
  isPassed,
  on,
  ...(until === undefined ? {} : { until }),
  checkedBy,
});

const planCounty = (
  rules: VolunteerRules,
  volunteering: Volunteering | undefined,
  { decision, recordCheck }: CheckVolunteer,
  facts: StepFacts,
): Planned<Volunteering> => {
  const isApproved = decision === 'approve';
  const step = planVolunteerStep(volunteering, isApproved ? 'approve_county' : 'decline_county', facts);
  if (step.kind === 'refused') return step;
  // Two offices of one person are not two reviews.
  if (isApproved && volunteering?.by === facts.by) return refused('second_person_needed');
  const checked: Volunteering = {
    ...step.value,
    ...(recordCheck === undefined ? {} : { recordCheck: recordOf(recordCheck, facts.by) }),
  };
  if (!isApproved) return done(checked);
  // Trainings come after the county: only the record counts here.
  const visit = { service: services.B01, day: facts.on };
  const reasons = missingPapers({ ...rules, baseTrainingMinutes: 0 }, checked, visit);
  return reasons.length > 0
    ? refused('not_ready_to_serve', { reasons })
    : done(onceTrained(rules, checked, facts));
};

/** Who is past the county and has not left: the record can be checked again. */
const checkable: readonly VolunteerState[] = ['county_checked', 'trained', 'active', 'paused'];

const planRecord = (
  volunteering: Volunteering | undefined,
  { recordCheck }: CheckVolunteer,
  { by }: StepFacts,
): Planned<Volunteering> =>
  volunteering === undefined || recordCheck === undefined || !checkable.includes(volunteering.state)
    ? refused('wrong_step')
    : done({ ...volunteering, recordCheck: recordOf(recordCheck, by) });

/**
 * The decision of the site or the county, or a record check that is done again.
 * Refuses: wrong_step, second_person_needed (the county approves by who approved for the site), not_ready_to_serve.
 */
export const planCheck = (
  rules: VolunteerRules,
  volunteering: Volunteering | undefined,
  check: CheckVolunteer,
  facts: StepFacts,
): Planned<Volunteering> => {
  if (check.stage === 'record') return planRecord(volunteering, check, facts);
  if (check.stage === 'county') return planCounty(rules, volunteering, check, facts);
  return planVolunteerStep(
    volunteering,
    check.decision === 'approve' ? 'approve_site' : 'decline_site',
    facts,
  );
};

/** The newest of a list that is full make room by letting the oldest go; the former file has them. */
const added = <T>(list: readonly T[], item: T, max: number): T[] => [...list, item].slice(-max);

const TRAININGS_MAX = 20;
const LICENCES_MAX = 10;

const withPapers = (volunteering: Volunteering, papers: TrainVolunteer): Volunteering => {
  const { training, licence, insurance, guardianConsent } = papers;
  return {
    ...volunteering,
    trainings:
      training === undefined
        ? volunteering.trainings
        : added(volunteering.trainings, training, TRAININGS_MAX),
    licences:
      licence === undefined ? volunteering.licences : added(volunteering.licences, licence, LICENCES_MAX),
    ...(insurance === undefined ? {} : { insurance }),
    ...(guardianConsent === undefined ? {} : { guardianConsent }),
  };
};

/** Keeps papers; whoever has now been trained enough is trained. Trainings begin after the county. Refuses: wrong_step. */
export const planPapers = (
  rules: VolunteerRules,
  volunteering: Volunteering | undefined,
  papers: TrainVolunteer,
  facts: StepFacts,
): Planned<Volunteering> => {
  const before: readonly VolunteerState[] = papers.training === undefined ? [] : ['applied', 'site_checked'];
  const closed: readonly VolunteerState[] = ['left', 'declined', ...before];
  if (volunteering === undefined || closed.includes(volunteering.state)) return refused('wrong_step');
  return done(onceTrained(rules, withPapers(volunteering, papers), facts));
};

/** A trained volunteer begins, with every paper for a plain visit. Refuses: wrong_step, not_ready_to_serve. */
export const planStart = (
  rules: VolunteerRules,
  volunteering: Volunteering | undefined,
  facts: StepFacts,
): Planned<Volunteering> => {
  const step = planVolunteerStep(volunteering, 'start', facts);
  if (step.kind === 'refused') return step;
  const reasons = missingPapers(rules, step.value, { service: services.B01, day: facts.on });
  return reasons.length > 0 ? refused('not_ready_to_serve', { reasons }) : step;
};

/**
 * Pauses somebody who has missed too many visits, up to a day, and asks for a training from `on` on. Nobody has decided
 * it, so nobody stands in it, and it is for the staff to end it before its time. Refuses: wrong_step.
 */
export const planPauseOfMissing = (
  volunteering: Volunteering | undefined,
  { on, until }: { on: CivilDate; until: CivilDate },
): Planned<Volunteering> => {
  if (volunteering === undefined || stateOn(volunteering, on) !== 'active') return refused('wrong_step');
  const { by: _before, ...kept } = volunteering;
  return done({ ...kept, state: 'paused', since: on, pausedUntil: until, retrainFrom: on });
};

/**
 * Pauses up to a day or until it is ended, serves again, or leaves. Whoever was paused by staff does not end that pause
 * by themselves. Refuses: wrong_step.
 */
export const planPause = (
  volunteering: Volunteering | undefined,
  { step, until }: { step: 'pause' | 'resume' | 'leave'; until?: CivilDate | undefined },
  facts: StepFacts & { isOwn: boolean },
): Planned<Volunteering> => {
  const planned = planVolunteerStep(volunteering, step, facts);
  if (planned.kind === 'refused') return planned;
  if (step === 'resume' && facts.isOwn && volunteering?.by !== facts.by) return refused('wrong_step');
  // Staff who end a pause before its time take back what it asked for.
  if (step === 'resume' && !facts.isOwn) {
    const { retrainFrom: _asked, ...kept } = planned.value;
    return done(kept);
  }
  if (step !== 'pause' || until === undefined) return planned;
  return done({ ...planned.value, pausedUntil: until });
};
