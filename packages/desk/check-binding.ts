/** Staff look at a proposed binding and its proof, and let it go on to the elder or decline it. */
import type { BindingReceipt, CheckBinding } from '@time-bank/contracts/helping';
import type { Outcome } from '@time-bank/contracts/refusals';
import { planCheck } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { type BindingKey, moveBinding } from './move-binding.ts';
import type { BindingLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** What whoever checked it said: one that the elder has answered, or that was ended, had gone on to the elder. */
const wasLetThrough = ({ state, confirmed }: BindingLeaf): boolean =>
  state !== 'declined' || confirmed !== undefined;

/** The grant is over the elder. Refuses: not_allowed, unknown_file, binding_not_open, busy_try_again. */
export const checkBinding = (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  permit: Grant<'check_binding'>,
  key: BindingKey,
  { decision }: CheckBinding,
): Promise<Outcome<BindingReceipt>> => {
  const at = nowOf(ports);
  const by = permit.actor.memberId;
  const state = decision === 'accept' ? 'checked' : 'declined';
  return moveBinding(ports, key, {
    at,
    ledTo: state,
    doneBefore: (binding) =>
      binding.checkedBy === by && wasLetThrough(binding) === (decision === 'accept')
        ? binding.checkedAt
        : undefined,
    plan: (binding) => planCheck(binding, { by, at, decision }),
  });
};
