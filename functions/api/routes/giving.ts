import { TransferReceipt } from '@time-bank/contracts/account';
import {
  BindFamily,
  ChooseOverflow,
  DonateHours,
  EndFamily,
  FamilyList,
  FamilyQuery,
  GiveHours,
  PoolView,
} from '@time-bank/contracts/giving';
import type { OnBehalfOf } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { bindFamily, endFamily, listFamily } from '@time-bank/desk/bind-family';
import { chooseOverflow } from '@time-bank/desk/choose-overflow';
import { donateHours } from '@time-bank/desk/donate-hours';
import { giveHours } from '@time-bank/desk/give-hours';
import { readPool } from '@time-bank/desk/read-pool';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { actingFor } from '../acting.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, poolIdParam, query } from '../validate.ts';

export const givingRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The member and the leave to act on their account. Without leave the answer is the same whether there is one. */
  const permittedFor = async <A extends Action>(
    c: Context<Env>,
    action: A,
    memberId: MemberId,
    others: readonly MemberId[] = [],
  ) => {
    const member: Member | undefined = await ports.people.readMember(memberId);
    const place = member === undefined ? {} : { memberId, communityCode: member.communityCode };
    const permit = permitted(c, action, { ...place, concerns: [memberId, ...others] });
    if (member === undefined) throw new Refused({ code: 'unknown_member' });
    return { member, permit };
  };
  /** One's own hours, or those of a member who came to the counter or called. */
  const ownOrAtCounter = async <A extends Action>(
    c: Context<Env>,
    own: A,
    forWhom: OnBehalfOf | undefined,
    others?: readonly MemberId[],
  ) => {
    if (forWhom === undefined) return permittedFor(c, own, c.var.actor.memberId);
    const { memberId } = forWhom;
    const leave = await permittedFor(c, 'act_for_member', memberId, others);
    actingFor(c, leave.permit, forWhom, memberId);
    return leave;
  };
  return new Hono<Env>()
    .use('/gifts', signedIn(deps))
    .use('/donations', signedIn(deps))
    .use('/account/overflow', signedIn(deps))
    .use('/pools/*', signedIn(deps))
    .use('/family', signedIn(deps))
    .use('/family-ties/*', signedIn(deps))
    .post('/gifts', body(GiveHours), async (c) => {
      const gift = c.req.valid('json');
      const { member, permit } = await ownOrAtCounter(c, 'give_hours', gift.forWhom, [gift.receiverId]);
      return present(c, TransferReceipt, await giveHours(ports, permit, member, gift), 201);
    })
    .post('/donations', body(DonateHours), async (c) => {
      const donation = c.req.valid('json');
      const { member, permit } = await ownOrAtCounter(c, 'donate_hours', donation.forWhom);
      return present(c, TransferReceipt, await donateHours(ports, permit, member, donation), 201);
    })
    .post('/account/overflow', body(ChooseOverflow), async (c) => {
      const choice = c.req.valid('json');
      const { member, permit } = await ownOrAtCounter(c, 'choose_overflow', choice.forWhom);
      return present(c, TransferReceipt, await chooseOverflow(ports, permit, member, choice), 200);
    })
    .get('/pools/:poolId', poolIdParam, async (c) => {
      const permit = permitted(c, 'read_pool');
      return present(c, PoolView, await readPool(ports, permit, c.req.valid('param').poolId), 200);
    })
    .get('/family', query(FamilyQuery), async (c) => {
      const { memberId = c.var.actor.memberId } = c.req.valid('query');
      const { member, permit } = await permittedFor(c, 'list_family', memberId);
      return present(c, FamilyList, await listFamily(ports, permit, member), 200);
    })
    .post('/family-ties', body(BindFamily), async (c) => {
      const tie = c.req.valid('json');
      const { member: giver, permit } = await permittedFor(c, 'bind_family', tie.giverId, [tie.receiverId]);
      const receiver = await ports.people.readMember(tie.receiverId);
      if (receiver === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, TransferReceipt, await bindFamily(ports, permit, { giver, receiver }, tie), 201);
    })
    .post('/family-ties/end', body(EndFamily), async (c) => {
      const tie = c.req.valid('json');
      const { member, permit } = await permittedFor(c, 'bind_family', tie.giverId, [tie.receiverId]);
      return present(c, TransferReceipt, await endFamily(ports, permit, member, tie), 200);
    });
};
