import { CELL_LEVEL, cellAt, codeOfCell, codeOfCommunity } from '@time-bank/contracts/home-code';
import { CommunityCode } from '@time-bank/contracts/region';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kilometresBetween } from './distance.ts';
import { type SearchPart, searchAround } from './nearby.ts';

const HOME = CommunityCode.parse('341302001003');
const turnAt = 'req_01KB2C3D4E5F6G7H8J9KMNPQRS';
const around = { communityCode: HOME, reachKm: 15, turnAt };

/** Somewhere in China. */
const aPoint = fc.record({
  latitude: fc.double({ min: 20, max: 50, noNaN: true }),
  longitude: fc.double({ min: 80, max: 130, noNaN: true }),
});
const aStep = fc.double({ min: -0.4, max: 0.4, noNaN: true });

/** The parts in which a home with this code stands; the two turns of a cell count as one. */
const partsWith = (parts: readonly SearchPart[], code: string): SearchPart[] =>
  parts.filter(
    ({ stretch: { from, before, turn } }) => from <= code && code < before && turn?.part !== 'before',
  );

describe('around a place', () => {
  it('every home within reach stands in exactly one part, and none is nearer than its part says', () => {
    fc.assert(
      fc.property(aPoint, aStep, aStep, (point, up, right) => {
        const home = { latitude: point.latitude + up, longitude: point.longitude + right };
        const km = kilometresBetween(point, home);
        const found = partsWith(searchAround({ ...around, point }), codeOfCell(cellAt(home, CELL_LEVEL)));
        expect(found.length).toBeLessThanOrEqual(1);
        if (km <= around.reachKm) expect(found).toHaveLength(1);
        for (const part of found) expect(part.km).toBeLessThanOrEqual(km + 1e-6);
      }),
    );
  });

  it('parts come nearest first, and a hundred of them are enough for a county', () => {
    fc.assert(
      fc.property(aPoint, (point) => {
        const parts = searchAround({ ...around, point });
        const kms = parts.map(({ km }) => km);
        expect(kms).toEqual([...kms].sort((a, b) => a - b));
        expect(kms[0]).toBe(0);
        expect(parts.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('those of whom only the community is known stand in one part each: own, township, county', () => {
    const parts = searchAround({ ...around, point: { latitude: 33.64, longitude: 116.97 } });
    const kmOf = (code: string) => partsWith(parts, codeOfCommunity(code)).map(({ km }) => km);
    expect(kmOf(HOME)).toEqual([0.5]);
    expect(kmOf('341302001002')).toEqual([2]);
    expect(kmOf('341302001999')).toEqual([2]);
    expect(kmOf('341302000001')).toEqual([8]);
    expect(kmOf('341302999001')).toEqual([8]);
    expect(kmOf('341303001001')).toEqual([]);
  });
});

it('a place that nobody knows is looked for by community first, and then among everybody', () => {
  const parts = searchAround(around);
  expect(parts[0]?.stretch).toEqual({ from: `C${HOME}`, before: 'C341302001004' });
  const somewhere = codeOfCell(cellAt({ latitude: 33.64, longitude: 116.97 }, CELL_LEVEL));
  expect(partsWith(parts, somewhere).map(({ km }) => km)).toEqual([8]);
});
