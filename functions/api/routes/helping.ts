import { Balance, StatementPage, StatementQuery } from '@time-bank/contracts/account';
import {
  BindingList,
  BindingQuery,
  BindingReceipt,
  CheckBinding,
  ConfirmBinding,
  EndBinding,
  HelpedList,
  ProposeBinding,
} from '@time-bank/contracts/helping';
import { type FileId, MemberId } from '@time-bank/contracts/ids';
import { checkBinding } from '@time-bank/desk/check-binding';
import { confirmBinding } from '@time-bank/desk/confirm-binding';
import { endBinding } from '@time-bank/desk/end-binding';
import { listBindings, listHelped, listWaitingBindings } from '@time-bank/desk/list-bindings';
import { proposeBinding } from '@time-bank/desk/propose-binding';
import { listElderEntries, readElderBalance } from '@time-bank/desk/read-account';
import { bindingFactsOf } from '@time-bank/identity/binding';
import type { Subject } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor, permittedFor, subjectOfElder } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { leafParams, pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const memberIdParam = pathParam('memberId', MemberId, 'unknown_member', (memberId) => ({ memberId }));
const bindingParams = leafParams('bindingId', (memberId, bindingId) => ({ memberId, bindingId }));

interface Named {
  memberId: MemberId;
  bindingId: FileId;
}

export const helpingRoutes = (deps: Deps) => {
  const { ports, keys } = deps;
  /** The elder and the leave. Without leave the answer is the same whether there is one. */
  const overElder = async <A extends Action>(
    c: Context<Env>,
    action: A,
    memberId: MemberId,
    also: { subject?: Subject; thing?: FileId } = {},
  ) => {
    const elder = await ports.people.readMember(memberId);
    const { subject, ...thing } = also;
    const whole = elder === undefined ? {} : { ...subjectOfElder(elder), ...subject };
    const permit = await permittedFor(c, ports, action, { subject: whole, ...thing });
    if (elder === undefined) throw new Refused({ code: 'unknown_member' });
    return { elder, permit };
  };
  /**
   * The binding is the affair of the helper, too, whatever its state: nobody checks one of their own. Another binding
   * of the elder gives nobody leave over this one.
   */
  const subjectOfBinding = async ({ memberId, bindingId }: Named): Promise<Subject> => {
    const binding = await ports.personFiles.readNow('binding', memberId, bindingId);
    return binding === undefined
      ? { bindings: [] }
      : {
          concerns: [memberId, binding.otherId],
          bindings: [bindingFactsOf(binding, bindingId)],
        };
  };
  /** Whoever proposes a binding of their own does so in an affair of their own. */
  const proposer = (
    c: Context<Env>,
    { elderId, helperId }: { elderId: MemberId; helperId: MemberId },
  ): Subject => {
    const { memberId } = c.var.actor;
    return memberId === helperId ? { memberId } : { memberId: elderId };
  };
  return new Hono<Env>()
    .use('/bindings', signedIn(deps))
    .use('/helped', signedIn(deps))
    .use('/members/:memberId/bindings/*', signedIn(deps))
    .use('/members/:memberId/account/*', signedIn(deps))
    .post('/bindings', body(ProposeBinding), async (c) => {
      const wanted = c.req.valid('json');
      const { elder, permit } = await overElder(c, 'propose_binding', wanted.elderId, {
        subject: proposer(c, wanted),
        thing: wanted.bindingId,
      });
      const helper = await ports.people.readMember(wanted.helperId);
      if (helper === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, BindingReceipt, await proposeBinding(ports, permit, { elder, helper }, wanted), 201);
    })
    .get('/bindings', query(BindingQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const permit = permitted(c, 'check_binding', { communityCode: community });
      return present(c, BindingList, await listWaitingBindings(ports, permit, { community, cursor }), 200);
    })
    .get('/members/:memberId/bindings', memberIdParam, async (c) => {
      const { elder, permit } = await overElder(c, 'list_bindings', c.req.valid('param').memberId);
      return present(c, BindingList, await listBindings(ports, permit, elder), 200);
    })
    .post('/members/:memberId/bindings/:bindingId/check', bindingParams, body(CheckBinding), async (c) => {
      const named = c.req.valid('param');
      const { memberId: elderId, bindingId } = named;
      const { permit } = await overElder(c, 'check_binding', elderId, {
        subject: await subjectOfBinding(named),
        thing: bindingId,
      });
      const outcome = await checkBinding(ports, permit, { elderId, bindingId }, c.req.valid('json'));
      return present(c, BindingReceipt, outcome, 200);
    })
    .post(
      '/members/:memberId/bindings/:bindingId/confirm',
      bindingParams,
      body(ConfirmBinding),
      async (c) => {
        const { memberId, bindingId } = c.req.valid('param');
        const { elder, permit } = await overElder(c, 'confirm_binding', memberId, { thing: bindingId });
        const outcome = await confirmBinding(
          { ...ports, keys },
          permit,
          { elder, bindingId },
          c.req.valid('json'),
        );
        return present(c, BindingReceipt, outcome, 200);
      },
    )
    .post('/members/:memberId/bindings/:bindingId/end', bindingParams, body(EndBinding), async (c) => {
      const named = c.req.valid('param');
      const { memberId: elderId, bindingId } = named;
      const end = c.req.valid('json');
      const { permit } = await overElder(c, 'end_binding', elderId, {
        subject: await subjectOfBinding(named),
        thing: bindingId,
      });
      actingFor(c, permit, end.forWhom, elderId);
      return present(c, BindingReceipt, await endBinding(ports, permit, { elderId, bindingId }, end), 200);
    })
    .get('/helped', async (c) => {
      const permit = permitted(c, 'read_me');
      return present(c, HelpedList, await listHelped(ports, permit), 200);
    })
    .get('/members/:memberId/account', memberIdParam, async (c) => {
      const { elder, permit } = await overElder(c, 'read_helped', c.req.valid('param').memberId);
      return present(c, Balance, await readElderBalance(ports, permit, elder), 200);
    })
    .get('/members/:memberId/account/entries', memberIdParam, query(StatementQuery), async (c) => {
      const { elder, permit } = await overElder(c, 'read_helped', c.req.valid('param').memberId);
      const { cursor } = c.req.valid('query');
      return present(c, StatementPage, await listElderEntries(ports, permit, elder, cursor), 200);
    });
};
