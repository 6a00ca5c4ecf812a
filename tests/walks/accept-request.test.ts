import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '@time-bank/contracts/member';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit, everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const accept = (who: Member, path: string, visitId = town.ids.visit()) =>
  town.ask(who, 'POST', `${path}/accept`, { visitId });

it('a volunteer takes a request, and the elder sees who comes', async () => {
  const { elder, path, requestId } = await aVisit(town, 'posted');
  const volunteer = await town.aVolunteer();
  const visitId = town.ids.visit();
  const answer = await accept(volunteer, path, visitId);
  expect(answer).toMatchObject({
    status: 201,
    body: { requestId, visitId, state: 'accepted', at: town.now() },
  });
  expect((await town.ask(elder, 'GET', path)).body).toMatchObject({
    state: 'accepted',
    visit: { visitId, volunteer: { memberId: volunteer.memberId, name: volunteer.name } },
  });
});

describe('in the same moment', () => {
  it.each([2, 20])(
    'of %i volunteers exactly one has it, and the others hear that it is gone',
    async (count) => {
      const { coordinator, path } = await aVisit(town, 'posted');
      const volunteers: Member[] = [];
      while (volunteers.length < count) volunteers.push(await town.aVolunteer());
      const answers = await Promise.all(volunteers.map((volunteer) => accept(volunteer, path)));
      const winners = volunteers.filter((_, index) => answers[index]?.status === 201);
      expect(winners).toHaveLength(1);
      for (const { status, body } of answers) {
        // Who asks a moment later is not shown the request any more.
        if (status !== 201)
          expect(['request_not_open', 'unknown_request', 'busy_try_again']).toContain(body.error.code);
      }
      const seen = await town.ask(coordinator, 'GET', path);
      expect(seen.body.visit.volunteer.memberId).toBe(winners[0]?.memberId);
      const stored = Object.keys(await everythingIn(town)).filter((key) => key.includes(path.slice(14)));
      expect(stored.filter((key) => key.includes('VISIT#'))).toHaveLength(1);
    },
  );

  it('one volunteer with one id ten times has it once', async () => {
    const { path } = await aVisit(town, 'posted');
    const [volunteer, visitId] = [await town.aVolunteer(), town.ids.visit()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(volunteer, path, visitId)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('Idempotency-Hit') === null)).toHaveLength(1);
  });
});

describe('sent again', () => {
  it('it answers the same, however far the visit has come', async () => {
    const visit = await aVisit(town, 'posted');
    const first = await accept(visit.volunteer, visit.path, visit.visitId);
    const settled = await aVisit(town, 'settled', { volunteer: await town.aVolunteer() });
    for (const [{ volunteer, path, visitId }, body] of [
      [visit, first.body],
      [settled, { requestId: settled.requestId, visitId: settled.visitId, state: 'accepted' }],
    ] as const) {
      const again = await accept(volunteer, path, visitId);
      expect(again).toMatchObject({ status: 201, body });
      expect(again.headers.get('Idempotency-Hit')).toBe('true');
    }
  });

  it('under another id it is no longer open, also for the one who has it', async () => {
    const { volunteer, path } = await aVisit(town, 'accepted');
    expect(await accept(volunteer, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'request_not_open' } },
    });
  });

  it('one id from two volunteers in the same moment is the visit of one of them', async () => {
    const { coordinator, path } = await aVisit(town, 'posted');
    const [first, second, visitId] = [await town.aVolunteer(), await town.aVolunteer(), town.ids.visit()];
    const answers = await Promise.all([accept(first, path, visitId), accept(second, path, visitId)]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    const winner = statuses[0] === 201 ? first : second;
    const seen = await town.ask(coordinator, 'GET', path);
    expect(seen.body.visit.volunteer.memberId).toBe(winner.memberId);
  });
});

