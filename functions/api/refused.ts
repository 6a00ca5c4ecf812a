/** A refusal on its way out of a route: thrown here, answered by the one exit in `answers.ts`. */
import type { Outcome, Refusal } from '@time-bank/contracts/refusals';

export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The value of an outcome; a refusal leaves the route. */
export const orRefuse = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'refused') throw new Refused(outcome.refusal);
  return outcome.value;
};
