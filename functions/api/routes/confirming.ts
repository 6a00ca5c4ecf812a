import {
  CallBack,
  ConfirmByCard,
  ConfirmLink,
  ConfirmLinkReceipt,
  ConfirmLinkView,
  ConfirmationList,
  ConfirmationQuery,
  DecideDispute,
  DisputeList,
  DisputeQuery,
  DisputeReceipt,
  DisputeView,
  HonestyList,
  HonestyQuery,
  MakeConfirmLink,
  OpenDispute,
  RateVisit,
  ReviewItem,
  ReviewReceipt,
  Satisfaction,
  SatisfactionQuery,
  SayInDispute,
  StepWorkOrder,
  UseConfirmLink,
  WorkOrderList,
  WorkOrderQuery,
  WorkOrderReceipt,
} from '@time-bank/contracts/confirming';
import type { ForWhom } from '@time-bank/contracts/helping';
import { CommandId, type RequestId } from '@time-bank/contracts/ids';
import type { RegionCode } from '@time-bank/contracts/region';
import { Receipt } from '@time-bank/contracts/request';
import { callBack } from '@time-bank/desk/call-back';
import { confirmByCard } from '@time-bank/desk/confirm-by-card';
import { confirmByLink, lookAtConfirmLink, makeConfirmLink } from '@time-bank/desk/confirm-link';
import { answerDispute, appealDispute, decideDispute } from '@time-bank/desk/dispute-steps';
import { listConfirmations } from '@time-bank/desk/list-confirmations';
import { openDispute } from '@time-bank/desk/open-dispute';
import { rateVisit } from '@time-bank/desk/rate-visit';
import { disputeAbout, listDisputes, readDispute } from '@time-bank/desk/read-dispute';
import { readSatisfaction } from '@time-bank/desk/read-satisfaction';
import { listHonesty, reviewHonesty } from '@time-bank/desk/review-honesty';
import { subjectOf } from '@time-bank/desk/subject-of';
import { listWorkOrders, stepWorkOrder } from '@time-bank/desk/work-orders';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor, permittedFor } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

const placeOf = (region: RegionCode) => ({ region });

