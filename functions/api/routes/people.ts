import { ElderQuery, CommunityList, ElderList } from '@time-bank/contracts/routes';
import { Me, MemberQuery, ReachablePerson } from '@time-bank/contracts/member';
import { findMember, readMemberByPhone } from '@time-bank/desk/find-member';
import { listCommunities, listElders, readMe } from '@time-bank/desk/read-people';
import { grant } from '@time-bank/identity/grant';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import { communityAsked } from '../community.ts';
import type { Deps } from '../deps.ts';
import { orRefuse } from '../refused.ts';
import { query } from '../validate.ts';

export const peopleRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use('/me', signedIn(deps))
    .use('/communities', signedIn(deps))
    .use('/elders', signedIn(deps))
    .use('/members', signedIn(deps))
    .get('/me', async (c) => {
      const permit = orRefuse(grant(c.var.actor, 'read_me'));
      return present(c, Me, await readMe(deps.ports, permit), 200);
    })
    .get('/communities', async (c) => {
      const permit = orRefuse(grant(c.var.actor, 'list_communities'));
      return present(c, CommunityList, await listCommunities(deps.ports, permit), 200);
    })
    .get('/elders', query(ElderQuery), async (c) => {
      const communityCode = await communityAsked(deps, c.var.actor, c.req.valid('query').community);
      const permit = orRefuse(grant(c.var.actor, 'list_elders', { communityCode }));
      return present(c, ElderList, await listElders(deps.ports, permit, communityCode), 200);
    })
    .get('/members', query(MemberQuery), async (c) => {
      const member = orRefuse(await readMemberByPhone(deps.ports, c.req.valid('query').phone));
      // Without leave the answer is the same whether there is such a person or not.
      const permit = orRefuse(
        grant(
          c.var.actor,
          'find_member',
          member === undefined ? {} : { communityCode: member.communityCode },
        ),
      );
      return present(c, ReachablePerson, findMember(permit, member), 200);
    });
