import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_LEVEL, cellAt, codeOfCell, edgesOf, homeCodeOf } from './home-code.ts';
import { CommunityCode } from './region.ts';

const aPoint = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
/** A tenth of a millimetre: whoever lives on an edge lives on one side of it. */
const HAIR = 1e-9;
const SUZHOU = { latitude: 33.6461, longitude: 116.9641 };
const HOME = CommunityCode.parse('341302001003');
const serving = { since: '2026-01-01' };

describe('a cell of the map', () => {
  it('holds the point that it was made for, at every size', () => {
    fc.assert(
      fc.property(aPoint, fc.integer({ min: 1, max: CELL_LEVEL }), (point, level) => {
        const { west, east, south, north } = edgesOf(cellAt(point, level));
        expect(west - HAIR <= point.longitude && point.longitude <= east + HAIR).toBe(true);
        expect(south - HAIR <= point.latitude && point.latitude <= north + HAIR).toBe(true);
      }),
    );
  });

  it('has a code that begins with the code of every larger cell around it', () => {
    fc.assert(
      fc.property(aPoint, fc.integer({ min: 1, max: CELL_LEVEL }), (point, level) => {
        const fine = codeOfCell(cellAt(point, CELL_LEVEL));
        expect(fine).toMatch(/^[0-3]{15}$/);
        expect(fine.startsWith(codeOfCell(cellAt(point, level)))).toBe(true);
      }),
    );
  });

  it('of the smallest size is a quarter of a town and never a house: 0.6 km by 1 km in Suzhou', () => {
    const { west, east, south, north } = edgesOf(cellAt(SUZHOU, CELL_LEVEL));
    expect((north - south) * 111.2).toBeCloseTo(0.61, 2);
    expect((east - west) * 111.2 * Math.cos((SUZHOU.latitude * Math.PI) / 180)).toBeCloseTo(1.02, 2);
  });

  it('is another one on the other side of its edge', () => {
    const { east } = edgesOf(cellAt(SUZHOU, CELL_LEVEL));
    const across = { ...SUZHOU, longitude: east + 0.0001 };
    expect(codeOfCell(cellAt(across, CELL_LEVEL))).not.toBe(codeOfCell(cellAt(SUZHOU, CELL_LEVEL)));
  });
});

describe('a volunteer is found', () => {
  it.each([
    { who: 'by the cell of their home', point: SUZHOU, state: 'active', code: '312122332212312' },
    {
      who: 'there also during a pause, which may end by itself',
      point: SUZHOU,
      state: 'paused',
      code: '312122332212312',
    },
    { who: 'by their community where no point is known', state: 'active', code: `C${HOME}` },
    { who: 'by no place before they serve', point: SUZHOU, state: 'trained', code: 'N' },
    { who: 'by no place once they have left', point: SUZHOU, state: 'left', code: 'N' },
  ] as const)('$who', ({ state, code, ...home }) => {
    expect(
      homeCodeOf({
        ...home,
        communityCode: HOME,
        volunteering: { ...serving, state, trainings: [], licences: [] },
      }),
    ).toBe(code);
  });

  it('by no place without papers', () => {
    expect(homeCodeOf({ point: SUZHOU, communityCode: HOME })).toBe('N');
  });
});
