import { CommunityCode } from '@time-bank/contracts/region';
import { describe, expect, it } from 'vitest';
import { kilometresApart, travelMinutes, wayKilometres } from './travel-time.ts';

const HOME = {
  communityCode: CommunityCode.parse('341302001003'),
  point: { latitude: 33.64, longitude: 116.97 },
};
const AT_1_KM = { ...HOME, point: { latitude: 33.64 + 1 / 111.195, longitude: 116.97 } };

describe('the way from door to door', () => {
  it.each([
    { mode: 'walk', minutes: 20 },
    { mode: 'bicycle', minutes: 9 },
    { mode: 'bus', minutes: 14 },
    { mode: 'car', minutes: 8 },
  ] as const)('of a kilometre takes $minutes minutes by $mode', ({ mode, minutes }) => {
    expect(travelMinutes(HOME, AT_1_KM, mode)).toBe(minutes);
    expect(travelMinutes(AT_1_KM, HOME, mode)).toBe(minutes);
  });

  it('is longer than the straight line, and none to the same door', () => {
    expect(kilometresApart(HOME, AT_1_KM)).toBeCloseTo(1, 4);
    expect(wayKilometres(HOME, AT_1_KM)).toBeCloseTo(1.3, 4);
    expect(travelMinutes(HOME, HOME, 'bus')).toBe(0);
  });

  it.each([
    { code: '341302001003', km: 0.5 },
    { code: '341302001004', km: 2 },
    { code: '341302002003', km: 8 },
    { code: '341303001003', km: 60 },
  ])('to a place known only as $code is taken as $km km', ({ code, km }) => {
    expect(kilometresApart(HOME, { communityCode: CommunityCode.parse(code) })).toBe(km);
  });
});
