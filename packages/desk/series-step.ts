/** How a series moves on. */
import { type SeriesCommand, seriesReceipt, seriesStepDone } from '@time-bank/care/series';
import type { CommandId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { SeriesReceipt } from '@time-bank/contracts/series';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Ports } from './ports.ts';
import type { SeriesCase } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

/** The command behind a grant. */
export const seriesCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): SeriesCommand => ({
  ...caseCommand(ports, permit, commandId, content),
  channel: permit.channel,
});

/**
 * Moves a series on by `plan`.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, unknown_case,
 * busy_try_again.
 */
export const stepSeries = (
  ports: Pick<Ports, 'caseBook'>,
  asRead: SeriesCase,
  command: SeriesCommand,
  plan: (record: SeriesCase) => Promise<Planned<SeriesCase>>,
): Promise<Outcome<SeriesReceipt>> =>
  stepCase<SeriesCase, SeriesReceipt>(asRead, {
    command,
    seen: ({ caseId, history }) => seriesStepDone(caseId, history, command),
    attempt: async (record) => {
      const planned = await plan(record);
      if (planned.kind === 'refused') return planned;
      const next = { ...planned.value, version: record.version + 1 };
      const event = next.history.at(-1);
      const isWritten = event !== undefined && (await ports.caseBook.move(next));
      return isWritten ? done(seriesReceipt(record.caseId, event)) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('series', asRead.caseId),
  });
