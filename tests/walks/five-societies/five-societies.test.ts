/**
 * One need of one elder, from the visit that found it to the county that sees it in its numbers, told step by step.
 * Nineteen roles act, each through the API and each within its reach; every step stands on the one before it.
 */
import { AuditPage } from '@time-bank/contracts/audit';
import { accountOf } from '@time-bank/contracts/ids';
import { LinkageView, RegionNumbers } from '@time-bank/contracts/linkage';
import { type Member, VisitCode } from '@time-bank/contracts/member';
import { RequestView } from '@time-bank/contracts/request';
import type { Role } from '@time-bank/contracts/role';
import { keepNumbers } from '@time-bank/desk/keep-numbers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, FAR_AWAY, HOME, type Town, startTown } from '../../town.ts';

const TOWNSHIP = '341302001';
const COUNTY = '341302';
const CITY = '3413';
const PROVINCE = '34';

let town: Town;
/** Everybody in the story, by what they are. */
const cast = new Map<string, Member>();
/** The roles that have done something so far. */
const acted = new Set<Role>();

const who = (name: string): Member => {
  const member = cast.get(name);
  if (member === undefined) throw new Error(`${name} is not in the story yet`);
  return member;
};

/** Somebody acts in a role: it is done, or the story ends here. */
const act = async (
  role: Role,
  name: string,
  method: 'GET' | 'POST',
  path: string,
  body?: Record<string, unknown>,
): Promise<Answer> => {
  const answer = await town.ask(who(name), method, path, body);
  if (answer.status >= 300) throw new Error(`${name}, ${path}: ${JSON.stringify(answer.body)}`);
  acted.add(role);
  return answer;
};

/** A person as they are now: what they may do has changed since they came. */
const lookAgain = async (name: string): Promise<void> => {
  const member = await town.ports.people.readMember(who(name).memberId);
  if (member === undefined) throw new Error(`${name} is gone`);
  cast.set(name, member);
};

/** `giver`, in the role `as`, gives `name` a role. */
const appoint = async (
  as: Role,
  giver: string,
  name: string,
  role: Role,
  region: string,
  also: Record<string, unknown> = {},
): Promise<void> => {
  await act(as, giver, 'POST', `/api/members/${who(name).memberId}/roles`, {
    fileId: town.ids.file(),
    role,
    region,
    ...also,
  });
  await lookAgain(name);
};

const fileId = () => town.ids.file();
const commandId = () => town.ids.command();
const association = { accountId: '' };

const needId = { value: '' };
const visitPath = { value: '' };

beforeAll(async () => {
  town = await startTown();
  cast.set(
    'administrator',
    await town.aMember({ birthDate: '1980-05-01', roles: [{ role: 'administrator', region: PROVINCE }] }),
  );
  for (const name of [
    'province office',
    'city office',
    'county office',
    'street office',
    'cadre',
    'social worker',
    'care commissioner',
    'counter clerk',
    'hotline clerk',
    'centre',
    'elders association',
    'provider',
    'donor',
    'auditor',
    'nephew',
  ]) {
    cast.set(name, await town.aMember({ birthDate: '1984-05-01' }));
  }
  cast.set('neighbour', await town.aMember({ birthDate: '1963-05-01' }));
  cast.set('grandmother', await town.anElder({}, { phoneless: true }));
  cast.set('frail elder', await town.anElder({}, { phoneless: true }));
  // The daughter lives in another city.
  cast.set('daughter', await town.aMember({ birthDate: '1975-05-01', communityCode: FAR_AWAY }));
}, 60_000);
afterAll(() => town.stop());

