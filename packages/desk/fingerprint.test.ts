import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const body = {
  requestId: 'req_1',
  wishes: { languages: ['cmn', 'yue'], gender: 'female' },
  plannedMinutes: 60,
};

/** The same value with the fields of every object in reverse order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
};

describe('the fingerprint of a command', () => {
  it('is short and the same for ever', () => {
    expect(fingerprintOf(['cancel', 'mem_1', { b: 1, a: [true, null] }])).toBe(
      '2C_a3822unYE1pEUzvb9lLx_f6rAAVgsdUMxcVvC-oE',
    );
  });

  it('does not depend on the order of fields, at any depth', () => {
    expect(fingerprintOf(reversed(body))).toBe(fingerprintOf(body));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprintOf(reversed(value))).toBe(fingerprintOf(value));
      }),
    );
  });

  it.each([
    { what: 'a value', other: { ...body, plannedMinutes: 61 } },
    { what: 'the type of a value', other: { ...body, plannedMinutes: '60' } },
    { what: 'a field more', other: { ...body, note: '' } },
    { what: 'a field less', other: { requestId: body.requestId, wishes: body.wishes } },
    { what: 'the name of a field', other: { ...reversedNames(body) } },
    {
      what: 'the order of a list',
      other: { ...body, wishes: { ...body.wishes, languages: ['yue', 'cmn'] } },
    },
    { what: 'a field deep inside', other: { ...body, wishes: { ...body.wishes, gender: 'male' } } },
    { what: 'a list around it', other: [body] },
  ])('is another where $what differs', ({ other }) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(body));
  });

  it('takes a field that is left out and one that is undefined for the same', () => {
    expect(fingerprintOf({ ...body, note: undefined })).toBe(fingerprintOf(body));
  });

  it('of two different messages differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(same);
      }),
    );
  });
});

function reversedNames(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [`${key}s`, part as unknown]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
