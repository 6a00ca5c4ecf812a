/** Every record is governed to its end by the rules under which it was accepted. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { makeApp } from '@time-bank/api/app';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { requestKey } from '@time-bank/store/keys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, aRequest, liveVisit, startTown } from '../town.ts';
import { testVault } from '../vault.ts';
import { aRedemption, aSaver, aVisit } from '../walks/steps.ts';
import { decide } from './decisions.ts';

// What is decided stays decided, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const requestOf = async (requestId: string) =>
  (
    await town.ports.careBook.readRequestNow(
      requestId as Parameters<typeof town.ports.careBook.readRequestNow>[0],
    )
  )?.request;
const linesOf = async (member: Member) =>
  (await town.ports.journal.listEntriesNow(accountOf(member.memberId), { limit: 25 })).items;

describe('a change between posting and confirmation', () => {
  it('does not change the credit, nor the version on the line; the next visit has the new rules', async () => {
    const { volunteer, elder, path, transferId } = await aVisit(town, 'ended', { minutes: 59 });
    await decide(town, { region: '3413', values: { creditStepMinutes: 1, creditMinimumMinutes: 1 } });
    const answer = await town.ask(elder, 'POST', `${path}/confirm`, { transferId });
    expect(answer).toMatchObject({ status: 200, body: { servedMinutes: 59, creditedMinutes: 30 } });
    expect(await linesOf(volunteer)).toMatchObject([{ transferId, policyVersion: '20260101.0' }]);

    const next = await aVisit(town, 'settled', { minutes: 59 });
    expect(await linesOf(next.volunteer)).toMatchObject([
      { transferId: next.transferId, policyVersion: '20261121.1', minutes: { earned: 59 } },
    ]);
  });

  it('does not close the door on a volunteer, nor open it', async () => {
    const [waiting, late] = [await aVisit(town, 'posted'), await aVisit(town, 'accepted')];
    await decide(town, { values: { unfilledAfterMinutes: 0, checkInLateMinutes: 0 } });
    town.setClock(waiting.body.plannedStartAt);
    town.pass(10);
    const taken = await town.ask(waiting.volunteer, 'POST', `${waiting.path}/accept`, {
      visitId: waiting.visitId,
    });
    expect(taken.status).toBe(201);
    const begun = await town.ask(late.volunteer, 'POST', `${late.path}/check-in`, {
      commandId: late.checkInId,
      code: late.elder.visitCode,
    });
    expect(begun.status).toBe(200);
    const after = await aVisit(town, 'posted');
    town.setClock(after.body.plannedStartAt);
    town.pass(10);
    const tooLate = await town.ask(after.volunteer, 'POST', `${after.path}/accept`, {
      visitId: after.visitId,
    });
    expect(tooLate.body.error.code).toBe('request_not_open');
  });

  it('does not close what still waits, and closes what has waited long enough', async () => {
    const before = await aVisit(town, 'posted');
    await decide(town, { values: { unfilledAfterMinutes: 60 } });
    const after = await aVisit(town, 'posted', { request: { plannedStartAt: before.body.plannedStartAt } });
    town.setClock(before.body.plannedStartAt);
    town.pass(16);
    expect(await closeUnfilled(town.ports)).toBe(1);
    expect(await requestOf(before.requestId)).toMatchObject({ state: 'unfilled' });
    expect(await requestOf(after.requestId)).toMatchObject({ state: 'published' });
    town.pass(44);
    expect(await closeUnfilled(town.ports)).toBe(0);
    town.pass(1);
    expect(await closeUnfilled(town.ports)).toBe(1);
  });

  it('does not change how long hours stay set aside', async () => {
    const saver = await aSaver(town);
    const first = aRedemption(town, { plannedMinutes: 30 });
    await town.ask(saver, 'POST', '/api/redemptions', first);
    await decide(town, { values: { holdDaysMax: 7 } });
    const second = aRedemption(town, { plannedMinutes: 30, plannedStartAt: first.plannedStartAt });
    await town.ask(saver, 'POST', '/api/redemptions', second);
    const holds = [await requestOf(first.requestId), await requestOf(second.requestId)];
    expect(holds.map((request) => request?.policyVersion)).toEqual(['20260101.0', '20261121.1']);
    const days = holds.map(
      (request) =>
        (Date.parse(request?.hold?.lapsesAt ?? '') - Date.parse(first.plannedStartAt)) / 86_400_000,
    );
    expect(days.map(Math.floor)).toEqual([30, 7]);
    const lines = await linesOf(saver);
    expect(lines.map(({ policyVersion }) => policyVersion)).toEqual([
      '20261121.1',
      '20260101.0',
      '20260101.0',
    ]);
  });
});

it("a county's decision changes what is posted there, and nothing anywhere else", async () => {
  await decide(town, { values: { postAheadDaysMax: 1 } });
  const inTwoDays = { plannedStartAt: town.soon(2 * 24 * 60) };
  const here = await town.ask(
    await town.aCoordinator(),
    'POST',
    '/api/requests',
    aRequest(town, await town.anElder(), inTwoDays),
  );
  expect(here.body.error.code).toBe('starts_too_late');
  const elsewhere = aRequest(town, await town.anElder({ communityCode: FAR_AWAY }), inTwoDays);
  const there = await town.ask(await town.aCoordinator('340102'), 'POST', '/api/requests', elsewhere);
  expect(there.status).toBe(201);
});

it('the age of redeeming is what the city has decided, from its day on', async () => {
  const saver = await aSaver(town);
  await decide(town, { region: '3413', validFrom: '2026-12-01', values: { redeemAgeYears: 65 } });
  const redeem = () => town.ask(saver, 'POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 30 }));
  const mayRedeem = async () => Boolean((await town.ask(saver, 'GET', '/api/me')).body.mayRedeem);
  expect([await mayRedeem(), (await redeem()).status]).toEqual([true, 201]);
  town.setClock('2026-11-30T16:00:00.000Z');
  expect(await mayRedeem()).toBe(false);
  expect((await redeem()).body.error.code).toBe('too_young_to_redeem');
});

describe('a neighbour who reads the book once a minute', () => {
  /** Another process on the same tables. */
  const aNeighbour = () => {
    const ports = {
      ...town.ports,
      ...dynamoPorts(town.connection, testVault, town.ports.clock, Math.random),
    };
    return { ports, app: makeApp({ ...town.deps, ports }) };
  };

  it('has a new decision a minute later at most', async () => {
    const { ports } = aNeighbour();
    const numbers = async () => (await ports.policies.readBook()).changes.length;
    expect(await numbers()).toBe(0);
    await decide(town, {});
    expect(await numbers()).toBe(0);
    town.pass(1);
    expect(await numbers()).toBe(1);
  });

  it('follows the rules of a record that was accepted under newer ones than it has read', async () => {
    const { ports, app } = aNeighbour();
    await ports.policies.readBook();
    await decide(town, { values: { unfilledAfterMinutes: 60 } });
    const { path, volunteer, visitId, requestId } = await aVisit(town, 'posted');
    expect(await requestOf(requestId)).toMatchObject({ policyVersion: '20261121.1' });
    const response = await app.request(`${path}/accept`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await town.tokenOf(volunteer)}`,
      },
      body: JSON.stringify({ visitId }),
    });
    expect(response.status).toBe(201);
  });
});

describe('a record of rules that nobody knows', () => {
  /** What no use case writes: a version that no book has. */
  const spoil = (requestId: Parameters<typeof requestKey>[0]) =>
    town.connection.client.send(
      new UpdateItemCommand({
        TableName: town.connection.tables.care,
        Key: Object.fromEntries(Object.entries(requestKey(requestId)).map(([name, S]) => [name, { S }])),
        UpdateExpression: 'SET policyVersion = :none',
        ExpressionAttributeValues: { ':none': { S: '20300101.9' } },
      }),
    );

  it('is not carried on with, and nothing is credited', async () => {
    const posted = await aVisit(town, 'posted');
    const accepted = await aVisit(town, 'accepted');
    const ended = await aVisit(town, 'ended');
    for (const { requestId } of [posted, accepted, ended]) await spoil(requestId);
    town.setClock(posted.body.plannedStartAt);
    const answers = [
      await town.ask(posted.coordinator, 'GET', `${posted.path}/candidates`),
      await town.ask(posted.volunteer, 'POST', `${posted.path}/accept`, { visitId: posted.visitId }),
      await town.ask(accepted.volunteer, 'POST', `${accepted.path}/check-in`, {
        commandId: accepted.checkInId,
        code: accepted.elder.visitCode,
      }),
      await town.ask(ended.elder, 'POST', `${ended.path}/confirm`, { transferId: ended.transferId }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown_policy_version' } } });
    }
    expect((await linesOf(ended.volunteer)).length).toBe(0);
    town.pass(24 * 60);
    expect(await closeUnfilled(town.ports)).toBe(0);
  });
});

it('a whole visit from posting to confirmation says one version on its every line', async () => {
  await decide(town, {});
  const volunteer = await town.aVolunteer();
  const visit = await liveVisit(town, {
    coordinator: await town.aCoordinator(),
    elder: await town.anElder(),
    volunteer,
  });
  expect(await requestOf(visit.requestId)).toMatchObject({ state: 'settled', policyVersion: '20261121.1' });
  expect(await linesOf(volunteer)).toMatchObject([{ policyVersion: '20261121.1' }]);
});
