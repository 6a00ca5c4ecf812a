/** The one way in which a call for help moves on: write the next version; where somebody was faster, look again. */
import { type EmergencyCommand, emergencyReceipt, emergencyStepDone } from '@time-bank/care/emergency';
import type { NoticeChange } from '@time-bank/care/notice';
import type { EmergencyReceipt } from '@time-bank/contracts/emergency';
import { type CommandId, SYSTEM } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf, refusedByAge } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { EmergencyCase } from './staff-case.ts';

/** Two at the desk, a device and the schedule may meet on one call. */
const TRIES_MAX = 5;

/** The command behind a grant. */
export const emergencyCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): EmergencyCommand => ({
  commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
  actorId: permit.actor.memberId,
  channel: permit.channel,
  at: nowOf(ports),
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

/**
 * Moves a call on by `plan`, in one write with whom it tells.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, busy_try_again.
 */
export const stepEmergency = async (
  ports: Pick<Ports, 'journal' | 'caseBook'>,
  asRead: EmergencyCase,
  command: EmergencyCommand,
  plan: (record: EmergencyCase) => Planned<EmergencyMove> | Promise<Planned<EmergencyMove>>,
): Promise<Outcome<EmergencyReceipt>> => {
  let record: EmergencyCase | undefined = asRead;
  for (let tries = 0; tries < TRIES_MAX && record !== undefined; tries += 1) {
    const before = emergencyStepDone(record.caseId, record.history, command);
    if (before !== undefined) return before;
    const byAge = command.channel === 'job' ? undefined : refusedByAge(command.commandId, command.at);
    if (byAge !== undefined) return byAge;
    const planned = await plan(record);
    if (planned.kind === 'refused') return planned;
    const next = { ...planned.value.next, version: record.version + 1 };
    const commit = await ports.journal.commit([
      ...planned.value.tells,
      { change: 'move_case', record: next },
    ]);
    if (commit.kind === 'done') {
      const event = next.history.findLast(({ commandId }) => commandId === command.commandId);
      // A further call beyond those that are listed leaves its count alone.
      return done(
        event === undefined
          ? { caseId: next.caseId, state: next.state, at: command.at, isJoined: true }
          : emergencyReceipt(next.caseId, event),
      );
    }
    record = await ports.caseBook.readNow('emergency', record.caseId);
  }
  return refused('busy_try_again');
};
