import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type Town, startTown } from '../town.ts';
import { LinkageList, LinkageView, RegionNumbers, ResourceList } from '@time-bank/contracts/linkage';
import { aCard, aResource, ofRole } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

const commandId = () => town.ids.command();

describe('a linkage card', () => {
  it('shows whose part is done, and the visit as done once it was made', async () => {
    const card = await aCard(town, 'dispatched');
    const volunteer = await town.aVolunteer();
    const seen = async () => {
      const { tasks } = LinkageView.parse((await town.ask(card.coordinator, 'GET', card.path)).body);
      return tasks.filter(({ isDone }) => isDone).map(({ society }) => society);
    };
    expect(await seen()).toEqual(['social_worker', 'organisation']);
    const path = `/api/requests/${card.requestId}`;
    await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    town.pass(60);
    await town.ask(volunteer, 'POST', `${path}/check-in`, {
      commandId: commandId(),
      code: card.elder.visitCode,
    });
    expect(await seen()).toEqual(['social_worker', 'organisation']);
    town.pass(60);
    expect((await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: commandId() })).status).toBe(
      200,
    );
    expect(await seen()).toEqual(['social_worker', 'organisation', 'volunteer']);
    // It stays done: confirmed, and rated.
    await town.ask(card.elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    await town.ask(card.elder, 'POST', `${path}/ratings`, { commandId: commandId(), level: 5 });
    expect((await town.ask(card.elder, 'GET', path)).body.state).toBe('rated');
    expect(await seen()).toEqual(['social_worker', 'organisation', 'volunteer']);
  });

  it('shows what was found at home to those who look after the elder only', async () => {
    const card = await aCard(town, 'assessed');
    const see = async (role: Parameters<typeof ofRole>[1]) =>
      LinkageView.parse((await town.ask(await ofRole(town, role), 'GET', card.path)).body);
    const full = await see('social_worker');
    expect(full).toMatchObject({ need: '腿脚不便，买菜困难', finding: '可以自理，行走不稳' });
    const organisation = await see('organisation');
    expect(organisation).toMatchObject({ need: '腿脚不便，买菜困难' });
    expect(organisation).not.toHaveProperty('finding');
    const donor = await see('donor');
    expect(donor).not.toHaveProperty('need');
    expect(donor).not.toHaveProperty('finding');
    for (const view of [full, organisation, donor]) {
      expect(JSON.stringify(view)).not.toContain(card.elder.name);
      expect(JSON.stringify(view)).not.toContain(card.elder.address);
    }
  });

  it('asks for a second visit only where nobody takes the first', async () => {
    const card = await aCard(town, 'dispatched');
    const dispatch = () =>
      town.ask(card.society, 'POST', `${card.path}/dispatch`, {
        commandId: commandId(),
        requestId: town.ids.request(),
        plannedStartAt: town.soon(60),
        wishes: { languages: [] },
      });
    expect((await dispatch()).body.error?.code).toBe('wrong_step');
    const cancel = { commandId: commandId(), reason: 'withdrawn' };
    const path = `/api/requests/${card.requestId}/cancel`;
    expect((await town.ask(card.coordinator, 'POST', path, cancel)).status).toBe(200);
    expect((await dispatch()).status).toBe(201);
  });

  it('is not in a list for those above the county', async () => {
    const card = await aCard(town, 'assessed');
    const above = await ofRole(town, 'coordinator', '3413');
    expect((await town.ask(above, 'GET', card.path)).body.error.code).toBe('unknown_case');
    const list = await town.ask(above, 'GET', `/api/linkages?community=${HOME}`);
    expect(list.body.error?.code).toBe('unknown_region');
  });

  it('is the same twice, and another content under the same id is refused', async () => {
    const card = await aCard(town, 'reported');
    const body = { commandId: commandId(), tasks: [{ society: 'charity', what: '餐券' }] };
    const first = await town.ask(card.coordinator, 'POST', `${card.path}/open`, body);
    expect(first.status).toBe(201);
    town.pass(5);
    const again = await town.ask(card.coordinator, 'POST', `${card.path}/open`, body);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = { ...body, tasks: [{ society: 'charity', what: '棉被' }] };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/open`, other)).body.error.code).toBe(
      'exists_with_different_content',
    );
  });

  it('goes one step after the other', async () => {
    const card = await aCard(town, 'reported');
    const dispatch = {
      commandId: commandId(),
      requestId: town.ids.request(),
      plannedStartAt: town.soon(60),
      wishes: { languages: [] },
    };
    const society = await ofRole(town, 'organisation');
    expect((await town.ask(society, 'POST', `${card.path}/dispatch`, dispatch)).body.error.code).toBe(
      'wrong_step',
    );
    // What was refused has asked for nothing.
    const read = await town.ask(card.coordinator, 'GET', `/api/requests/${dispatch.requestId}`);
    expect(read.body.error.code).toBe('unknown_request');
    const close = { commandId: commandId(), outcome: '搬走' };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/close`, close)).status).toBe(201);
    const open = { commandId: commandId(), tasks: [{ society: 'charity', what: '餐券' }] };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/open`, open)).body.error.code).toBe(
      'case_closed',
    );
  });

  it('is not there for another place, whatever the role', async () => {
    const card = await aCard(town, 'assessed');
    const away = await ofRole(town, 'social_worker', FAR_AWAY);
    const missing = await town.ask(away, 'GET', `/api/linkages/${town.ids.command()}`);
    const foreign = await town.ask(away, 'GET', card.path);
    expect([foreign.status, foreign.body]).toEqual([missing.status, missing.body]);
    const resident = await town.anElder();
    expect((await town.ask(resident, 'GET', card.path)).body.error.code).toBe('not_allowed');
  });

  it('begins by the word of the volunteer who made the visit, and of no other volunteer', async () => {
    const coordinator = await town.aCoordinator();
    const [elder, volunteer, other] = [
      await town.anElder(),
      await town.aVolunteer(),
      await town.aVolunteer(),
    ];
    const requestId = town.ids.request();
    await town.ask(coordinator, 'POST', '/api/requests', {
      requestId,
      serviceCode: 'C01',
      receiverId: elder.memberId,
      plannedStartAt: town.soon(60),
      plannedMinutes: 60,
      wishes: { languages: [] },
    });
    await town.ask(volunteer, 'POST', `/api/requests/${requestId}/accept`, { visitId: town.ids.visit() });
    const need = () => ({
      caseId: commandId(),
      elderId: elder.memberId,
      source: 'visit',
      need: '灯坏了',
      requestId,
    });
    expect((await town.ask(other, 'POST', '/api/linkages', need())).body.error.code).toBe('unknown_member');
    expect((await town.ask(volunteer, 'POST', '/api/linkages', need())).status).toBe(201);
    const listed = await town.ask(coordinator, 'GET', `/api/linkages?community=${HOME}`);
    const card = LinkageList.parse(listed.body).items.find(({ need: said }) => said === '灯坏了');
    expect(card?.steps).toMatchObject([{ step: 'reported' }]);
  });
});

describe('what charity gives', () => {
  it('is drawn from once for each command, and never below nothing', async () => {
    const card = await aCard(town, 'opened');
    const resourceId = await aResource(town, 15);
    const give = (quantity: number, id: string = commandId()) =>
      town.ask(card.coordinator, 'POST', `${card.path}/resources`, { commandId: id, resourceId, quantity });
    const id = commandId();
    expect((await give(10, id)).status).toBe(201);
    expect((await give(10, id)).headers.get('Idempotency-Hit')).toBe('true');
    expect((await give(6)).body.error.code).toBe('resource_short');
    const left = async () => {
      const { body } = await town.ask(card.coordinator, 'GET', `/api/resources?region=${HOME}`);
      return ResourceList.parse(body).items.find((item) => item.resourceId === resourceId)?.leftQuantity;
    };
    expect(await left()).toBe(5);
    expect((await give(5)).status).toBe(201);
    // What is used up is no longer offered.
    expect(await left()).toBeUndefined();
    const { resources } = LinkageView.parse((await town.ask(card.coordinator, 'GET', card.path)).body);
    expect(resources.map(({ quantity }) => quantity)).toEqual([10, 5]);
  });

  it('comes back where the card was closed between the draw and the card, and its sender was cut off', async () => {
    const card = await aCard(town, 'opened');
    const resourceId = await aResource(town, 10);
    const { journal } = town.deps.ports;
    const { commit } = journal;
    journal.commit = () => Promise.reject(new Error('killed'));
    const body = { commandId: commandId(), resourceId, quantity: 10 };
    const give = () => town.ask(card.coordinator, 'POST', `${card.path}/resources`, body);
    expect((await give()).status).toBe(500);
    journal.commit = commit;
    const close = { commandId: commandId(), outcome: '搬去女儿家' };
    expect((await town.ask(card.coordinator, 'POST', `${card.path}/close`, close)).status).toBe(201);
    expect((await give()).body.error.code).toBe('case_closed');
    expect((await give()).body.error.code).toBe('case_closed');
    const { body: list } = await town.ask(card.coordinator, 'GET', `/api/resources?region=${HOME}`);
    expect(list.items).toContainEqual(expect.objectContaining({ resourceId, leftQuantity: 10 }));
  });

  it('of two who want the last of it, one has it', async () => {
    const [one, other] = [await aCard(town, 'opened'), await aCard(town, 'opened')];
    const resourceId = await aResource(town, 10);
    const answers = await Promise.all(
      [one, other].map((card) =>
        town.ask(card.coordinator, 'POST', `${card.path}/resources`, {
          commandId: commandId(),
          resourceId,
          quantity: 10,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('goes to its own place and its own time', async () => {
    const card = await aCard(town, 'opened');
    const donor = await ofRole(town, 'donor', '340102');
    const far = commandId();
    const gift = {
      resourceId: far,
      region: '340102',
      kind: 'goods',
      name: '棉被',
      donor: '远方慈善会',
      quantity: 5,
      unit: '床',
      from: '2026-11-01',
      until: '2026-12-31',
    };
    expect((await town.ask(donor, 'POST', '/api/resources', gift)).status).toBe(201);
    const attach = (resourceId: string) =>
      town.ask(card.coordinator, 'POST', `${card.path}/resources`, {
        commandId: commandId(),
        resourceId,
        quantity: 1,
      });
    expect((await attach(far)).body.error.code).toBe('unknown_file');
    expect((await attach(commandId())).body.error.code).toBe('unknown_file');
    const later = { ...gift, resourceId: commandId(), region: '341302', from: '2026-12-01' };
    const here = await ofRole(town, 'donor', '341302');
    expect((await town.ask(here, 'POST', '/api/resources', later)).status).toBe(201);
    expect((await attach(later.resourceId)).body.error.code).toBe('resource_short');
  });
});

describe('a region in numbers', () => {
  it('names nobody, and is the same for those above the county once it was counted', async () => {
    await aCard(town, 'dispatched');
    const county = await ofRole(town, 'county', '341302');
    const counted = await town.ask(county, 'GET', '/api/numbers?region=341302');
    expect(counted.body).toMatchObject({ region: '341302', communities: 2 });
    expect(counted.body.elders).toBeGreaterThan(0);
    expect(counted.body.cardsDispatched).toBeGreaterThan(0);
    const numbers = Object.values(RegionNumbers.parse(counted.body));
    expect(numbers.every((value) => ['number', 'string'].includes(typeof value))).toBe(true);
    const city = await ofRole(town, 'city', '3413');
    const before = await town.ask(city, 'GET', '/api/numbers?region=3413');
    expect(before.body.elders).toBe(0);
    const { keepNumbers } = await import('@time-bank/desk/keep-numbers');
    expect(await keepNumbers(town.ports)).toBe(2);
    expect(await keepNumbers(town.ports)).toBe(0);
    const after = await town.ask(city, 'GET', '/api/numbers?region=3413');
    const { region: _region, ...counts } = (await town.ask(county, 'GET', '/api/numbers?region=341302')).body;
    expect(after.body).toEqual({ region: '3413', ...counts });
    expect((await town.ask(city, 'GET', '/api/numbers?region=3401')).body.error.code).toBe('unknown_region');
  });
});
