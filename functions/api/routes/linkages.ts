import { CommandId } from '@time-bank/contracts/ids';
import {
  AssessLinkage,
  AttachResource,
  CloseLinkage,
  DispatchLinkage,
  LinkageList,
  LinkageQuery,
  LinkageReceipt,
  LinkageView,
  NumbersQuery,
  OpenLinkage,
  RegionNumbers,
  RegisterResource,
  ReportNeed,
  ResourceList,
  ResourceQuery,
  ResourceView,
} from '@time-bank/contracts/linkage';
import { dispatchLinkage } from '@time-bank/desk/dispatch-linkage';
import { attachResource, listResources, registerResource } from '@time-bank/desk/give-resource';
import { assessLinkage, closeLinkage, openLinkage } from '@time-bank/desk/move-linkage';
import { listLinkages, readLinkage } from '@time-bank/desk/read-linkage';
import { readNumbers } from '@time-bank/desk/read-numbers';
import { reportNeed } from '@time-bank/desk/report-need';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { permittedFor } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const linkageRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The card and the leave to do something on it. Without leave the answer is the same whether there is one. */
  const onCard = async <A extends Action>(c: Context<Env>, action: A, caseId: CommandId) => {
    const card = await ports.caseBook.readNow('linkage', caseId);
    const subject = card === undefined ? {} : { communityCode: card.communityCode, memberId: card.elderId };
    const permit = permitted(c, action, subject, caseId);
    if (card === undefined) throw new Refused({ code: 'unknown_case' });
    return { card, permit };
  };
  return new Hono<Env>()
    .use('/linkages/*', signedIn(deps))
    .use('/resources', signedIn(deps))
    .use('/numbers', signedIn(deps))
    .post('/linkages', body(ReportNeed), async (c) => {
      const wanted = c.req.valid('json');
      const elder = await ports.people.readMember(wanted.elderId);
      const facts =
        wanted.requestId === undefined ? undefined : await ports.careBook.readRequestNow(wanted.requestId);
      // Only a visit to this very elder makes its volunteer one who may tell.
      const volunteerId =
        facts?.request.receiverId === wanted.elderId ? facts.request.volunteerId : undefined;
      const subject =
        elder === undefined
          ? {}
          : {
              communityCode: elder.communityCode,
              receiverId: elder.memberId,
              ...(volunteerId === undefined ? {} : { volunteerId }),
            };
      const permit = await permittedFor(c, ports, 'report_need', { subject, thing: wanted.caseId });
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, LinkageReceipt, await reportNeed(ports, permit, elder, wanted), 201);
    })
    .get('/linkages', query(LinkageQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_linkages', { communityCode: community });
      return present(c, LinkageList, await listLinkages(ports, permit, community, cursor), 200);
    })
    .get('/linkages/:caseId', caseIdParam, async (c) => {
      const { card, permit } = await onCard(c, 'read_linkage', c.req.valid('param').caseId);
      return present(c, LinkageView, await readLinkage(ports, permit, card), 200);
    })
    .post('/linkages/:caseId/open', caseIdParam, body(OpenLinkage), async (c) => {
      const { card, permit } = await onCard(c, 'open_linkage', c.req.valid('param').caseId);
      return present(c, LinkageReceipt, await openLinkage(ports, permit, card, c.req.valid('json')), 201);
    })
    .post('/linkages/:caseId/assessment', caseIdParam, body(AssessLinkage), async (c) => {
      const { card, permit } = await onCard(c, 'assess_linkage', c.req.valid('param').caseId);
      return present(c, LinkageReceipt, await assessLinkage(ports, permit, card, c.req.valid('json')), 201);
    })
    .post('/linkages/:caseId/dispatch', caseIdParam, body(DispatchLinkage), async (c) => {
      const { card, permit } = await onCard(c, 'dispatch_linkage', c.req.valid('param').caseId);
      return present(c, LinkageReceipt, await dispatchLinkage(ports, permit, card, c.req.valid('json')), 201);
    })
    .post('/linkages/:caseId/resources', caseIdParam, body(AttachResource), async (c) => {
      const { card, permit } = await onCard(c, 'attach_resource', c.req.valid('param').caseId);
      return present(c, LinkageReceipt, await attachResource(ports, permit, card, c.req.valid('json')), 201);
    })
    .post('/linkages/:caseId/close', caseIdParam, body(CloseLinkage), async (c) => {
      const { card, permit } = await onCard(c, 'close_linkage', c.req.valid('param').caseId);
      return present(c, LinkageReceipt, await closeLinkage(ports, permit, card, c.req.valid('json')), 201);
    })
    .post('/resources', body(RegisterResource), async (c) => {
      const wanted = c.req.valid('json');
      const permit = permitted(c, 'register_resource', { region: wanted.region }, wanted.resourceId);
      return present(c, ResourceView, await registerResource(ports, permit, wanted), 201);
    })
    .get('/resources', query(ResourceQuery), async (c) => {
      const { region } = c.req.valid('query');
      const permit = permitted(c, 'list_resources', { region });
      return present(c, ResourceList, await listResources(ports, permit, region), 200);
    })
    .get('/numbers', query(NumbersQuery), async (c) => {
      const { region } = c.req.valid('query');
      const permit = permitted(c, 'read_region_numbers', { region });
      return present(c, RegionNumbers, await readNumbers(ports, permit, region), 200);
    });
};