describe('the five societies', () => {
  it('are given their roles, each by somebody above them and for a place', async () => {
    await appoint('administrator', 'administrator', 'province office', 'province', PROVINCE);
    await appoint('administrator', 'administrator', 'auditor', 'auditor', COUNTY, { until: '2027-12-31' });
    await appoint('province', 'province office', 'city office', 'city', CITY);
    await appoint('city', 'city office', 'county office', 'county', COUNTY);
    await appoint('county', 'county office', 'street office', 'township', TOWNSHIP);
    await appoint('township', 'street office', 'cadre', 'coordinator', HOME);
    await appoint('township', 'street office', 'social worker', 'social_worker', TOWNSHIP);
    await appoint('township', 'street office', 'care commissioner', 'care_commissioner', HOME);
    await appoint('township', 'street office', 'counter clerk', 'counter', TOWNSHIP);
    await appoint('township', 'street office', 'hotline clerk', 'hotline', TOWNSHIP);
    await appoint('township', 'street office', 'centre', 'service_point', TOWNSHIP);
    await appoint('township', 'street office', 'provider', 'provider', TOWNSHIP);
    await appoint('township', 'street office', 'donor', 'donor', TOWNSHIP);
    association.accountId = accountOf(town.ids.member());
    await act('coordinator', 'cadre', 'POST', '/api/organisations', {
      accountId: association.accountId,
      name: '东仙桥老年协会',
      communityCode: HOME,
    });
    await appoint('coordinator', 'cadre', 'elders association', 'organisation', HOME, {
      organisationId: association.accountId,
    });
    // Nobody gives what is not theirs to give, and nobody gives anything to themselves.
    const above = await town.ask(who('cadre'), 'POST', `/api/members/${who('nephew').memberId}/roles`, {
      fileId: fileId(),
      role: 'county',
      region: COUNTY,
    });
    expect(above.body.error.code).toBe('role_not_grantable');
    const own = await town.ask(
      who('street office'),
      'POST',
      `/api/members/${who('street office').memberId}/roles`,
      {
        fileId: fileId(),
        role: 'coordinator',
        region: HOME,
      },
    );
    expect(own.body.error.code).toBe('not_allowed');
  });

  it('a neighbour of sixty-three becomes a volunteer: applied, checked twice, trained, let in', async () => {
    const { memberId } = who('neighbour');
    const papers = `/api/members/${memberId}/volunteering`;
    await act('resident', 'neighbour', 'POST', papers, { fileId: fileId() });
    await act('service_point', 'centre', 'POST', `${papers}/checks`, {
      fileId: fileId(),
      stage: 'site',
      decision: 'approve',
    });
    await act('county', 'county office', 'POST', `${papers}/checks`, {
      fileId: fileId(),
      stage: 'county',
      decision: 'approve',
      recordCheck: { isPassed: true, on: '2026-11-20', until: '2027-11-19' },
    });
    await act('organisation', 'elders association', 'POST', `${papers}/papers`, {
      fileId: fileId(),
      training: { course: '岗前培训', minutes: 120, on: '2026-11-20' },
    });
    await act('organisation', 'elders association', 'POST', `${papers}/start`, { fileId: fileId() });
    await lookAgain('neighbour');
    expect(who('neighbour').volunteering?.state).toBe('active');
  });

  it('the daughter, in another city, is bound to her mother, who has no telephone and says yes before a witness', async () => {
    const bindingId = fileId();
    const path = `/api/members/${who('grandmother').memberId}/bindings/${bindingId}`;
    await act('family_proxy', 'daughter', 'POST', '/api/bindings', {
      bindingId,
      elderId: who('grandmother').memberId,
      helperId: who('daughter').memberId,
      terms: {
        kind: 'family_proxy',
        scopes: ['order', 'confirm', 'see_balance'],
        spendMinutesMax: 0,
        until: '2027-06-30',
        proof: '户口簿',
      },
    });
    await act('social_worker', 'social worker', 'POST', `${path}/check`, { decision: 'accept' });
    await act('coordinator', 'cadre', 'POST', `${path}/confirm`, { by: 'voice', decision: 'accept' });
    const helped = await act('family_proxy', 'daughter', 'GET', '/api/helped');
    expect(helped.body.items).toMatchObject([{ isInForce: true, elderId: who('grandmother').memberId }]);
  });

  it('a visit finds a need, and the care commissioner reports it', async () => {
    needId.value = commandId();
    await act('care_commissioner', 'care commissioner', 'POST', '/api/linkages', {
      caseId: needId.value,
      elderId: who('grandmother').memberId,
      source: 'visit',
      need: '腿脚不便，三餐不规律，想有人说说话',
    });
  });

  it('the cadre opens a card and says who does what', async () => {
    await act('coordinator', 'cadre', 'POST', `/api/linkages/${needId.value}/open`, {
      commandId: commandId(),
      tasks: [
        { society: 'community', what: '统筹' },
        { society: 'social_worker', what: '上门评估' },
        { society: 'organisation', what: '安排志愿者' },
        { society: 'volunteer', what: '每周陪伴一小时' },
        { society: 'charity', what: '餐券' },
      ],
    });
  });

  it('the social worker assesses, and the assessment stands in the elder’s file', async () => {
    await act('social_worker', 'social worker', 'POST', `/api/linkages/${needId.value}/assessment`, {
      commandId: commandId(),
      finding: '轻度失能，独居，需陪伴与助餐',
      serviceCode: 'C01',
      plannedMinutes: 60,
    });
    await act(
      'social_worker',
      'social worker',
      'POST',
      `/api/members/${who('grandmother').memberId}/assessments`,
      {
        fileId: fileId(),
        assessment: {
          level: 1,
          standard: 'GB/T 42195-2022',
          score: 78,
          on: '2026-11-21',
          assessor: '街道社工站',
        },
      },
    );
  });

  it('the elders’ association asks for the visit, and its volunteer takes it', async () => {
    const requestId = town.ids.request();
    visitPath.value = `/api/requests/${requestId}`;
    await act('organisation', 'elders association', 'POST', `/api/linkages/${needId.value}/dispatch`, {
      commandId: commandId(),
      requestId,
      plannedStartAt: town.soon(60),
      wishes: { languages: [] },
    });
    const before = await act('volunteer', 'neighbour', 'GET', visitPath.value);
    expect(JSON.stringify(before.body)).not.toContain(who('grandmother').address);
    await act('volunteer', 'neighbour', 'POST', `${visitPath.value}/accept`, { visitId: town.ids.visit() });
    const after = await act('volunteer', 'neighbour', 'GET', visitPath.value);
    expect(after.body.address).toBe(who('grandmother').address);
  });

  it('a donor’s meal coupons go to the card', async () => {
    const resourceId = commandId();
    await act('donor', 'donor', 'POST', '/api/resources', {
      resourceId,
      region: TOWNSHIP,
      kind: 'coupons',
      name: '餐券',
      donor: '和平里饭店',
      quantity: 200,
      unit: '张',
      from: '2026-11-01',
      until: '2027-03-31',
    });
    await act('coordinator', 'cadre', 'POST', `/api/linkages/${needId.value}/resources`, {
      commandId: commandId(),
      resourceId,
      quantity: 30,
    });
    const seen = await act('donor', 'donor', 'GET', `/api/linkages/${needId.value}`);
    expect(seen.body.resources).toMatchObject([{ name: '餐券', quantity: 30 }]);
    expect(seen.body).not.toHaveProperty('need');
  });

  it('the visit is made, and the daughter confirms it from another city', async () => {
    town.pass(60);
    await act('volunteer', 'neighbour', 'POST', `${visitPath.value}/check-in`, {
      commandId: commandId(),
      code: VisitCode.parse(who('grandmother').visitCode),
    });
    town.pass(60);
    await act('volunteer', 'neighbour', 'POST', `${visitPath.value}/check-out`, { commandId: commandId() });
    const confirmed = await act('family_proxy', 'daughter', 'POST', `${visitPath.value}/confirm`, {
      transferId: town.ids.transfer(),
      forWhom: { memberId: who('grandmother').memberId },
    });
    expect(confirmed.body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
    const balance = await act('volunteer', 'neighbour', 'GET', '/api/account');
    expect(balance.body.availableMinutes).toBe(60);
    const own = await act('coordinator', 'cadre', 'GET', visitPath.value);
    // 由…代办: whoever looks after the elder sees by whom it was confirmed, and by which way.
    expect(RequestView.parse(own.body).steps?.at(-1)).toMatchObject({
      channel: 'family',
      by: { as: 'family_proxy' },
    });
  });

  it('a caller is served on the telephone, and an elder with a card at the counter', async () => {
    await act('hotline', 'hotline clerk', 'POST', '/api/requests', {
      requestId: town.ids.request(),
      serviceCode: 'B01',
      receiverId: who('frail elder').memberId,
      plannedStartAt: town.soon(24 * 60),
      plannedMinutes: 30,
      wishes: { languages: [] },
      forWhom: {
        memberId: who('frail elder').memberId,
        channel: 'hotline',
        check: 'call_back',
        note: '来电请求探访',
        recording: 'LY-2026-1121-07',
      },
    });
    const issued = await act('counter', 'counter clerk', 'POST', '/api/cards', {
      cardId: fileId(),
      memberId: who('frail elder').memberId,
      pin: '2580',
      check: 'id_document',
    });
    const shown = await act('counter', 'counter clerk', 'POST', '/api/cards/balance', {
      card: { token: issued.body.token, pin: '2580' },
    });
    expect(shown.body.balance.availableMinutes).toBe(0);
  });

  it('a guardian with a document acts for an elder who cannot', async () => {
    const bindingId = fileId();
    const path = `/api/members/${who('frail elder').memberId}/bindings/${bindingId}`;
    await act('counter', 'counter clerk', 'POST', '/api/bindings', {
      bindingId,
      elderId: who('frail elder').memberId,
      helperId: who('nephew').memberId,
      terms: {
        kind: 'guardian',
        scopes: ['order', 'confirm', 'see_balance'],
        spendMinutesMax: 0,
        until: '2027-06-30',
        document: 'JH-2026-0042',
        proof: '指定监护决定书',
      },
    });
    await act('social_worker', 'social worker', 'POST', `${path}/check`, { decision: 'accept' });
    await act('coordinator', 'cadre', 'POST', `${path}/confirm`, { by: 'voice', decision: 'accept' });
    await act('guardian', 'nephew', 'GET', `/api/members/${who('frail elder').memberId}/account`);
  });

  it('the provider sees what is open, should no volunteer be found', async () => {
    const open = await act('provider', 'provider', 'GET', `/api/linkages?community=${HOME}`);
    expect(open.body.items).toMatchObject([{ caseId: needId.value, state: 'dispatched' }]);
  });

  it('the card is closed with every part done', async () => {
    const before = await act('coordinator', 'cadre', 'GET', `/api/linkages/${needId.value}`);
    const done = LinkageView.parse(before.body).tasks.filter(({ isDone }) => isDone);
    expect(done.map(({ society }) => society)).toEqual([
      'social_worker',
      'organisation',
      'volunteer',
      'charity',
    ]);
    await act('coordinator', 'cadre', 'POST', `/api/linkages/${needId.value}/close`, {
      commandId: commandId(),
      outcome: '每周一次陪伴，餐券已发放',
    });
    const after = await act('coordinator', 'cadre', 'GET', `/api/linkages/${needId.value}`);
    const { tasks, steps } = LinkageView.parse(after.body);
    expect(tasks.every(({ isDone }) => isDone)).toBe(true);
    expect(steps.map(({ society }) => society)).toEqual([
      'community',
      'community',
      'social_worker',
      'organisation',
      'community',
      'community',
    ]);
  });

  it('the county sees the numbers, the city and the province the sums, and none of them a name', async () => {
    await town.project(visitPath.value.split('/').at(-1) ?? '');
    const county = await act('county', 'county office', 'GET', `/api/numbers?region=${COUNTY}`);
    expect(county.body).toMatchObject({ eldersVisited: 1, openCards: 0, resourceUnitsLeft: 170 });
    await keepNumbers(town.ports);
    const city = await act('city', 'city office', 'GET', `/api/numbers?region=${CITY}`);
    const province = await act('province', 'province office', 'GET', `/api/numbers?region=${PROVINCE}`);
    expect(city.body.eldersVisited).toBe(1);
    const [ofProvince, ofCity] = [province, city].map(({ body }) => RegionNumbers.parse(body).elders);
    expect(ofProvince).toBeGreaterThan(ofCity ?? Infinity);
    for (const answer of [county, city, province]) {
      expect(JSON.stringify(answer.body)).not.toContain(who('grandmother').name);
    }
    const detail = await town.ask(
      who('city office'),
      'GET',
      `/api/members/${who('grandmother').memberId}/file`,
    );
    expect(detail.body.error.code).toBe('unknown_member');
  });

  it('the elder’s helper can see who looked at the file, and the auditor what was done, masked', async () => {
    const day = '2026-11-21';
    const log = await act('auditor', 'auditor', 'GET', `/api/audit?day=${day}&region=${COUNTY}`);
    const actions = new Set(AuditPage.parse(log.body).items.map(({ action }) => action));
    for (const action of ['grant_role', 'open_linkage', 'assess_linkage', 'dispatch_linkage']) {
      expect(actions).toContain(action);
    }
    expect(JSON.stringify(log.body)).not.toContain(who('grandmother').name);
    expect(JSON.stringify(log.body)).not.toContain('腿脚不便');
  });

  it('sixteen roles and more have acted', () => {
    expect(acted.size).toBeGreaterThanOrEqual(16);
    expect([...acted].sort()).toEqual(
      [
        'administrator',
        'auditor',
        'care_commissioner',
        'city',
        'coordinator',
        'counter',
        'county',
        'donor',
        'family_proxy',
        'guardian',
        'hotline',
        'organisation',
        'province',
        'provider',
        'resident',
        'service_point',
        'social_worker',
        'township',
        'volunteer',
      ].sort(),
    );
  });
});
