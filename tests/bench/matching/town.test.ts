import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { townFile, readPlanFile, readTownFile, planFile } from './town-file.ts';
import { LAW_VERSION, elderLaw, townSizeLaws, townSizes, volunteerLaw } from './town-law.ts';
import { makeTown } from './town.ts';

const small = makeTown('small');
const text = (change = {}): string => JSON.stringify(townFile('small', makeTown('small', change).problem));
const share = (part: number, whole: number): number => part / whole;

describe('a town of the benchmark', () => {
  it('is the same to the byte whoever makes it, and another with another seed', () => {
    expect(text()).toBe(text());
    expect(text({ seed: 99 })).not.toBe(text());
  });

  it('is the town that was published: a change of it is a new version of the law', () => {
    const print = createHash('sha256').update(text()).digest('hex').slice(0, 16);
    expect(`law ${String(LAW_VERSION)}: ${print}`).toBe('law 1: 0976067a8c5874b8');
  });

  it.each(townSizes)('%s has as many elders and volunteers as it says', (size) => {
    const { problem } = makeTown(size);
    expect(new Set(problem.visits.map(({ elderId }) => elderId)).size).toBe(townSizeLaws[size].elders);
    expect(problem.volunteers).toHaveLength(townSizeLaws[size].volunteers);
  });

  it('lies in real committees, and everybody lives in one of them', () => {
    const { committees, problem } = makeTown('town');
    expect(committees).toHaveLength(380);
    expect(new Set(committees.map(({ code }) => code.slice(0, 9))).size).toBe(38);
    const codes = new Set<string>(committees.map(({ code }) => code));
    const homes = [...problem.visits, ...problem.volunteers].map(({ communityCode }) => communityCode);
    expect(homes.filter((code) => !codes.has(code))).toEqual([]);
    expect(committees.find(({ code }) => code === '341302001003')?.name).toBe('东仙桥社区居委会');
  });

  it('is as dense as it says: committees take up the area of the county', () => {
    const { committees } = makeTown('town');
    const km2 = committees.reduce((sum, { radiusKm }) => sum + Math.PI * radiusKm ** 2, 0);
    expect(km2).toBeCloseTo(townSizeLaws.town.ground.areaKm2, 6);
    const away = committees.map(({ eastKm, northKm }) => Math.hypot(eastKm, northKm));
    const radius = Math.sqrt(km2 / Math.PI);
    expect(Math.max(...away)).toBeLessThan(1.25 * radius);
    expect(share(away.filter((km) => km < radius / 2).length, committees.length)).toBeGreaterThan(0.2);
  });

  it('is drawn from the stated shares', () => {
    const { visits, volunteers } = makeTown('city').problem;
    const tier0 = visits.filter(({ tier, visitKey }) => tier === 0 && visitKey.endsWith('/1'));
    expect(share(tier0.length, townSizeLaws.city.elders)).toBeCloseTo(0.22, 1.5);
    const free = volunteers.filter((volunteer) => volunteer.free.length > 0);
    expect(share(free.length, volunteers.length)).toBeCloseTo(townSizeLaws.city.offering / 1000, 1.5);
    const two = visits.filter(({ persons }) => persons === 2);
    expect(share(two.length, visits.length)).toBeGreaterThan(0.02);
    expect(share(two.length, visits.length)).toBeLessThan(0.08);
  });

  it('holds weeks that can be read: windows long enough, hours in order, nobody free while booked', () => {
    for (const { windows, minutes } of small.problem.visits) {
      expect(windows.every(({ fromMinute, toMinute }) => toMinute - fromMinute >= minutes)).toBe(true);
    }
    for (const { free, booked } of small.problem.volunteers) {
      const hours = [...booked, ...free];
      expect(hours.every(({ fromMinute, toMinute }) => fromMinute < toMinute)).toBe(true);
      expect(hours.every(({ fromMinute }, at) => at === 0 || fromMinute >= hours[at - 1]!.toMinute)).toBe(
        true,
      );
    }
  });

  it('every list of shares sums to a thousand', () => {
    const shares = [
      elderLaw.tier,
      elderLaw.ability,
      elderLaw.service,
      elderLaw.days,
      elderLaw.partOfDay,
      volunteerLaw.band,
      volunteerLaw.visitsMax,
      ...Object.values(volunteerLaw.mode),
      ...Object.values(volunteerLaw.free).flatMap((law) => [law.weekdays, law.weekendDays]),
    ];
    expect(shares.map((list) => list.reduce((sum, [, each]) => sum + each, 0))).toEqual(
      shares.map(() => 1000),
    );
  });
});

describe('towns and plans as files', () => {
  it('a town that was written and read is the same town', () => {
    expect(readTownFile(text())).toEqual(small.problem);
  });

  it('a plan is read for its own town and law only', () => {
    const pairs = [{ visitKey: 'e00001/1', volunteerId: 'v00001', startMinute: 540 }];
    const plan = planFile('small', pairs);
    expect(readPlanFile(JSON.stringify({ ...plan, by: 'another planner' }), 'small')).toEqual(pairs);
    expect(() => readPlanFile(JSON.stringify(plan), 'town')).toThrow('the plan is for small, not for town');
    expect(() => readPlanFile(JSON.stringify({ ...plan, law: 0 }), 'small')).toThrow('another law');
    expect(() => readPlanFile('{}', 'small')).toThrow();
  });
});
