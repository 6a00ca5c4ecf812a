/**
 * The elder says yes or no to a helper whom staff have checked: on their own phone, with their card and PIN at a
 * counter, or by voice before a witness of the staff, who is not the one who checked.
 */
import type { BindingReceipt, ConfirmBinding } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { planConfirm } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import type { TokenKeys } from '@time-bank/identity/token';
import { checkCard } from './card-check.ts';
import { nowOf } from './carry-out.ts';
import { type BindingKey, moveBinding } from './move-binding.ts';
import type { BindingLeaf, CardLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

/** True where whoever checked the binding would confirm it with a PIN that was set before nobody but them. */
const isOneAlone = (
  { checkedBy }: BindingLeaf,
  { issuedBy, pinBy = issuedBy }: CardLeaf,
  actorId: MemberId,
) => checkedBy === actorId && pinBy === actorId;

/**
 * The grant is over the elder. A card is asked for its PIN only where the binding waits for the elder's word.
 * Refuses: not_allowed, unknown_file, binding_not_open, card_locked, card_not_accepted, second_person_needed,
 * busy_try_again.
 */
export const confirmBinding = (
  ports: Pick<Ports, 'clock' | 'personFiles'> & { keys: TokenKeys },
  permit: Grant<'confirm_binding'>,
  { elder, bindingId }: Pick<BindingKey, 'bindingId'> & { elder: Member },
  body: ConfirmBinding,
): Promise<Outcome<BindingReceipt>> => {
  const at = nowOf(ports);
  const { memberId: actorId } = permit.actor;
  const { decision, card } = body;
  const state = decision === 'accept' ? 'bound' : 'declined';
  return moveBinding(
    ports,
    { elderId: elder.memberId, bindingId },
    {
      at,
      doneBefore: ({ confirmed, state: now }) =>
        now === state && confirmed?.by === body.by && (confirmed.witnessId ?? elder.memberId) === actorId
          ? confirmed.at
          : undefined,
      plan: async (binding) => {
        const plan = planConfirm(binding, { by: body.by, actorId, at, decision });
        if (plan.kind === 'refused' || card === undefined) return plan;
        const shown = await checkCard(ports, elder, card);
        if (shown.kind === 'refused') return shown;
        return isOneAlone(binding, shown.value, actorId) ? refused('second_person_needed') : plan;
      },
    },
  );
};
