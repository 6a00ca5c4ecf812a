import type { ForWhom } from '@time-bank/contracts/helping';
import type { AccountId, RequestId } from '@time-bank/contracts/ids';
import type { DocumentNumber } from '@time-bank/contracts/ledger';
import { Receipt } from '@time-bank/contracts/request';
import {
  AnswerPerson,
  AskForHelp,
  DecideNoShow,
  DecideUnfilled,
  ReviewList,
  ReviewQuery,
  ReviewRequest,
  ReviseRequest,
  ServiceList,
  ServiceQuery,
  WithdrawVisit,
} from '@time-bank/contracts/request-life';
import { answerPerson } from '@time-bank/desk/answer-person';
import { askForHelp } from '@time-bank/desk/ask-for-help';
import { decideNoShow } from '@time-bank/desk/decide-no-show';
import { decideUnfilled } from '@time-bank/desk/decide-unfilled';
import { findPurchase } from '@time-bank/desk/enter-purchase';
import { listServices } from '@time-bank/desk/list-services';
import { listReviews, reviewRequest } from '@time-bank/desk/review-request';
import { reviseRequest } from '@time-bank/desk/revise-request';
import { subjectOf } from '@time-bank/desk/subject-of';
import { withdrawVisit } from '@time-bank/desk/withdraw-visit';
import type { Subject } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { actingFor, permittedFor, subjectOfElder } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

/** A request with its visits, as the book gives it. */
type RequestFacts = NonNullable<Awaited<ReturnType<Deps['ports']['careBook']['readRequestNow']>>>;

