/** A coordinator finds a person by their telephone number, e.g. a volunteer who stands at the counter. */
import { type Member, type ReachablePerson, phoneOf } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';
import { reachablePerson } from './request-view.ts';

/**
 * Whose number it is, written as people write it; nothing where it is nobody's. Numbers can be tried one by one, so
 * nobody is looked up like somebody: how long it takes tells no more than the answer.
 * Refuses: invalid_fields (no telephone number).
 */
export const readMemberByPhone = async (
  ports: Pick<Ports, 'people' | 'ids'>,
  written: string,
): Promise<Outcome<Member | undefined>> => {
  const phone = phoneOf(written);
  if (phone === undefined) {
    return refused('invalid_fields', {
      details: [{ property: 'phone', message: 'is not a telephone number' }],
    });
  }
  const memberId = await ports.people.findByPhone(phone);
  return done(await ports.people.readMember(memberId ?? ports.ids.member()));
};

/** The person, for a coordinator of their home. Refuses: unknown_member. */
export const findMember = (
  _permit: Grant<'find_member'>,
  member: Member | undefined,
): Outcome<ReachablePerson> =>
  member === undefined ? refused('unknown_member') : done(reachablePerson(member));
