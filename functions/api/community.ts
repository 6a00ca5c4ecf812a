/** Which community somebody means who looks after several. */
import type { CommunityCode } from '@time-bank/contracts/region';
import { communitiesWithin } from '@time-bank/desk/list-requests';
import { type Grant, reachesOf } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Context } from 'hono';
import type { Env } from './actor.ts';
import type { Deps } from './deps.ts';
import { permitted } from './permit.ts';
import { Refused } from './refused.ts';

/**
 * The community that was named, or the first within which the actor may do `action`, and the leave to do it there.
 * One that is not in the register is nobody's. Refuses: not_allowed, unknown_region.
 */
export const communityAsked = async <A extends Action>(
  { ports }: Pick<Deps, 'ports'>,
  c: Context<Env>,
  action: A,
  named: CommunityCode | undefined,
): Promise<{ communityCode: CommunityCode; permit: Grant<A> }> => {
  const known =
    named === undefined
      ? (await communitiesWithin(ports, reachesOf(c.var.actor, action)))[0]
      : (await ports.regions.read(named)) && named;
  const permit = permitted(c, action, known === undefined ? {} : { communityCode: known });
  if (known === undefined) throw new Refused({ code: 'unknown_region' });
  return { communityCode: known, permit };
};
