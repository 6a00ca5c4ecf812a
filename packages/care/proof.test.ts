/** When a visit has shown enough, and how near is near. */
import { defaults } from '@time-bank/policy/catalogue';
import type { Proof, ProofKind } from '@time-bank/contracts/visiting';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarse, isNearHome, isProofComplete } from './proof.ts';

const START = '2026-11-21T03:00:00.000Z';
const END = '2026-11-21T04:00:00.000Z';

const proof = (kind: ProofKind, isGood = true): Proof => ({ kind, at: START, moment: 'check_in', isGood });
const whole = { checkedInAt: START, checkedOutAt: END };
const talk = { serviceCode: 'C01' } as const;
const walk = { serviceCode: 'A03' } as const;

describe('a visit of low risk', () => {
  it.each([
    { row: 'nothing was shown', proofs: [], complete: false },
    { row: 'the digits of the card', proofs: [proof('code')], complete: true },
    { row: 'a code read aloud', proofs: [proof('spoken_code')], complete: true },
    { row: 'a call that found them there', proofs: [proof('call_back')], complete: true },
    { row: 'a call that did not', proofs: [proof('code'), proof('call_back', false)], complete: false },
    {
      row: 'the card, and a telephone far away',
      proofs: [proof('code'), proof('gps', false)],
      complete: false,
    },
  ])('$row: $complete', ({ proofs, complete }) => {
    expect(isProofComplete(defaults, talk, { ...whole, proofs })).toBe(complete);
  });

  it('is not complete before it has begun and ended', () => {
    const proofs = [proof('code')];
    expect(isProofComplete(defaults, talk, { checkedInAt: START, proofs })).toBe(false);
    expect(isProofComplete(defaults, talk, { proofs })).toBe(false);
  });
});

describe('a visit of higher risk needs two ways', () => {
  it.each([
    { row: 'the card alone', kinds: ['code'], complete: false },
    { row: 'the card twice, digits and QR', kinds: ['code', 'card'], complete: false },
    { row: 'the card, and a code read aloud', kinds: ['code', 'spoken_code'], complete: true },
    { row: 'the card and the place', kinds: ['card', 'gps'], complete: true },
    { row: 'the card and a picture', kinds: ['card', 'photo'], complete: true },
  ] as const)('$row: $complete', ({ kinds, complete }) => {
    const proofs = kinds.map((kind) => proof(kind));
    expect(isProofComplete(defaults, walk, { ...whole, proofs })).toBe(complete);
  });

  it('of the kinds that the region takes; others speak neither for it nor against it', () => {
    const rules = { ...defaults, proofKinds: ['code', 'call_back'] as const };
    const withPlace = { ...whole, proofs: [proof('code'), proof('gps')] };
    const farAway = { ...whole, proofs: [proof('code'), proof('gps', false)] };
    expect(isProofComplete(rules, walk, withPlace)).toBe(false);
    expect(isProofComplete(rules, talk, farAway)).toBe(true);
  });
});

it('a call is shown by what is heard: no place and no picture speaks for it or against it', () => {
  const call = { serviceCode: 'B02' } as const;
  expect(isProofComplete(defaults, call, { ...whole, proofs: [proof('gps'), proof('photo')] })).toBe(false);
  expect(isProofComplete(defaults, call, { ...whole, proofs: [proof('code'), proof('gps', false)] })).toBe(
    true,
  );
});

describe('where somebody is', () => {
  const home = { latitude: 33.6471, longitude: 116.9742 };

  it('is kept in hundredths of a degree, and no more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -89, max: 89, noNaN: true }),
        fc.double({ min: -179, max: 179, noNaN: true }),
        (latitude, longitude) => {
          const rough = coarse({ latitude, longitude });
          expect(Math.abs(rough.latitude * 100 - Math.round(rough.latitude * 100))).toBeLessThan(1e-6);
          expect(Math.abs(rough.latitude - latitude)).toBeLessThanOrEqual(0.005_000_1);
          expect(Math.abs(rough.longitude - longitude)).toBeLessThanOrEqual(0.005_000_1);
        },
      ),
    );
  });

  it('is never called far from where it was taken', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (latitude, longitude) => {
          expect(isNearHome(coarse({ latitude, longitude }), { latitude, longitude })).toBe(true);
        },
      ),
    );
  });

  it.each([
    { north: 0.015, near: true },
    { north: 0.03, near: false },
    { north: -0.03, near: false },
  ])('$north degrees to the north of home: $near', ({ north, near }) => {
    expect(isNearHome({ ...home, latitude: home.latitude + north }, home)).toBe(near);
  });

  it('across the line of dates two neighbours stay neighbours', () => {
    expect(isNearHome({ latitude: 0, longitude: 179.995 }, { latitude: 0, longitude: -179.995 })).toBe(true);
  });
});
