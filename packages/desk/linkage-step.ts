/** How a card moves on, for which of the five societies, in one write with whom it tells. */
import { type LinkageCommand, linkageReceipt, stepDone } from '@time-bank/care/linkage';
import type { NoticeChange } from '@time-bank/care/notice';
import type { CommandId } from '@time-bank/contracts/ids';
import type { LinkageReceipt, Society } from '@time-bank/contracts/linkage';
import { type Outcome, type Planned, done } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action, Holder } from '@time-bank/identity/rules';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';
import { caseCommand, stepCase } from './step-case.ts';

const societies: Partial<Record<Holder, Society>> = {
  social_worker: 'social_worker',
  organisation: 'organisation',
  provider: 'organisation',
  volunteer: 'volunteer',
  donor: 'charity',
};

/** For which of the five societies somebody acts; whoever is of none of the other four acts for the community. */
export const societyOf = ({ via }: Pick<Grant<Action>, 'via'>): Society =>
  societies[via.holder] ?? 'community';

/** The command behind a grant. */
export const linkageCommand = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  commandId: CommandId,
  content: unknown,
): LinkageCommand => ({
  ...caseCommand(ports, permit, commandId, content),
  society: societyOf(permit),
});

/**
 * Moves a card on by `plan`, in one write with whom it tells.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, unknown_case,
 * busy_try_again.
 */
export const stepLinkage = (
  ports: Pick<Ports, 'journal' | 'caseBook'>,
  asRead: LinkageRecord,
  command: LinkageCommand,
  plan: (record: LinkageRecord) => Planned<LinkageRecord> | Promise<Planned<LinkageRecord>>,
  tells: (record: LinkageRecord) => Promise<NoticeChange[]> = () => Promise.resolve([]),
): Promise<Outcome<LinkageReceipt>> =>
  stepCase<LinkageRecord, LinkageReceipt>(asRead, {
    command,
    seen: ({ caseId, history }) => stepDone(caseId, history, command),
    attempt: async (record) => {
      const planned = await plan(record);
      if (planned.kind === 'refused') return planned;
      const next = { ...planned.value, version: record.version + 1, dueAt: command.at };
      const event = next.history.at(-1);
      if (event === undefined) throw new Error('a step leaves an event');
      const commit = await ports.journal.commit([
        ...(await tells(next)),
        { change: 'move_case', record: next },
      ]);
      return commit.kind === 'done' ? done(linkageReceipt(record.caseId, event)) : undefined;
    },
    readAgain: () => ports.caseBook.readNow('linkage', asRead.caseId),
  });
