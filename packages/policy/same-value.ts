/** Sameness of values: the order of words in a list and of fields in an object means nothing. */

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const members = value.map(canonical);
    return members.every((member) => typeof member === 'string') ? members.sort() : members;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields: [string, unknown][] = Object.entries(value);
  return fields.map(([name, field]) => [name, canonical(field)]).sort();
};

/** True where two values of the catalogue say the same. */
export const sameValue = (one: unknown, another: unknown): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(another));
