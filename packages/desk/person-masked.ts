/** People as strangers may see them, by their ids. */
import type { MemberId } from '@time-bank/contracts/ids';
import { type MaskedPerson, type Member, surnameOf } from '@time-bank/contracts/member';
import type { Ports } from './ports.ts';

/** A person masked; one of whom nothing is known any more is shown without a name. */
export const maskedOf = (memberId: MemberId, people: ReadonlyMap<MemberId, Member>): MaskedPerson => {
  const member = people.get(memberId);
  return {
    memberId,
    surname: member === undefined ? '*' : surnameOf(member.name),
    gender: member?.gender ?? 'female',
  };
};

/** One person masked, read now. */
export const personMasked = async (ports: Pick<Ports, 'people'>, memberId: MemberId): Promise<MaskedPerson> =>
  maskedOf(memberId, await ports.people.readMembers([memberId]));
