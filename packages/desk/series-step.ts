/** The one way in which a series moves on: write the next version; where somebody was faster, look again. */
import { type SeriesCommand, seriesReceipt, seriesStepDone } from '@time-bank/care/series';
import type { CommandId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { SeriesReceipt } from '@time-bank/contracts/series';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { SeriesCase } from './staff-case.ts';

/** Somebody changes a date while the schedule posts. */
const TRIES_MAX = 3;

/** The command behind a grant. */
export const seriesCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): SeriesCommand => ({
  commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
  actorId: permit.actor.memberId,
  channel: permit.channel,
  at: nowOf(ports),
});

/**
 * Moves a series on by `plan`.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, busy_try_again.
 */
export const stepSeries = async (
  ports: Pick<Ports, 'caseBook'>,
  asRead: SeriesCase,
  command: SeriesCommand,
  plan: (record: SeriesCase) => Promise<Planned<SeriesCase>>,
): Promise<Outcome<SeriesReceipt>> => {
  let record: SeriesCase | undefined = asRead;
  for (let tries = 0; tries < TRIES_MAX && record !== undefined; tries += 1) {
    const before = seriesStepDone(record.caseId, record.history, command);
    if (before !== undefined) return before;
    const byAge = refusedByAge(command.commandId, command.at);
    if (byAge !== undefined) return byAge;
    const planned = await plan(record);
    if (planned.kind === 'refused') return planned;
    const next = { ...planned.value, version: record.version + 1 };
    const event = next.history.at(-1);
    if (event !== undefined && (await ports.caseBook.move(next))) {
      return done(seriesReceipt(record.caseId, event));
    }
    record = await ports.caseBook.readNow('series', record.caseId);
  }
  return refused('busy_try_again');
};