export const confirmingRoutes = (deps: Deps) => {
  const { ports, keys } = deps;
  /** The visit and the leave. Without leave the answer is the same whether it is there or not. */
  const onVisit = async <A extends Action>(
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
  /** As above, where somebody may act for a caller or an elder: not needed for a volunteer's own side. */
  const onSide = async <A extends Action>(
    c: Context<Env>,
    action: A,
    requestId: RequestId,
    forWhom: ForWhom | undefined,
  ) => {
    const seen = await onVisit(c, action, requestId, forWhom);
    const { permit, facts } = seen;
    if (permit.via.relation !== 'own') actingFor(c, permit, forWhom, facts.request.receiverId);
    return seen;
  };
  const disputeOn = async <A extends 'read_dispute' | 'say_in_dispute'>(
    c: Context<Env>,
    action: A,
    requestId: RequestId,
    forWhom?: ForWhom,
  ) => {
    const { facts, permit } =
      action === 'read_dispute'
        ? await onVisit(c, action, requestId)
        : await onSide(c, action, requestId, forWhom);
    const record = await disputeAbout(ports, facts);
    if (record === undefined) throw new Refused({ code: 'unknown_case' });
    return { seen: { facts, record }, permit };
  };
  return new Hono<Env>()
    .use('/requests/*', signedIn(deps))
    .use('/confirmations', signedIn(deps))
    .use('/work-orders/*', signedIn(deps))
    .use('/satisfaction', signedIn(deps))
    .use('/disputes/*', signedIn(deps))
    .use('/honesty/*', signedIn(deps))
    .post('/requests/:requestId/confirm-by-card', requestIdParam, body(ConfirmByCard), async (c) => {
      const { facts, permit } = await onVisit(c, 'confirm_by_card', c.req.valid('param').requestId);
      const receiver = await ports.people.readMember(facts.request.receiverId);
      if (receiver === undefined) throw new Refused({ code: 'unknown_request' });
      const seen = { facts, receiver };
      return present(
        c,
        Receipt,
        await confirmByCard({ ...ports, keys }, permit, seen, c.req.valid('json')),
        200,
      );
    })
    .post('/requests/:requestId/confirm-link', requestIdParam, body(MakeConfirmLink), async (c) => {
      const wanted = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await onSide(c, 'make_confirm_link', requestId, wanted.forWhom);
      return present(c, ConfirmLink, makeConfirmLink({ ...ports, keys }, permit, facts, wanted), 201);
    })
    .post('/confirm-links/look', body(UseConfirmLink), async (c) => {
      const { token } = c.req.valid('json');
      return present(c, ConfirmLinkView, await lookAtConfirmLink({ ...ports, keys }, token), 200);
    })
    .post('/confirm-links/confirm', body(UseConfirmLink), async (c) => {
      const { token } = c.req.valid('json');
      return present(c, ConfirmLinkReceipt, await confirmByLink({ ...ports, keys }, token), 200);
    })
    .post('/requests/:requestId/call-back', requestIdParam, body(CallBack), async (c) => {
      const { facts, permit } = await onVisit(c, 'call_back', c.req.valid('param').requestId);
      return present(c, Receipt, await callBack(ports, permit, facts, c.req.valid('json')), 200);
    })
    .get('/confirmations', query(ConfirmationQuery), async (c) => {
      const { community, kind } = c.req.valid('query');
      const permit = permitted(c, 'list_community_requests', { communityCode: community });
      return present(c, ConfirmationList, await listConfirmations(ports, permit, community, kind), 200);
    })
    .post('/requests/:requestId/ratings', requestIdParam, body(RateVisit), async (c) => {
      const word = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await onSide(c, 'rate_visit', requestId, word.forWhom);
      return present(c, Receipt, await rateVisit(ports, permit, facts, word), 201);
    })
    .get('/work-orders', query(WorkOrderQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_work_orders', { communityCode: community });
      return present(c, WorkOrderList, await listWorkOrders(ports, permit, community, cursor), 200);
    })
    .post('/work-orders/:caseId/steps', caseIdParam, body(StepWorkOrder), async (c) => {
      const { caseId } = c.req.valid('param');
      const order = await ports.caseBook.readNow('rectify', caseId);
      const subject =
        order === undefined ? {} : { communityCode: order.communityCode, concerns: order.concerns };
      const permit = permitted(c, 'step_work_order', subject, caseId);
      if (order === undefined) throw new Refused({ code: 'unknown_case' });
      return present(
        c,
        WorkOrderReceipt,
        await stepWorkOrder(ports, permit, order, c.req.valid('json')),
        201,
      );
    })
    .get('/satisfaction', query(SatisfactionQuery), async (c) => {
      const asked = c.req.valid('query');
      const permit = permitted(c, 'read_satisfaction', { communityCode: asked.community });
      return present(c, Satisfaction, await readSatisfaction(ports, permit, asked), 200);
    })
    .post('/requests/:requestId/disputes', requestIdParam, body(OpenDispute), async (c) => {
      const complaint = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { facts, permit } = await onSide(c, 'open_dispute', requestId, complaint.forWhom);
      return present(c, Receipt, await openDispute(ports, permit, facts, complaint), 201);
    })
    .get('/requests/:requestId/dispute', requestIdParam, async (c) => {
      const { seen, permit } = await disputeOn(c, 'read_dispute', c.req.valid('param').requestId);
      return present(c, DisputeView, await readDispute(ports, permit, seen), 200);
    })
    .get('/disputes', query(DisputeQuery), async (c) => {
      const { region, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_disputes', placeOf(region));
      return present(c, DisputeList, await listDisputes(ports, permit, region, cursor), 200);
    })
    .post('/requests/:requestId/dispute/answer', requestIdParam, body(SayInDispute), async (c) => {
      const said = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { seen, permit } = await disputeOn(c, 'say_in_dispute', requestId, said.forWhom);
      return present(c, DisputeReceipt, await answerDispute(ports, permit, seen, said), 201);
    })
    .post('/requests/:requestId/dispute/appeal', requestIdParam, body(SayInDispute), async (c) => {
      const said = c.req.valid('json');
      const { requestId } = c.req.valid('param');
      const { seen, permit } = await disputeOn(c, 'say_in_dispute', requestId, said.forWhom);
      return present(c, DisputeReceipt, await appealDispute(ports, permit, seen, said), 201);
    })
    .post('/disputes/:caseId/decisions', caseIdParam, body(DecideDispute), async (c) => {
      const { caseId } = c.req.valid('param');
      const record = await ports.caseBook.readNow('dispute', caseId);
      const subject = record === undefined ? {} : { ...placeOf(record.region), concerns: record.concerns };
      const action = record?.level === 2 ? 'decide_appeal' : 'decide_dispute';
      const permit = permitted(c, action, subject, caseId);
      if (record === undefined) throw new Refused({ code: 'unknown_case' });
      return present(c, DisputeReceipt, await decideDispute(ports, permit, record, c.req.valid('json')), 201);
    })
    .get('/honesty', query(HonestyQuery), async (c) => {
      const { region, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_honesty', placeOf(region));
      return present(c, HonestyList, await listHonesty(ports, permit, region, cursor), 200);
    })
    .post('/honesty/:caseId/review', caseIdParam, body(ReviewItem), async (c) => {
      const { caseId } = c.req.valid('param');
      const record = await ports.caseBook.readNow('honesty', caseId);
      const subject =
        record?.finding === undefined ? {} : { ...placeOf(record.region), concerns: record.finding.subjects };
      const permit = permitted(c, 'review_honesty', subject, caseId);
      if (record?.finding === undefined) throw new Refused({ code: 'unknown_case' });
      return present(c, ReviewReceipt, await reviewHonesty(ports, permit, record, c.req.valid('json')), 201);
    });
};
