import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { anew, everythingBesideTheLog, pathOf, told } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const insurance = { insurer: '平安保险', number: 'PA-2026-1', from: '2026-01-01', until: '2026-12-31' };
const anOrganisation = async (change: Record<string, unknown> = {}) => {
  const body = {
    accountId: accountOf(town.ids.member()),
    name: '和平里老年协会',
    communityCode: HOME,
    kind: 'elders_association',
    registration: '皖宿社证字第0117号',
    insurance,
    ...change,
  };
  const answer = await town.ask(coordinator, 'POST', '/api/organisations', body);
  return { body, answer, path: `/api/organisations/${body.accountId}` };
};
const changing = (version: number, change: Record<string, unknown> = {}) => ({
  commandId: town.ids.command(),
  version,
  name: '和平里老年协会',
  kind: 'elders_association',
  ...change,
});

it('an organisation shows its kind, its number in the register, and whether its insurance holds', async () => {
  const { answer, path } = await anOrganisation();
  expect(answer).toMatchObject({
    status: 201,
    body: {
      kind: 'elders_association',
      registration: '皖宿社证字第0117号',
      insurance,
      isInsured: true,
      version: 1,
    },
  });
  const expired = changing(1, { insurance: { ...insurance, until: '2026-11-20' } });
  const changed = await town.ask(coordinator, 'POST', `${path}/particulars`, expired);
  expect(changed).toMatchObject({ status: 201, body: { version: 2, isInsured: false } });
  expect(changed.body).not.toHaveProperty('registration');
  expect((await town.ask(coordinator, 'GET', path)).body).toEqual(changed.body);
});

it('is written over the version that was read, once for each command, and what it was stays', async () => {
  const { path, body } = await anOrganisation();
  const change = changing(1, { name: '东仙桥老年协会' });
  const first = await town.ask(coordinator, 'POST', `${path}/particulars`, change);
  const before = await everythingBesideTheLog(town);
  const again = await town.ask(coordinator, 'POST', `${path}/particulars`, change);
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers.get('Idempotency-Hit')).toBe('true');
  expect(told(await town.ask(coordinator, 'POST', `${path}/particulars`, changing(1)))).toEqual([
    409,
    'changed_meanwhile',
  ]);
  const other = { ...change, name: '别的' };
  expect(told(await town.ask(coordinator, 'POST', `${path}/particulars`, other))).toEqual([
    409,
    'exists_with_different_content',
  ]);
  expect(await everythingBesideTheLog(town)).toEqual(before);
  const kept = await town.ports.caseBook.readNow('organisation', body.accountId);
  expect(kept?.changes).toMatchObject([
    { actorId: coordinator.memberId, was: { name: '和平里老年协会', registration: '皖宿社证字第0117号' } },
  ]);
});

it('is changed by whoever acts for it, and by nobody who acts for another', async () => {
  const { path, body } = await anOrganisation();
  const { body: other } = await anOrganisation({ name: '另一个协会' });
  const giving = (organisationId: string) => ({
    fileId: town.ids.file(),
    role: 'organisation',
    region: HOME,
    organisationId,
  });
  const member = await town.anElder();
  const stranger = await town.anElder();
  await town.ask(coordinator, 'POST', pathOf(member, 'roles'), giving(body.accountId));
  await town.ask(coordinator, 'POST', pathOf(stranger, 'roles'), giving(other.accountId));
  const change = changing(1, { name: '和平里志愿队' });
  const foreign = await town.ask(await anew(town, stranger), 'POST', `${path}/particulars`, change);
  expect(told(foreign)).toEqual([404, 'unknown_account']);
  const own = await town.ask(await anew(town, member), 'POST', `${path}/particulars`, change);
  expect(own).toMatchObject({ status: 201, body: { name: '和平里志愿队' } });
});

it('a community lists its own, and only to those who work there', async () => {
  const nextDoor = await town.aCoordinator(NEXT_DOOR);
  const theirs = {
    accountId: accountOf(town.ids.member()),
    name: '西仙桥志愿队',
    communityCode: NEXT_DOOR,
    kind: 'volunteer_team',
  };
  await town.ask(nextDoor, 'POST', '/api/organisations', theirs);
  const listed = await town.ask(nextDoor, 'GET', `/api/organisations?community=${NEXT_DOOR}`);
  expect(listed.body.items).toMatchObject([
    { name: '西仙桥志愿队', kind: 'volunteer_team', isInsured: false },
  ]);
  const here = await town.ask(coordinator, 'GET', `/api/organisations?community=${HOME}`);
  expect(here.body.items.length).toBeGreaterThan(2);
  expect(told(await town.ask(coordinator, 'GET', `/api/organisations?community=${FAR_AWAY}`))).toEqual([
    404,
    'unknown_region',
  ]);
  const elder = await town.anElder();
  expect(told(await town.ask(elder, 'GET', `/api/organisations?community=${HOME}`))).toEqual([
    403,
    'not_allowed',
  ]);
});
