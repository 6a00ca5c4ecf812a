import { makeApp } from '@time-bank/api/app';
import type { CommandId } from '@time-bank/contracts/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Answer, HOME, type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { aProposal, anAdoption, approve, decide, propose, valueIn } from './decisions.ts';

// What is decided stays decided, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

/** A proposal by a coordinator of the county, and the two of them. */
const proposed = async (change: Record<string, unknown> = {}) => {
  const body = aProposal(town, change);
  const author = await town.aCoordinator(body.region);
  expect((await propose(town, author, body)).status).toBe(201);
  return { body, author, proposalId: body.proposalId, colleague: await town.aCoordinator(body.region) };
};

it('a second person publishes, and it is in force at once', async () => {
  const { proposalId, colleague, author } = await proposed();
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({ value: 15 });
  town.pass(10);
  const answer = await approve(town, colleague, proposalId);
  expect(answer).toMatchObject({ status: 201 });
  expect(answer.body).toEqual({
    proposalId,
    region: '341302',
    validFrom: '2026-11-21',
    number: 1,
    version: '20261121.1',
    at: town.now(),
  });
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({ value: 30, from: '341302' });
  const book = await town.ports.policies.readBookNow();
  expect(book.changes).toEqual([
    {
      number: 1,
      region: '341302',
      values: { unfilledAfterMinutes: 30 },
      validFrom: '2026-11-21',
      author: author.memberId,
      approver: colleague.memberId,
      publishedAt: town.now(),
      reason: '区里试行一年',
    },
  ]);
});

it('the author alone cannot decide, however often they ask', async () => {
  const { proposalId, author, colleague } = await proposed();
  const before = await everythingIn(town);
  for (const _ of [1, 2]) {
    expect(await approve(town, author, proposalId)).toMatchObject({
      status: 403,
      body: { error: { code: 'second_person_needed' } },
    });
  }
  expect(await everythingIn(town)).toEqual(before);
  expect((await approve(town, colleague, proposalId)).status).toBe(201);
});

it.each(['3413', '34'])('a coordinator of %s, above the county, publishes too', async (reach) => {
  const { proposalId } = await proposed();
  expect((await approve(town, await town.aCoordinator(reach), proposalId)).status).toBe(201);
});

it('twice is once: the same answer, however much was decided since, and one change', async () => {
  const { proposalId, colleague } = await proposed();
  const first = await approve(town, colleague, proposalId);
  await decide(town, { values: { unfilledAfterMinutes: 60 } });
  town.pass(400 * 24 * 60);
  const again = await approve(town, colleague, proposalId);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect(again.headers.get('Idempotency-Hit')).toBe('true');
  expect((await town.ports.policies.readBookNow()).changes).toHaveLength(2);
});

it('what somebody else has published is not published again, not by its author either', async () => {
  const { proposalId, colleague, author } = await proposed();
  await approve(town, colleague, proposalId);
  for (const who of [await town.aCoordinator('341302'), author]) {
    expect(await approve(town, who, proposalId)).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
  }
});

