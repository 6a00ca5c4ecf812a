/** What every register of regions does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type MakeStore, NEXT_DOOR, type TestStore } from './store.ts';

const regions = [
  { code: '34', name: '安徽省' },
  { code: '3413', name: '宿州市' },
  { code: '341302', name: '埇桥区' },
  { code: '341302001', name: '埇桥街道' },
  { code: HOME, name: '东仙桥社区居委会' },
  { code: NEXT_DOOR, name: '西仙桥社区居委会' },
  { code: '341302002001', name: '沱河社区居委会' },
  { code: '340102', name: '瑶海区' },
  { code: FAR_AWAY, name: '远方社区居委会' },
];

export const describeRegions = (name: string, makeStore: MakeStore): void => {
  describe(`the register of regions, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
      await store.ports.regions.put(regions);
    });
    afterAll(async () => {
      await store.stop();
    });
    const codes = (list: readonly { code: string }[]): string[] => list.map(({ code }) => code).sort();

    it.each(regions)('knows $code as $name', async (region) => {
      expect(await store.ports.regions.read(region.code)).toEqual(region);
    });

    it.each(['35', '341303', '341302003', '341302001999'])('does not know %s', async (code) => {
      expect(await store.ports.regions.read(code)).toBeUndefined();
    });

    it.each([
      { reach: '', counties: ['340102', '341302'] },
      { reach: '34', counties: ['340102', '341302'] },
      { reach: '3413', counties: ['341302'] },
      { reach: '341302', counties: ['341302'] },
      { reach: '35', counties: [] },
    ])('lists the counties within "$reach": $counties', async ({ reach, counties }) => {
      expect(codes(await store.ports.regions.listCounties(reach))).toEqual(counties);
    });

    it.each([
      { reach: '34', communities: [FAR_AWAY, HOME, NEXT_DOOR, '341302002001'] },
      { reach: '341302', communities: [HOME, NEXT_DOOR, '341302002001'] },
      { reach: '341302001', communities: [HOME, NEXT_DOOR] },
      { reach: HOME, communities: [HOME] },
      { reach: '35', communities: [] },
    ])('lists the communities within $reach: $communities', async ({ reach, communities }) => {
      expect(codes(await store.ports.regions.listCommunities(reach))).toEqual(communities);
    });

    it('takes a new name at once, and many regions at once', async () => {
      const many = Array.from({ length: 60 }, (_, index) => ({
        code: `3413020030${String(index).padStart(2, '0')}`,
        name: `第${String(index)}居委会`,
      }));
      await store.ports.regions.put([...many, { code: '341302', name: '埇桥' }]);
      expect(await store.ports.regions.read('341302')).toEqual({ code: '341302', name: '埇桥' });
      expect(await store.ports.regions.listCommunities('341302003')).toHaveLength(60);
      await store.ports.regions.put(many);
      expect(await store.ports.regions.listCommunities('341302003')).toHaveLength(60);
    });
  });
};
