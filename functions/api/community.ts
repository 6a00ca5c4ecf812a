/** Which community a coordinator means. */
import type { CommunityCode } from '@time-bank/contracts/region';
import { communitiesOf } from '@time-bank/desk/list-requests';
import type { Actor } from '@time-bank/identity/actor';
import { grant } from '@time-bank/identity/grant';
import type { Deps } from './deps.ts';
import { Refused, orRefuse } from './refused.ts';

/** The one that was named, if it exists, or the first that they look after. Refuses: not_allowed, unknown_region. */
export const communityAsked = async (
  deps: Pick<Deps, 'ports'>,
  actor: Actor,
  named: CommunityCode | undefined,
): Promise<CommunityCode> => {
  const communities = await communitiesOf(deps.ports, orRefuse(grant(actor, 'list_communities')));
  const asked = named ?? communities[0];
  if (asked === undefined || !communities.includes(asked)) throw new Refused({ code: 'unknown_region' });
  return asked;
};
