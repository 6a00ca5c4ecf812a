/** An elder without a telephone, a number or an address on the net is a full member: a life by card, voice and counter. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Member } from '@time-bank/contracts/member';
import { type Town, aRequest, startTown } from '../town.ts';
import { aRedemption, bind, credit } from '../walks/steps.ts';
import { aCard, aDaughter, atCounter, rowsOf, staff, terms } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('an elder without a phone orders, is visited, confirms, sees, gives, and lets a daughter help', async () => {
  const elder = await town.aMember({}, { phoneless: true });
  const other = await town.anElder();
  const volunteer = await town.aVolunteer();
  const [counter, cadre] = [await staff(town, 'counter'), await town.aCoordinator()];
  expect(elder.phone).toBeUndefined();
  const done = async (who: Member, path: string, body: Record<string, unknown>) => {
    const answer = await town.ask(who, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  };

  // A card, at the counter.
  const { token, code, pin } = await aCard(town, elder);

  // An order on behalf, a visit that begins with the card, and a confirmation at the counter.
  const wanted = aRequest(town, elder, { forWhom: atCounter(elder) });
  const path = `/api/requests/${wanted.requestId}`;
  await done(counter, '/api/requests', wanted);
  await done(volunteer, `${path}/accept`, { visitId: town.ids.visit() });
  town.pass(60);
  await done(volunteer, `${path}/check-in`, { commandId: town.ids.command(), code: token });
  town.pass(60);
  await done(volunteer, `${path}/check-out`, { commandId: town.ids.command() });
  const confirm = { transferId: town.ids.transfer(), forWhom: atCounter(elder, { check: 'card' }) };
  expect(await done(counter, `${path}/confirm`, confirm)).toMatchObject({
    state: 'settled',
    creditedMinutes: 60,
  });
  const facts = await town.ports.careBook.readRequestNow(wanted.requestId);
  expect(facts?.request.history.map(({ channel, as }) => [channel, as])).toEqual([
    ['counter', 'counter'],
    ['web', undefined],
    ['web', undefined],
    ['web', undefined],
    ['counter', 'counter'],
  ]);

  // Hours of their own, seen with card and PIN, and spent on behalf.
  await credit(town, elder, 240);
  const seen = await done(counter, '/api/cards/balance', { card: { memberId: elder.memberId, code, pin } });
  expect(seen['balance']).toMatchObject({ availableMinutes: 240 });
  await done(counter, '/api/redemptions', aRedemption(town, { forWhom: atCounter(elder) }));

  // A gift on behalf.
  await bind(town, elder, other, 'spouse');
  const gift = { transferId: town.ids.transfer(), receiverId: other.memberId, amountMinutes: 30 };
  await done(counter, '/api/gifts', { ...gift, forWhom: atCounter(elder) });

  // A daughter from another city, by voice before a witness who is not the one who checked.
  const daughter = await aDaughter(town);
  const bindingId = town.ids.file();
  const ofBinding = `/api/members/${elder.memberId}/bindings/${bindingId}`;
  const proposal = { bindingId, elderId: elder.memberId, helperId: daughter.memberId, terms: terms() };
  await done(daughter, '/api/bindings', proposal);
  await done(cadre, `${ofBinding}/check`, { decision: 'accept' });
  await done(counter, `${ofBinding}/confirm`, { by: 'voice', decision: 'accept' });
  const ordered = aRedemption(town, { forWhom: { memberId: elder.memberId } });
  await done(daughter, '/api/redemptions', ordered);

  // What the counter prints for them names everybody who acted in their name.
  const entries = `/api/members/${elder.memberId}/account/entries`;
  const rows = rowsOf(await town.ask(daughter, 'GET', entries));
  expect(rows.map(({ kind, by }) => [kind, by?.as])).toEqual([
    ['held', 'family_proxy'],
    ['gift_out', 'counter'],
    ['bond_made', 'coordinator'],
    ['held', 'counter'],
    ['earned', undefined],
  ]);

  // And ends it by a call.
  const hotline = await staff(town, 'hotline');
  const call = { ...atCounter(elder), channel: 'hotline', check: 'call_back' };
  await done(hotline, `${ofBinding}/end`, { reason: '不用了', forWhom: call });
  const late = aRedemption(town, { forWhom: { memberId: elder.memberId } });
  expect((await town.ask(daughter, 'POST', '/api/redemptions', late)).status).toBe(403);
});
