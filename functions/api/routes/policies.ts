import type { CommandId } from '@time-bank/contracts/ids';
import {
  ApprovalReceipt,
  ApprovePolicy,
  PolicyQuery,
  PolicyView,
  ProposalReceipt,
  ProposePolicy,
  SimulatePolicy,
  SimulationView,
} from '@time-bank/contracts/policy';
import { approvePolicy, proposePolicy } from '@time-bank/desk/publish-policy';
import { readPolicy } from '@time-bank/desk/read-policy';
import { simulatePolicy } from '@time-bank/desk/simulate-policy';
import type { Subject } from '@time-bank/identity/grant';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { body, query } from '../validate.ts';

export const policyRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** A region of the register; one that is not there is nobody's. */
  const regionOf = async (region: string): Promise<Subject> =>
    (await ports.regions.read(region)) === undefined ? {} : { region };
  const proposalOf = async (proposalId: CommandId): Promise<Subject> => {
    const proposal = await ports.policies.readProposalNow(proposalId);
    return proposal === undefined ? {} : { region: proposal.region };
  };
  return new Hono<Env>()
    .use('/policies/*', signedIn(deps))
    .get('/policies', query(PolicyQuery), async (c) => {
      const permit = permitted(c, 'read_policy');
      return present(c, PolicyView, await readPolicy(ports, permit, c.req.valid('query').region), 200);
    })
    .post('/policies/simulations', body(SimulatePolicy), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'simulate_policy', await regionOf(wanted.region));
      return present(c, SimulationView, await simulatePolicy(ports, permit, wanted), 200);
    })
    .post('/policies', body(ProposePolicy), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'propose_policy', await regionOf(wanted.region), wanted.proposalId);
      return present(c, ProposalReceipt, await proposePolicy(ports, permit, wanted), 201);
    })
    .post('/policies/approvals', body(ApprovePolicy), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'approve_policy', await proposalOf(wanted.proposalId), wanted.proposalId);
      return present(c, ApprovalReceipt, await approvePolicy(ports, permit, wanted), 201);
    });
};
