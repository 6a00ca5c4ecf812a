/** How a check ends at the first thing that does not fit. */

/** The first thing that does not fit: where (account, line, item) and what about it. */
export interface Contradiction {
  where: string;
  what: string;
}

/** Thrown inside the checks at the first thing that does not fit. */
export class DoesNotFit extends Error {
  override name = 'DoesNotFit';
  readonly where: string;
  constructor(where: string, what: string) {
    super(what);
    this.where = where;
  }
}

/** Throws DoesNotFit unless `holds`. */
export const mustHold = (holds: boolean, where: string, what: string): void => {
  if (!holds) throw new DoesNotFit(where, what);
};
