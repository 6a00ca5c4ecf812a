/** Somebody has seen what an elder needs: a card begins, in the list of the elder's community. */
import { linkageReceipt, stepDone } from '@time-bank/care/linkage';
import type { LinkageReceipt, ReportNeed } from '@time-bank/contracts/linkage';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { refusedByAge } from './carry-out.ts';
import { linkageCommand } from './linkage-step.ts';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';

/**
 * Begins a card, once for each id. The grant is over the elder, or over the visit on which it was seen.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const reportNeed = async (
  ports: Pick<Ports, 'clock' | 'caseBook'>,
  permit: Grant<'report_need'>,
  elder: Member,
  body: ReportNeed,
): Promise<Outcome<LinkageReceipt>> => {
  const { caseId, elderId, source, need, requestId } = body;
  const command = linkageCommand(ports, permit, caseId, body);
  const answerOf = (kept: LinkageRecord): Outcome<LinkageReceipt> =>
    stepDone(caseId, kept.history, command) ?? refused('exists_with_different_content');
  const before = await ports.caseBook.readNow('linkage', caseId);
  if (before !== undefined) return answerOf(before);
  const byAge = refusedByAge(caseId, command.at);
  if (byAge !== undefined) return byAge;
  const event = { ...command, step: 'reported', state: 'reported' } as const;
  const record: LinkageRecord = {
    kind: 'linkage',
    caseId,
    version: 1,
    region: elder.communityCode,
    communityCode: elder.communityCode,
    openedBy: command.actorId,
    openedAt: command.at,
    dueAt: command.at,
    fingerprint: command.fingerprint,
    elderId,
    source,
    need,
    ...(requestId === undefined ? {} : { seenOn: requestId }),
    state: 'reported',
    tasks: [],
    gifts: [],
    history: [event],
  };
  if (await ports.caseBook.put(record)) return done(linkageReceipt(caseId, event));
  const kept = await ports.caseBook.readNow('linkage', caseId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept);
};
