/** A binding ends at once: at the word of the elder, of the helper, or of staff for a caller. */
import type { BindingReceipt, EndBinding } from '@time-bank/contracts/helping';
import type { Outcome } from '@time-bank/contracts/refusals';
import { planEnd } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { type BindingKey, moveBinding } from './move-binding.ts';
import type { Ports } from './ports.ts';

/** The grant is over the elder and this binding. Refuses: unknown_file, binding_not_open, busy_try_again. */
export const endBinding = (
  ports: Pick<Ports, 'clock' | 'personFiles'>,
  permit: Grant<'end_binding'>,
  key: BindingKey,
  { reason }: EndBinding,
): Promise<Outcome<BindingReceipt>> => {
  const at = nowOf(ports);
  const by = permit.actor.memberId;
  return moveBinding(ports, key, {
    at,
    doneBefore: ({ ended }) => (ended?.by === by && ended.reason === reason ? ended.at : undefined),
    plan: (binding) => planEnd(binding, { by, at, reason }),
  });
};
