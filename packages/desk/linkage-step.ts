/** The one way in which a card moves on: seen before? decide, write the next version; where somebody was faster, again. */
import { type LinkageCommand, linkageReceipt, stepDone } from '@time-bank/care/linkage';
import type { CommandId } from '@time-bank/contracts/ids';
import type { LinkageReceipt, Society } from '@time-bank/contracts/linkage';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Action, Holder } from '@time-bank/identity/rules';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';

const TRIES_MAX = 3;

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
  commandId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
  society: societyOf(permit),
  actorId: permit.actor.memberId,
  at: nowOf(ports),
});

/**
 * Moves a card on by `plan`.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, what the plan refuses, busy_try_again.
 */
export const stepLinkage = async (
  ports: Pick<Ports, 'caseBook'>,
  asRead: LinkageRecord,
  command: LinkageCommand,
  plan: (record: LinkageRecord) => Planned<LinkageRecord> | Promise<Planned<LinkageRecord>>,
): Promise<Outcome<LinkageReceipt>> => {
  let record: LinkageRecord | undefined = asRead;
  for (let tries = 0; tries < TRIES_MAX && record !== undefined; tries += 1) {
    const before = stepDone(record.caseId, record.history, command);
    if (before !== undefined) return before;
    const byAge = refusedByAge(command.commandId, command.at);
    if (byAge !== undefined) return byAge;
    const planned = await plan(record);
    if (planned.kind === 'refused') return planned;
    const next = { ...planned.value, version: record.version + 1, dueAt: command.at };
    const event = next.history.at(-1);
    if (event !== undefined && (await ports.caseBook.move(next))) {
      return done(linkageReceipt(record.caseId, event));
    }
    record = await ports.caseBook.readNow('linkage', record.caseId);
  }
  return refused('busy_try_again');
};
