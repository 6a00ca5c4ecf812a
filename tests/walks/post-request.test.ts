import { MemberId } from '@time-bank/contracts/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEXT_DOOR, type Town, aRequest, startTown } from '../town.ts';
import { everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const DAY = 24 * 60;

it('a coordinator asks for a visit to an elder, and it waits for a volunteer', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const body = aRequest(town, elder, { note: '  门铃坏了,请敲门  ' });
  const answer = await town.ask(coordinator, 'POST', '/api/requests', body);
  expect(answer).toMatchObject({
    status: 201,
    body: { requestId: body.requestId, state: 'published', at: town.now() },
  });
  expect(answer.headers.get('Idempotency-Hit')).toBeNull();
  const seen = await town.ask(coordinator, 'GET', `/api/requests/${body.requestId}`);
  expect(seen.body).toMatchObject({
    state: 'published',
    mine: 'coordinator',
    paidWithHours: false,
    address: elder.address,
    note: '门铃坏了,请敲门',
    receiver: { memberId: elder.memberId, name: elder.name, phone: elder.phone },
  });
});

it('a visit can be asked for at another place than the home', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const body = aRequest(town, elder, { place: { address: '社区活动室' } });
  await town.ask(coordinator, 'POST', '/api/requests', body);
  const seen = await town.ask(coordinator, 'GET', `/api/requests/${body.requestId}`);
  expect(seen.body.address).toBe('社区活动室');
});

describe('sent again', () => {
  it('with the same content it answers the same and says so, even after the planned start', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder);
    const first = await town.ask(coordinator, 'POST', '/api/requests', body);
    const before = await everythingIn(town);
    town.pass(90);
    const { requestId, ...rest } = body;
    const again = await town.ask(coordinator, 'POST', '/api/requests', { ...rest, requestId });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(await everythingIn(town)).toEqual(before);
  });

  it('twice in the same moment it makes one request and both hear the same', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => town.ask(coordinator, 'POST', '/api/requests', body)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(answers.filter(({ headers }) => headers.get('Idempotency-Hit') === null)).toHaveLength(1);
  });

  it.each([
    ['another length', { plannedMinutes: 90 }],
    ['another service', { serviceCode: 'B01' }],
    ['a note', { note: '请带老花镜' }],
    ['another wish', { wishes: { languages: ['wanbei'] } }],
  ])('with %s it is refused and changes nothing', async (_, change) => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder);
    await town.ask(coordinator, 'POST', '/api/requests', body);
    const before = await everythingIn(town);
    const other = await town.ask(coordinator, 'POST', '/api/requests', { ...body, ...change });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
    expect(await everythingIn(town)).toEqual(before);
  });

  it('by another coordinator under the same id it is refused', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder);
    await town.ask(coordinator, 'POST', '/api/requests', body);
    const other = await town.ask(await town.aCoordinator(), 'POST', '/api/requests', body);
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
  });
});

describe('who may ask', () => {
  it('neither a volunteer nor an elder posts requests', async () => {
    const elder = await town.anElder();
    for (const who of [elder, await town.aVolunteer()]) {
      const answer = await town.ask(who, 'POST', '/api/requests', aRequest(town, elder));
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'not_allowed' } } });
    }
  });

  it("an elder of another community answers like a person who isn't there", async () => {
    const coordinator = await town.aCoordinator();
    const foreign = await town.anElder({ communityCode: NEXT_DOOR });
    const missing = { ...foreign, memberId: MemberId.parse(town.ids.member()) };
    const before = await everythingIn(town);
    const toForeign = await town.ask(coordinator, 'POST', '/api/requests', aRequest(town, foreign));
    const toMissing = await town.ask(coordinator, 'POST', '/api/requests', aRequest(town, missing));
    expect(toForeign).toMatchObject({ status: 404, body: { error: { code: 'unknown_member' } } });
    expect(toMissing.body).toEqual(toForeign.body);
    expect(await everythingIn(town)).toEqual(before);
  });

  it("a district's coordinator asks for elders of all its communities", async () => {
    const coordinator = await town.aCoordinator('341302');
    const elder = await town.anElder({ communityCode: NEXT_DOOR });
    const answer = await town.ask(coordinator, 'POST', '/api/requests', aRequest(town, elder));
    expect(answer.status).toBe(201);
  });

  it('nobody is visited who is not a resident in care', async () => {
    const answer = await town.ask(
      await town.aCoordinator(),
      'POST',
      '/api/requests',
      aRequest(town, await town.aVolunteer()),
    );
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'not_receiving_care' } } });
  });
});

describe('when', () => {
  it.each([
    ['six minutes ago', -6, 422, 'starts_in_past'],
    ['five minutes ago, as the form was filled in', -5, 201, undefined],
    ['in sixty days', 60 * DAY, 201, undefined],
    ['in sixty days and a minute', 60 * DAY + 1, 422, 'starts_too_late'],
  ])('a start %s answers %i minutes away with %i', async (_, minutes, status, code) => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder, { plannedStartAt: town.soon(minutes) });
    const answer = await town.ask(coordinator, 'POST', '/api/requests', body);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
  });

  it('a start written without seconds is the same start', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const body = aRequest(town, elder, { plannedStartAt: `${town.soon(60).slice(0, 16)}:00Z` });
    await town.ask(coordinator, 'POST', '/api/requests', body);
    const seen = await town.ask(coordinator, 'GET', `/api/requests/${body.requestId}`);
    expect(seen.body.plannedStartAt).toBe(town.soon(60));
  });
});
