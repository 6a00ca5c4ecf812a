/**
 * The one way in which a case of the staff moves on: was the command seen before, is its id of a good age, then decide
 * and write the next version; where somebody was faster, look again.
 */
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { StaffCase } from './staff-case.ts';

/** Two at a desk, a device and the schedule may meet on one case. */
const TRIES_MAX = 5;

/** A command on a case, as every kind of case knows it. */
export interface CaseCommand {
  commandId: CommandId;
  fingerprint: string;
  actorId: MemberId;
  at: Instant;
}

/** The command behind a grant. `content`: the whole message and its target. */
export const caseCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): CaseCommand => ({
  commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
  actorId: permit.actor.memberId,
  at: nowOf(ports),
});

/**
 * A step of one kind of case. `seen`: what the command was answered before, undefined where it is new; `attempt`: decides
 * and writes, undefined where somebody was faster; `readAgain`: the case as it is then. `isOwn`: the service's own step,
 * whose id says nothing of when it was made. `triesMax`: 5 unless more people than that meet on one case.
 */
export interface CaseStep<C extends StaffCase, T> {
  command: Pick<CaseCommand, 'commandId' | 'at'>;
  seen: (record: C) => Outcome<T> | undefined;
  attempt: (record: C) => Promise<Outcome<T> | undefined>;
  readAgain: () => Promise<C | undefined>;
  isOwn?: boolean;
  triesMax?: number;
}

/**
 * Moves a case on from how it was read.
 * Refuses: exists_with_different_content (by `seen`), id_too_old, id_from_the_future, what `attempt` refuses,
 * unknown_case (gone since it was read), busy_try_again.
 */
export const stepCase = async <C extends StaffCase, T>(
  asRead: C,
  { command, seen, attempt, readAgain, isOwn = false, triesMax = TRIES_MAX }: CaseStep<C, T>,
): Promise<Outcome<T>> => {
  let record: C | undefined = asRead;
  for (let tries = 0; tries < triesMax && record !== undefined; tries += 1) {
    const before = seen(record);
    if (before !== undefined) return before;
    const byAge = isOwn ? undefined : refusedByAge(command.commandId, command.at);
    if (byAge !== undefined) return byAge;
    const outcome = await attempt(record);
    if (outcome !== undefined) return outcome;
    record = await readAgain();
  }
  return refused(record === undefined ? 'unknown_case' : 'busy_try_again');
};
