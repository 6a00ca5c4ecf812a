/** Visits from paper: two people, a limit of time, nothing over another visit, and the ordinary way to the hours. */
import { RequestId } from '@time-bank/contracts/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { anEntry } from './steps.ts';

let town: Town;
// Clocks only go forward: each test has a town of its own.
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const decide = (who: Parameters<Town['ask']>[0], caseId: string, isApproved = true) =>
  town.ask(who, 'POST', `/api/back-entries/${caseId}/decide`, { commandId: town.ids.command(), isApproved });

it('a second person says yes, the elder is asked, and the minutes come by the ordinary way', async () => {
  const { caseId, elder, volunteer, answer } = await anEntry(town);
  expect(answer).toMatchObject({ status: 201, body: { state: 'waiting' } });
  const decided = await decide(await town.aCoordinator(), caseId);
  expect(decided).toMatchObject({ status: 201, body: { state: 'ended' } });
  const facts = await town.ports.careBook.readRequestNow(RequestId.parse(decided.body.requestId));
  expect(facts?.request).toMatchObject({ state: 'callback', callbackReasons: ['back_entry'] });
  expect(facts?.visit).toMatchObject({ servedMinutes: 60, state: 'checked_out' });
  expect(facts?.visit?.enteredBy).toBeDefined();
  const path = `/api/requests/${String(decided.body.requestId)}/confirm`;
  const word = await town.ask(elder, 'POST', path, { transferId: town.ids.transfer() });
  expect(word.body).toMatchObject({ state: 'settled', creditedMinutes: 60 });
  const account = await town.ask(volunteer, 'GET', '/api/account');
  expect(account.body).toMatchObject({ availableMinutes: 60 });
});

it('nobody says yes to what they entered, and nobody to a visit of their own', async () => {
  const { caseId, coordinator } = await anEntry(town);
  expect((await decide(coordinator, caseId)).body.error.code).toBe('second_person_needed');
  const visiting = await town.aMember({
    roles: [
      { role: 'coordinator', region: '341302' },
      { role: 'volunteer', region: '341302001003' },
    ],
  });
  const own = await anEntry(town, { volunteer: visiting });
  expect((await decide(visiting, own.caseId)).body.error.code).toBe('not_allowed');
});

it('a no ends it, and nothing comes of it', async () => {
  const { caseId } = await anEntry(town);
  const second = await town.aCoordinator();
  expect((await decide(second, caseId, false)).body).toMatchObject({ state: 'declined' });
  expect((await decide(second, caseId)).body.error.code).toBe('case_closed');
});

it('does not lie over another visit, of the elder or of the volunteer', async () => {
  const made = await aVisit(town, 'ended');
  const startedAt = made.body.plannedStartAt;
  town.pass(60);
  const ofElder = await anEntry(town, { elder: made.elder, startedAt });
  const ofVolunteer = await anEntry(town, { volunteer: made.volunteer, startedAt });
  expect(ofElder.answer.body.error.code).toBe('overlapping_visit');
  expect(ofVolunteer.answer.body.error.code).toBe('overlapping_visit');
});

it('two sheets of the same hour: the second is refused when somebody says yes', async () => {
  const one = await anEntry(town);
  const two = await anEntry(town, { elder: one.elder });
  const second = await town.aCoordinator();
  expect((await decide(second, one.caseId)).status).toBe(201);
  expect((await decide(second, two.caseId)).body.error.code).toBe('overlapping_visit');
});

it.each([
  { what: 'a fortnight and an hour ago', minutes: -(14 * 24 * 60 + 60), code: 'back_entry_too_late' },
  { what: 'not over yet', minutes: -30, code: 'starts_too_late' },
])('$what: $code', async ({ minutes, code }) => {
  const { answer } = await anEntry(town, { startedAt: town.soon(minutes) });
  expect(answer.body.error.code).toBe(code);
});

it('sent again it answers the same; with another content it is refused', async () => {
  const { coordinator, body, answer } = await anEntry(town);
  const again = await town.ask(coordinator, 'POST', '/api/back-entries', body);
  expect(again.body).toEqual(answer.body);
  const changed = await town.ask(coordinator, 'POST', '/api/back-entries', { ...body, servedMinutes: 90 });
  expect(changed.body.error.code).toBe('exists_with_different_content');
});
