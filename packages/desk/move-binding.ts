/** Moves a binding one step on; where somebody else was faster, it is read and decided again. */
import type { BindingReceipt, BindingState } from '@time-bank/contracts/helping';
import type { FileId, MemberId } from '@time-bank/contracts/ids';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import type { Binding } from '@time-bank/identity/binding';
import type { BindingLeaf } from './person-leaf.ts';
import type { Ports } from './ports.ts';

const TRIES_MAX = 5;

/** Names one binding. */
export interface BindingKey {
  elderId: MemberId;
  bindingId: FileId;
}

/** What a command on a binding answers. `at`: when it came to the state in which it is. */
export const bindingReceipt = (leaf: BindingLeaf, at: Instant): BindingReceipt => ({
  bindingId: leaf.fileId,
  state: leaf.state,
  at,
});

/** A binding that nobody on the staff has to look at any more leaves their list. */
const withoutWaiting = ({ waits, ...leaf }: BindingLeaf): BindingLeaf =>
  waits !== undefined && ['proposed', 'checked'].includes(leaf.state) ? { ...leaf, waits } : leaf;

/**
 * `doneBefore`: when the same was done before by the same person, and what it led to where the binding has gone on
 * since; then nothing is written.
 * Refuses: unknown_file, what `plan` refuses, busy_try_again.
 */
export const moveBinding = async (
  ports: Pick<Ports, 'personFiles'>,
  { elderId, bindingId }: BindingKey,
  step: {
    at: Instant;
    doneBefore: (binding: BindingLeaf) => Instant | undefined;
    ledTo?: BindingState;
    plan: (binding: BindingLeaf) => Planned<Binding> | Promise<Planned<Binding>>;
  },
): Promise<Outcome<BindingReceipt>> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const binding = await ports.personFiles.readNow('binding', elderId, bindingId);
    if (binding === undefined) return refused('unknown_file');
    const before = step.doneBefore(binding);
    if (before !== undefined) {
      return replayed(bindingReceipt({ ...binding, state: step.ledTo ?? binding.state }, before));
    }
    const plan = await step.plan(binding);
    if (plan.kind === 'refused') return plan;
    const next = withoutWaiting({ ...binding, ...plan.value, version: binding.version + 1 });
    if (await ports.personFiles.move(next)) return done(bindingReceipt(next, step.at));
  }
  return refused('busy_try_again');
};
