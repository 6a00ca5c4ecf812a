/** A name is put down for an activity, or taken off. Whoever serves there has their papers in order; a minor, a guardian's consent. */
import { gotPlaces, planJoin, planLeave } from '@time-bank/care/activity';
import { readinessOf } from '@time-bank/care/readiness';
import { services } from '@time-bank/care/service';
import type { ActivityReceipt, JoinActivity, LeaveActivity } from '@time-bank/contracts/activity';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import { ageOn, civilDateOf } from '@time-bank/contracts/time';
import type { NotReady } from '@time-bank/contracts/volunteering';
import type { Grant } from '@time-bank/identity/grant';
import { type ActivityMove, activityCommand, stepActivity, tellOfActivity } from './activity-step.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { ActivityCase } from './staff-case.ts';

/** Of full age by the Civil Code, Art. 17. */
const ADULT_YEARS = 18;

type Work = Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'policies'>;

/** Why somebody cannot serve at an activity; none where they can. */
const notReadyAt = async (ports: Work, member: Member, activity: ActivityCase): Promise<NotReady[]> =>
  readinessOf(await policyNow(ports, activity.communityCode), member, {
    service: services[activity.serviceCode],
    day: civilDateOf(activity.startAt),
    weekMinutes: activity.plannedMinutes,
    isApart: false,
  });

/**
 * Puts a name down: in where a place is left, else waiting; the last place goes to one alone. The grant is over the person.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, not_ready_to_serve, case_closed,
 * activity_full, busy_try_again.
 */
export const joinActivity = (
  ports: Work,
  permit: Grant<'join_activity'>,
  asRead: ActivityCase,
  member: Member,
  body: JoinActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  return stepActivity(ports, asRead, command, async (record): Promise<Planned<ActivityMove>> => {
    const reasons = body.part === 'volunteer' ? await notReadyAt(ports, member, record) : [];
    if (reasons.length > 0) return refused('not_ready_to_serve', { reasons });
    const planned = planJoin(record, command, {
      memberId: member.memberId,
      part: body.part,
      isMinor: ageOn(member.birthDate, civilDateOf(record.startAt)) < ADULT_YEARS,
    });
    return planned.kind === 'refused' ? planned : moveOf(record, planned.value, command);
  });
};

/** Whoever has got a place by it is told. */
const moveOf = (
  record: ActivityCase,
  next: ActivityCase,
  command: ReturnType<typeof activityCommand>,
): Planned<ActivityMove> =>
  done({ next, tells: tellOfActivity(record, command, 'activity_place', gotPlaces(record, next)) });

/**
 * Takes a name off; whoever waited longest takes the place and is told. The grant is over the person.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step (no such name), case_closed,
 * busy_try_again.
 */
export const leaveActivity = (
  ports: Work,
  permit: Grant<'join_activity'>,
  asRead: ActivityCase,
  member: Pick<Member, 'memberId'>,
  body: LeaveActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  return stepActivity(ports, asRead, command, (record) => {
    const planned = planLeave(record, command, member.memberId);
    return planned.kind === 'refused' ? planned : moveOf(record, planned.value, command);
  });
};
