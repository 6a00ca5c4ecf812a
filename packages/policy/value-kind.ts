/**
 * The kinds of value a region can decide: what is accepted, and which of two values is the tighter. A direction
 * counts from whatever is in force above a region, the country's defaults included.
 */

/**
 * Which way a lower level may move a value against what is in force above it: freely, only to less (the
 * earlier of two choices), only to more, only to a part of the set.
 */
export type Direction = 'any' | 'only_down' | 'only_up' | 'only_narrower';

/** What is accepted, for people and for forms. Numbers are whole; bounds are included. */
export type Bounds =
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly (string | boolean)[] }
  | { readonly kind: 'set'; readonly choices: readonly string[]; readonly sizeMin: number }
  | {
      readonly kind: 'ascending' | 'descending';
      readonly min: number;
      readonly max: number;
      readonly sizeMin: number;
      readonly sizeMax: number;
    }
  | { readonly kind: 'text'; readonly lengthMax: number; readonly without: string }
  | { readonly kind: 'other'; readonly says: string };

/** One kind of value: its default, its bounds, its direction, and the two judgements that follow from them. */
export interface ValueKind<T> {
  readonly default: T;
  readonly bounds: Bounds;
  readonly direction: Direction;
  /** True for a value within the bounds. */
  readonly accepts: (value: unknown) => value is T;
  /** `own` where the direction allows it against `above`; otherwise the nearest value that is no looser. */
  readonly tighten: (above: T, own: T) => T;
}

/** True for a whole number from `min` to `max`, both included. */
export const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

const tightenNumber = {
  any: (_above: number, own: number): number => own,
  only_down: (above: number, own: number): number => Math.min(above, own),
  only_up: (above: number, own: number): number => Math.max(above, own),
};

/** A whole number. Where it may only fall, its default is its maximum; where it may only rise, its minimum. */
export const whole = (
  fallback: number,
  min: number,
  max: number,
  direction: keyof typeof tightenNumber = 'any',
): ValueKind<number> => ({
  default: fallback,
  bounds: { kind: 'whole', min, max },
  direction,
  accepts: (value): value is number => isWhole(value, min, max),
  tighten: tightenNumber[direction],
});

/** One of several choices. Where it may only fall, the tightest stands first and the default last. */
export const oneOf = <const T extends string | boolean>(
  fallback: NoInfer<T>,
  choices: readonly T[],
  direction: 'any' | 'only_down' = 'any',
): ValueKind<T> => ({
  default: fallback,
  bounds: { kind: 'choice', choices },
  direction,
  accepts: (value): value is T => choices.some((choice) => choice === value),
  tighten: (above, own) =>
    direction === 'any' ? own : (choices.find((choice) => choice === above || choice === own) ?? above),
});

/** Yes or no. */
export const yesOrNo = (fallback: boolean): ValueKind<boolean> => oneOf<boolean>(fallback, [true, false]);

/**
 * Several of the choices, none twice, at least `sizeMin`. Where it may only become narrower and the part in
 * common is too small to be a value, what is in force above stands.
 */
export const someOf = <const T extends string>(
  fallback: readonly NoInfer<T>[],
  choices: readonly T[],
  sizeMin: number,
  direction: 'any' | 'only_narrower' = 'any',
): ValueKind<readonly T[]> => ({
  default: fallback,
  bounds: { kind: 'set', choices, sizeMin },
  direction,
  accepts: (value): value is readonly T[] =>
    Array.isArray(value) &&
    value.length >= sizeMin &&
    new Set(value).size === value.length &&
    value.every((member) => choices.some((choice) => choice === member)),
  tighten: (above, own) => {
    if (direction === 'any') return own;
    const common = own.filter((member) => above.includes(member));
    return common.length < sizeMin ? above : common;
  },
});

/** A list of `sizeMin` to `sizeMax` whole numbers from `min` to `max`, each further on than the one before. */
export const ladder = (
  fallback: readonly number[],
  bounds: {
    kind: 'ascending' | 'descending';
    min: number;
    max: number;
    sizeMin: number;
    sizeMax: number;
  },
): ValueKind<readonly number[]> => ({
  ...other(fallback, '', (value): value is readonly number[] => {
    if (!Array.isArray(value) || !isWhole(value.length, bounds.sizeMin, bounds.sizeMax)) return false;
    const steps: readonly unknown[] = bounds.kind === 'ascending' ? value : value.toReversed();
    let reached = bounds.min - 1;
    return steps.every((step) => {
      if (!isWhole(step, reached + 1, bounds.max)) return false;
      reached = step;
      return true;
    });
  }),
  bounds,
});

/** A line of 1 to `lengthMax` characters, no blanks at its ends, in which `without` does not occur. */
export const line = (fallback: string, lengthMax: number, without: string): ValueKind<string> => ({
  ...other(
    fallback,
    '',
    (value): value is string =>
      typeof value === 'string' &&
      value.trim() === value &&
      value.isWellFormed() &&
      isWhole(value.length, 1, lengthMax) &&
      !value.includes(without),
  ),
  bounds: { kind: 'text', lengthMax, without },
});

/** A value of any other shape; a lower level may move it freely. */
export const other = <T>(
  fallback: T,
  says: string,
  accepts: (value: unknown) => value is T,
): ValueKind<T> => ({
  default: fallback,
  bounds: { kind: 'other', says },
  direction: 'any',
  accepts,
  tighten: (_above, own) => own,
});
