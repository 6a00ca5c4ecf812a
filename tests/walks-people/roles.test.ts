import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { anew, everythingBesideTheLog, ofRole, pathOf, told } from './steps.ts';

let town: Town;
let township: Member;
beforeAll(async () => {
  town = await startTown();
  township = await ofRole(town, 'township', '341302001');
});
afterAll(async () => {
  await town.stop();
});

const giving = (role: string, region: string = HOME, change: Record<string, unknown> = {}) => ({
  fileId: town.ids.file(),
  role,
  region,
  ...change,
});
const give = (who: Member, whom: Member, body: Record<string, unknown>) =>
  town.ask(who, 'POST', pathOf(whom, 'roles'), body);
const end = (who: Member, whom: Member, body: Record<string, unknown>) =>
  town.ask(who, 'POST', pathOf(whom, 'roles/end'), body);
const rolesOf = async (whom: Member) => (await town.ports.people.readMember(whom.memberId))?.roles ?? [];

describe('a role', () => {
  it('is given with a start, an end and who gave it, and one person holds several in several regions', async () => {
    const person = await town.anElder();
    const counter = giving('counter', HOME, { from: '2026-11-21', until: '2027-11-20' });
    const first = await give(township, person, counter);
    expect(first).toMatchObject({ status: 201, body: { memberId: person.memberId, version: 1 } });
    expect((await give(township, person, giving('hotline', '341302001'))).body.version).toBe(2);
    const by = { grantedBy: township.memberId, from: '2026-11-21' };
    expect(await rolesOf(person)).toEqual([
      { role: 'resident', region: HOME },
      { role: 'counter', region: HOME, until: '2027-11-20', ...by },
      { role: 'hotline', region: '341302001', ...by },
    ]);
    const again = await give(township, person, counter);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const [before] = await town.ports.personFiles.listNow('former', person.memberId);
    expect(before).toMatchObject({
      by: township.memberId,
      was: { roles: [{ role: 'resident', region: HOME }] },
    });
  });

  it('can be used as soon as it is given, and no more once it is ended', async () => {
    const person = await town.anElder();
    const elders = async () =>
      (await town.ask(await anew(town, person), 'GET', `/api/elders?community=${HOME}`)).status;
    expect(await elders()).toBe(403);
    await give(township, person, giving('counter'));
    expect(await elders()).toBe(200);
    expect((await end(township, person, giving('counter'))).status).toBe(201);
    expect(await elders()).toBe(403);
    expect(await rolesOf(person)).toContainEqual(
      expect.objectContaining({ role: 'counter', from: '2026-11-21', until: '2026-11-20' }),
    );
  });

  it('ends the sign-ins of its person: what stood open before has no power any more', async () => {
    const person = await town.anElder();
    await town.tokenOf(person);
    const open = async () =>
      (await town.ports.sessions.listNow(person.memberId)).filter(({ endedAt }) => endedAt === undefined)
        .length;
    expect(await open()).toBe(1);
    await give(township, person, giving('counter'));
    expect(await open()).toBe(0);
    const head = await town.ports.journal.readAccountNow(accountOf(person.memberId));
    expect(head?.authority).toBe(1);
    await town.tokenOf(person);
    await give(township, person, giving('family_proxy'));
    expect(await open()).toBe(1);
  });

  it('begins on its day and ends after its last', async () => {
    const person = await town.anElder();
    await give(township, person, giving('counter', HOME, { from: '2026-11-22' }));
    expect((await anew(town, person)).roles.map(({ role }) => role)).toEqual(['resident']);
    await end(township, person, giving('counter', HOME, { lastDay: '2026-11-30' }));
    expect(await rolesOf(person)).toContainEqual(
      expect.objectContaining({ role: 'counter', from: '2026-11-22', until: '2026-11-30' }),
    );
  });

  it.each([
    ['what only the county gives', 'township', '341302001'],
    ['over a region above', 'counter', '341302'],
    ['over a region beside', 'counter', FAR_AWAY],
    ['that comes from the life cycle', 'volunteer', HOME],
    ['that comes from a document', 'guardian', HOME],
    ['of an office over a region that is none of its own', 'county', '341302001'],
  ])('is not given: %s', async (_, role, region) => {
    const person = await town.anElder();
    const before = await everythingBesideTheLog(town);
    expect(told(await give(township, person, giving(role, region)))).toEqual([403, 'role_not_grantable']);
    expect(told(await end(township, person, giving(role, region)))).toEqual([403, 'role_not_grantable']);
    expect(await everythingBesideTheLog(town)).toEqual(before);
  });

  it('is not given to oneself, nor to people of another place, nor by those who give none', async () => {
    const own = await give(township, township, giving('counter'));
    expect(told(own)).toEqual([403, 'not_allowed']);
    const far = await town.anElder({ communityCode: FAR_AWAY });
    expect(told(await give(township, far, giving('counter')))).toEqual([404, 'unknown_member']);
    const nobody = { ...far, memberId: town.ids.member() };
    expect(told(await give(township, nobody, giving('counter')))).toEqual([404, 'unknown_member']);
    const elder = await town.anElder();
    for (const role of ['counter', 'hotline', 'auditor', 'social_worker'] as const) {
      expect(told(await give(await ofRole(town, role), elder, giving('donor')))).toEqual([
        403,
        'not_allowed',
      ]);
    }
    expect(told(await give(township, elder, giving('counter', '341302001999')))).toEqual([
      404,
      'unknown_region',
    ]);
  });

  it('that has an end is not made longer by ending it later', async () => {
    const person = await town.anElder();
    await give(township, person, giving('counter', HOME, { until: '2026-12-31' }));
    const later = giving('counter', HOME, { lastDay: '2030-12-31' });
    expect((await end(township, person, later)).status).toBe(201);
    expect(await rolesOf(person)).toContainEqual(
      expect.objectContaining({ role: 'counter', until: '2026-12-31' }),
    );
  });

  it('that is not held cannot be ended', async () => {
    const person = await town.anElder();
    expect(told(await end(township, person, giving('counter')))).toEqual([403, 'role_not_grantable']);
  });

  it('of an organisation names it, and it is one of the giver’s own reach', async () => {
    const coordinator = await town.aCoordinator();
    const organisation = {
      accountId: accountOf(town.ids.member()),
      name: '和平里老年协会',
      communityCode: HOME,
    };
    await town.ask(coordinator, 'POST', '/api/organisations', organisation);
    const person = await town.anElder();
    expect(told(await give(coordinator, person, giving('organisation')))).toEqual([400, 'invalid_fields']);
    const organisationId = organisation.accountId;
    expect((await give(coordinator, person, giving('organisation', HOME, { organisationId }))).status).toBe(
      201,
    );
    const nextDoor = await town.aCoordinator(NEXT_DOOR);
    const neighbour = await town.anElder({ communityCode: NEXT_DOOR });
    const foreign = giving('organisation', NEXT_DOOR, { organisationId });
    expect(told(await give(nextDoor, neighbour, foreign))).toEqual([404, 'unknown_account']);
    const members = await town.ask(coordinator, 'GET', `/api/organisations/${organisationId}/members`);
    expect(members.body.items).toEqual([
      expect.objectContaining({
        memberId: person.memberId,
        name: person.name,
        isInForce: true,
        organisationId,
      }),
    ]);
  });

  it('two people give at the same moment: both are held', async () => {
    const person = await town.anElder();
    const roles = ['counter', 'hotline', 'service_point'];
    const answers = await Promise.all(roles.map((role) => give(township, person, giving(role))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await rolesOf(person)).map(({ role }) => role).sort()).toEqual([...roles, 'resident'].sort());
  });
});

