/**
 * One text for one value: JSON with sorted keys and no blanks. It takes only what has exactly one meaning
 * everywhere; what JSON would silently change or drop is refused instead.
 */

/** How deep lists and objects may stand in each other. */
const DEPTH_MAX = 32;

const refuse = (what: string, path: string): never => {
  throw new TypeError(`${what} has no canonical JSON, at ${path}`);
};

const textOf = (text: string, path: string): string =>
  text.isWellFormed() ? JSON.stringify(text) : refuse('a lone surrogate', path);

const numberOf = (value: number, path: string): string =>
  Number.isSafeInteger(value) && !Object.is(value, -0)
    ? String(value)
    : refuse(`the number ${Object.is(value, -0) ? '-0' : String(value)}`, path);

const listOf = (list: readonly unknown[], path: string, depth: number): string => {
  if (Reflect.ownKeys(list).length !== list.length + 1) refuse('a list with gaps or names', path);
  // Not `map`, which passes over gaps.
  const parts = Array.from(list, (part, at) => write(part, `${path}[${at}]`, depth + 1));
  return `[${parts.join(',')}]`;
};

const objectOf = (value: object, path: string, depth: number): string => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse('an object of a class', path);
  const parts: [string, unknown][] = Object.entries(value);
  if (Reflect.ownKeys(value).length !== parts.length) refuse('a hidden or symbolic key', path);
  const sorted = parts.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted
    .map(([key, part]) => `${textOf(key, path)}:${write(part, `${path}.${key}`, depth + 1)}`)
    .join(',')}}`;
};

const write = (value: unknown, path: string, depth: number): string => {
  if (depth > DEPTH_MAX) return refuse(`a value more than ${DEPTH_MAX} deep`, path);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOf(value, path);
  if (typeof value === 'number') return numberOf(value, path);
  if (Array.isArray(value)) return listOf(value, path, depth);
  if (typeof value === 'object') return objectOf(value, path, depth);
  return refuse(typeof value, path);
};

/**
 * The canonical JSON of a value: keys in the order of their UTF-16 code units, no blanks.
 * Takes null, booleans, well-formed texts, whole numbers from -(2^53-1) to 2^53-1, lists and plain objects of
 * these, at most 32 deep. Throws TypeError, with the place, on everything else: fractions, NaN, -0, undefined,
 * lone surrogates, bigint, functions, symbols, gaps in lists, objects of a class (dates, maps, bytes).
 * Source: RFC 8785 (JSON Canonicalization Scheme), sections 3.2.2 and 3.2.3, for whole numbers only.
 */
export const canonicalJson = (value: unknown): string => write(value, '$', 0);
