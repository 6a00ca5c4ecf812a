/**
 * What a volunteer must have before they are sent to anybody. Checks are kept as passed or failed with the day and
 * who checked, never with what was found. Nothing here is computed: what has run out stops dispatch by its date.
 */
import * as z from 'zod/mini';
import { FileId, MemberId } from './ids.ts';
import { RegionCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** 申请 -> 站点审核 -> 县级审核 -> 培训 -> 启用 -> 暂停 -> 退出; a refused application ends in `declined`. */
export const VolunteerState = z.enum([
  'applied',
  'site_checked',
  'county_checked',
  'trained',
  'active',
  'paused',
  'left',
  'declined',
]);
export type VolunteerState = z.infer<typeof VolunteerState>;

/** The result of the record check (无犯罪记录核查): that it was passed or failed, when, by whom; good until `until`. */
export const RecordCheck = z.strictObject({
  isPassed: z.boolean(),
  on: CivilDate,
  until: z.exactOptional(CivilDate),
  checkedBy: z.exactOptional(MemberId),
});
export type RecordCheck = z.infer<typeof RecordCheck>;

const shortText = (max: number) =>
  z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** A course that was attended: `minutes` whole, 1 to 6,000; good until `until` (for good where it is left out). */
export const Training = z.strictObject({
  course: shortText(40),
  minutes: z.int().check(z.gte(1), z.lte(6000)),
  on: CivilDate,
  until: z.exactOptional(CivilDate),
});
export type Training = z.infer<typeof Training>;

/** A licence that the law asks for, e.g. 社会工作者职业资格, with its number and end. */
export const Licence = z.strictObject({
  name: shortText(40),
  number: z.exactOptional(shortText(40)),
  from: z.exactOptional(CivilDate),
  until: z.exactOptional(CivilDate),
});
export type Licence = z.infer<typeof Licence>;

/** Accident insurance: by whom, the policy's number, the days on which it holds (both included). */
export const Insurance = z.strictObject({
  insurer: shortText(40),
  number: shortText(40),
  from: CivilDate,
  until: CivilDate,
});
export type Insurance = z.infer<typeof Insurance>;

/** A guardian's written consent for a minor, good until `until`. Minors serve in groups only. */
export const GuardianConsent = z.strictObject({ guardianId: MemberId, on: CivilDate, until: CivilDate });
export type GuardianConsent = z.infer<typeof GuardianConsent>;

/**
 * The volunteer's part of a person's file. `since`, `by`: the day of the last step and who took it; `pausedUntil`: the
 * last day of a pause that ends by itself; `retrainFrom`: a training on that day or later comes before the next visit.
 */
export const Volunteering = z.strictObject({
  state: VolunteerState,
  since: CivilDate,
  by: z.exactOptional(MemberId),
  pausedUntil: z.exactOptional(CivilDate),
  retrainFrom: z.exactOptional(CivilDate),
  recordCheck: z.exactOptional(RecordCheck),
  trainings: z.array(Training).check(z.maxLength(20)),
  licences: z.array(Licence).check(z.maxLength(10)),
  insurance: z.exactOptional(Insurance),
  guardianConsent: z.exactOptional(GuardianConsent),
});
export type Volunteering = z.infer<typeof Volunteering>;

/** Why somebody is not sent to a visit: stable words, in order of precedence. */
export const NotReady = z.enum([
  'not_active',
  'paused',
  'record_check_missing',
  'record_check_failed',
  'record_check_expired',
  'training_missing',
  'training_expired',
  'insurance_expired',
  'licence_missing',
  'minor_group_only',
  'load_limit',
  'do_not_pair',
]);
export type NotReady = z.infer<typeof NotReady>;

/** Asks to become a volunteer, or to be one again. A minor brings the consent of a guardian. */
export const ApplyAsVolunteer = z.strictObject({
  fileId: FileId,
  guardianConsent: z.exactOptional(GuardianConsent),
});
export type ApplyAsVolunteer = z.infer<typeof ApplyAsVolunteer>;

/** A record check as it is entered: whoever enters it is who checked. */
export const NewRecordCheck = z.omit(RecordCheck, { checkedBy: true });
export type NewRecordCheck = z.infer<typeof NewRecordCheck>;

/**
 * Decides on an application: the site (站点审核), then the county (县级审核), which brings the record check with it. With
 * stage `record` the check of somebody who is past the county is done again, and nothing else.
 */
export const CheckVolunteer = z
  .strictObject({
    fileId: FileId,
    stage: z.enum(['site', 'county', 'record']),
    decision: z.exactOptional(z.enum(['approve', 'decline'])),
    recordCheck: z.exactOptional(NewRecordCheck),
  })
  .check(
    z.refine(({ stage, decision }) => (stage === 'record') === (decision === undefined), {
      path: ['decision'],
      error: 'goes with the stages site and county, and is needed there',
    }),
    z.refine(({ stage, recordCheck }) => stage !== 'site' || recordCheck === undefined, {
      path: ['recordCheck'],
      error: 'is not for the site to bring',
    }),
    z.refine(({ stage, recordCheck }) => stage !== 'record' || recordCheck !== undefined, {
      path: ['recordCheck'],
      error: 'is needed at this stage',
    }),
  );
export type CheckVolunteer = z.infer<typeof CheckVolunteer>;

/** What a volunteer has attended or brings, one or more. The newest insurance and consent replace those before. */
export const TrainVolunteer = z
  .strictObject({
    fileId: FileId,
    training: z.exactOptional(Training),
    licence: z.exactOptional(Licence),
    insurance: z.exactOptional(Insurance),
    guardianConsent: z.exactOptional(GuardianConsent),
  })
  .check(
    z.refine(
      ({ training, licence, insurance, guardianConsent }) =>
        (training ?? licence ?? insurance ?? guardianConsent) !== undefined,
      { path: ['training'], error: 'one paper at least is needed' },
    ),
  );
export type TrainVolunteer = z.infer<typeof TrainVolunteer>;

/** Staff let a trained volunteer begin (启用). */
export const StartVolunteer = z.strictObject({ fileId: FileId });
export type StartVolunteer = z.infer<typeof StartVolunteer>;

/** Pauses (暂停) up to a day, or until it is ended; serves again; or leaves (退出). */
export const PauseVolunteer = z
  .strictObject({
    fileId: FileId,
    step: z.enum(['pause', 'resume', 'leave']),
    until: z.exactOptional(CivilDate),
  })
  .check(
    z.refine(({ step, until }) => step === 'pause' || until === undefined, {
      path: ['until'],
      error: 'goes with a pause only',
    }),
  );
export type PauseVolunteer = z.infer<typeof PauseVolunteer>;

/** What a step of the life cycle answers, the same for ever. `version`: of the person's file after it. */
export const VolunteerReceipt = z.strictObject({
  memberId: MemberId,
  version: z.int(),
  state: VolunteerState,
  at: Instant,
});
export type VolunteerReceipt = z.infer<typeof VolunteerReceipt>;

/** Something that runs out: `name` of a course or a licence; `until` its last day. */
export const RunningOut = z.strictObject({
  what: z.enum(['record_check', 'training', 'licence', 'insurance', 'guardian_consent']),
  name: z.exactOptional(z.string()),
  until: CivilDate,
});
export type RunningOut = z.infer<typeof RunningOut>;

/**
 * A volunteer as reviewers see them; name and number are absent for an auditor, who sees the family name. `notReady`:
 * what stops them from making a plain visit today; `runningOut`: what has run out or will within 30 days.
 */
export const VolunteerView = z.strictObject({
  memberId: MemberId,
  surname: z.string(),
  name: z.exactOptional(z.string()),
  age: z.int(),
  communityCode: RegionCode,
  version: z.int(),
  state: VolunteerState,
  since: CivilDate,
  pausedUntil: z.exactOptional(CivilDate),
  notReady: z.array(NotReady),
  runningOut: z.array(RunningOut),
});
export type VolunteerView = z.infer<typeof VolunteerView>;

/** A volunteer with all papers. An auditor sees no number of a paper. */
export const VolunteerFile = z.strictObject({ ...VolunteerView.shape, papers: Volunteering });
export type VolunteerFile = z.infer<typeof VolunteerFile>;

/** Volunteers of a county or a part of it: 6, 9 or 12 digits. */
export const VolunteerQuery = z.strictObject({
  region: RegionCode.check(z.minLength(6)),
  state: z.exactOptional(VolunteerState),
});
export type VolunteerQuery = z.infer<typeof VolunteerQuery>;

/** Volunteers whose papers run out first stand first, at most 200; `total`: how many there are. */
export const VolunteerList = z.strictObject({ items: z.array(VolunteerView), total: z.int() });
export type VolunteerList = z.infer<typeof VolunteerList>;