export const requestLifeRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The request and the leave to move it. Without leave the answer is the same whether it is there or not. */
  const permittedOn = async <A extends Action>(
    c: Context<Env>,
    action: A,
    requestId: RequestId,
    {
      forWhom,
      also = () => ({}),
    }: { forWhom?: ForWhom | undefined; also?: (facts: RequestFacts) => Partial<Subject> } = {},
  ) => {
    const facts = await ports.careBook.readRequestNow(requestId);
    const subject = facts === undefined ? {} : { ...(await subjectOf(ports, facts)), ...also(facts) };
    const permit = await permittedFor(c, ports, action, { subject, forWhom, thing: requestId });
    if (facts === undefined) throw new Refused({ code: 'unknown_request' });
    return { facts, permit };
  };
  /** The purchase that a message names, where the person asking may look at it. Refuses: unknown_document. */
  const purchaseAsked = async (c: Context<Env>, document: DocumentNumber | undefined) => {
    if (document === undefined) return undefined;
    const fund = await findPurchase(ports, document);
    permitted(c, 'read_purchase', fund === undefined ? {} : { communityCode: fund.facts.region });
    if (fund === undefined) throw new Refused({ code: 'unknown_document' });
    return fund;
  };
  /** The organisation that a message names, where the person asking may look at it. Refuses: unknown_account. */
  const organisationAsked = async (c: Context<Env>, accountId: AccountId | undefined) => {
    if (accountId === undefined) return undefined;
    const record = await ports.caseBook.readNow('organisation', accountId);
    permitted(
      c,
      'read_organisation',
      record === undefined ? {} : { communityCode: record.communityCode, organisationId: accountId },
    );
    if (record === undefined) throw new Refused({ code: 'unknown_account' });
    return record;
  };
  /** Whoever makes the visit decides nothing about it. */
  const visitors = ({ request }: RequestFacts): Partial<Subject> => ({
    concerns: [request.receiverId, request.volunteerId, request.secondId].filter((id) => id !== undefined),
  });
  return new Hono<Env>()
    .use('/services', signedIn(deps))
    .use('/submissions', signedIn(deps))
    .use('/reviews', signedIn(deps))
    .get('/services', query(ServiceQuery), async (c) => {
      const permit = permitted(c, 'list_services');
      const asked = c.req.valid('query').communityCode;
      const own = await ports.people.readMember(c.var.actor.memberId);
      const communityCode = asked ?? own?.communityCode;
      if (communityCode === undefined) throw new Refused({ code: 'unknown_region' });
      return present(c, ServiceList, await listServices(ports, permit, communityCode), 200);
    })
    .post('/submissions', body(AskForHelp), async (c) => {
      const wanted = c.req.valid('json');
      const elderId = wanted.forWhom?.memberId ?? c.var.actor.memberId;
      const elder = await ports.people.readMember(elderId);
      const asked = { subject: subjectOfElder(elder), forWhom: wanted.forWhom };
      const permit = await permittedFor(c, ports, 'ask_for_help', asked);
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      actingFor(c, permit, wanted.forWhom, elderId);
      return present(c, Receipt, await askForHelp(ports, permit, elder, wanted), 201);
    })
    .get('/reviews', query(ReviewQuery), async (c) => {
      const { community } = c.req.valid('query');
      const permit = permitted(c, 'list_community_requests', { communityCode: community });
      return present(c, ReviewList, await listReviews(ports, permit, community), 200);
    })
    .post('/requests/:requestId/revise', requestIdParam, body(ReviseRequest), async (c) => {
      const wanted = c.req.valid('json');
      const { forWhom } = wanted;
      const { facts, permit } = await permittedOn(c, 'revise_request', c.req.valid('param').requestId, {
        forWhom,
      });
      actingFor(c, permit, forWhom, facts.request.receiverId);
      return present(c, Receipt, await reviseRequest(ports, permit, facts, wanted), 200);
    })
    .post('/requests/:requestId/review', requestIdParam, body(ReviewRequest), async (c) => {
      const word = c.req.valid('json');
      const { facts, permit } = await permittedOn(c, 'review_request', c.req.valid('param').requestId);
      const fund = await purchaseAsked(c, word.document);
      return present(c, Receipt, await reviewRequest(ports, permit, { facts, fund }, word), 200);
    })
    .post('/requests/:requestId/person', requestIdParam, body(AnswerPerson), async (c) => {
      const word = c.req.valid('json');
      const { forWhom } = word;
      const { facts, permit } = await permittedOn(c, 'answer_person', c.req.valid('param').requestId, {
        forWhom,
      });
      actingFor(c, permit, forWhom, facts.request.receiverId);
      return present(c, Receipt, await answerPerson(ports, permit, facts, word), 200);
    })
    .post('/requests/:requestId/withdraw', requestIdParam, body(WithdrawVisit), async (c) => {
      const word = c.req.valid('json');
      const { memberId } = c.var.actor;
      const { facts, permit } = await permittedOn(c, 'withdraw_visit', c.req.valid('param').requestId, {
        // Whoever has given it back has it no more, and may hear again what was answered.
        also: ({ request: { history } }) =>
          history.some(({ stepId, actorId }) => stepId === word.commandId && actorId === memberId)
            ? { volunteerId: memberId }
            : {},
      });
      return present(c, Receipt, await withdrawVisit(ports, permit, facts, word), 200);
    })
    .post('/requests/:requestId/no-show', requestIdParam, body(DecideNoShow), async (c) => {
      const word = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await permittedOn(c, 'decide_no_show', requestId, { also: visitors });
      return present(c, Receipt, await decideNoShow(ports, permit, facts, word), 200);
    })
    .post('/requests/:requestId/unfilled', requestIdParam, body(DecideUnfilled), async (c) => {
      const word = c.req.valid('json');
      const { facts, permit } = await permittedOn(c, 'decide_unfilled', c.req.valid('param').requestId);
      const [fund, organisation] = [
        await purchaseAsked(c, word.document),
        await organisationAsked(c, word.organisationId),
      ];
      const named = { facts, fund, organisation };
      return present(c, Receipt, await decideUnfilled(ports, permit, named, word), 200);
    });
};
