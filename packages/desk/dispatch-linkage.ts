/**
 * An organisation asks for the visit that a social worker found to help: the request is published first, then the card
 * says so. Whoever is cut off between the two sends the same again, and the request is known by its id.
 */
import { planDispatch } from '@time-bank/care/linkage';
import type { RequestId } from '@time-bank/contracts/ids';
import type { DispatchLinkage, LinkageReceipt } from '@time-bank/contracts/linkage';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { isOnItsWay as hasOneToCome } from '@time-bank/care/life';
import type { Grant } from '@time-bank/identity/grant';
import { linkageCommand, stepLinkage } from './linkage-step.ts';
import type { Ports } from './ports.ts';
import { postRequest } from './post-request.ts';
import type { LinkageRecord } from './staff-case.ts';

/** True while another visit that was asked for on this card may still be made. */
const isOnItsWay = async (
  ports: Pick<Ports, 'careBook'>,
  { requestId }: LinkageRecord,
  wanted: RequestId,
): Promise<boolean> => {
  if (requestId === undefined || requestId === wanted) return false;
  const facts = await ports.careBook.readRequestNow(requestId);
  return facts !== undefined && hasOneToCome(facts.request.state);
};

/**
 * Refuses: unknown_case (the elder is gone), exists_with_different_content, id_too_old, id_from_the_future,
 * wrong_step (also while the visit that was asked for before may still be made), case_closed, starts_in_past, starts_too_late, not_receiving_care, busy_try_again.
 */
export const dispatchLinkage = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'caseBook' | 'personFiles'>,
  permit: Grant<'dispatch_linkage'>,
  record: LinkageRecord,
  body: DispatchLinkage,
): Promise<Outcome<LinkageReceipt>> => {
  const command = linkageCommand(ports, permit, body.commandId, [record.caseId, body]);
  return stepLinkage(ports, record, command, async (card) => {
    const planned = planDispatch(card, command, body.requestId);
    if (planned.kind === 'refused') return planned;
    const elder = await ports.people.readMember(card.elderId);
    const { serviceCode, plannedMinutes } = card;
    if (elder === undefined) return refused('unknown_case');
    if (await isOnItsWay(ports, card, body.requestId)) return refused('wrong_step');
    if (serviceCode === undefined || plannedMinutes === undefined) return refused('wrong_step');
    const { commandId: _commandId, ...wanted } = body;
    const posted = await postRequest(ports, permit, elder, {
      ...wanted,
      receiverId: elder.memberId,
      serviceCode,
      plannedMinutes,
    });
    return posted.kind === 'refused' ? posted : planned;
  });
};
