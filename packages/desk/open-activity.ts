/** An organisation or a service point invites to an activity, or calls it off. */
import { type ActivityCommand, activityStepDone, planCancelActivity } from '@time-bank/care/activity';
import type { ActivityReceipt, CancelActivity, OpenActivity } from '@time-bank/contracts/activity';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { activityCommand, stepActivity, tellOfActivity } from './activity-step.ts';
import { refusedByAge } from './carry-out.ts';
import { checkStart } from './order-for.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { ActivityCase } from './staff-case.ts';

const newCase = (body: OpenActivity, organisationName: string, command: ActivityCommand): ActivityCase => {
  const { caseId, note, ...said } = body;
  const receipt: ActivityReceipt = { caseId, state: 'open', at: command.at };
  return {
    ...said,
    kind: 'activity',
    caseId,
    version: 1,
    region: body.communityCode,
    openedBy: command.actorId,
    openedAt: command.at,
    dueAt: body.startAt,
    fingerprint: command.fingerprint,
    organisationName,
    ...(note === undefined || note === '' ? {} : { note }),
    state: 'open',
    names: [],
    history: [{ ...command, step: 'opened', receipt }],
  };
};

/**
 * Invites to an activity, once for each id. The grant is over its community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, starts_in_past, starts_too_late,
 * unknown_account (no such organisation), busy_try_again.
 */
export const openActivity = async (
  ports: Pick<Ports, 'clock' | 'caseBook' | 'policies'>,
  permit: Grant<'open_activity'>,
  body: OpenActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.caseId, body);
  const answerOf = (kept: ActivityCase): Outcome<ActivityReceipt> =>
    activityStepDone(kept.history, command) ?? refused('exists_with_different_content');
  const before = await ports.caseBook.readNow('activity', body.caseId);
  if (before !== undefined) return answerOf(before);
  const byAge = refusedByAge(body.caseId, command.at);
  if (byAge !== undefined) return byAge;
  const start = checkStart(await policyNow(ports, body.communityCode), body.startAt, command.at);
  if (start.kind === 'refused') return start;
  const organisation = await ports.caseBook.readNow('organisation', body.organisationId);
  if (organisation === undefined) return refused('unknown_account');
  const record = newCase(body, organisation.name, command);
  if (await ports.caseBook.put(record)) return done({ caseId: body.caseId, state: 'open', at: command.at });
  const kept = await ports.caseBook.readNow('activity', body.caseId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept);
};

/**
 * Calls an activity off; everybody on its list is told in the same write. The grant is over its community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, case_closed, busy_try_again.
 */
export const cancelActivity = (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook'>,
  permit: Grant<'cancel_activity'>,
  asRead: ActivityCase,
  body: CancelActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  return stepActivity(ports, asRead, command, (record) => {
    const planned = planCancelActivity(record, command, body.reason);
    if (planned.kind === 'refused') return planned;
    const everybody = record.names.map(({ memberId }) => memberId);
    return done({
      next: planned.value,
      tells: tellOfActivity(record, command, 'activity_cancelled', everybody),
    });
  });
};
