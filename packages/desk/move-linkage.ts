/** What the community and a social worker do on a card: take it on, assess, close. */
import { planAssess, planClose, planOpen } from '@time-bank/care/linkage';
import type { AssessLinkage, CloseLinkage, LinkageReceipt, OpenLinkage } from '@time-bank/contracts/linkage';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { linkageCommand, stepLinkage } from './linkage-step.ts';
import type { Ports } from './ports.ts';
import type { LinkageRecord } from './staff-case.ts';
import { tellTasks } from './tell-linkage.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'caseBook'>;

/**
 * The community takes a card on, and the societies are told of their tasks.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, wrong_step, case_closed, busy_try_again.
 */
export const openLinkage = (
  ports: Work & Pick<Ports, 'people'>,
  permit: Grant<'open_linkage'>,
  record: LinkageRecord,
  body: OpenLinkage,
): Promise<Outcome<LinkageReceipt>> => {
  const command = linkageCommand(ports, permit, body.commandId, [record.caseId, body]);
  return stepLinkage(
    ports,
    record,
    command,
    (card) => planOpen(card, command, body.tasks),
    (card) => tellTasks(ports, permit, card, command, body.tasks),
  );
};

/** A social worker says what would help. Refuses: as openLinkage. */
export const assessLinkage = (
  ports: Work,
  permit: Grant<'assess_linkage'>,
  record: LinkageRecord,
  body: AssessLinkage,
): Promise<Outcome<LinkageReceipt>> => {
  const command = linkageCommand(ports, permit, body.commandId, [record.caseId, body]);
  return stepLinkage(ports, record, command, (card) => planAssess(card, command, body));
};

/** Ends a card. Refuses: as openLinkage. */
export const closeLinkage = (
  ports: Work,
  permit: Grant<'close_linkage'>,
  record: LinkageRecord,
  body: CloseLinkage,
): Promise<Outcome<LinkageReceipt>> => {
  const command = linkageCommand(ports, permit, body.commandId, [record.caseId, body]);
  return stepLinkage(ports, record, command, (card) => planClose(card, command, body.outcome));
};
