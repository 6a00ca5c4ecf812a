/**
 * Values as the memory keeps them: copied when they come in, and frozen to the bottom. What is kept is handed out
 * as it is, for nobody can change it; a new version shares with the one before what both have in common.
 */

const isKept = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isKept));

const copyOf = <T extends object>(value: T): T =>
  Array.isArray(value) ? Object.assign([], value) : { ...value };

/**
 * The value as it is kept: a frozen copy, or the very same where it is one already. What was given stays as it was.
 * For plain objects, lists and what is neither.
 */
export const kept = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || isKept(value)) return value;
  const copy = copyOf(value);
  for (const key in copy) copy[key] = kept(copy[key]);
  Object.freeze(copy);
  return copy;
};
