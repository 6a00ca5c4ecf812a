/** Who may give which role, said a second time and by hand, row by row. */
import { Role, type RoleGrant } from '@time-bank/contracts/role';
import { describe, expect, it } from 'vitest';
import { isOfLevel, mayGive } from './granting.ts';

const everybody = Role.options;
const COMMUNITY = '341302001003';

/** Where each giver stands, and what they may give there, in the order of the roles. */
const rows: Partial<Record<Role, { reach: string; gives: readonly Role[] }>> = {
  coordinator: { reach: COMMUNITY, gives: ['resident', 'organisation', 'donor', 'family_proxy'] },
  township: {
    reach: '341302001',
    gives: [
      'resident',
      'coordinator',
      'social_worker',
      'organisation',
      'donor',
      'family_proxy',
      'care_commissioner',
      'counter',
      'hotline',
      'service_point',
      'provider',
    ],
  },
};

const below: readonly Role[] = rows.township?.gives ?? [];
const offices: Record<string, { reach: string; gives: readonly Role[]; offices: readonly Role[] }> = {
  county: { reach: '341302', gives: below, offices: ['township'] },
  city: { reach: '3413', gives: below, offices: ['township', 'county'] },
  province: { reach: '34', gives: below, offices: ['township', 'county', 'city'] },
  administrator: {
    reach: '34',
    gives: [...below, 'auditor', 'administrator'],
    offices: ['township', 'county', 'city', 'province'],
  },
};
const placeOf: Partial<Record<Role, string>> = {
  township: '341302001',
  county: '341302',
  city: '3413',
  province: '34',
};

const held = (role: Role, region: string): RoleGrant[] => [{ role, region }];

describe('who may give which role', () => {
  const cells = everybody.flatMap((giver) =>
    everybody.map((role) => {
      const office = offices[giver];
      const row = rows[giver] ?? office;
      const isGiven =
        row !== undefined && (row.gives.includes(role) || office?.offices.includes(role) === true);
      return { giver, role, isGiven, reach: row?.reach ?? '34', place: placeOf[role] ?? COMMUNITY };
    }),
  );

  it.each(cells)('$giver gives $role: $isGiven', ({ giver, role, isGiven, reach, place }) => {
    expect(mayGive(held(giver, reach), role, place)).toBe(isGiven);
  });
});

describe('where', () => {
  it.each([
    ['341302001003', true],
    ['341302001004', true],
    ['341302001', true],
    ['341302002001', false],
    ['341302', false],
    ['34', false],
  ])('a township gives a counter at %s: %s', (region, may) => {
    expect(mayGive(held('township', '341302001'), 'counter', region)).toBe(may);
  });

  it.each([
    ['township', '341302001', true],
    ['township', '341302', false],
    ['township', COMMUNITY, false],
    ['county', '341302', true],
    ['county', '34', false],
    ['city', '3413', true],
    ['province', '34', true],
    ['province', '3413', false],
    ['coordinator', '341302', true],
    ['auditor', '34', true],
  ] as const)('the office of %s is held over %s: %s', (role, region, is) => {
    expect(isOfLevel(role, region)).toBe(is);
  });

  it('of several roles the one with the reach counts', () => {
    const both: RoleGrant[] = [
      { role: 'county', region: '340102' },
      { role: 'coordinator', region: COMMUNITY },
    ];
    expect(mayGive(both, 'donor', COMMUNITY)).toBe(true);
    expect(mayGive(both, 'counter', COMMUNITY)).toBe(false);
    expect(mayGive(both, 'counter', '340102001001')).toBe(true);
  });
});
