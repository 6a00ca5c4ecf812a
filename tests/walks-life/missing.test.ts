/** Who does not come, or gives back late, again and again; who is to come instead; and an elder who takes back late. */
import { RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { civilDateOf } from '@time-bank/contracts/time';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, aRequest, startTown } from '../town.ts';
import { ofRole } from '../walks-people/steps.ts';
import { aSaver, aVisit } from '../walks/steps.ts';
import { aVisitForTwo, order, toldOf } from './steps.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const volunteering = async ({ memberId }: Member) =>
  (await town.ports.people.readMember(memberId))?.volunteering;
/** Takes a visit of tomorrow and gives it back `hours` before it begins. */
const takeAndGiveBack = async (volunteer: Member, hours: number) => {
  const { path, requestId, coordinator } = await aVisit(town, 'accepted', {
    volunteer,
    request: { plannedStartAt: town.soon(hours * HOUR) },
  });
  const body = { commandId: town.ids.command(), reason: '有事' };
  const answer = await order(town, volunteer, `${path}/withdraw`, body);
  expect(answer.status).toBe(200);
  return { path, requestId, coordinator, body };
};

describe('a volunteer who gives visits back late', () => {
  it('pauses after the ninth, is asked to be trained once more, and the desk hears of it; no minutes are taken', async () => {
    const volunteer = await aSaver(town);
    const before = await town.ask(volunteer, 'GET', '/api/account');
    for (let times = 1; times <= 8; times += 1) {
      await takeAndGiveBack(volunteer, 5);
      town.pass(DAY);
    }
    // In time it never counts.
    await takeAndGiveBack(volunteer, 25);
    expect(await volunteering(volunteer)).toMatchObject({ state: 'active' });
    const { path, requestId, body } = await takeAndGiveBack(volunteer, 5);
    expect(await volunteering(volunteer)).toMatchObject({
      state: 'paused',
      retrainFrom: civilDateOf(town.now()),
      pausedUntil: civilDateOf(town.soon(30 * DAY)),
    });
    await order(town, volunteer, `${path}/withdraw`, body);
    const told = await toldOf(town, requestId);
    expect(told.filter((kind) => kind === 'paused_for_no_shows')).toHaveLength(1);
    expect(told.filter((kind) => kind === 'volunteer_paused')).toHaveLength(1);
    const after = await town.ask(volunteer, 'GET', '/api/account');
    expect(after.body.availableMinutes).toBe(before.body.availableMinutes);

    const own = `/api/members/${volunteer.memberId}/volunteering`;
    const resume = { fileId: town.ids.file(), step: 'resume' };
    expect((await town.ask(volunteer, 'POST', `${own}/pause`, resume)).body.error.code).toBe('wrong_step');
    town.pass(31 * DAY);
    const next = await aVisit(town, 'posted');
    const accept = () => town.ask(volunteer, 'POST', `${next.path}/accept`, { visitId: town.ids.visit() });
    expect((await accept()).body.error).toMatchObject({
      code: 'not_ready_to_serve',
      reasons: ['training_expired'],
    });
    const site = await ofRole(town, 'service_point');
    const training = { course: '守约培训', minutes: 60, on: civilDateOf(town.now()) };
    const papers = { fileId: town.ids.file(), training };
    expect((await town.ask(site, 'POST', `${own}/papers`, papers)).status).toBe(201);
    expect((await accept()).body).toMatchObject({ state: 'accepted' });
    // What was paused for does not count once more.
    await order(town, volunteer, `${next.path}/withdraw`, { reason: '有事' });
    expect(await volunteering(volunteer)).not.toHaveProperty('pausedUntil', civilDateOf(town.soon(30 * DAY)));
  });

  it('staff who find that it is wrong end the pause, and nothing is asked any more', async () => {
    const volunteer = await town.aVolunteer();
    for (let times = 1; times <= 9; times += 1) {
      await takeAndGiveBack(volunteer, 5);
      town.pass(DAY);
    }
    expect(await volunteering(volunteer)).toMatchObject({ state: 'paused' });
    const resume = { fileId: town.ids.file(), step: 'resume' };
    const path = `/api/members/${volunteer.memberId}/volunteering/pause`;
    expect((await town.ask(await town.aCoordinator(), 'POST', path, resume)).body.state).toBe('active');
    const { path: next } = await aVisit(town, 'posted');
    const accepted = await town.ask(volunteer, 'POST', `${next}/accept`, { visitId: town.ids.visit() });
    expect(accepted.body).toMatchObject({ state: 'accepted' });
  });
});

describe('the second of two', () => {
  it('who has not come when the visit is over has missed it, and three of them are a pause', async () => {
    const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
    for (let times = 1; times <= 3; times += 1) {
      const { elder, path, requestId, body } = await aVisitForTwo(town);
      for (const who of [first, second])
        await town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
      town.setClock(body.plannedStartAt);
      await order(town, first, `${path}/check-in`, { code: elder.visitCode });
      town.pass(HOUR);
      const left = await order(town, first, `${path}/check-out`);
      expect(left.body).toMatchObject({ state: 'pending_confirm' });
      expect((await volunteering(second))?.state).toBe(times < 3 ? 'active' : 'paused');
      const told = (await toldOf(town, requestId)).filter((kind) => kind === 'paused_for_no_shows');
      expect(told).toHaveLength(times < 3 ? 0 : 1);
      town.pass(DAY);
    }
    expect((await volunteering(first))?.state).toBe('active');
  });
});

