/** The board: whose turn it is and why, calls in a row, great events, bad weather, rates. */
import type { Member } from '@time-bank/contracts/member';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { findings } from './steps.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const rowOf = async (coordinator: Member, { memberId }: Member, week = '') => {
  const { body } = await town.ask(coordinator, 'GET', `/api/coverage?community=${HOME}${week}`);
  const rows: { elderId: string }[] = body.rows;
  return rows.find(({ elderId }) => elderId === memberId);
};

it('says whose turn it is, and stops saying so once a visit is asked for', async () => {
  const coordinator = await town.aCoordinator();
  const elder = await town.anElder({ birthDate: '1940-03-08' });
  expect(await rowOf(coordinator, elder)).toMatchObject({
    tier: 'high',
    wanted: 1,
    missing: 1,
    cause: 'tier',
    gap: 'not_asked',
    mayBePhone: true,
  });
  const visit = await aVisit(town, 'posted', { coordinator, elder });
  await town.project(visit.requestId);
  expect(await rowOf(coordinator, elder)).toMatchObject({
    wanted: 1,
    missing: 0,
    open: 1,
    gap: 'nobody_yet',
  });
});

it('after a fall somebody is wanted within a day, before everybody else', async () => {
  const coordinator = await town.aCoordinator();
  await town.anElder({ birthDate: '1940-03-08' });
  const elder = await town.anElder();
  const note = { commandId: town.ids.command(), elderId: elder.memberId, kind: 'fall', at: town.now() };
  const noted = await town.ask(coordinator, 'POST', '/api/elder-events', note);
  expect(noted).toMatchObject({ status: 201, body: { communities: 1 } });
  expect((await town.ask(coordinator, 'POST', '/api/elder-events', note)).body).toEqual(noted.body);
  const { body } = await town.ask(coordinator, 'GET', `/api/coverage?community=${HOME}`);
  expect(body.rows[0]).toMatchObject({
    elderId: elder.memberId,
    cause: 'event',
    dueBy: town.soon(24 * 60),
    mayBePhone: false,
  });
  const other = { ...note, kind: 'discharge' };
  const refusal = await town.ask(coordinator, 'POST', '/api/elder-events', other);
  expect(refusal.body.error.code).toBe('exists_with_different_content');
});

it('bad weather of a county stands on each of its boards', async () => {
  const county = await town.aMember({ roles: [{ role: 'county', region: '341302' }] });
  const coordinator = await town.aCoordinator();
  const elder = await town.anElder({ livingSituation: 'with_family' });
  expect(await rowOf(coordinator, elder)).toMatchObject({ wanted: 0, missing: 0 });
  const declared = await town.ask(county, 'POST', '/api/weather-alerts', {
    commandId: town.ids.command(),
    region: '341302',
    from: '2026-11-21',
    until: '2026-11-22',
  });
  expect(declared).toMatchObject({ status: 201, body: { communities: 2 } });
  expect(await rowOf(coordinator, elder)).toMatchObject({ wanted: 1, missing: 1, cause: 'weather' });
  expect(await rowOf(coordinator, elder, '&week=2026-W48')).toMatchObject({ wanted: 0 });
});

it('two calls in a row are enough: the third visit is at home', async () => {
  const coordinator = await town.aCoordinator();
  const elder = await town.anElder();
  const call = { serviceCode: 'B02', plannedMinutes: 15 };
  await aVisit(town, 'ended', { coordinator, elder, request: call, minutes: 15 });
  await aVisit(town, 'ended', {
    coordinator,
    elder,
    request: { ...call, plannedStartAt: town.soon(60) },
    minutes: 15,
  });
  const third = await town.ask(coordinator, 'POST', '/api/requests', {
    requestId: town.ids.request(),
    receiverId: elder.memberId,
    plannedStartAt: town.soon(60),
    wishes: { languages: [] },
    ...call,
  });
  expect(third.body.error.code).toBe('home_visit_due');
});

it('rates: visited of those whose turn it is each week, helped where a need was found', async () => {
  const elder = await town.anElder({
    birthDate: '1940-03-08',
    roles: [{ role: 'resident', region: HOME, from: '2026-01-01' }],
  });
  await town.anElder({
    birthDate: '1940-03-08',
    abilityLevel: 3,
    roles: [{ role: 'resident', region: HOME, from: '2026-01-01' }],
  });
  const { coordinator, volunteer, path, requestId } = await aVisit(town, 'ended', { elder });
  const rates = () => town.ask(coordinator, 'GET', `/api/coverage/rates?community=${HOME}&week=2026-W47`);
  await town.project(requestId);
  expect((await rates()).body).toMatchObject({
    from: '2026-11-16',
    until: '2026-11-22',
    visited: { met: 1, of: 2, share: 0.5 },
    inHardship: { met: 0, of: 1 },
  });
  await town.ask(volunteer, 'POST', `${path}/report`, {
    commandId: town.ids.command(),
    findings,
    result: 'referral',
    note: '灯坏了',
  });
  await town.project(requestId);
  expect((await rates()).body).toMatchObject({ visited: { met: 1, of: 2 }, helped: { met: 0, of: 1 } });
});