describe('the list of holders', () => {
  it('shows who holds which role over a region, in force or not; an auditor sees family names', async () => {
    const county = await ofRole(town, 'county', '340102');
    const person = await town.anElder({ communityCode: FAR_AWAY, name: '孙秘密' });
    await give(county, person, giving('counter', FAR_AWAY));
    await end(county, person, giving('counter', FAR_AWAY));
    const path = `/api/roles?region=${FAR_AWAY}`;
    const { body } = await town.ask(county, 'GET', path);
    expect(body.items).toEqual([
      {
        memberId: person.memberId,
        surname: '孙',
        name: '孙秘密',
        role: 'counter',
        region: FAR_AWAY,
        from: '2026-11-21',
        until: '2026-11-20',
        grantedBy: county.memberId,
        isInForce: false,
      },
    ]);
    const auditor = await ofRole(town, 'auditor', '340102');
    expect(JSON.stringify((await town.ask(auditor, 'GET', path)).body)).not.toContain('秘密');
    expect((await town.ask(county, 'GET', `${path}&role=hotline`)).body.items).toEqual([]);
    expect(told(await town.ask(township, 'GET', path))).toEqual([404, 'unknown_region']);
    expect(told(await town.ask(person, 'GET', path))).toEqual([403, 'not_allowed']);
  });
});
