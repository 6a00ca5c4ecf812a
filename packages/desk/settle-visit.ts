/**
 * A visit counts, and its hours are banked: the request is settled and the minutes move in one transaction, whoever said
 * so and by whichever way. For a visit that a member pays, the hold is used and what is left of it released; where the
 * hold has lapsed meanwhile, the community pays, for the visit was made. Who goes along is paid by the community, or out
 * of the same hold where the region charges for each.
 */
import { waitsForAWord } from '@time-bank/care/life';
import { tell } from '@time-bank/care/notice';
import type { Command, RequestFacts } from '@time-bank/care/request';
import { type PartCredit, planConfirm, servedParts } from '@time-bank/care/visit';
import { type MemberId, type RequestId, type TransferId, accountOf, holdOf } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, refused } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { civilDateOf } from '@time-bank/contracts/time';
import { isOver, sizeOf } from '@time-bank/ledger/account';
import { type Credit, planBank } from '@time-bank/ledger/bank';
import type { LedgerChange } from '@time-bank/ledger/change';
import {
  type HoldEnd,
  type LookFirst,
  type Share,
  planCapture,
  planCaptureForTwo,
  planRelease,
} from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import type { Policy } from '@time-bank/policy/policy';
import { type Decision, type Found, carryOut, ledgerFingerprint, together } from './carry-out.ts';
import { movementFacts } from './command.ts';
import { derivedTransfer } from './derived-id.ts';
import { policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';

/** The community pays. Refuses: unknown_account, account_closed. */
const planIssue = (credit: Credit | undefined, found: Found): Planned<LedgerChange[]> =>
  credit === undefined || credit.amountMinutes === 0
    ? { kind: 'done', value: [] }
    : planBank(credit, sightOf(found.heads, credit.accountId));

const shareOf = ({ transferId, accountId, amountMinutes, facts: _facts, ...limits }: Credit): Share => ({
  transferId,
  usedMinutes: amountMinutes,
  payee: { accountId, credit: limits },
});

/** The hold pays one, or both who went; where nothing is due it is released. */
const planHeld = (
  end: HoldEnd,
  credits: readonly Credit[],
  found: Found,
): Planned<LedgerChange[]> | LookFirst => {
  const payer = sightOf(found.heads, end.accountId);
  const sight = ({ payee }: Share) => sightOf(found.heads, payee.accountId);
  const [first, along] = credits.filter(({ amountMinutes }) => amountMinutes > 0).map(shareOf);
  if (first !== undefined && along !== undefined) {
    // The line of whoever went along has the earlier id: it stands first on the account, and ends the hold.
    const shares = { one: along, other: first };
    return planCaptureForTwo(end, shares, { payer, one: sight(along), other: sight(first) });
  }
  if (first !== undefined) return planCapture({ ...end, ...first }, { payer, payee: sight(first) });
  const released = planRelease(end, false, payer);
  // A hold that is gone leaves nothing to release: the same command was faster, or the hold had lapsed.
  const isGone = released.kind === 'refused' && released.refusal.code === 'hold_not_open';
  return isGone ? { kind: 'done', value: [] } : released;
};

/** `along`: what whoever went along is paid by the receiver, too. */
const planMinutes = (
  { request }: RequestFacts,
  credit: Credit,
  along: Credit | undefined,
  found: Found,
): Planned<LedgerChange[]> | LookFirst => {
  const { hold, requestId, receiverId } = request;
  if (hold === undefined || isOver(hold.lapsesAt, credit.facts.at)) return planIssue(credit, found);
  const { facts, transferId } = credit;
  const end = { facts, transferId, accountId: accountOf(receiverId), holdId: holdOf(requestId), hold };
  return planHeld(end, along === undefined ? [credit] : [credit, along], found);
};

const creditOf = (
  policy: Policy,
  { request }: RequestFacts,
  part: PartCredit,
  command: Command,
  transferId: TransferId,
): Credit => ({
  policy,
  transferId,
  accountId: accountOf(part.volunteerId),
  amountMinutes: part.creditedMinutes,
  serviceDay: civilDateOf(part.checkedInAt ?? command.at),
  facts: movementFacts(command, request, 'visit_confirmed'),
  fingerprint: ledgerFingerprint(command.fingerprint),
});

/** The line of whoever went along: one for each request, whoever confirms it and however often. */
const secondLineOf = ({ plannedStartAt, requestId }: RequestFacts['request']): TransferId =>
  derivedTransfer(plannedStartAt, ['went_along', requestId]);

/** A word to somebody whose hours are booked. */
const bookedFor = (
  stepId: string,
  { requestId }: RequestFacts['request'],
  { volunteerId, creditedMinutes }: PartCredit,
  at: Command['at'],
) =>
  tell(stepId, {
    kind: 'hours_booked',
    to: { people: [volunteerId] },
    about: { requestId },
    figures: { minutes: creditedMinutes },
    at,
  });

/**
 * What settles a visit, to be written: the step, the minutes, and a word to whoever earned them.
 * Refuses: not_awaiting_confirmation, unknown_policy_version, unknown_account, account_closed, hold_not_open.
 */
export const settlement = async (
  ports: Pick<Ports, 'policies'>,
  command: Command,
  facts: RequestFacts,
  found: Found,
  transferId: TransferId,
): Promise<Decision<Receipt>> => {
  const policy = await policyOfRecord(ports, facts.request);
  if (policy.kind === 'refused') return policy;
  const { hold } = facts.request;
  const isPaidByMember = hold !== undefined && !isOver(hold.lapsesAt, command.at);
  const plan = planConfirm(policy.value, facts, command, {
    transferId,
    heldMinutes: isPaidByMember ? sizeOf(hold) : undefined,
  });
  if (plan.kind === 'refused') return plan;
  const { second } = plan.value;
  const credit = creditOf(policy.value, facts, plan.value, command, transferId);
  const along = second && creditOf(policy.value, facts, second, command, secondLineOf(facts.request));
  const isHeldForBoth = second?.isPaidByReceiver === true;
  const movements = planMinutes(facts, credit, isHeldForBoth ? along : undefined, found);
  if (movements.kind !== 'done') return movements;
  const movedAlong = planIssue(isHeldForBoth ? undefined : along, found);
  if (movedAlong.kind === 'refused') return movedAlong;
  const { stepId, at } = command;
  return together(plan.value, [
    ...movements.value,
    ...movedAlong.value,
    bookedFor(stepId, facts.request, plan.value, at),
    ...(second === undefined ? [] : [bookedFor(`${stepId}.second`, facts.request, second, at)]),
  ]);
};

/**
 * Settles a visit that waits for a word.
 * Refuses: unknown_request, exists_with_different_content, id_too_old, id_from_the_future, not_awaiting_confirmation,
 * unknown_policy_version, unknown_account, account_closed, hold_not_open, busy_try_again.
 */
export const settleVisit = (
  ports: Pick<Ports, 'journal' | 'careBook' | 'policies'>,
  order: Command & { requestId: RequestId },
  transferId: TransferId,
  asRead: RequestFacts,
): Promise<Outcome<Receipt>> =>
  carryOut(
    ports,
    order,
    (facts, found) =>
      waitsForAWord(facts.request.state)
        ? settlement(ports, order, facts, found, transferId)
        : refused('not_awaiting_confirmation'),
    asRead,
    (facts) => {
      const paid = servedParts(facts)[0] ?? facts.visit;
      return paid && { accountId: accountOf(paid.volunteerId), transferId };
    },
  );

/** The lines by which a visit that was booked was credited: whose, and which. */
export const linesOfSettlement = (
  facts: RequestFacts,
): { volunteerId: MemberId; transferId: TransferId }[] => {
  const { request } = facts;
  const booked = request.history.find(({ receipt }) => receipt.state === 'settled')?.receipt;
  if (booked?.transferId === undefined) return [];
  const [first, second] = servedParts(facts);
  const lines = [
    { part: first, transferId: booked.transferId },
    { part: second, transferId: secondLineOf(request) },
  ];
  return lines.flatMap(({ part, transferId }) =>
    part === undefined || part.creditedMinutes === 0 ? [] : [{ volunteerId: part.volunteerId, transferId }],
  );
};
