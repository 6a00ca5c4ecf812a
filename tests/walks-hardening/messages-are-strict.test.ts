/**
 * Messages as whoever means harm writes them: with fields that are not theirs to set, and with text that is not what
 * it looks like. Shown on the schemas of all routes, down to the last field; tests/walks sends such messages.
 */
import { phoneOf } from '@time-bank/contracts/member';
import { routes } from '@time-bank/contracts/routes';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

interface Part {
  at: string;
  schema: z.core.$ZodType;
}

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** How a part of a schema is written behind the place of the whole; what keys of a record are, nobody fills in. */
const placeOf: Record<string, string> = { element: '[]', valueType: '{}' };

/** A schema and all that stands within it. */
const partsOf = function* (schema: z.core.$ZodType, at: string): Generator<Part> {
  yield { at, schema };
  for (const [name, value] of Object.entries(schema._zod.def)) {
    if (name === 'keyType' || name === 'checks') continue;
    if (isSchema(value)) yield* partsOf(value, `${at}${placeOf[name] ?? ''}`);
    else if (Array.isArray(value)) for (const each of value.filter(isSchema)) yield* partsOf(each, at);
    else if (name === 'shape')
      for (const [field, each] of Object.entries(value as Record<string, z.core.$ZodType>))
        yield* partsOf(each, `${at}.${field}`);
  }
};

const parts = routes
  .filter(({ body }) => body !== undefined)
  .map(({ operationId, body }) => ({ operationId, all: [...partsOf(body!, operationId)] }));
/**
 * What is not written here but by browsers and regions, and checked by whoever knows it: a passkey's answer by the
 * library of WebAuthn, a region's values one by one by the catalogue of policies.
 */
const checkedElsewhere = /\.answer(\.response|\.clientExtensionResults\{\})?$|\.values\{\}$/;
const typeOf = ({ schema }: Part) => schema._zod.def.type;

it('looks down to the last field of every message', () => {
  const places = parts.flatMap(({ all }) => all.map(({ at }) => at));
  expect(places).toContain('changeElderFile.emergencyContacts[].phone');
  expect(places).toContain('proposeBinding.terms.proof');
  expect(places.length).toBeGreaterThan(500);
});

describe.each(parts)('$operationId', ({ all }) => {
  it('has no object, however deep, that takes a field it does not know', () => {
    const open = all
      .filter((part) => typeOf(part) === 'object')
      .filter(({ schema }) => (schema as z.core.$ZodObject)._zod.def.catchall?._zod.def.type !== 'never');
    expect(open.map(({ at }) => at).filter((at) => !checkedElsewhere.test(at))).toEqual([]);
  });

  it('has no field by which a caller makes themselves more than they are', () => {
    const theirs =
      /\.(isStaff|isAdmin|authority|balanceMinutes|actorId|refreshHash|passwordHash|spendsFrom)$/;
    expect(all.map(({ at }) => at).filter((at) => theirs.test(at))).toEqual([]);
  });

  it('takes anything only where there is nothing else to say', () => {
    const anything = all.filter((part) => ['any', 'unknown'].includes(typeOf(part))).map(({ at }) => at);
    expect(anything.filter((at) => !checkedElsewhere.test(at))).toEqual([]);
  });

  it.each([
    ['ends of everything', '\u0000'],
    ['painted terminals', '\u001b[31m'],
    ['lines of a log that begin anew', '\r\n{"event":"signed_in"}'],
    ['turned direction', '\u202e'],
    ['isolated direction', '\u2066'],
    ['spaces of no width', '\u200b'],
    ['marks of the order of bytes', '\ufeff'],
    ['half characters', '\ud83d'],
  ])('has no text that takes %s', (_, value) => {
    const takers = all
      .filter((part) => typeOf(part) === 'string')
      .filter(({ schema }) =>
        [`王${value}英`, `AB${value}01`, `1${value}2`].some((given) => z.safeParse(schema, given).success),
      );
    expect(takers.map(({ at }) => at)).toEqual([]);
  });
});

describe('a number of a telephone', () => {
  it.each([
    '１３８００００００００',
    '+８６10000000001',
    '138 0000 0000',
    '138-0000-0000',
    '008613800000000',
  ])('written as %s is the one that it looks like', (written) => {
    expect(phoneOf(written)).toMatch(/^\+86\d{11}$/);
  });

  it.each([
    ['Arabic digits', '١٣٨٠٠٠٠٠٠٠٠'],
    ['Devanagari digits', '१३८००००००००'],
    ['Chinese digits', '一三八〇〇〇〇〇〇〇〇'],
    ['letters that look like digits', '138OOOOOOOO'],
    ['Cyrillic letters that look like digits', '138ОООООООО'],
    ['a small L for a one', 'l3800000000'],
    ['a space of no width', '138\u200b00000000'],
    ['an override of direction', '\u202e13800000000'],
    ['an end of everything', '13800000000\u0000'],
    ['a second line', '13800000000\n13900000000'],
    ['an extension', '13800000000,5'],
  ])('with %s is no number', (_, written) => {
    expect(phoneOf(written)).toBeUndefined();
  });
});
