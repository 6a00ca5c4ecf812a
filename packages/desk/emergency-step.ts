/** How a call for help moves on: in one write with whom it tells. */
import { type EmergencyCommand, emergencyReceipt, emergencyStepDone } from '@time-bank/care/emergency';
import type { NoticeChange } from '@time-bank/care/notice';
import type { EmergencyReceipt } from '@time-bank/contracts/emergency';
import { type CommandId, SYSTEM } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { EmergencyCase } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

/** The command behind a grant. */
export const emergencyCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): EmergencyCommand => ({
  ...caseCommand(ports, permit, commandId, content),
  channel: permit.channel,
});

/** A step that the service takes by itself; its id follows from the call and the cause. */
export const ownStep = (
  ports: Pick<Ports, 'clock'>,
  { caseId, openedAt }: Pick<EmergencyCase, 'caseId' | 'openedAt'>,
  cause: string,
): EmergencyCommand => ({
  commandId: derivedCommand(openedAt, [cause, caseId]),
  fingerprint: fingerprintOf([cause, caseId]),
  actorId: SYSTEM,
  channel: 'job',
  at: nowOf(ports),
});

/** What a step makes of a call, and whom it tells. */
export interface EmergencyMove {
  next: EmergencyCase;
  tells: readonly NoticeChange[];
}

/** A further call beyond those that are listed leaves its count alone. */
const answerOf = (next: EmergencyCase, { commandId, at }: EmergencyCommand): EmergencyReceipt => {
  const event = next.history.findLast((one) => one.commandId === commandId);
  return event === undefined
    ? { caseId: next.caseId, state: next.state, at, isJoined: true }
    : emergencyReceipt(next.caseId, event);
};

/**
 * Moves a call on by `plan`, in one write with whom it tells.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, unknown_case,
 * busy_try_again.
 */
export const stepEmergency = (
  ports: Pick<Ports, 'journal' | 'caseBook'>,
  asRead: EmergencyCase,
  command: EmergencyCommand,
  plan: (record: EmergencyCase) => Planned<EmergencyMove> | Promise<Planned<EmergencyMove>>,
): Promise<Outcome<EmergencyReceipt>> =>
  stepCase<EmergencyCase, EmergencyReceipt>(asRead, {
    command,
    seen: ({ caseId, history }) => emergencyStepDone(caseId, history, command),
    attempt: async (record) => {
      const planned = await plan(record);
      if (planned.kind === 'refused') return planned;
      const next = { ...planned.value.next, version: record.version + 1 };
      const commit = await ports.journal.commit([
        ...planned.value.tells,
        { change: 'move_case', record: next },
      ]);
      return commit.kind === 'done' ? done(answerOf(next, command)) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('emergency', asRead.caseId),
    isOwn: command.channel === 'job',
  });
