/** People as strangers see them, many at once. */
import type { MemberId } from '@time-bank/contracts/ids';
import { type MaskedPerson, surnameOf } from '@time-bank/contracts/member';
import type { Ports } from './ports.ts';

/** Reads each person once; one of whom nothing is known any more is shown without a name. */
export const maskedPeople = async (
  ports: Pick<Ports, 'people'>,
  ids: readonly MemberId[],
): Promise<(memberId: MemberId) => MaskedPerson> => {
  const people = await ports.people.readMembers([...new Set(ids)]);
  return (memberId) => {
    const person = people.get(memberId);
    return {
      memberId,
      surname: person === undefined ? '*' : surnameOf(person.name),
      gender: person?.gender ?? 'female',
    };
  };
};
