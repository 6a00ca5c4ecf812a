import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CommunityCode, liesWithin } from '@time-bank/contracts/region';
import { ageOn } from '@time-bank/contracts/time';
import { readPeopleFile } from '../people-file.ts';
import { readRegionsFile } from '../regions-file.ts';
import { demoFiles, type DemoPerson, makeDemo } from './generate.ts';

const kept = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const demo = makeDemo();
const { regions, people, communityPoints } = demo;
const does = (role: string) => (person: DemoPerson) => person.roles.some((grant) => grant.role === role);
const elders = people.filter(does('resident'));
const volunteers = people.filter(does('volunteer'));
const coordinators = people.filter(does('coordinator'));
const withEnding = (ending: number): DemoPerson =>
  people.find(({ phone }) => phone === `+861000000000${ending}`)!;

describe('the demo', () => {
  it.each(['regions.csv', 'people.csv'] as const)('makes %s as it is kept, to the byte', (name) => {
    expect(kept(name).toString('utf8')).toBe(demoFiles()[name]);
  });

  it('reads back without a problem', () => {
    expect(readRegionsFile(kept('regions.csv'))).toEqual({ regions, problems: [] });
    const { rows, problems } = readPeopleFile(kept('people.csv'));
    expect(problems).toEqual([]);
    expect(rows).toEqual(people.map((person, at) => ({ line: at + 2, ...person })));
  });

  it('is another one from another seed', () => {
    expect(makeDemo(1998).people).not.toEqual(people);
  });
});

describe('the people', () => {
  it('are 300 elders and 117 volunteers, twelve of them both, and a coordinator for each community', () => {
    expect(elders).toHaveLength(300);
    expect(volunteers).toHaveLength(117);
    expect(elders.filter(does('volunteer'))).toHaveLength(12);
    expect(coordinators.map(({ communityCode }) => communityCode)).toEqual([...communityPoints.keys()]);
    expect(people).toHaveLength(300 + 117 - 12 + 27);
  });

  it('are of the ages we say on every day of 2026', () => {
    for (const day of ['2026-01-01', '2026-12-31']) {
      for (const { birthDate } of elders) {
        expect(ageOn(birthDate, day)).toBeGreaterThanOrEqual(60);
        expect(ageOn(birthDate, day)).toBeLessThanOrEqual(97);
      }
      for (const { birthDate } of volunteers) {
        expect(ageOn(birthDate, day)).toBeGreaterThanOrEqual(18);
        expect(ageOn(birthDate, day)).toBeLessThanOrEqual(75);
      }
    }
  });

  it('live as elders do: two of five alone, one of three without a telephone', () => {
    const living = (situation: string) => elders.filter((elder) => elder.livingSituation === situation);
    expect(living('alone')).toHaveLength(120);
    expect(living('empty_nest')).toHaveLength(84);
    expect(living('with_family')).toHaveLength(72);
    expect(living('left_behind')).toHaveLength(24);
    expect(elders.filter(({ phone }) => phone === undefined)).toHaveLength(100);
    expect(new Set(elders.map(({ abilityLevel }) => abilityLevel))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('have names and telephones of their own, and the numbers are nobody else’s', () => {
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    const phones = people.flatMap(({ phone }) => phone ?? []);
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(phone).toMatch(/^\+86100\d{8}$/);
  });

  it('live within 800 m of the point of their community', () => {
    for (const { communityCode, point } of people) {
      const centre = communityPoints.get(communityCode)!;
      const north = (point!.latitude - centre.latitude) * 111.2;
      const east = (point!.longitude - centre.longitude) * 92.7;
      expect(Math.hypot(north, east)).toBeLessThan(0.8);
    }
  });

  it('belong to communities that are in the regions, and so do the coordinators’ reaches', () => {
    const codes = new Set(regions.map(({ code }) => code));
    for (const { communityCode, roles } of people) {
      expect(codes).toContain(communityCode);
      for (const { region } of roles) {
        expect(codes).toContain(region);
        expect(liesWithin(communityCode, region)).toBe(true);
      }
    }
    expect(communityPoints.size).toBe(27);
    expect(coordinators.filter(({ roles }) => roles[0]?.region.length === 9)).toHaveLength(4);
  });
});

describe('the people of the examples', () => {
  const home = '341302001003' as CommunityCode;

  it('are who the README says', () => {
    expect(withEnding(1)).toMatchObject({
      communityCode: home,
      roles: [{ role: 'coordinator', region: home }],
    });
    expect(withEnding(2)).toMatchObject({ communityCode: home, roles: [{ role: 'volunteer' }] });
    expect(ageOn(withEnding(2).birthDate, '2026-01-01')).toBeGreaterThanOrEqual(60);
    expect(withEnding(3)).toMatchObject({
      communityCode: home,
      roles: [{ role: 'resident' }],
      livingSituation: 'alone',
    });
    expect(withEnding(4)).toMatchObject({ communityCode: home, roles: [{ role: 'volunteer' }] });
  });

  it('stand in the README by name', () => {
    const readme = kept('README.md').toString('utf8');
    const row = readme.split('\n').find((line) => line.includes('no telephone')) ?? '';
    const silent = elders.find(({ name }) => row.includes(name));
    expect(silent).toMatchObject({ communityCode: home });
    expect(silent?.phone).toBeUndefined();
    for (const ending of [1, 2, 3, 4]) {
      const { name } = withEnding(ending);
      expect(readme.split('\n').find((line) => line.includes(`1000000000${ending}`))).toContain(name);
    }
  });
});
