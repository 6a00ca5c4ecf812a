import { CandidateList } from '@time-bank/contracts/candidate';
import type { RequestId } from '@time-bank/contracts/ids';
import { RequestQuery } from '@time-bank/contracts/routes';
import {
  AcceptRequest,
  CancelRequest,
  CheckIn,
  CheckOut,
  ConfirmVisit,
  PostRequest,
  Receipt,
  RequestPage,
  RequestView,
} from '@time-bank/contracts/request';
import { acceptRequest } from '@time-bank/desk/accept-request';
import { cancelRequest } from '@time-bank/desk/cancel-request';
import { checkIn } from '@time-bank/desk/check-in';
import { checkOut } from '@time-bank/desk/check-out';
import { confirmVisit } from '@time-bank/desk/confirm-visit';
import { listCandidates } from '@time-bank/desk/list-candidates';
import {
  listCommunityRequests,
  listOpenRequests,
  listReceivedRequests,
  listVisitedRequests,
} from '@time-bank/desk/list-requests';
import { postRequest } from '@time-bank/desk/post-request';
import { readRequest } from '@time-bank/desk/read-request';
import { subjectOf } from '@time-bank/desk/subject-of';
import type { Actor } from '@time-bank/identity/actor';
import { type Action, grant } from '@time-bank/identity/grant';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { Refused, orRefuse } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

export const requestRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The request and the leave to act on it. Without leave the answer is the same whether it is there or not. */
  const permitted = async <A extends Action>(actor: Actor, action: A, requestId: RequestId) => {
    const facts = await ports.careBook.readRequestNow(requestId);
    const subject = facts === undefined ? {} : await subjectOf(ports, facts);
    const permit = orRefuse(grant(actor, action, subject));
    if (facts === undefined) throw new Refused({ code: 'unknown_request' });
    return { facts, permit };
  };
  return new Hono<Env>()
    .use('/requests/*', signedIn(deps))
    .post('/requests', body(PostRequest), async (c) => {
      const wanted = c.req.valid('json');
      const receiver = await ports.people.readMember(wanted.receiverId);
      const subject = receiver === undefined ? {} : { communityCode: receiver.communityCode };
      const permit = orRefuse(grant(c.var.actor, 'post_request', subject));
      if (receiver === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, Receipt, await postRequest(ports, permit, receiver, wanted), 201);
    })
    .get('/requests', query(RequestQuery), async (c) => {
      const { scope, community, cursor } = c.req.valid('query');
      const { actor } = c.var;
      switch (scope) {
        case 'open': {
          const permit = orRefuse(grant(actor, 'list_open_requests'));
          return present(c, RequestPage, await listOpenRequests(ports, permit, cursor), 200);
        }
        case 'received': {
          const permit = orRefuse(grant(actor, 'list_own_requests'));
          return present(c, RequestPage, await listReceivedRequests(ports, permit, cursor), 200);
        }
        case 'visits': {
          const permit = orRefuse(grant(actor, 'list_own_requests'));
          return present(c, RequestPage, await listVisitedRequests(ports, permit, cursor), 200);
        }
        case 'community': {
          const permit = orRefuse(grant(actor, 'list_community_requests'));
          return present(
            c,
            RequestPage,
            await listCommunityRequests(ports, permit, { community, cursor }),
            200,
          );
        }
      }
    })
    .get('/requests/:requestId', requestIdParam, async (c) => {
      const { facts, permit } = await permitted(c.var.actor, 'read_request', c.req.valid('param').requestId);
      return present(c, RequestView, await readRequest(ports, permit, facts), 200);
    })
    .get('/requests/:requestId/candidates', requestIdParam, async (c) => {
      const { facts, permit } = await permitted(
        c.var.actor,
        'list_candidates',
        c.req.valid('param').requestId,
      );
      return present(c, CandidateList, await listCandidates(ports, permit, facts.request), 200);
    })
    .post('/requests/:requestId/cancel', requestIdParam, body(CancelRequest), async (c) => {
      const { facts, permit } = await permitted(
        c.var.actor,
        'cancel_request',
        c.req.valid('param').requestId,
      );
      return present(c, Receipt, await cancelRequest(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/accept', requestIdParam, body(AcceptRequest), async (c) => {
      const { facts, permit } = await permitted(
        c.var.actor,
        'accept_request',
        c.req.valid('param').requestId,
      );
      return present(c, Receipt, await acceptRequest(ports, permit, facts, c.req.valid('json')), 201);
    })
    .post('/requests/:requestId/check-in', requestIdParam, body(CheckIn), async (c) => {
      const { facts, permit } = await permitted(c.var.actor, 'check_in', c.req.valid('param').requestId);
      return present(c, Receipt, await checkIn(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/check-out', requestIdParam, body(CheckOut), async (c) => {
      const { facts, permit } = await permitted(c.var.actor, 'check_out', c.req.valid('param').requestId);
      return present(c, Receipt, await checkOut(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/confirm', requestIdParam, body(ConfirmVisit), async (c) => {
      const { facts, permit } = await permitted(c.var.actor, 'confirm_visit', c.req.valid('param').requestId);
      return present(c, Receipt, await confirmVisit(ports, permit, facts, c.req.valid('json')), 200);
    });
};
