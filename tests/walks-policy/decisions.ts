/** Decisions of regions as coordinators make them, two for each. */
import type { Member } from '@time-bank/contracts/member';
import type { Answer, Town } from '../town.ts';

/** The body of a proposal for the county from today on; what is not said lets a request wait half an hour. */
export const aProposal = (town: Town, change: Record<string, unknown> = {}) => ({
  proposalId: town.ids.command(),
  region: '341302',
  validFrom: '2026-11-21',
  values: { unfilledAfterMinutes: 30 },
  reason: '区里试行一年',
  ...change,
});

/** A proposal that adopts a preset. */
export const anAdoption = (town: Town, preset: string, change: Record<string, unknown> = {}) => {
  const { values: _, ...proposal } = aProposal(town, { region: '3413', ...change });
  return { ...proposal, preset };
};

/** Sends a proposal. */
export const propose = (town: Town, who: Member, body: object): Promise<Answer> =>
  town.ask(who, 'POST', '/api/policies', body);

/** Publishes a proposal. */
export const approve = (town: Town, who: Member, proposalId: string): Promise<Answer> =>
  town.ask(who, 'POST', '/api/policies/approvals', { proposalId });

/** Decides by two new coordinators of the region: proposed and published. */
export const decide = async (town: Town, change: Record<string, unknown>): Promise<Answer> => {
  const body = aProposal(town, change);
  const [author, approver] = [await town.aCoordinator(body.region), await town.aCoordinator(body.region)];
  const proposed = await propose(town, author, body);
  if (proposed.status !== 201) throw new Error(JSON.stringify(proposed.body));
  const approved = await approve(town, approver, body.proposalId);
  if (approved.status !== 201) throw new Error(JSON.stringify(approved.body));
  return approved;
};

/** A value as it is in force in a region, with its origin. */
export const valueIn = async (town: Town, region: string, name: string) => {
  const { body } = await town.ask(await town.anElder(), 'GET', `/api/policies?region=${region}`);
  return (body.values as { name: string; value: unknown; from?: string; number?: number }[]).find(
    (value) => value.name === name,
  );
};
