/** The person in the path of a route, and the leave to do something about them. */
import { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Context } from 'hono';
import { permittedFor } from './acting.ts';
import type { Env } from './actor.ts';
import type { Deps } from './deps.ts';
import { pathParam } from './path-param.ts';
import { Refused } from './refused.ts';

/** The person in the path; anything else is a person who does not exist. Refuses: unknown_member. */
export const memberIdParam = pathParam('memberId', MemberId, 'unknown_member', (memberId) => ({ memberId }));

/**
 * The person and the leave for `action` on them. Without leave the answer is the same whether there is such a person
 * or not; nobody decides about themselves where an action is impartial. `thing`: what the log calls the change; `homeOf`:
 * of which community they count for this action, where not of the one in which they live.
 * Refuses: not_allowed, unknown_member.
 */
export const memberAsked = async <A extends Action>(
  { ports }: Pick<Deps, 'ports'>,
  c: Context<Env>,
  action: A,
  memberId: MemberId,
  thing?: string,
  homeOf: (member: Member) => Promise<CommunityCode> = ({ communityCode }) => Promise.resolve(communityCode),
): Promise<{ member: Member; permit: Grant<A> }> => {
  const member = await ports.people.readMember(memberId);
  const place = member === undefined ? {} : { memberId, communityCode: await homeOf(member) };
  const subject = { ...place, concerns: [memberId] };
  const permit = await permittedFor(c, ports, action, { subject, ...(thing === undefined ? {} : { thing }) });
  if (member === undefined) throw new Refused({ code: 'unknown_member' });
  return { member, permit };
};
