/** Between taking a visit and coming: agreeing, somebody else, giving back, not being there. */
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit } from '../walks/steps.ts';
import { order, toldOf } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const inTwoDays = () => ({ request: { plannedStartAt: town.soon(48 * 60) } });
/** A visit that was taken and should have begun just now. */
const aMissedVisit = () => aVisit(town, 'accepted', { request: { plannedStartAt: town.now() } });

describe('the elder and the person who comes', () => {
  it('she agrees, and the visit goes on as it would have', async () => {
    const { elder, volunteer, path, requestId, body } = await aVisit(town, 'accepted');
    expect(await toldOf(town, requestId)).toContain('person_found');
    const answer = await order(town, elder, `${path}/person`, { answer: 'agree' });
    expect(answer).toMatchObject({ status: 200, body: { state: 'confirmed' } });
    town.setClock(body.plannedStartAt);
    const begun = await order(town, volunteer, `${path}/check-in`, { code: elder.visitCode });
    expect(begun.body).toMatchObject({ state: 'in_service' });
  });

  it('she would rather have somebody else: it is open again, and the volunteer is free and not told why', async () => {
    const { elder, volunteer, path, requestId, body } = await aVisit(town, 'accepted');
    const said = { answer: 'somebody_else', reason: '不太熟' };
    expect((await order(town, elder, `${path}/person`, said)).body).toMatchObject({ state: 'published' });
    expect(await toldOf(town, requestId)).toContain('not_chosen');
    expect((await town.ask(volunteer, 'GET', path)).body).not.toHaveProperty('reason');
    const { plannedStartAt } = body;
    const other = await aVisit(town, 'accepted', { volunteer, request: { plannedStartAt } });
    expect(other.requestId).not.toBe(requestId);
    const next = await town.aVolunteer();
    const taken = await town.ask(next, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    expect(taken.body).toMatchObject({ state: 'accepted' });
  });

  it('nobody else answers for her: not the volunteer, not a neighbour', async () => {
    const { volunteer, path } = await aVisit(town, 'accepted');
    for (const who of [volunteer, await town.anElder()]) {
      expect((await order(town, who, `${path}/person`, { answer: 'agree' })).status).toBe(404);
    }
  });

  it('there is nobody to agree to while nobody has taken it', async () => {
    const { elder, path } = await aVisit(town, 'posted');
    expect(await order(town, elder, `${path}/person`, { answer: 'agree' })).toMatchObject({
      status: 409,
      body: { error: { code: 'wrong_state', state: 'published' } },
    });
  });
});

describe('a volunteer gives a visit back', () => {
  it('two days before, it is open again, the elder and the desk hear of it', async () => {
    const { coordinator, volunteer, path, requestId } = await aVisit(town, 'accepted', inTwoDays());
    const answer = await order(town, volunteer, `${path}/withdraw`, { reason: '孩子发烧' });
    expect(answer).toMatchObject({ status: 200, body: { state: 'published' } });
    expect(await toldOf(town, requestId)).toEqual(
      expect.arrayContaining(['person_changed', 'volunteer_withdrew']),
    );
    expect((await town.ask(coordinator, 'GET', path)).body).not.toHaveProperty('visit');
  });

  it('sent again it answers the same, though they have it no more; with another reason it is refused', async () => {
    const { volunteer, path } = await aVisit(town, 'accepted', inTwoDays());
    const body = { commandId: town.ids.command(), reason: '孩子发烧' };
    const first = await order(town, volunteer, `${path}/withdraw`, body);
    const again = await order(town, volunteer, `${path}/withdraw`, body);
    expect(again).toMatchObject({ status: 200, body: first.body });
    const other = await order(town, volunteer, `${path}/withdraw`, { ...body, reason: '忘了' });
    expect(other.body.error.code).toBe('exists_with_different_content');
  });

  it('who has not taken it cannot give it back', async () => {
    const { path } = await aVisit(town, 'accepted', inTwoDays());
    const other = await town.aVolunteer();
    expect((await order(town, other, `${path}/withdraw`, { reason: '有事' })).status).toBe(404);
  });

  it('once it should have begun nobody can be found: it is over, and hours set aside are free', async () => {
    const saver = await aSaver(town);
    const body = aRedemption(town, { plannedStartAt: town.soon(5) });
    const path = `/api/requests/${body.requestId}`;
    await town.ask(saver, 'POST', '/api/redemptions', body);
    const volunteer = await town.aVolunteer();
    await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    town.pass(5);
    const answer = await order(town, volunteer, `${path}/withdraw`, { reason: '车坏了' });
    expect(answer.body).toMatchObject({ state: 'cancelled_by_volunteer', releasedMinutes: 60 });
    const balance = await town.ask(saver, 'GET', '/api/account');
    expect(balance.body).toMatchObject({ availableMinutes: 60, heldMinutes: 0 });
  });
});

describe('somebody was not there', () => {
  it('when nobody can check in any more the desk is asked, and only the desk says who it was', async () => {
    const { coordinator, volunteer, path, requestId } = await aMissedVisit();
    town.pass(121);
    await keepVisits(town.ports);
    expect(await toldOf(town, requestId)).toContain('no_show');
    expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('accepted');
    const said = { who: 'volunteer', reason: '电话里说忘了' };
    expect((await order(town, volunteer, `${path}/no-show`, said)).status).toBe(403);
    const answer = await order(town, coordinator, `${path}/no-show`, said);
    expect(answer).toMatchObject({ status: 200, body: { state: 'no_show_volunteer' } });
  });

  it('an elder who was not met is looked for: the alarm is there with the decision', async () => {
    const { coordinator, elder, path, requestId } = await aMissedVisit();
    const said = { who: 'elder', reason: '敲门无人应' };
    expect((await order(town, coordinator, `${path}/no-show`, said)).body).toMatchObject({
      state: 'no_show_elder',
    });
    const { items } = await town.ports.caseBook.listOpen('alarm', elder.communityCode, { limit: 100 });
    expect(items.filter((alarm) => alarm.requestId === requestId)).toHaveLength(1);
  });

  it('before the planned start nobody has missed anything', async () => {
    const { coordinator, path } = await aVisit(town, 'accepted', inTwoDays());
    const answer = await order(town, coordinator, `${path}/no-show`, { who: 'volunteer', reason: '早了' });
    expect(answer.body.error).toMatchObject({ code: 'wrong_state', state: 'accepted' });
  });

  it('the third time in ninety days the volunteer is paused and told; no minutes are taken', async () => {
    const coordinator = await town.aCoordinator();
    const volunteer = await aSaver(town);
    const before = await town.ask(volunteer, 'GET', '/api/account');
    const said = { who: 'volunteer', reason: '没有来' };
    for (let times = 1; times <= 3; times += 1) {
      const request = { plannedStartAt: town.now() };
      const { path, requestId } = await aVisit(town, 'accepted', { volunteer, request });
      const body = { commandId: town.ids.command(), ...said };
      await order(town, coordinator, `${path}/no-show`, body);
      // Sent again, it pauses nobody twice.
      await order(town, coordinator, `${path}/no-show`, body);
      const member = await town.ports.people.readMember(volunteer.memberId);
      expect(member?.volunteering?.state).toBe(times < 3 ? 'active' : 'paused');
      const told = (await toldOf(town, requestId)).filter((kind) => kind === 'paused_for_no_shows');
      expect(told).toHaveLength(times < 3 ? 0 : 1);
      town.pass(24 * 60);
    }
    const after = await town.ask(volunteer, 'GET', '/api/account');
    expect(after.body.availableMinutes).toBe(before.body.availableMinutes);
    const { path } = await aVisit(town, 'posted');
    const refused = await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    expect(refused.body.error).toMatchObject({
      code: 'not_ready_to_serve',
      reasons: ['paused', 'training_expired'],
    });
  });

  it('a desk that never answers is asked three times; then the visit is closed and costs nobody anything', async () => {
    const { coordinator, path, requestId } = await aMissedVisit();
    town.pass(121);
    for (let days = 0; days < 4; days += 1) {
      await keepVisits(town.ports);
      await keepVisits(town.ports);
      town.pass(24 * 60);
    }
    expect((await toldOf(town, requestId)).filter((kind) => kind === 'no_show')).toHaveLength(3);
    expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('cancelled_by_service');
  });
});
