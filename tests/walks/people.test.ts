import { CommunityList } from '@time-bank/contracts/routes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';

// Lists show everybody, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

describe('me', () => {
  it("shows oneself as registered, with the code on one's own card", async () => {
    const elder = await town.anElder();
    expect((await town.ask(elder, 'GET', '/api/me')).body).toEqual({
      member: elder,
      communityName: '东仙桥社区居委会',
      mayRedeem: true,
    });
    expect(elder.visitCode).toMatch(/^\d{6}$/);
  });

  it('says whether one is old enough to redeem', async () => {
    for (const [birthDate, mayRedeem] of [
      ['1966-11-21', true],
      ['1966-11-22', false],
    ] as const) {
      const member = await town.aVolunteer({ birthDate });
      expect((await town.ask(member, 'GET', '/api/me')).body.mayRedeem).toBe(mayRedeem);
    }
  });

  it('a good token of somebody who is not there signs nobody in', async () => {
    const { memberId } = await town.anElder();
    const gone = { ...(await town.anElder()), memberId: town.ids.member() };
    expect(gone.memberId).not.toBe(memberId);
    expect(await town.ask(gone, 'GET', '/api/me')).toMatchObject({
      status: 401,
      body: { error: { code: 'not_signed_in' } },
    });
  });
});

describe('elders', () => {
  it('a coordinator sees those of the own community: alone first, then by age', async () => {
    const family = await town.anElder({ livingSituation: 'with_family', birthDate: '1930-01-01' });
    const young = await town.anElder({ birthDate: '1955-06-01' });
    const old = await town.anElder({ birthDate: '1935-06-01' }, { phoneless: true });
    await town.anElder({ communityCode: NEXT_DOOR });
    await town.aVolunteer();
    const { body } = await town.ask(await town.aCoordinator(), 'GET', '/api/elders');
    expect(body.items).toMatchObject([
      { memberId: old.memberId, age: 91, hasPhone: false, address: old.address },
      { memberId: young.memberId, age: 71, hasPhone: true },
      { memberId: family.memberId, age: 96, livingSituation: 'with_family' },
    ]);
    const text = JSON.stringify(body);
    for (const secret of [young.phone, young.visitCode, young.birthDate]) expect(text).not.toContain(secret);
  });

  it('of a named community within reach, and of no other', async () => {
    const neighbour = await town.anElder({ communityCode: NEXT_DOOR });
    const district = await town.aCoordinator('341302');
    const { body } = await town.ask(district, 'GET', `/api/elders?community=${NEXT_DOOR}`);
    expect(body.items).toMatchObject([{ memberId: neighbour.memberId }]);
    const coordinator = await town.aCoordinator();
    const foreign = await town.ask(coordinator, 'GET', `/api/elders?community=${NEXT_DOOR}`);
    const missing = await town.ask(coordinator, 'GET', '/api/elders?community=999999999999');
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'unknown_region' } } });
    expect(missing.body).toEqual(foreign.body);
  });

  it('are shown to coordinators only', async () => {
    for (const who of [await town.anElder(), await town.aVolunteer()]) {
      expect((await town.ask(who, 'GET', '/api/elders')).status).toBe(403);
    }
  });
});

describe('communities', () => {
  const codesFor = async (reach: string) => {
    const { body } = await town.ask(await town.aCoordinator(reach), 'GET', '/api/communities');
    return CommunityList.parse(body).items.map(({ code }) => code);
  };

  it.each([
    ['a community', HOME, [HOME]],
    ['a sub-district', '341302001', [HOME, NEXT_DOOR]],
    ['a district', '341302', [HOME, NEXT_DOOR]],
    ['a city', '3413', [HOME, NEXT_DOOR]],
    ['a province', '34', [FAR_AWAY, HOME, NEXT_DOOR]],
  ])('a coordinator of %s looks after those in it', async (_, reach, expected) => {
    expect(await codesFor(reach)).toEqual(expected);
  });

  it('are listed with their names, once, for somebody with several roles', async () => {
    const coordinator = await town.aMember({
      roles: [
        { role: 'coordinator', region: HOME },
        { role: 'coordinator', region: '341302001' },
        { role: 'volunteer', region: HOME },
      ],
    });
    expect((await town.ask(coordinator, 'GET', '/api/communities')).body).toEqual({
      items: [
        { code: HOME, name: '东仙桥社区居委会' },
        { code: NEXT_DOOR, name: '西仙桥社区居委会' },
      ],
    });
  });

  it('are for coordinators only', async () => {
    for (const who of [await town.anElder(), await town.aVolunteer()]) {
      expect((await town.ask(who, 'GET', '/api/communities')).status).toBe(403);
    }
  });
});
