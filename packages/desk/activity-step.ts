/** How an activity moves on: in one write with whom it tells. */
import { type ActivityCommand, activityStepDone } from '@time-bank/care/activity';
import { type NoticeChange, tell } from '@time-bank/care/notice';
import type { ActivityReceipt } from '@time-bank/contracts/activity';
import type { CommandId, MemberId } from '@time-bank/contracts/ids';
import type { NoticeKind } from '@time-bank/contracts/notice';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Ports } from './ports.ts';
import type { ActivityCase } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

/** The last place is wanted by many in the same moment; each of them is told in or waiting. */
const TRIES_MAX = 12;

/** The command behind a grant. */
export const activityCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): ActivityCommand => caseCommand(ports, permit, commandId, content);

/** Tells people of an activity; nothing where there is nobody to tell. */
export const tellOfActivity = (
  { caseId }: Pick<ActivityCase, 'caseId'>,
  { commandId, at }: ActivityCommand,
  kind: NoticeKind,
  people: readonly MemberId[],
): NoticeChange[] =>
  people.length === 0 ? [] : [tell(commandId, { kind, to: { people }, about: { caseId }, at })];

/** What a step makes of an activity, and whom it tells. */
export interface ActivityMove {
  next: ActivityCase;
  tells: readonly NoticeChange[];
}

/**
 * Moves an activity on by `plan`.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, unknown_case,
 * busy_try_again.
 */
export const stepActivity = (
  ports: Pick<Ports, 'journal' | 'caseBook'>,
  asRead: ActivityCase,
  command: ActivityCommand,
  plan: (record: ActivityCase) => Planned<ActivityMove> | Promise<Planned<ActivityMove>>,
): Promise<Outcome<ActivityReceipt>> =>
  stepCase<ActivityCase, ActivityReceipt>(asRead, {
    command,
    seen: ({ history }) => activityStepDone(history, command),
    attempt: async (record) => {
      const planned = await plan(record);
      if (planned.kind === 'refused') return planned;
      const next = { ...planned.value.next, version: record.version + 1 };
      const commit = await ports.journal.commit([
        ...planned.value.tells,
        { change: 'move_case', record: next },
      ]);
      const event = next.history.at(-1);
      return commit.kind === 'done' && event !== undefined ? done(event.receipt) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('activity', asRead.caseId),
    triesMax: TRIES_MAX,
  });
