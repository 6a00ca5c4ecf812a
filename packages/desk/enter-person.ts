/** Staff enter a person who came to them, by the same checks as a list of people: nobody is entered twice. */
import type { EnterPerson } from '@time-bank/contracts/people';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { PersonReceipt } from '@time-bank/contracts/role';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedById } from './carry-out.ts';
import {
  type CardCode,
  type ListedPerson,
  type RowProblem,
  importPeople,
  naturalKeyOf,
} from './import-people.ts';
import type { Ports } from './ports.ts';

const refusalOf: Record<
  RowProblem['code'],
  'unknown_region' | 'exists_with_different_content' | 'phone_taken'
> = {
  unknown_region: 'unknown_region',
  conflicting_person: 'exists_with_different_content',
  phone_taken: 'phone_taken',
};

/** A resident as a list would have them. */
const listedOf = ({ memberId: _id, ...rest }: EnterPerson): ListedPerson => ({
  ...rest,
  roles: [{ role: 'resident', region: rest.communityCode }],
});

/**
 * Enters a resident with an empty account. Without a telephone they are a full member all the same. The grant is over
 * the community.
 * Refuses: unknown_region, exists_with_different_content (also where the same person was entered by somebody else),
 * id_too_old, id_from_the_future, phone_taken.
 */
export const enterPerson = async (
  ports: Pick<Ports, 'clock' | 'people' | 'regions'> & { cardCode: CardCode },
  _permit: Grant<'enter_person'>,
  body: EnterPerson,
): Promise<Outcome<PersonReceipt>> => {
  const { memberId } = body;
  const at = nowOf(ports);
  const receipt = { memberId, version: 0, at };
  const listed = listedOf(body);
  const key = naturalKeyOf(listed);
  const [known, taken] = await Promise.all([
    ports.people.findByNaturalKey([key]),
    ports.people.readMember(memberId),
  ]);
  const isSame = known.get(key)?.memberId === memberId;
  if (!isSame && (known.has(key) || taken !== undefined)) return refused('exists_with_different_content');
  const byId = isSame ? undefined : refusedById(memberId, at);
  if (byId !== undefined) return byId;
  const ids = { member: () => memberId };
  const { added, problems } = await importPeople({ ...ports, ids }, [listed], false);
  const [problem] = problems;
  if (problem !== undefined) return refused(refusalOf[problem.code]);
  return added === 1 ? done(receipt) : replayed(receipt);
};
