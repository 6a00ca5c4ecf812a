/** The steps of a volunteer's life, each taken by whoever may, each with who and when on record. */
import {
  type StepFacts,
  planApplication,
  planCheck,
  planPapers,
  planPause,
  planStart,
} from '@time-bank/care/volunteer';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import { ageOn, civilDateOf } from '@time-bank/contracts/time';
import type {
  ApplyAsVolunteer,
  CheckVolunteer,
  GuardianConsent,
  PauseVolunteer,
  StartVolunteer,
  TrainVolunteer,
  VolunteerReceipt,
  Volunteering,
} from '@time-bank/contracts/volunteering';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf } from './carry-out.ts';
import { type FileOrder, type FilePorts, changeFile, volunteerReceipt } from './change-file.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { withVolunteerRole } from './volunteer-role.ts';

/** What a step needs. */
export type StepPorts = FilePorts & Pick<Ports, 'policies'>;

/** Of full age by the Civil Code, Art. 17. */
const ADULT_YEARS = 18;

const takeStep = (
  ports: StepPorts,
  permit: Grant<Action>,
  member: Member,
  body: FileOrder['body'],
  plan: (before: Member, facts: StepFacts) => Planned<Volunteering>,
): Promise<Outcome<VolunteerReceipt>> =>
  changeFile(
    ports,
    permit,
    member,
    { body, part: 'volunteering' },
    (before, on) => {
      const planned = plan(before, { by: permit.actor.memberId, on });
      if (planned.kind === 'refused') return planned;
      return done(withVolunteerRole({ ...before, volunteering: planned.value }, on));
    },
    volunteerReceipt,
  );

/**
 * True for a consent that holds on `day` and was given by an adult of the time bank for somebody else. Staff have seen
 * it: what somebody says of their own guardian is no consent.
 */
const isConsent = async (
  ports: Pick<Ports, 'clock' | 'people'>,
  permit: Grant<Action>,
  { memberId }: Member,
  { guardianId, on, until }: GuardianConsent,
): Promise<boolean> => {
  const today = civilDateOf(nowOf(ports));
  if (permit.via.relation === 'own' || guardianId === memberId || on > today || today > until) return false;
  const guardian = await ports.people.readMember(guardianId);
  return guardian !== undefined && ageOn(guardian.birthDate, today) >= ADULT_YEARS;
};

/**
 * Applies for `member`, who may be the actor. A minor is entered by staff who have seen the consent of a guardian.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, consent_needed, busy_try_again.
 */
export const applyAsVolunteer = async (
  ports: StepPorts,
  permit: Grant<'apply_volunteer'>,
  member: Member,
  body: ApplyAsVolunteer,
): Promise<Outcome<VolunteerReceipt>> => {
  const { guardianConsent } = body;
  const hasConsent =
    guardianConsent !== undefined && (await isConsent(ports, permit, member, guardianConsent));
  return takeStep(ports, permit, member, body, (before, facts) => {
    const planned = planApplication(before.volunteering, facts);
    if (planned.kind === 'refused') return planned;
    const isMinor = ageOn(before.birthDate, facts.on) < ADULT_YEARS;
    if ((isMinor || guardianConsent !== undefined) && !hasConsent) return refused('consent_needed');
    return done({ ...planned.value, ...(guardianConsent === undefined ? {} : { guardianConsent }) });
  });
};

/**
 * The site decides, then the county, with the record check; or the check is done again.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, second_person_needed,
 * not_ready_to_serve, busy_try_again.
 */
export const checkVolunteer = async (
  ports: StepPorts,
  permit: Grant<'check_volunteer_site' | 'check_volunteer_county'>,
  member: Member,
  body: CheckVolunteer,
): Promise<Outcome<VolunteerReceipt>> => {
  const rules = await policyNow(ports, member.communityCode);
  return takeStep(ports, permit, member, body, (before, facts) =>
    planCheck(rules, before.volunteering, body, facts),
  );
};

/**
 * Keeps a training, a licence, an insurance or a consent.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, consent_needed (one that is
 * none), busy_try_again.
 */
export const trainVolunteer = async (
  ports: StepPorts,
  permit: Grant<'train_volunteer'>,
  member: Member,
  body: TrainVolunteer,
): Promise<Outcome<VolunteerReceipt>> => {
  const { guardianConsent } = body;
  const isRefused =
    guardianConsent !== undefined && !(await isConsent(ports, permit, member, guardianConsent));
  const rules = await policyNow(ports, member.communityCode);
  return takeStep(ports, permit, member, body, (before, facts) => {
    const planned = planPapers(rules, before.volunteering, body, facts);
    return planned.kind === 'done' && isRefused ? refused('consent_needed') : planned;
  });
};

/**
 * Lets a trained volunteer begin.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, not_ready_to_serve,
 * busy_try_again.
 */
export const startVolunteer = async (
  ports: StepPorts,
  permit: Grant<'check_volunteer_site'>,
  member: Member,
  body: StartVolunteer,
): Promise<Outcome<VolunteerReceipt>> => {
  const rules = await policyNow(ports, member.communityCode);
  return takeStep(ports, permit, member, body, (before, facts) =>
    planStart(rules, before.volunteering, facts),
  );
};

/**
 * A volunteer pauses, serves again or leaves, by themselves or by staff.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, busy_try_again.
 */
export const pauseVolunteer = (
  ports: StepPorts,
  permit: Grant<'pause_volunteer'>,
  member: Member,
  body: PauseVolunteer,
): Promise<Outcome<VolunteerReceipt>> =>
  takeStep(ports, permit, member, body, (before, facts) =>
    planPause(before.volunteering, body, { ...facts, isOwn: permit.via.relation === 'own' }),
  );