describe('who may', () => {
  it('nobody visits themselves', async () => {
    const saver = await aSaver(town);
    const body = aRedemption(town);
    await town.ask(saver, 'POST', '/api/redemptions', body);
    expect(await accept(saver, `/api/requests/${body.requestId}`)).toMatchObject({
      status: 409,
      body: { error: { code: 'own_request' } },
    });
  });

  it('an elder or a coordinator who is no volunteer may not', async () => {
    const { elder, coordinator, path } = await aVisit(town, 'posted');
    for (const who of [elder, coordinator]) {
      expect(await accept(who, path)).toMatchObject({
        status: 403,
        body: { error: { code: 'not_allowed' } },
      });
    }
  });

  it("for a volunteer of another county it doesn't exist", async () => {
    const { path } = await aVisit(town, 'posted');
    const stranger = await town.aVolunteer({ communityCode: FAR_AWAY });
    const before = await everythingIn(town);
    expect(await accept(stranger, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
    expect(await everythingIn(town)).toEqual(before);
  });

  it('for the others it is gone once it is taken', async () => {
    const { path } = await aVisit(town, 'accepted');
    expect((await accept(await town.aVolunteer(), path)).status).toBe(404);
  });

  it('a volunteer under 18 on the day of the visit cannot make it; from the birthday on they can', async () => {
    town.setClock('2026-11-21T02:00:00.000Z');
    const child = await town.aVolunteer({ birthDate: '2008-11-22' });
    const today = await aVisit(town, 'posted');
    const tomorrow = await aVisit(town, 'posted', { request: { plannedStartAt: town.soon(24 * 60) } });
    expect((await accept(child, today.path)).body.error).toMatchObject({
      code: 'not_ready_to_serve',
      reasons: ['minor_group_only'],
    });
    expect((await accept(child, tomorrow.path)).status).toBe(201);
  });
});

describe('with other visits', () => {
  const at = (start: string, plannedMinutes = 60) => ({
    request: { plannedStartAt: `2026-11-25T${start}:00.000Z`, plannedMinutes },
  });

  it.each([
    ['begins before the other ends', '02:59', 409],
    ['begins as the other ends', '03:00', 201],
    ['ends as the other begins', '01:00', 201],
    ['ends after the other begins', '01:01', 409],
  ])('one that %s (%s) answers %i', async (_, start, status) => {
    town.setClock('2026-11-21T02:00:00.000Z');
    const { volunteer } = await aVisit(town, 'accepted', at('02:00'));
    const { path } = await aVisit(town, 'posted', at(start));
    const answer = await accept(volunteer, path);
    expect([answer.status, answer.body.error?.code]).toEqual([
      status,
      status === 409 ? 'overlapping_visit' : undefined,
    ]);
  });

  it('four hours a day are enough; the next day begins at midnight in China', async () => {
    town.setClock('2026-11-21T02:00:00.000Z');
    const { volunteer } = await aVisit(town, 'accepted', at('01:00', 200));
    const tooMuch = await aVisit(town, 'posted', at('15:00', 41));
    const enough = await aVisit(town, 'posted', at('14:00', 40));
    const midnight = await aVisit(town, 'posted', at('16:00', 240));
    expect((await accept(volunteer, tooMuch.path)).body.error.code).toBe('not_eligible');
    expect((await accept(volunteer, enough.path)).status).toBe(201);
    expect((await accept(volunteer, midnight.path)).status).toBe(201);
  });

  it('a visit over midnight on Sunday stands in the way of one on Monday', async () => {
    town.setClock('2026-11-21T02:00:00.000Z');
    const sunday = { request: { plannedStartAt: '2026-11-22T15:30:00.000Z', plannedMinutes: 60 } };
    const monday = { request: { plannedStartAt: '2026-11-22T16:00:00.000Z', plannedMinutes: 60 } };
    for (const [first, second] of [
      [sunday, monday],
      [monday, sunday],
    ]) {
      const { volunteer } = await aVisit(town, 'accepted', first);
      const { path } = await aVisit(town, 'posted', second);
      expect((await accept(volunteer, path)).body.error?.code).toBe('overlapping_visit');
    }
  });
});
