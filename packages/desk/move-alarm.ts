/** What staff do about a safety alarm: send somebody again, have somebody look, close it with what was found. */
import {
  type AlarmCommand,
  type AlarmStep,
  alarmReceipt,
  alarmStepDone,
  planAlarmStep,
} from '@time-bank/care/alarm';
import type { AlarmReceipt, CheckAlarm, CloseAlarm, SecondTry } from '@time-bank/contracts/alarm';
import type { CommandId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { planPut } from '@time-bank/care/request';
import { services } from '@time-bank/care/service';
import { publish, together } from './carry-out.ts';
import { commandOf } from './command.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { careFor } from './order-for.ts';
import type { AlarmRecord } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

const commandFor = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<'move_alarm'>,
  commandId: CommandId,
  content: unknown,
): AlarmCommand => {
  const { actorId: by, ...command } = caseCommand(ports, permit, commandId, content);
  return { ...command, by };
};

/** `first`: what has to be done before the step is written, once it is known that it may be. */
const stepAlarm = (
  ports: Pick<Ports, 'caseBook'>,
  asRead: AlarmRecord,
  command: AlarmCommand,
  step: AlarmStep,
  first: () => Promise<Outcome<unknown>> = () => Promise.resolve(done(undefined)),
): Promise<Outcome<AlarmReceipt>> =>
  stepCase<AlarmRecord, AlarmReceipt>(asRead, {
    command,
    seen: (record) => alarmStepDone(record.caseId, record, command),
    attempt: async (record) => {
      const planned = planAlarmStep(record, command, step);
      if (planned.kind === 'refused') return planned;
      const begun = await first();
      if (begun.kind === 'refused') return begun;
      const isWritten = await ports.caseBook.move({ ...planned.value, version: record.version + 1 });
      return isWritten ? done(alarmReceipt(record.caseId, planned.value)) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('alarm', asRead.caseId),
  });

/** The visit for a second try: a plain home visit that says which one it follows. */
const postSecondTry = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>,
  permit: Grant<'move_alarm'>,
  { record, elder }: { record: AlarmRecord; elder: Member },
  { requestId, plannedStartAt }: SecondTry,
): Promise<Outcome<unknown>> => {
  const command = commandOf(ports, permit, requestId, [record.caseId, requestId, plannedStartAt]);
  return publish(ports, { ...command, requestId }, async () => {
    const policy = await policyNow(ports, elder.communityCode);
    const body = {
      requestId,
      serviceCode: 'B01' as const,
      receiverId: elder.memberId,
      plannedStartAt,
      plannedMinutes: services.B01.defaultMinutes,
      wishes: { languages: [] },
    };
    const ordered = careFor(policy, elder, body, command.at);
    if (ordered.kind === 'refused') return ordered;
    const { wanted } = ordered.value;
    const follows = record.requestId === undefined ? {} : { follows: record.requestId };
    return together(
      planPut(command, { ...wanted, ...follows, postedBy: permit.actor.memberId }, 'published'),
      [],
    );
  });
};

/**
 * Asks for a second visit, to begin within a day of the alarm.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, case_closed, starts_in_past,
 * starts_too_late, not_receiving_care, outside_service_hours, busy_try_again.
 */
export const trySecondVisit = (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies' | 'caseBook'>,
  permit: Grant<'move_alarm'>,
  about: { record: AlarmRecord; elder: Member },
  body: SecondTry,
): Promise<Outcome<AlarmReceipt>> => {
  const { record } = about;
  const { commandId, requestId, plannedStartAt } = body;
  const command = commandFor(ports, permit, commandId, [record.caseId, body]);
  return stepAlarm(ports, record, command, { step: 'second_try', requestId, plannedStartAt }, () =>
    postSecondTry(ports, permit, about, body),
  );
};

/** A neighbour, the committee or the family has looked. Refuses: as above without the visit. */
export const checkAlarm = (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'move_alarm'>,
  record: AlarmRecord,
  body: CheckAlarm,
): Promise<Outcome<AlarmReceipt>> => {
  const command = commandFor(ports, permit, body.commandId, [record.caseId, body]);
  return stepAlarm(ports, record, command, { step: 'checked', note: body.note });
};

/** Ends an alarm. Refuses: as above, and wrong_step where nobody has looked yet. */
export const closeAlarm = (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'move_alarm'>,
  record: AlarmRecord,
  body: CloseAlarm,
): Promise<Outcome<AlarmReceipt>> => {
  const command = commandFor(ports, permit, body.commandId, [record.caseId, body]);
  return stepAlarm(ports, record, command, { step: 'closed', note: body.note, found: body.found });
};
