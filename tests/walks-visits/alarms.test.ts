/** What a visitor finds, and what becomes of it; visits that were broken off; nobody checks out. */
import { countyOf } from '@time-bank/contracts/region';
import { keepAlarms } from '@time-bank/desk/keep-alarms';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { anAlarm, findings, notSeen } from './steps.ts';

let town: Town;
// Clocks only go forward: each test has a town of its own.
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const report = (change: Record<string, unknown> = {}) => ({
  commandId: town.ids.command(),
  findings,
  result: 'normal',
  ...change,
});

describe('a closed door', () => {
  it('ends the visit, gives one alarm and frees the visitor’s time', async () => {
    const { answer, shown, volunteer, requestId, path, report: said } = await anAlarm(town);
    expect(answer.body).toMatchObject({ state: 'no_show_elder' });
    expect(shown).toMatchObject({ alarm: 'not_met', state: 'open', isOverdue: false, requestId });
    const again = await town.ask(volunteer, 'POST', `${path}/report`, said);
    expect(again.body).toEqual(answer.body);
    const diary = await town.ports.careBook.readDiaryNow(volunteer.memberId);
    expect(diary.entries).toEqual([]);
  });

  it('is closed only after somebody has looked, and with what was found', async () => {
    const { coordinator, alarm } = await anAlarm(town);
    const close = { commandId: town.ids.command(), found: 'well', note: '在女儿家' };
    expect((await town.ask(coordinator, 'POST', `${alarm}/close`, close)).body.error.code).toBe('wrong_step');
    await town.ask(coordinator, 'POST', `${alarm}/check`, {
      commandId: town.ids.command(),
      note: '邻居打了电话',
    });
    const done = await town.ask(coordinator, 'POST', `${alarm}/close`, {
      ...close,
      commandId: town.ids.command(),
    });
    expect(done).toMatchObject({ status: 201, body: { state: 'closed' } });
    const late = { commandId: town.ids.command(), note: '又看了一次' };
    expect((await town.ask(coordinator, 'POST', `${alarm}/check`, late)).body.error.code).toBe('case_closed');
  });

  it('brings a second visit within a day, which says which one it follows', async () => {
    const { coordinator, alarm, requestId } = await anAlarm(town);
    const again = {
      commandId: town.ids.command(),
      requestId: town.ids.request(),
      plannedStartAt: town.soon(120),
    };
    const tooLate = { ...again, commandId: town.ids.command(), plannedStartAt: town.soon(25 * 60) };
    expect((await town.ask(coordinator, 'POST', `${alarm}/second-try`, tooLate)).body.error.code).toBe(
      'wrong_step',
    );
    expect((await town.ask(coordinator, 'POST', `${alarm}/second-try`, again)).status).toBe(201);
    const replay = await town.ask(coordinator, 'POST', `${alarm}/second-try`, again);
    expect(replay.headers.get('Idempotency-Hit')).toBe('true');
    const posted = await town.ports.careBook.readRequestNow(again.requestId);
    expect(posted?.request).toMatchObject({ state: 'published', serviceCode: 'B01', follows: requestId });
  });

  it('that nobody looks after within a day is told again, once a day', async () => {
    const { coordinator, alarm } = await anAlarm(town);
    expect(await keepAlarms(town.ports)).toBe(0);
    town.pass(24 * 60);
    const told = await keepAlarms(town.ports);
    expect(told).toBeGreaterThan(0);
    expect(await keepAlarms(town.ports)).toBe(0);
    expect((await town.ask(coordinator, 'GET', alarm)).body).toMatchObject({ isOverdue: true });
    town.pass(24 * 60);
    expect(await keepAlarms(town.ports)).toBe(told);
  });

  it('is no alarm for whoever has been inside, nor before the hour', async () => {
    const { volunteer, path } = await aVisit(town, 'begun');
    const closed = report({ findings: notSeen, result: 'not_met', note: '没人' });
    expect((await town.ask(volunteer, 'POST', `${path}/report`, closed)).body.error.code).toBe('wrong_step');
    const early = await aVisit(town, 'accepted');
    const answer = await town.ask(early.volunteer, 'POST', `${early.path}/report`, {
      ...closed,
      commandId: town.ids.command(),
    });
    expect(answer.body.error.code).toBe('too_early_to_check_in');
  });
});

