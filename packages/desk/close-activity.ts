/**
 * After an activity: who came is ticked off, and it is closed. Its volunteers' minutes are banked for the organisation
 * together, and each of them keeps a record of their own. The hours are banked first, then the records are written, then
 * it is closed: whoever is cut off sends the same again, and each part is done once.
 */
import { mayClose, planCloseActivity, planTick, servedOf } from '@time-bank/care/activity';
import type { ActivityReceipt, CloseActivity, TickActivity } from '@time-bank/contracts/activity';
import { FileId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { activityCommand, stepActivity } from './activity-step.ts';
import { bankGroupHours } from './group-hours.ts';
import type { Ports } from './ports.ts';
import type { ActivityCase } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'policies' | 'personFiles'>;

/**
 * Ticks off who came, and for how long. The grant is over the activity's community.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step (it has not begun, or a name is not on
 * the list), case_closed, busy_try_again.
 */
export const tickActivity = (
  ports: Pick<Ports, 'clock' | 'journal' | 'caseBook'>,
  permit: Grant<'tick_activity'>,
  asRead: ActivityCase,
  body: TickActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  return stepActivity(ports, asRead, command, (record) => {
    const planned = planTick(record, command, body.came);
    return planned.kind === 'refused' ? planned : done({ next: planned.value, tells: [] });
  });
};

type Banked = ActivityCase['banked'];

/** Banks what the volunteers served, all together; nothing where none came. */
const bank = async (
  ports: Work,
  permit: Grant<'bank_group_hours'>,
  record: ActivityCase,
  { transferId }: CloseActivity,
): Promise<Planned<Banked>> => {
  const served = servedOf(record);
  const totalMinutes = served.reduce((sum, { minutes }) => sum + minutes, 0);
  if (totalMinutes === 0) return done(undefined);
  const organisation = await ports.caseBook.readNow('organisation', record.organisationId);
  if (organisation === undefined) return refused('unknown_account');
  const home = {
    accountId: organisation.caseId,
    communityCode: organisation.communityCode,
    isOrganisation: true,
  };
  const banked = await bankGroupHours(ports, permit, home, {
    transferId,
    activity: record.title,
    date: civilDateOf(record.startAt),
    participants: served.length,
    totalMinutes,
  });
  return banked.kind === 'refused' ? banked : done({ transferId, totalMinutes });
};

/** Each volunteer's record, under the activity's own number: written once. */
const writeRecords = async (ports: Work, record: ActivityCase, at: string): Promise<void> => {
  const fileId = FileId.parse(`fil_${record.caseId.slice(4)}`);
  for (const { memberId, minutes } of servedOf(record)) {
    await ports.personFiles.put({
      kind: 'activity',
      memberId,
      fileId,
      version: 1,
      at,
      activityId: record.caseId,
      title: record.title,
      organisationName: record.organisationName,
      serviceCode: record.serviceCode,
      date: civilDateOf(record.startAt),
      minutes,
    });
  }
};

/**
 * Closes an activity. The grant is over its organisation's home.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step (it has not begun, or not everybody
 * was ticked off), case_closed, unknown_account, account_closed, busy_try_again.
 */
export const closeActivity = (
  ports: Work,
  permit: Grant<'bank_group_hours'>,
  asRead: ActivityCase,
  body: CloseActivity,
): Promise<Outcome<ActivityReceipt>> => {
  const command = activityCommand(ports, permit, body.commandId, [asRead.caseId, body]);
  return stepActivity(ports, asRead, command, async (record) => {
    const may = mayClose(record, command.at);
    if (may.kind === 'refused') return may;
    const banked = await bank(ports, permit, record, body);
    if (banked.kind === 'refused') return banked;
    await writeRecords(ports, record, command.at);
    const planned = planCloseActivity(record, command, banked.value);
    return planned.kind === 'refused' ? planned : done({ next: planned.value, tells: [] });
  });
};
