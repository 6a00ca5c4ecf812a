/** A second person's word on a case: said once, by somebody else than who opened it. */
import type { Command } from '@time-bank/care/request';
import type { DecideCase } from '@time-bank/contracts/correction';
import { type CommandId, MemberId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { refusedByAge } from './carry-out.ts';
import type { Ports } from './ports.ts';
import type { CaseDecision, CorrectionCase, GrantRound } from './staff-case.ts';

/** The case with the word on it. */
type Decided<C> = C & { decision: CaseDecision };

const saidBefore = <C extends CorrectionCase | GrantRound>(
  record: C,
  decision: CaseDecision,
  command: Pick<Command, 'fingerprint'>,
): Outcome<Decided<C>> =>
  decision.fingerprint === command.fingerprint
    ? replayed({ ...record, decision })
    : refused('exists_with_different_content');

const wordOf = (command: Command, body: DecideCase): CaseDecision => ({
  commandId: body.commandId,
  fingerprint: command.fingerprint,
  actorId: MemberId.parse(command.actorId),
  at: command.at,
  isApproved: body.decision === 'approve',
});

const say = async <C extends CorrectionCase | GrantRound>(
  ports: Pick<Ports, 'caseBook'>,
  record: C,
  decision: CaseDecision,
): Promise<Decided<C> | undefined> => {
  const state = decision.isApproved ? 'approved' : 'declined';
  const next = { ...record, version: record.version + 1, state, dueAt: decision.at, decision };
  return (await ports.caseBook.move(next)) ? next : undefined;
};

/**
 * Writes the word onto a case that waits for it. `readAgain`: the case as it is now, where it has moved on.
 * Refuses: exists_with_different_content (the case was decided by another command), id_too_old, id_from_the_future,
 * second_person_needed, busy_try_again.
 */
export const decideCase = async <C extends CorrectionCase | GrantRound>(
  ports: Pick<Ports, 'caseBook'>,
  asRead: C,
  command: Command & { stepId: CommandId },
  body: DecideCase,
  readAgain: () => Promise<C | undefined>,
): Promise<Outcome<Decided<C>>> => {
  let record: C | undefined = asRead;
  for (let tries = 0; tries < 2 && record !== undefined; tries += 1) {
    if (record.decision !== undefined) return saidBefore(record, record.decision, command);
    const byAge = refusedByAge(command.stepId, command.at);
    if (byAge !== undefined) return byAge;
    if (record.openedBy === command.actorId) return refused('second_person_needed');
    const decided: Decided<C> | undefined = await say(ports, record, wordOf(command, body));
    if (decided !== undefined) return done(decided);
    record = await readAgain();
  }
  return refused('busy_try_again');
};
