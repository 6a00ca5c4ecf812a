import { describe, expect, it } from 'vitest';
import { type Service, hoursOf, lengthsOf, serviceOf, servicesFor } from './services.ts';

const talk: Service = {
  code: 'C01',
  words: { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company' },
  risk: 1,
  madeBy: 'volunteer',
  persons: 1,
  defaultMinutes: 60,
  minMinutes: 15,
  maxMinutes: 240,
  fromMinute: 0,
  toMinute: 1440,
  levels: [0, 4],
  ratePercent: 100,
  isRemote: false,
  withHours: true,
  byCommunity: true,
  needsLicence: false,
  proofs: ['code'],
};

describe('the services that a resident chooses from', () => {
  const walk: Service = { ...talk, code: 'A03', levels: [0, 2] };
  const nursing: Service = { ...talk, code: 'H01', madeBy: 'professional', withHours: false };
  const law: Service = { ...talk, code: 'G01', needsLicence: true };
  const all = [talk, walk, nursing, law];
  const codes = (services: Service[]) => services.map(({ code }) => code);

  it('are those for which a volunteer may come without a licence', () => {
    expect(codes(servicesFor(all, { paidBy: 'community', abilityLevel: undefined }))).toEqual(['C01', 'A03']);
  });

  it('leave out what is not meant for somebody of their ability', () => {
    expect(codes(servicesFor(all, { paidBy: 'community', abilityLevel: 3 }))).toEqual(['C01']);
  });

  it('leave out what cannot be paid in the way in which it is to be paid', () => {
    const free: Service = { ...talk, code: 'B02', withHours: false };
    expect(codes(servicesFor([talk, free], { paidBy: 'hours', abilityLevel: 0 }))).toEqual(['C01']);
    const paid: Service = { ...talk, code: 'D01', byCommunity: false };
    expect(codes(servicesFor([talk, paid], { paidBy: 'community', abilityLevel: 0 }))).toEqual(['C01']);
  });

  it('are found by their code, and by no other', () => {
    expect(serviceOf(all, 'A03')).toBe(walk);
    expect(serviceOf(all, 'Z01')).toBeUndefined();
  });
});

describe('how long a service can be asked for', () => {
  it.each([
    ['the usual length with some beside it', {}, [30, 45, 60, 90, 120]],
    ['a call by telephone', { defaultMinutes: 15, maxMinutes: 60 }, [15, 30, 45, 60]],
    ['what a region has fixed', { defaultMinutes: 50, minMinutes: 50, maxMinutes: 50 }, [50]],
    ['what takes half a day', { defaultMinutes: 240 }, [150, 180, 240]],
  ])('is %s', (_what, change, minutes) => {
    expect(lengthsOf({ ...talk, ...change })).toEqual(minutes);
  });
});

describe('the hours at which a service begins', () => {
  it('are those of daylight where it has none of its own', () => {
    expect(hoursOf(talk)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
  });

  it('end where its shortest length would not fit any more', () => {
    expect(hoursOf({ ...talk, fromMinute: 9 * 60, toMinute: 12 * 60, minMinutes: 60 })).toEqual([9, 10, 11]);
  });
});
