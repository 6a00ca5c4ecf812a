/** What is said of a refusal. */
import type { Refusal, RefusalCode } from '@time-bank/contracts/refusals';

/** A sentence that says what to do next; some name the figures of the refusal. */
export type Sentence = string | ((facts: Omit<Refusal, 'code'>) => string);

/** What is needed to say why something was not done; a refusal without a sentence here is told as `internal`. */
export interface Sentences {
  unreachable: string;
  refusals: Readonly<Partial<Record<RefusalCode, Sentence>> & Record<'internal', Sentence>>;
}
