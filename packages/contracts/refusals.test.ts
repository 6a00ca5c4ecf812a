import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { ErrorAnswer, firstByPrecedence, refusalCodes, refused } from './refusals.ts';

it('no refusal is listed twice', () => {
  expect(new Set(refusalCodes).size).toBe(refusalCodes.length);
});

describe('the first of several refusals', () => {
  it('is the one that stands first in the list, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...refusalCodes), { minLength: 1 }), (codes) => {
        const first = refusalCodes.find((code) => codes.includes(code));
        expect(firstByPrecedence(codes.map((code) => ({ code })))?.code).toBe(first);
      }),
    );
  });

  it('keeps its facts', () => {
    const refusal = { code: 'insufficient_hours', availableMinutes: 30, neededMinutes: 60 } as const;
    expect(firstByPrecedence([{ code: 'cap_reached' }, refusal])).toEqual(refusal);
  });

  it('of none is none', () => {
    expect(firstByPrecedence([])).toBeUndefined();
  });

  it('leaves the list as it was', () => {
    const given = [{ code: 'internal' }, { code: 'not_allowed' }] as const;
    firstByPrecedence(given);
    expect(given.map(({ code }) => code)).toEqual(['internal', 'not_allowed']);
  });
});

it('a refusal carries its code and the facts that may be seen', () => {
  expect(refused('visit_code_incorrect', { triesLeft: 4 })).toEqual({
    kind: 'refused',
    refusal: { code: 'visit_code_incorrect', triesLeft: 4 },
  });
});

it('an answer of an error has no field of its own making', () => {
  const error = { code: 'internal', message: 'x' };
  expect(ErrorAnswer.safeParse({ error }).success).toBe(true);
  expect(ErrorAnswer.safeParse({ error: { ...error, stack: 'at' } }).success).toBe(false);
  expect(ErrorAnswer.safeParse({ error: { ...error, code: 'oops' } }).success).toBe(false);
});
