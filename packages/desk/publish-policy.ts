/**
 * A region decides: one coordinator proposes, another one publishes. Between the two the proposal is kept as it
 * was checked; it is checked again when it is published, for the book and the day may have moved on.
 */
import type { MemberId } from '@time-bank/contracts/ids';
import type {
  ApprovalReceipt,
  ApprovePolicy,
  ProposalReceipt,
  ProposePolicy,
} from '@time-bank/contracts/policy';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { type PolicyProblem, planChange } from '@time-bank/policy/plan-change';
import { type PolicyBook, policyBook } from '@time-bank/policy/policy-book';
import type { PolicyChange } from '@time-bank/policy/policy-change';
import { presets } from '@time-bank/policy/presets';
import { nowOf, refusedByAge } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { KeptProposal, Ports } from './ports.ts';

/** Two who publish in the same moment are rare; five are not heard of. */
const TRIES_MAX = 5;

/** Stands for the second person until there is one. */
const NOT_YET = 'not yet';

const fieldOf: Partial<Record<PolicyProblem['code'], string>> = {
  not_a_region: 'region',
  not_a_date: 'validFrom',
  valid_from_in_the_past: 'validFrom',
  reason_missing: 'reason',
  nothing_changes: 'values',
};

/** Everything that stands against a decision, as fields of the message: the code of the problem is what it says. */
const refusedFor = (problems: readonly PolicyProblem[]): ReturnType<typeof refused> =>
  refused('invalid_fields', {
    details: problems.slice(0, 20).map(({ code, key }) => ({
      property: key === undefined ? (fieldOf[code] ?? '') : `values.${key.slice(0, 40)}`,
      message: code,
    })),
  });

/** What a message proposes, by whom. */
export type Draft = Pick<ProposePolicy, 'region' | 'validFrom' | 'values' | 'preset' | 'reason'> & {
  author: MemberId;
};

const planned = (
  ports: Pick<Ports, 'clock'>,
  book: PolicyBook,
  { preset, values, ...draft }: Draft,
  approver: string,
): Planned<PolicyChange> => {
  const at = nowOf(ports);
  const plan = planChange(
    book,
    {
      ...draft,
      values: preset === undefined ? { ...values } : { ...presets[preset].values },
      number: book.changes.length + 1,
      approver,
      publishedAt: at,
    },
    civilDateOf(at),
  );
  return plan.kind === 'accepted' ? done(plan.change) : refusedFor(plan.problems);
};

/**
 * The change that a draft would become if it were published now.
 * Refuses: invalid_fields, with the problem's code under the name of the value.
 */
export const draftChange = (
  ports: Pick<Ports, 'clock'>,
  book: PolicyBook,
  draft: Draft,
): Planned<PolicyChange> => planned(ports, book, draft, NOT_YET);

const receiptOf = ({ proposalId, region, validFrom, values, proposedAt }: KeptProposal): ProposalReceipt => ({
  proposalId,
  region,
  validFrom,
  values: { ...values },
  at: proposedAt,
});

const answerOf = (kept: KeptProposal, fingerprint: string): Outcome<ProposalReceipt> =>
  kept.fingerprint === fingerprint ? replayed(receiptOf(kept)) : refused('exists_with_different_content');

/**
 * Keeps a proposal for somebody else to publish. The grant is over its region.
 * Refuses: invalid_fields, exists_with_different_content, id_too_old, id_from_the_future, busy_try_again.
 */
export const proposePolicy = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<'propose_policy'>,
  body: ProposePolicy,
): Promise<Outcome<ProposalReceipt>> => {
  const author = permit.actor.memberId;
  const { proposalId, region, validFrom, reason } = body;
  const fingerprint = fingerprintOf([permit.action, author, body]);
  const before = await ports.policies.readProposalNow(proposalId);
  if (before !== undefined) return answerOf(before, fingerprint);
  const draft = draftChange(ports, await ports.policies.readBookNow(), { ...body, author });
  if (draft.kind === 'refused') return draft;
  const byAge = refusedByAge(proposalId, nowOf(ports));
  if (byAge !== undefined) return byAge;
  const { values, publishedAt: proposedAt } = draft.value;
  const proposal = { proposalId, region, values, validFrom, author, reason, proposedAt, fingerprint };
  if (await ports.policies.keepProposal(proposal)) return done(receiptOf(proposal));
  const other = await ports.policies.readProposalNow(proposalId);
  return other === undefined ? refused('busy_try_again') : answerOf(other, fingerprint);
};

const approvalOf = (
  proposal: KeptProposal,
  book: PolicyBook,
  { number, region, validFrom, publishedAt }: PolicyChange,
): ApprovalReceipt => ({
  proposalId: proposal.proposalId,
  region,
  validFrom,
  number,
  // By the changes up to this one, so that the answer stays the same whatever is published later.
  version: policyBook(book.changes.slice(0, number)).inForce(region, validFrom).version,
  at: publishedAt,
});

/** What somebody hears who publishes what is published: the same again, or that somebody else did it. */
const answerOfPublished = (
  book: PolicyBook,
  proposal: KeptProposal,
  approver: MemberId,
): Outcome<ApprovalReceipt> => {
  const change = book.changes.find(({ number }) => number === proposal.publishedAs);
  if (change === undefined) throw new Error('a proposal is marked as published and is not in the book');
  return change.approver === approver
    ? replayed(approvalOf(proposal, book, change))
    : refused('exists_with_different_content');
};

/**
 * Publishes a proposal. The grant is over its region, for a coordinator of that region or of one above it.
 * Refuses: invalid_fields where the book or the day has moved on, exists_with_different_content where somebody
 * else has published it, second_person_needed where the author is the one who asks, busy_try_again.
 */
export const approvePolicy = async (
  ports: Pick<Ports, 'clock' | 'policies'>,
  permit: Grant<'approve_policy'>,
  { proposalId }: ApprovePolicy,
): Promise<Outcome<ApprovalReceipt>> => {
  const approver = permit.actor.memberId;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    // The book first: one that was read after the proposal might have the proposal's own change in it.
    const book = await ports.policies.readBookNow();
    const proposal = await ports.policies.readProposalNow(proposalId);
    if (proposal === undefined) return refused('unknown_document');
    if (proposal.publishedAs !== undefined) {
      return answerOfPublished(await ports.policies.readBookNow(), proposal, approver);
    }
    if (proposal.author === approver) return refused('second_person_needed');
    const { region, values, validFrom, author, reason } = proposal;
    const change = planned(
      ports,
      book,
      { region, values: { ...values }, validFrom, author, reason },
      approver,
    );
    if (change.kind === 'refused') return change;
    if (await ports.policies.publish(change.value, proposalId)) {
      return done(approvalOf(proposal, policyBook([...book.changes, change.value]), change.value));
    }
  }
  return refused('busy_try_again');
};
