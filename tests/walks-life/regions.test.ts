/** What regions have decided: services of their own, rates, agreeing by silence; and people who move. */
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NEXT_DOOR, type Town, aRequest, startTown } from '../town.ts';
import { decide } from '../walks-policy/decisions.ts';
import { aRedemption, aVisit, credit } from '../walks/steps.ts';
import { order } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
  await decide(town, {
    region: '3413',
    values: {
      regionalServices: [
        { code: 'Z01', words: { 'zh-Hans': '理发', en: 'Hairdressing' }, like: 'A05', maxMinutes: 90 },
      ],
      serviceRates: [{ service: 'Z01', percent: 150 }],
      personAgreedHours: 12,
    },
  });
});
afterAll(async () => {
  await town.stop();
});

it("a service of the region's own has its name everywhere, and its minutes hold", async () => {
  const services = await town.ask(await town.anElder(), 'GET', '/api/services');
  const rows: { code: string }[] = services.body.items;
  const row = rows.find(({ code }) => code === 'Z01');
  expect(row).toMatchObject({ words: { 'zh-Hans': '理发', en: 'Hairdressing' }, ratePercent: 150 });
  const { coordinator, path } = await aVisit(town, 'posted', { request: { serviceCode: 'Z01' } });
  expect((await town.ask(coordinator, 'GET', path)).body.serviceWords['zh-Hans']).toBe('理发');
  const elder = await town.anElder();
  const long = aRequest(town, elder, { serviceCode: 'Z01', plannedMinutes: 120 });
  const refused = await town.ask(coordinator, 'POST', '/api/requests', long);
  expect(refused.body.error.code).toBe('minutes_out_of_bounds');
});

it('an hour of it counts an hour and a half: so much is set aside, paid and credited', async () => {
  const [member, volunteer] = [await town.anElder(), await town.aVolunteer()];
  await credit(town, member, 120);
  const body = aRedemption(town, { serviceCode: 'Z01' });
  const path = `/api/requests/${body.requestId}`;
  const held = await town.ask(member, 'POST', '/api/redemptions', body);
  expect(held.body).toMatchObject({ heldMinutes: 90 });
  await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  await order(town, volunteer, `${path}/check-in`, { code: member.visitCode });
  town.pass(60);
  await order(town, volunteer, `${path}/check-out`);
  const said = await town.ask(member, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
  expect(said.body).toMatchObject({ servedMinutes: 60, creditedMinutes: 90, releasedMinutes: 0 });
  expect((await town.ask(volunteer, 'GET', '/api/account')).body.availableMinutes).toBe(90);
  expect((await town.ask(member, 'GET', '/api/account')).body).toMatchObject({
    availableMinutes: 30,
    heldMinutes: 0,
  });
});

it('after twelve hours of silence she has agreed to whoever comes, and not before', async () => {
  const { elder, path } = await aVisit(town, 'accepted', { request: { plannedStartAt: town.soon(24 * 60) } });
  town.pass(12 * 60 - 1);
  await keepVisits(town.ports);
  expect((await town.ask(elder, 'GET', path)).body.state).toBe('accepted');
  town.pass(1);
  await keepVisits(town.ports);
  expect((await town.ask(elder, 'GET', path)).body.state).toBe('confirmed');
});

it('she moves next door in mid-week: the visit that was asked for takes place where it was asked, the next one there', async () => {
  // By day: at night two would have to go.
  town.setClock('2026-11-25T01:00:00.000Z');
  const visit = await aVisit(town, 'accepted');
  const before = await town.ports.people.readMember(visit.elder.memberId);
  if (before === undefined) throw new Error('nobody moves');
  const moved = {
    ...before,
    communityCode: NEXT_DOOR,
    address: '新家2号楼',
    version: (before.version ?? 0) + 1,
  };
  expect(await town.ports.people.change(before, moved)).toBe(true);
  const seen = await town.ask(visit.volunteer, 'GET', visit.path);
  expect(seen.body).toMatchObject({ state: 'accepted', address: visit.elder.address });
  town.setClock(visit.body.plannedStartAt);
  const begun = await order(town, visit.volunteer, `${visit.path}/check-in`, { code: visit.elder.visitCode });
  expect(begun.body).toMatchObject({ state: 'in_service' });
  const there = await town.aCoordinator(NEXT_DOOR);
  const next = aRequest(town, moved);
  await town.ask(there, 'POST', '/api/requests', next);
  const found = await town.ask(there, 'GET', `/api/requests/${next.requestId}`);
  expect(found.body).toMatchObject({ communityCode: NEXT_DOOR, address: '新家2号楼' });
  // The old place still looks after what was asked there, and not after what is asked now.
  expect((await town.ask(visit.coordinator, 'GET', `/api/requests/${next.requestId}`)).status).toBe(404);
});