describe('what was found', () => {
  it('is written once, by whoever was there', async () => {
    const { volunteer, elder, path } = await aVisit(town, 'ended');
    expect((await town.ask(volunteer, 'POST', `${path}/report`, report())).body).toMatchObject({
      state: 'pending_confirm',
    });
    const more = await town.ask(volunteer, 'POST', `${path}/report`, report());
    expect(more.body.error.code).toBe('already_reported');
    expect((await town.ask(elder, 'POST', `${path}/report`, report())).body.error.code).toBe(
      'unknown_request',
    );
  });

  it('leads to a card of linkage where somebody should look into it', async () => {
    const { volunteer, coordinator, path } = await aVisit(town, 'begun');
    const need = report({ result: 'referral', note: '灯坏了，晚上看不见' });
    expect((await town.ask(volunteer, 'POST', `${path}/report`, need)).status).toBe(200);
    const cards = await town.ask(coordinator, 'GET', `/api/linkages?community=${coordinator.communityCode}`);
    expect(cards.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: 'visit', need: '灯坏了，晚上看不见', state: 'reported' }),
      ]),
    );
  });

  it('calls for help where there is danger', async () => {
    const { volunteer, elder, path } = await aVisit(town, 'begun');
    const danger = report({ result: 'danger', note: '叫不醒' });
    expect((await town.ask(volunteer, 'POST', `${path}/report`, danger)).status).toBe(200);
    const open = await town.ports.caseBook.listOpen('emergency', countyOf(elder.communityCode), {
      limit: 50,
    });
    expect(open.items.map(({ elderId }) => elderId)).toContain(elder.memberId);
  });

  it('needs a word where it is not as it should be', async () => {
    const { volunteer, path } = await aVisit(town, 'begun');
    const answer = await town.ask(volunteer, 'POST', `${path}/report`, report({ result: 'referral' }));
    expect(answer.body.error).toMatchObject({ code: 'invalid_fields', details: [{ property: 'note' }] });
  });
});

it('a visit that is broken off keeps its real minutes and goes to whoever calls', async () => {
  const { volunteer, path, requestId } = await aVisit(town, 'begun');
  town.pass(17);
  const abort = { commandId: town.ids.command(), reason: 'refused', note: '说今天不方便' };
  expect((await town.ask(volunteer, 'POST', `${path}/abort`, abort)).body).toMatchObject({
    state: 'aborted',
    servedMinutes: 17,
  });
  await keepVisits(town.ports);
  const facts = await town.ports.careBook.readRequestNow(requestId);
  expect(facts?.request).toMatchObject({ state: 'callback', callbackReasons: ['aborted'] });
  expect(facts?.visit).toMatchObject({ state: 'checked_out', servedMinutes: 17 });
});

it('who does not check out hears of it, then the desk, and nothing is ended for them', async () => {
  const { requestId, volunteer, path } = await aVisit(town, 'begun');
  const told = async () => (await town.ports.careBook.readRequestNow(requestId))?.request.told;
  town.pass(89);
  await keepVisits(town.ports);
  expect(await told()).toBeUndefined();
  town.pass(1);
  await keepVisits(town.ports);
  await keepVisits(town.ports);
  expect(await told()).toBe(1);
  town.pass(30);
  await keepVisits(town.ports);
  expect(await told()).toBe(2);
  const out = await town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
  expect(out.body).toMatchObject({ state: 'pending_confirm', servedMinutes: 120 });
});
