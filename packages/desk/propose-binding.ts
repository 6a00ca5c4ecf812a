/** Somebody is proposed as the helper of an elder: by themselves, by the elder, or by staff for either. */
import type { BindingReceipt, ProposeBinding } from '@time-bank/contracts/helping';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done, refused, replayed } from '@time-bank/contracts/refusals';
import { civilDateOf } from '@time-bank/contracts/time';
import { planPropose } from '@time-bank/identity/binding';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedById } from './carry-out.ts';
import { fingerprintOf } from './fingerprint.ts';
import { bindingReceipt } from './move-binding.ts';
import type { BindingLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';

type Work = Pick<Ports, 'clock' | 'personFiles' | 'policies'>;

type Content = Pick<BindingLeaf, 'memberId' | 'otherId' | 'proposedBy' | 'terms'>;

const contentOf = ({ memberId, otherId, proposedBy, terms }: Content): string =>
  fingerprintOf([memberId, otherId, proposedBy, terms]);

/** What stands under the id already: the same, or something else. */
const answerOf = (there: BindingLeaf, wanted: Content): Outcome<BindingReceipt> =>
  contentOf(there) === contentOf(wanted)
    ? replayed({ bindingId: there.fileId, state: 'proposed', at: there.at })
    : refused('exists_with_different_content');

/**
 * Proposes a binding, which waits for the staff of the elder's community. The grant is over the elder, or over
 * whoever proposes it for themselves.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, invalid_fields, already_bound.
 */
export const proposeBinding = async (
  ports: Work,
  permit: Grant<'propose_binding'>,
  { elder, helper }: { elder: Member; helper: Member },
  { bindingId, terms }: ProposeBinding,
): Promise<Outcome<BindingReceipt>> => {
  const at = nowOf(ports);
  const today = civilDateOf(at);
  const { memberId, communityCode } = elder;
  const wanted = { memberId, otherId: helper.memberId, terms, proposedBy: permit.actor.memberId };
  const others = await ports.personFiles.listNow('binding', memberId);
  const there = others.find(({ fileId }) => fileId === bindingId);
  if (there !== undefined) return answerOf(there, wanted);
  const byId = refusedById(bindingId, at);
  if (byId !== undefined) return byId;
  const { helperTermDaysMax: termDaysMax } = await policyNow(ports, communityCode);
  const plan = planPropose(wanted, { today, termDaysMax, helperBirthDate: helper.birthDate, others });
  if (plan.kind === 'refused') return plan;
  const key = { kind: 'binding', fileId: bindingId, version: 1, at } as const;
  const leaf = { ...key, ...plan.value, waits: { region: communityCode, dueAt: at } };
  if (await ports.personFiles.put(leaf)) return done(bindingReceipt(leaf, at));
  const faster = await ports.personFiles.readNow('binding', memberId, bindingId);
  return faster === undefined ? refused('busy_try_again') : answerOf(faster, wanted);
};