it('of many who publish many in the same moment, each proposal is published once and no number is missing', async () => {
  const all = [];
  for (const minutes of [20, 25, 30, 35]) {
    all.push(await proposed({ values: { unfilledAfterMinutes: minutes } }));
  }
  const answers = await Promise.all(
    all.flatMap(({ proposalId, colleague }) => [1, 2].map(() => approve(town, colleague, proposalId))),
  );
  // Whoever was too often second is told to try again; then it is done.
  for (const { proposalId, colleague } of all) answers.push(await approve(town, colleague, proposalId));
  for (const { status } of answers) expect([201, 503]).toContain(status);
  const { changes } = await town.ports.policies.readBookNow();
  expect(changes.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(changes.map(({ values }) => values.unfilledAfterMinutes).sort()).toEqual([20, 25, 30, 35]);
});

// The door itself reads the proposal once, to find out whose region it is about.
it.each([1, 2, 3])('who is overtaken by their own other try after read %i hears the same', async (nth) => {
  const { proposalId, colleague } = await proposed();
  const { policies } = town.ports;
  let reads = 0;
  const first: Answer[] = [];
  /** Lets the other try run to its end before this one goes on. */
  const overtaken = async <T>(read: Promise<T>): Promise<T> => {
    const value = await read;
    reads += 1;
    if (reads === nth) first.push(await approve(town, colleague, proposalId));
    return value;
  };
  const between = {
    ...policies,
    readProposalNow: (id: CommandId) => overtaken(policies.readProposalNow(id)),
    readBookNow: () => overtaken(policies.readBookNow()),
  };
  const app = makeApp({ ...town.deps, ports: { ...town.ports, policies: between } });
  const second = await app.request('/api/policies/approvals', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await town.tokenOf(colleague)}`,
    },
    body: JSON.stringify({ proposalId }),
  });
  expect(first.map(({ status }) => status)).toEqual([201]);
  expect([second.status, await second.json()]).toEqual([201, first[0]?.body]);
  expect((await policies.readBookNow()).changes).toHaveLength(1);
});

it('a proposal is looked at again on the day it is published', async () => {
  const { proposalId, colleague } = await proposed();
  const other = await proposed();
  await approve(town, other.colleague, other.proposalId);
  const same = await approve(town, colleague, proposalId);
  expect(same).toMatchObject({
    status: 400,
    body: {
      error: { code: 'invalid_fields', details: [{ property: 'values', message: 'nothing_changes' }] },
    },
  });
  const late = await proposed({ values: { holdDaysMax: 20 } });
  town.pass(24 * 60);
  expect((await approve(town, late.colleague, late.proposalId)).body.error).toMatchObject({
    code: 'invalid_fields',
    details: [{ property: 'validFrom', message: 'valid_from_in_the_past' }],
  });
  expect((await town.ports.policies.readBookNow()).changes).toHaveLength(1);
});

it('a county may only tighten what the city has tightened', async () => {
  await decide(town, { region: '3413', values: { visitCodeTriesMax: 3 } });
  const who = await town.aCoordinator('341302');
  const looser = await propose(town, who, aProposal(town, { values: { visitCodeTriesMax: 4 } }));
  expect(looser.body.error).toMatchObject({
    code: 'invalid_fields',
    details: [{ property: 'values.visitCodeTriesMax', message: 'may_only_tighten' }],
  });
  expect((await propose(town, who, aProposal(town, { values: { visitCodeTriesMax: 2 } }))).status).toBe(201);
});

it('a preset that is adopted is in force as its scheme has it', async () => {
  const body = anAdoption(town, 'shanghai_2026');
  await propose(town, await town.aCoordinator('3413'), body);
  expect((await approve(town, await town.aCoordinator('3413'), body.proposalId)).status).toBe(201);
  expect(await valueIn(town, HOME, 'redeemAgeYears')).toMatchObject({ value: 65, from: '3413' });
  expect(await valueIn(town, HOME, 'platformPublicName')).toMatchObject({ value: '沪助养老时光汇' });
});

it("nobody's proposal and somebody else's are answered alike", async () => {
  const { proposalId } = await proposed();
  for (const reach of [HOME, '340102', '341302001']) {
    const who = await town.aCoordinator(reach);
    const [foreign, none] = [
      await approve(town, who, proposalId),
      await approve(town, who, town.ids.command()),
    ];
    expect(foreign, reach).toMatchObject({ status: 404, body: { error: { code: 'unknown_document' } } });
    expect([none.status, none.body]).toEqual([foreign.status, foreign.body]);
  }
  for (const who of [await town.anElder(), await town.aVolunteer()]) {
    expect(await approve(town, who, proposalId)).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
  }
  expect((await town.ports.policies.readBookNow()).changes).toEqual([]);
});
