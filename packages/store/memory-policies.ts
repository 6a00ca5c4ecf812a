/** What the regions have decided, in memory. */
import type { CommandId } from '@time-bank/contracts/ids';
import type { KeptProposal, Policies } from '@time-bank/desk/ports';
import type { PolicyChange } from '@time-bank/policy/policy-change';
import { policyBook } from '@time-bank/policy/policy-book';
import { answer } from './memory-answer.ts';
import { kept } from './memory-value.ts';

/** The decisions in memory, none at first. */
export const memoryPolicies = (): Policies => {
  const changes: PolicyChange[] = [];
  const proposals = new Map<CommandId, KeptProposal>();
  let book = policyBook([]);

  /** True where there is no proposal to mark, or it could be marked. */
  const marked = (proposalId: CommandId | undefined, number: number): boolean => {
    if (proposalId === undefined) return true;
    const proposal = proposals.get(proposalId);
    if (proposal === undefined || proposal.publishedAs !== undefined) return false;
    proposals.set(proposalId, kept({ ...proposal, publishedAs: number }));
    return true;
  };

  return {
    readBook: () => answer(() => book),
    readBookNow: () => answer(() => book),
    publish: (change, proposalId) =>
      answer(() => {
        if (change.number <= changes.length) return false;
        const next = policyBook([...changes, kept(change)]);
        if (!marked(proposalId, change.number)) return false;
        changes.push(kept(change));
        book = next;
        return true;
      }),
    keepProposal: (proposal) =>
      answer(() => {
        if (proposals.has(proposal.proposalId)) return false;
        proposals.set(proposal.proposalId, kept(proposal));
        return true;
      }),
    readProposalNow: (proposalId) => answer(() => proposals.get(proposalId)),
  };
};
