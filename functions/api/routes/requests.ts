import { AskReceipt, AskVolunteers } from '@time-bank/contracts/asking';
import { CandidateList, CandidateQuery } from '@time-bank/contracts/candidate';
import type { ForWhom } from '@time-bank/contracts/helping';
import type { RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
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
import { askVolunteers } from '@time-bank/desk/ask-volunteers';
import { acceptRequest } from '@time-bank/desk/accept-request';
import { cancelRequest } from '@time-bank/desk/cancel-request';
import { checkIn } from '@time-bank/desk/check-in';
import { checkOut } from '@time-bank/desk/check-out';
import { confirmVisit } from '@time-bank/desk/confirm-visit';
import { listCandidates } from '@time-bank/desk/list-candidates';
import {
  listCommunityRequests,
  listElderRequests,
  listOpenRequests,
  listReceivedRequests,
  listVisitedRequests,
} from '@time-bank/desk/list-requests';
import { postRequest } from '@time-bank/desk/post-request';
import { readRequest } from '@time-bank/desk/read-request';
import { subjectOf } from '@time-bank/desk/subject-of';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor, permittedFor, subjectOfElder } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

export const requestRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The request and the leave to act on it. Without leave the answer is the same whether it is there or not. */
  const permittedOn = async <A extends Action>(
    c: Context<Env>,
    action: A,
    requestId: RequestId,
    forWhom?: ForWhom,
  ) => {
    const facts = await ports.careBook.readRequestNow(requestId);
    const subject = facts === undefined ? {} : await subjectOf(ports, facts);
    const permit = await permittedFor(c, ports, action, { subject, forWhom, thing: requestId });
    if (facts === undefined) throw new Refused({ code: 'unknown_request' });
    return { facts, permit };
  };
  /** Leave to look at or order for an elder who is named by their id. */
  const permittedOver = async <A extends 'post_request' | 'order_for_elder' | 'read_request'>(
    c: Context<Env>,
    action: A,
    { elder, forWhom }: { elder: Member | undefined; forWhom?: ForWhom | undefined },
  ) => {
    const permit = await permittedFor(c, ports, action, { subject: subjectOfElder(elder), forWhom });
    if (elder === undefined) throw new Refused({ code: 'unknown_member' });
    actingFor(c, permit, forWhom, elder.memberId);
    return { permit, elder };
  };
  return new Hono<Env>()
    .use('/requests/*', signedIn(deps))
    .post('/requests', body(PostRequest), async (c) => {
      const wanted = c.req.valid('json');
      const { receiverId, forWhom } = wanted;
      const asked = { elder: await ports.people.readMember(receiverId), forWhom };
      const action = forWhom === undefined ? 'post_request' : 'order_for_elder';
      const { permit, elder } = await permittedOver(c, action, asked);
      if (forWhom === undefined) actingFor(c, permit, forWhom, receiverId);
      return present(c, Receipt, await postRequest(ports, permit, elder, wanted), 201);
    })
    .get('/requests', query(RequestQuery), async (c) => {
      const { scope, community, memberId, cursor } = c.req.valid('query');
      switch (scope) {
        case 'open': {
          const permit = permitted(c, 'list_open_requests');
          return present(c, RequestPage, await listOpenRequests(ports, permit, cursor), 200);
        }
        case 'received': {
          if (memberId !== undefined && memberId !== c.var.actor.memberId) {
            const asked = { elder: await ports.people.readMember(memberId) };
            const { permit } = await permittedOver(c, 'read_request', asked);
            return present(c, RequestPage, await listElderRequests(ports, permit, memberId, cursor), 200);
          }
          const permit = permitted(c, 'list_own_requests');
          return present(c, RequestPage, await listReceivedRequests(ports, permit, cursor), 200);
        }
        case 'visits': {
          const permit = permitted(c, 'list_own_requests');
          return present(c, RequestPage, await listVisitedRequests(ports, permit, cursor), 200);
        }
        case 'community': {
          const place = community === undefined ? {} : { communityCode: community };
          const permit = permitted(c, 'list_community_requests', place);
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
      const { facts, permit } = await permittedOn(c, 'read_request', c.req.valid('param').requestId);
      return present(c, RequestView, await readRequest(ports, permit, facts), 200);
    })
    .get('/requests/:requestId/candidates', requestIdParam, query(CandidateQuery), async (c) => {
      const { facts, permit } = await permittedOn(c, 'list_candidates', c.req.valid('param').requestId);
      const { about } = c.req.valid('query');
      return present(c, CandidateList, await listCandidates(ports, permit, facts.request, about), 200);
    })
    .post('/requests/:requestId/ask', requestIdParam, body(AskVolunteers), async (c) => {
      const { facts, permit } = await permittedOn(c, 'ask_volunteers', c.req.valid('param').requestId);
      return present(c, AskReceipt, await askVolunteers(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/cancel', requestIdParam, body(CancelRequest), async (c) => {
      const cancel = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await permittedOn(c, 'cancel_request', requestId, cancel.forWhom);
      actingFor(c, permit, cancel.forWhom, facts.request.receiverId);
      return present(c, Receipt, await cancelRequest(ports, permit, facts, cancel), 200);
    })
    .post('/requests/:requestId/accept', requestIdParam, body(AcceptRequest), async (c) => {
      const { facts, permit } = await permittedOn(c, 'accept_request', c.req.valid('param').requestId);
      return present(c, Receipt, await acceptRequest(ports, permit, facts, c.req.valid('json')), 201);
    })
    .post('/requests/:requestId/check-in', requestIdParam, body(CheckIn), async (c) => {
      const { facts, permit } = await permittedOn(c, 'check_in', c.req.valid('param').requestId);
      return present(c, Receipt, await checkIn(ports, permit, facts, c.req.valid('json'), deps.keys), 200);
    })
    .post('/requests/:requestId/check-out', requestIdParam, body(CheckOut), async (c) => {
      const { facts, permit } = await permittedOn(c, 'check_out', c.req.valid('param').requestId);
      return present(c, Receipt, await checkOut(ports, permit, facts, c.req.valid('json'), deps.keys), 200);
    })
    .post('/requests/:requestId/confirm', requestIdParam, body(ConfirmVisit), async (c) => {
      const word = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await permittedOn(c, 'confirm_visit', requestId, word.forWhom);
      actingFor(c, permit, word.forWhom, facts.request.receiverId);
      return present(c, Receipt, await confirmVisit(ports, permit, facts, word), 200);
    });
};
