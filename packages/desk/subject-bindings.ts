/** The bindings that are in force to an elder: asked for only where somebody else acts or looks in their name. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { CivilDate } from '@time-bank/contracts/time';
import { bindingFactsOf, isBindingInForce } from '@time-bank/identity/binding';
import type { BindingFacts } from '@time-bank/identity/grant';
import type { Ports } from './ports.ts';

/** What each helper of an elder may do today. One strongly consistent read. */
export const bindingsOf = async (
  ports: Pick<Ports, 'personFiles'>,
  elderId: MemberId,
  today: CivilDate,
): Promise<BindingFacts[]> =>
  (await ports.personFiles.listNow('binding', elderId))
    .filter((binding) => isBindingInForce(binding, today))
    .map((binding) => bindingFactsOf(binding, binding.fileId));