describe('a volunteer did not come', () => {
  const aMissedVisit = () => aVisit(town, 'accepted', { request: { plannedStartAt: town.now() } });

  it('somebody else is to come: a request of its own that comes first and says which one it follows', async () => {
    const { coordinator, elder, path, requestId } = await aMissedVisit();
    const plannedStartAt = town.soon(DAY);
    const body = { commandId: town.ids.command(), who: 'volunteer', reason: '电话里说忘了', plannedStartAt };
    const first = await order(town, coordinator, `${path}/no-show`, body);
    expect(first.body).toMatchObject({ state: 'no_show_volunteer' });
    expect((await order(town, coordinator, `${path}/no-show`, body)).body).toEqual(first.body);
    expect(await toldOf(town, requestId)).toContain('person_changed');
    const { items } = await town.ports.careBook.listReceived(elder.memberId, { limit: 10 });
    const others = items.map(({ request }) => request).filter((each) => each.requestId !== requestId);
    expect(others).toMatchObject([{ state: 'published', follows: requestId, priority: 1, plannedStartAt }]);
    const again = `/api/requests/${String(others[0]?.requestId)}`;
    const next = await town.aVolunteer();
    const taken = await town.ask(next, 'POST', `${again}/accept`, { visitId: town.ids.visit() });
    expect(taken.body).toMatchObject({ state: 'accepted' });
  });

  it('nobody else is to come: the next request of the elder comes first', async () => {
    const { coordinator, elder, path } = await aMissedVisit();
    await order(town, coordinator, `${path}/no-show`, { who: 'volunteer', reason: '电话里说忘了' });
    const next = aRequest(town, elder, { plannedStartAt: town.soon(DAY) });
    await town.ask(coordinator, 'POST', '/api/requests', next);
    expect((await town.ask(coordinator, 'GET', `/api/requests/${next.requestId}`)).body.priority).toBe(1);
  });

  it('another time goes with a volunteer who did not come, and does not lie in the past', async () => {
    const { coordinator, path } = await aMissedVisit();
    const missing = (change: Record<string, unknown>) =>
      order(town, coordinator, `${path}/no-show`, { reason: '问过了', ...change });
    const withElder = await missing({ who: 'elder', plannedStartAt: town.soon(DAY) });
    expect(withElder.body.error.code).toBe('invalid_fields');
    const past = await missing({ who: 'volunteer', plannedStartAt: town.soon(-DAY) });
    expect(past.body.error.code).toBe('starts_in_past');
  });
});

describe('an elder who takes visits back late', () => {
  it('loses nothing; the third time the desk is given a hint, and only then', async () => {
    const elder = await town.anElder();
    const hints = async (cancelledBy: 'elder' | 'coordinator') => {
      const { coordinator, path, requestId } = await aVisit(town, 'accepted', { elder });
      const who = cancelledBy === 'elder' ? elder : coordinator;
      const answer = await order(town, who, `${path}/cancel`, { reason: '今天不方便' });
      expect(answer.body).toMatchObject({ state: 'cancelled' });
      town.pass(DAY);
      return (await toldOf(town, requestId)).filter((kind) => kind === 'elder_cancels_late').length;
    };
    expect(await hints('elder')).toBe(0);
    expect(await hints('coordinator')).toBe(0);
    expect(await hints('elder')).toBe(0);
    expect(await hints('elder')).toBe(1);
    expect(await hints('elder')).toBe(0);
  });
});

describe('a visit that nobody ends', () => {
  it('is told of for a week, then it is on the list of calls by name; the elder says so, and the plan is credited', async () => {
    const { coordinator, elder, volunteer, path, requestId } = await aVisit(town, 'begun');
    for (let days = 0; days < 8; days += 1) {
      town.pass(DAY);
      await keepVisits(town.ports);
      await keepVisits(town.ports);
    }
    const told = await toldOf(town, requestId);
    expect(told.filter((kind) => kind === 'check_out_overdue')).toHaveLength(6);
    expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('callback');
    const { communityCode } = elder;
    const list = await town.ask(
      coordinator,
      'GET',
      `/api/confirmations?community=${communityCode}&kind=call_back`,
    );
    const rows: { request: { requestId: string }; reasons: string[] }[] = list.body.items;
    expect(rows.find((row) => row.request.requestId === requestId)?.reasons).toEqual(['not_ended']);
    const late = await order(town, volunteer, `${path}/check-out`);
    expect(late.body.error.code).toBe('not_in_service');
    const said = await order(town, coordinator, `${path}/call-back`, { outcome: 'confirmed' });
    expect(said.body).toMatchObject({ state: 'settled', servedMinutes: 60, creditedMinutes: 60 });
    const facts = await town.ports.careBook.readRequestNow(RequestId.parse(requestId));
    expect(facts?.visit).not.toHaveProperty('checkedOutAt');
  });
});
