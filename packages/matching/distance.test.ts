import { CommunityCode } from '@time-bank/contracts/region';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kilometresBetween, neighbourhoodOf } from './distance.ts';

const SUZHOU = { latitude: 33.6461, longitude: 116.9641 };
const BEIJING = { latitude: 39.9042, longitude: 116.4074 };
const SHANGHAI = { latitude: 31.2304, longitude: 121.4737 };

const aPoint = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** Half the way round the earth, in kilometres. */
const HALF_ROUND = Math.PI * 6371;

describe('the distance', () => {
  it.each([
    { from: 'Beijing', a: BEIJING, to: 'Shanghai', b: SHANGHAI, km: 1068 },
    { from: 'Suzhou in Anhui', a: SUZHOU, to: 'Beijing', b: BEIJING, km: 698 },
    {
      from: 'the equator',
      a: { latitude: 0, longitude: 0 },
      to: 'a degree on',
      b: { latitude: 0, longitude: 1 },
      km: 111.2,
    },
    {
      from: 'pole',
      a: { latitude: 90, longitude: 0 },
      to: 'pole',
      b: { latitude: -90, longitude: 0 },
      km: HALF_ROUND,
    },
    {
      from: 'one side of the date line',
      a: { latitude: 0, longitude: 179.5 },
      to: 'the other',
      b: { latitude: 0, longitude: -179.5 },
      km: 111.2,
    },
  ])('from $from to $to is about $km km', ({ a, b, km }) => {
    expect(Math.abs(kilometresBetween(a, b) - km)).toBeLessThan(km / 200);
  });

  it('between two doors of one street is metres', () => {
    const km = kilometresBetween(SUZHOU, { ...SUZHOU, latitude: SUZHOU.latitude + 0.001 });
    expect(km).toBeCloseTo(0.111, 3);
  });

  it('to oneself is nothing, the same both ways, and never more than half round the earth', () => {
    fc.assert(
      fc.property(aPoint, aPoint, (a, b) => {
        const km = kilometresBetween(a, b);
        expect(kilometresBetween(a, a)).toBe(0);
        expect(kilometresBetween(b, a)).toBeCloseTo(km, 6);
        expect(km >= 0 && km <= HALF_ROUND + 1e-6).toBe(true);
      }),
    );
  });

  it('to the other side of the earth is still a number', () => {
    fc.assert(
      fc.property(aPoint, ({ latitude, longitude }) => {
        const across = { latitude: -latitude, longitude: longitude > 0 ? longitude - 180 : longitude + 180 };
        expect(kilometresBetween({ latitude, longitude }, across)).toBeCloseTo(HALF_ROUND, 0);
      }),
    );
  });
});

describe('two communities', () => {
  it.each([
    { b: '341302001003', shared: 'same_community' },
    { b: '341302001004', shared: 'same_township' },
    { b: '341302002003', shared: 'same_county' },
    { b: '341303001003', shared: 'elsewhere' },
    { b: '351302001003', shared: 'elsewhere' },
  ])('341302001003 and $b: $shared', ({ b, shared }) => {
    const [one, other] = [CommunityCode.parse('341302001003'), CommunityCode.parse(b)];
    expect(neighbourhoodOf(one, other)).toBe(shared);
    expect(neighbourhoodOf(other, one)).toBe(shared);
  });
});
