import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, HOME, NEXT_DOOR, startTown } from '../town.ts';
import { aRedemption, booksIn, credit, everythingIn, idOfAnotherDay } from '../walks/steps.ts';
import { aLine, aStranger, headOf, ofTownship, told } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const aCorrection = (line: { accountId: string; lineId: string }, change: Record<string, unknown> = {}) => ({
  transferId: town.ids.transfer(),
  accountId: line.accountId,
  lineId: line.lineId,
  reason: '签退时间记错了',
  ...change,
});

/** A line that is large enough for two people: three hours. */
const LARGE = 180;

/** Makes the threshold one that the tests reach with a visit, by the figures of the policy in force. */
const threshold = async () =>
  (await town.ports.policies.readBook()).inForce(HOME, '2026-11-21').correctionSecondPersonFromMinutes;

describe('a small correction', () => {
  it('takes a line back at once, and both the reason and the line stand on the statement', async () => {
    const line = await aLine(town);
    const body = aCorrection(line);
    const answer = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    expect(answer).toMatchObject({
      status: 201,
      body: { correctionId: body.transferId, state: 'carried_out', amountMinutes: 60 },
    });
    const statement = await town.ask(line.volunteer, 'GET', '/api/account/entries');
    expect(statement.body.items[0]).toMatchObject({
      kind: 'reversed',
      corrects: line.lineId,
      note: '签退时间记错了',
      changeMinutes: -60,
    });
    const balance = await town.ask(line.volunteer, 'GET', '/api/account');
    expect(balance.body).toMatchObject({ availableMinutes: 0, debtMinutes: 0 });
  });

  it('writes what was meant instead', async () => {
    const line = await aLine(town);
    await town.ask(line.coordinator, 'POST', '/api/corrections', aCorrection(line, { insteadMinutes: 45 }));
    const statement = await town.ask(line.volunteer, 'GET', '/api/account/entries');
    expect(statement.body.items).toHaveLength(3);
    const balance = await town.ask(line.volunteer, 'GET', '/api/account');
    expect(balance.body).toMatchObject({ availableMinutes: 45 });
  });

  it('of what was spent meanwhile becomes a debt, never a balance below zero', async () => {
    const line = await aLine(town);
    await town.ask(line.volunteer, 'POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 45 }));
    await town.ask(line.coordinator, 'POST', '/api/corrections', aCorrection(line));
    expect(await headOf(town, line.volunteer)).toMatchObject({ minutes: { earned: 0, held: 45, debt: 45 } });
  });

  it('sent again answers the same and takes back once', async () => {
    const line = await aLine(town);
    const body = aCorrection(line, { insteadMinutes: 15 });
    const first = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    const before = await everythingIn(town);
    const again = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(await everythingIn(town)).toEqual(before);
  });

  it('sent again with other content is refused and changes nothing', async () => {
    const line = await aLine(town);
    const body = aCorrection(line);
    await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    const before = await everythingIn(town);
    for (const change of [{ reason: '另一个理由' }, { insteadMinutes: 15 }, { insteadMinutes: LARGE * 8 }]) {
      const other = await town.ask(line.coordinator, 'POST', '/api/corrections', { ...body, ...change });
      expect(told(other)).toEqual([409, 'exists_with_different_content']);
    }
    expect(await everythingIn(town)).toEqual(before);
  });

  it('of a line that was taken back already is refused, and stays refused', async () => {
    const line = await aLine(town);
    await town.ask(line.coordinator, 'POST', '/api/corrections', aCorrection(line));
    const body = aCorrection(line);
    const answer = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    expect(['already_reversed', 'nothing_to_reverse']).toContain(answer.body.error.code);
    await credit(town, line.volunteer, 60);
    const again = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    expect(again.body).toEqual(answer.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const third = await town.ask(line.coordinator, 'POST', '/api/corrections', aCorrection(line));
    expect(told(third)).toEqual([409, 'already_reversed']);
  });
});

describe('who may not', () => {
  it('people without a sign-in, without the role, of another region, and on an account of their own', async () => {
    const line = await aLine(town);
    const own = await town.aMember({
      birthDate: '1985-05-01',
      roles: [
        { role: 'coordinator', region: HOME },
        { role: 'volunteer', region: HOME },
      ],
    });
    await credit(town, own, 60);
    const [ownLine] = (await town.ask(own, 'GET', '/api/account/entries')).body.items;
    const ownAccount = `acc_${own.memberId.slice(4)}`;
    const before = await everythingIn(town);
    const ask = (who: Parameters<Town['ask']>[0], change = {}) =>
      town.ask(who, 'POST', '/api/corrections', aCorrection(line, change)).then(told);
    expect(await ask(undefined)).toEqual([401, 'not_signed_in']);
    expect(await ask(line.volunteer)).toEqual([403, 'not_allowed']);
    expect(await ask(await aStranger(town))).toEqual([404, 'unknown_account']);
    expect(await ask(line.coordinator, { accountId: `acc_${town.ids.member().slice(4)}` })).toEqual([
      404,
      'unknown_account',
    ]);
    expect(await ask(own, { accountId: ownAccount, lineId: ownLine.transferId })).toEqual([
      403,
      'not_allowed',
    ]);
    const after = await everythingIn(town);
    for (const [key, item] of Object.entries(before)) expect(after[key]).toEqual(item);
  });

  it('refuses a line that is none, one that cannot be taken back, and ids of another time', async () => {
    const line = await aLine(town);
    const redemption = aRedemption(town, { plannedMinutes: 15 });
    await town.ask(line.volunteer, 'POST', '/api/redemptions', redemption);
    const before = await booksIn(town);
    const ask = (change: Record<string, unknown>) =>
      town.ask(line.coordinator, 'POST', '/api/corrections', aCorrection(line, change)).then(told);
    expect(await ask({ lineId: town.ids.transfer() })).toEqual([404, 'unknown_transfer']);
    expect(await ask({ lineId: `trf_${redemption.requestId.slice(4)}` })).toEqual([422, 'not_reversible']);
    expect(await ask({ transferId: idOfAnotherDay(town, -40) })).toEqual([409, 'id_too_old']);
    expect(await ask({ transferId: idOfAnotherDay(town, 3) })).toEqual([409, 'id_from_the_future']);
    expect(await booksIn(town)).toEqual(before);
  });
});

describe('a large correction', () => {
  const large = async () => {
    const line = await aLine(town);
    const most = await threshold();
    await credit(town, line.volunteer, most);
    const [entry] = (await town.ask(line.volunteer, 'GET', '/api/account/entries')).body.items;
    const body = aCorrection({ accountId: line.accountId, lineId: entry.transferId });
    const proposed = await town.ask(line.coordinator, 'POST', '/api/corrections', body);
    return { ...line, most, body, proposed, path: `/api/corrections/${body.transferId}` };
  };
  const decide = (decision: 'approve' | 'decline') => ({ commandId: town.ids.command(), decision });

  it('waits for a second person, who carries it out', async () => {
    const { coordinator, volunteer, most, body, proposed, path } = await large();
    expect(proposed).toMatchObject({ status: 201, body: { state: 'proposed', amountMinutes: most } });
    expect(await headOf(town, volunteer)).toMatchObject({ minutes: { earned: most + 60 } });
    const list = await town.ask(
      await town.aCoordinator('341302'),
      'GET',
      '/api/corrections?region=341302001',
    );
    expect(list.body.items).toContainEqual(expect.objectContaining({ correctionId: body.transferId }));
    const second = await town.aCoordinator();
    const answer = await town.ask(second, 'POST', `${path}/decision`, decide('approve'));
    expect(answer).toMatchObject({ status: 201, body: { state: 'carried_out', amountMinutes: most } });
    expect(await headOf(town, volunteer)).toMatchObject({ minutes: { earned: 60 } });
    const seen = await town.ask(coordinator, 'GET', path);
    expect(seen.body).toMatchObject({
      state: 'carried_out',
      openedBy: coordinator.memberId,
      decidedBy: second.memberId,
      reason: body.reason,
    });
    const again = await town.ask(coordinator, 'POST', '/api/corrections', body);
    expect(again.body).toEqual(proposed.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('is listed for the coordinator of the community itself, and for no community beside it', async () => {
    const { coordinator, body } = await large();
    const listed = (region: string, who = coordinator) =>
      town.ask(who, 'GET', `/api/corrections?region=${region}`);
    const waiting = expect.objectContaining({ correctionId: body.transferId });
    expect((await listed(HOME)).body.items).toContainEqual(waiting);
    const township = await ofTownship(town);
    expect((await listed(HOME, township)).body.items).toContainEqual(waiting);
    expect((await listed('341302001', township)).body.items).toContainEqual(waiting);
    expect((await listed(NEXT_DOOR, township)).body).toEqual({ items: [] });
    for (const region of [NEXT_DOOR, '341302001', '341302']) {
      expect(told(await listed(region))).toEqual([404, 'unknown_region']);
    }
  });

  it('is not carried out by the one who proposed it, nor by a stranger, nor by whose account it is', async () => {
    const { coordinator, volunteer, path } = await large();
    const before = await everythingIn(town);
    const ask = (who: Parameters<Town['ask']>[0]) =>
      town.ask(who, 'POST', `${path}/decision`, decide('approve')).then(told);
    expect(await ask(undefined)).toEqual([401, 'not_signed_in']);
    expect(await ask(coordinator)).toEqual([403, 'second_person_needed']);
    expect(await ask(volunteer)).toEqual([403, 'not_allowed']);
    expect(await everythingIn(town)).toEqual(before);
    expect(await ask(await aStranger(town))).toEqual([404, 'unknown_transfer']);
    const none = `/api/corrections/${town.ids.transfer()}/decision`;
    expect(told(await town.ask(coordinator, 'POST', none, decide('approve')))).toEqual([
      404,
      'unknown_transfer',
    ]);
  });

  it('decided twice by the same command answers the same; by another one it is refused', async () => {
    const { path } = await large();
    const second = await town.aCoordinator();
    const body = decide('approve');
    const first = await town.ask(second, 'POST', `${path}/decision`, body);
    const again = await town.ask(second, 'POST', `${path}/decision`, body);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    for (const other of [decide('decline'), { ...body, decision: 'decline' }]) {
      const refused = await town.ask(second, 'POST', `${path}/decision`, other);
      expect(told(refused)).toEqual([409, 'exists_with_different_content']);
    }
  });

  it('that is declined leaves the accounts as they were, for ever', async () => {
    const { volunteer, most, path, body } = await large();
    const [second, third] = [await town.aCoordinator(), await town.aCoordinator()];
    const answer = await town.ask(second, 'POST', `${path}/decision`, decide('decline'));
    expect(answer).toMatchObject({ status: 201, body: { state: 'declined' } });
    const other = await town.ask(third, 'POST', `${path}/decision`, decide('approve'));
    expect(told(other)).toEqual([409, 'exists_with_different_content']);
    expect(await headOf(town, volunteer)).toMatchObject({ minutes: { earned: most + 60 } });
    const list = await town.ask(third, 'GET', '/api/corrections?region=341302001003');
    expect(JSON.stringify(list.body)).not.toContain(body.transferId);
  });

  it('that was approved and cut off is carried out by the same command sent again', async () => {
    const { volunteer, path } = await large();
    const second = await town.aCoordinator();
    const body = decide('approve');
    const { journal } = town.deps.ports;
    const commit = journal.commit;
    journal.commit = () => Promise.reject(new Error('killed'));
    const cut = await town.ask(second, 'POST', `${path}/decision`, body);
    journal.commit = commit;
    expect(cut.status).toBe(500);
    expect((await town.ask(second, 'GET', path)).body.state).toBe('approved');
    const again = await town.ask(second, 'POST', `${path}/decision`, body);
    expect(again).toMatchObject({ status: 201, body: { state: 'carried_out' } });
    expect(await headOf(town, volunteer)).toMatchObject({ minutes: { earned: 60 } });
  });

  // Last of all: ids are made by the clock, and do not go back with it.
  it('may wait longer than an id is young', async () => {
    const { path } = await large();
    town.pass(40 * 24 * 60);
    const answer = await town.ask(await town.aCoordinator(), 'POST', `${path}/decision`, decide('approve'));
    expect(answer.status).toBe(201);
  });
});
