import { ElderQuery, CommunityList, ElderList } from '@time-bank/contracts/routes';
import { FindMember, Me, ReachablePerson, VisitCode } from '@time-bank/contracts/member';
import { EnterPerson } from '@time-bank/contracts/people';
import { PersonReceipt } from '@time-bank/contracts/role';
import { enterPerson } from '@time-bank/desk/enter-person';
import { findMember, readMemberByPhone } from '@time-bank/desk/find-member';
import { listCommunities, listElders, readMe } from '@time-bank/desk/read-people';
import { newCode } from '@time-bank/identity/one-time-code';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import { communityAsked } from '../community.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { orRefuse } from '../refused.ts';
import { body, query } from '../validate.ts';

export const peopleRoutes = (deps: Deps) =>
  new Hono<Env>()
    .use('/me', signedIn(deps))
    .use('/communities', signedIn(deps))
    .use('/elders', signedIn(deps))
    .use('/members', signedIn(deps))
    .use('/members/find', signedIn(deps))
    .get('/me', async (c) => {
      const permit = permitted(c, 'read_me');
      return present(c, Me, await readMe(deps.ports, permit), 200);
    })
    .get('/communities', async (c) => {
      const permit = permitted(c, 'list_communities');
      return present(c, CommunityList, await listCommunities(deps.ports, permit), 200);
    })
    .get('/elders', query(ElderQuery), async (c) => {
      const { community } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'list_elders', community);
      return present(c, ElderList, await listElders(deps.ports, permit, communityCode), 200);
    })
    .post('/members', body(EnterPerson), async (c) => {
      const entered = c.req.valid('json');
      const { communityCode, memberId } = entered;
      const permit = permitted(c, 'enter_person', { communityCode }, memberId);
      const cardCode = () => VisitCode.parse(newCode());
      const outcome = await enterPerson({ ...deps.ports, cardCode }, permit, entered);
      return present(c, PersonReceipt, outcome, 201);
    })
    .post('/members/find', body(FindMember), async (c) => {
      const member = orRefuse(await readMemberByPhone(deps.ports, c.req.valid('json').phone));
      // Without leave the answer is the same whether there is such a person or not.
      const subject =
        member === undefined ? {} : { memberId: member.memberId, communityCode: member.communityCode };
      const permit = permitted(c, 'find_member', subject);
      return present(c, ReachablePerson, findMember(permit, member), 200);
    });
