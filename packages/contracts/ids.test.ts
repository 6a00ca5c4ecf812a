import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import * as ids from './ids.ts';

const ULID = '01KB2C3D4E5F6G7H8J9KMNPQRS';
const NOW = Date.parse('2026-11-21T02:00:00.000Z');

const kinds = [
  { prefix: 'mem', schema: ids.MemberId, make: 'member' },
  { prefix: 'req', schema: ids.RequestId, make: 'request' },
  { prefix: 'vis', schema: ids.VisitId, make: 'visit' },
  { prefix: 'trf', schema: ids.TransferId, make: 'transfer' },
  { prefix: 'cmd', schema: ids.CommandId, make: 'command' },
  { prefix: 'chl', schema: ids.ChallengeId, make: 'challenge' },
] as const;

describe('an id', () => {
  it.each(kinds)('of kind $make begins with $prefix and is taken by its own schema only', (kind) => {
    const made = ids.idMaker(() => NOW)[kind.make]();
    expect(made.slice(0, 4)).toBe(`${kind.prefix}_`);
    const takers = kinds.filter(({ schema }) => schema.safeParse(made).success);
    expect(takers.map(({ prefix }) => prefix)).toEqual([kind.prefix]);
  });

  it.each([
    { why: 'no prefix', text: ULID },
    { why: 'another prefix', text: `acc_${ULID}` },
    { why: 'a letter too few', text: `mem_${ULID.slice(1)}` },
    { why: 'a letter too many', text: `mem_${ULID}A` },
    { why: 'small letters', text: `mem_${ULID.toLowerCase()}` },
    { why: 'a letter that a ULID does not have', text: `mem_${ULID.slice(0, 25)}U` },
    { why: 'a time beyond 48 bits', text: `mem_8${ULID.slice(1)}` },
    { why: 'a line break at its end', text: `mem_${ULID}\n` },
    { why: 'a blank before it', text: ` mem_${ULID}` },
    { why: 'nothing at all', text: '' },
  ])('with $why is not taken', ({ text }) => {
    expect(ids.MemberId.safeParse(text).success).toBe(false);
  });

  it('sorts by when it was made, even within one millisecond', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 40 }), (pauses) => {
        let nowMs = NOW;
        const maker = ids.idMaker(() => nowMs);
        const made = pauses.map((pause) => {
          nowMs += pause;
          return maker.request();
        });
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same again where clock and randomness are the same', () => {
    const maker = () =>
      ids.idMaker(
        () => NOW,
        () => 0.25,
      );
    expect(maker().visit()).toBe(maker().visit());
  });
});

it('a member has one account, and it needs no look-up', () => {
  const memberId = ids.MemberId.parse(`mem_${ULID}`);
  expect(ids.accountOf(memberId)).toBe(`acc_${ULID}`);
});

it('a request paid in hours has one hold, and it needs no look-up', () => {
  const requestId = ids.RequestId.parse(`req_${ULID}`);
  expect(ids.holdOf(requestId)).toBe(`trf_${ULID}`);
});

it('an id for an error is a ULID of its time', () => {
  const [one, later] = [ids.newUlid(NOW), ids.newUlid(NOW + 1)];
  expect(ids.MemberId.safeParse(`mem_${one}`).success).toBe(true);
  expect(one < later).toBe(true);
});
