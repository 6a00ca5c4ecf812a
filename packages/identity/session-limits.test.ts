import type { RoleGrant } from '@time-bank/contracts/role';
import { describe, expect, it } from 'vitest';
import { earlier, holdsOffice, isStaffFactor, lastingOf, rolesFor } from './session-limits.ts';

const TODAY = '2026-11-21';
const resident: RoleGrant = { role: 'resident', region: '341302001003' };
const cadre: RoleGrant = { role: 'coordinator', region: '341302001003' };
const former: RoleGrant = { ...cadre, until: '2026-11-20' };
const coming: RoleGrant = { ...cadre, from: '2026-11-22' };

describe('a sign-in', () => {
  it('of a resident lasts 30 days, 14 of them without use; of staff 12 hours, one of them without use', () => {
    expect(lastingOf(false)).toEqual({ absoluteMinutes: 43_200, idleMinutes: 20_160 });
    expect(lastingOf(true)).toEqual({ absoluteMinutes: 720, idleMinutes: 60 });
  });

  it.each([
    { by: 'code', may: false },
    { by: 'wechat', may: false },
    { by: 'passkey', may: true },
    { by: 'sso', may: true },
  ] as const)('with $by lets staff use their office: $may', ({ by, may }) => {
    expect(isStaffFactor(by)).toBe(may);
  });

  it.each([
    { of: 'a cadre, with a passkey', isStaff: true, roles: [resident, cadre], used: [resident, cadre] },
    { of: 'a cadre, with a code', isStaff: false, roles: [resident, cadre], used: [resident] },
    { of: 'a cadre of yesterday', isStaff: true, roles: [resident, former], used: [resident] },
    { of: 'a cadre of tomorrow', isStaff: true, roles: [resident, coming], used: [resident] },
    { of: 'a cadre who is nothing else, with a code', isStaff: false, roles: [cadre], used: [] },
  ])('lets the roles of $of be used', ({ isStaff, roles, used }) => {
    expect(rolesFor(roles, TODAY, isStaff)).toEqual(used);
  });

  it('is that of an office only while the office is held', () => {
    expect(holdsOffice([resident, cadre], TODAY)).toBe(true);
    expect(holdsOffice([resident, former, coming], TODAY)).toBe(false);
  });

  it('ends at the earlier of two instants, whichever is named first', () => {
    const [one, other] = ['2026-11-21T02:00:00.000Z', '2026-11-21T02:00:00.001Z'];
    expect(earlier(one, other)).toBe(one);
    expect(earlier(other, one)).toBe(one);
  });
});
