import { keepWeek } from '@time-bank/desk/keep-week';
import type { Member } from '@time-bank/contracts/member';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aVisit } from './steps.ts';

// The board shows a whole community, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const board = (who: Member, query = '') => town.ask(who, 'GET', `/api/coverage${query}`);

/** A visit that shows on the board. */
const shown = async (
  ...[upTo, given]: Parameters<typeof aVisit> extends [Town, ...infer Rest] ? Rest : never
) => {
  const visit = await aVisit(town, upTo, given);
  await town.project(visit.requestId);
  return visit;
};

const rowsOf = (answer: { body: { rows: { elderId: string }[] } }) =>
  answer.body.rows.map(({ elderId }) => elderId);

it('a week begins on Monday at midnight in China and knows its community', async () => {
  expect((await board(await town.aCoordinator())).body).toEqual({
    week: '2026-W47',
    communityCode: HOME,
    communityName: '东仙桥社区居委会',
    from: '2026-11-15T16:00:00.000Z',
    to: '2026-11-22T16:00:00.000Z',
    elders: 0,
    eldersVisited: 0,
    wanted: 0,
    missing: 0,
    rows: [],
  });
});

it('gaps come first: nobody, then asked for, then planned, then visited', async () => {
  const coordinator = await town.aCoordinator();
  const settled = await shown('settled', { coordinator });
  const ended = await shown('ended', { coordinator });
  const accepted = await shown('accepted', { coordinator });
  const posted = await shown('posted', { coordinator });
  const forgotten = await town.anElder();
  const answer = await board(coordinator);
  expect(answer.body).toMatchObject({ elders: 5, eldersVisited: 2 });
  const rows = rowsOf(answer);
  expect(rows.slice(0, 3)).toEqual([forgotten.memberId, posted.elder.memberId, accepted.elder.memberId]);
  expect(rows.slice(3).sort()).toEqual([settled.elder.memberId, ended.elder.memberId].sort());
  expect(answer.body.rows[1]).toMatchObject({
    name: posted.elder.name,
    age: 76,
    livingSituation: 'alone',
    abilityLevel: 0,
    visited: 0,
    planned: 0,
    open: 1,
    visits: [{ requestId: posted.requestId, state: 'published' }],
  });
});

it('among equals those who live alone come first, then the older', async () => {
  const together = await town.anElder({ livingSituation: 'with_family', birthDate: '1930-01-01' });
  const alone = await town.anElder({ birthDate: '1950-01-01' });
  const olderAlone = await town.anElder({ birthDate: '1940-01-01' });
  expect(rowsOf(await board(await town.aCoordinator()))).toEqual([
    olderAlone.memberId,
    alone.memberId,
    together.memberId,
  ]);
});

it('a visit that was called off fills no gap', async () => {
  const { coordinator, elder, path, requestId } = await shown('accepted');
  await town.ask(coordinator, 'POST', `${path}/cancel`, { commandId: town.ids.command(), reason: '下雨' });
  await town.project(requestId);
  expect((await board(coordinator)).body.rows).toMatchObject([
    { elderId: elder.memberId, visited: 0, planned: 0, open: 0, visits: [{ state: 'cancelled' }] },
  ]);
});

it('news that come twice or late change nothing', async () => {
  const { coordinator, requestId } = await shown('ended');
  const now = await town.ports.careBook.readRequestNow(requestId);
  if (now === undefined) throw new Error('the request is there');
  await keepWeek(town.ports, { ...now.request, state: 'accepted', version: 2 });
  await keepWeek(town.ports, now.request);
  expect((await board(coordinator)).body.rows).toMatchObject([{ visited: 1, planned: 0 }]);
});

describe('weeks', () => {
  it('half past midnight on Monday in China is the new week, though Sunday in Greenwich', async () => {
    const coordinator = await town.aCoordinator();
    const monday = await shown('posted', {
      coordinator,
      request: { plannedStartAt: '2026-11-22T16:30:00.000Z' },
    });
    const { body: thisWeek } = await board(coordinator, '?week=2026-W47');
    const { body: nextWeek } = await board(coordinator, '?week=2026-W48');
    expect(thisWeek.rows).toMatchObject([{ elderId: monday.elder.memberId, open: 0 }]);
    expect(nextWeek.rows).toMatchObject([{ elderId: monday.elder.memberId, open: 1 }]);
  });

  it('the last week of 2026 reaches into January', async () => {
    town.setClock('2026-12-30T02:00:00.000Z');
    const coordinator = await town.aCoordinator();
    await shown('posted', { coordinator, request: { plannedStartAt: '2027-01-02T02:00:00.000Z' } });
    expect((await board(coordinator)).body).toMatchObject({
      week: '2026-W53',
      from: '2026-12-27T16:00:00.000Z',
      to: '2027-01-03T16:00:00.000Z',
      rows: [{ open: 1 }],
    });
    expect((await board(coordinator, '?week=2027-W01')).body).toMatchObject({
      from: '2027-01-03T16:00:00.000Z',
      rows: [{ open: 0 }],
    });
  });

  it.each(['2026-W00', '2026-W54', '2025-W53', '2026-47', '2026-w47', '26-W47', '0001-W01', '9999-W52', ''])(
    'there is no week "%s"',
    async (week) => {
      expect(await board(await town.aCoordinator(), `?week=${week}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_fields', details: [{ property: 'week' }] } },
      });
    },
  );
});

describe('communities', () => {
  it("a district's coordinator names one, and sees the first where none is named", async () => {
    const district = await town.aCoordinator('341302');
    expect((await board(district, `?community=${NEXT_DOOR}`)).body.communityName).toBe('西仙桥社区居委会');
    expect((await board(district)).body.communityCode).toBe(HOME);
  });

  it('a foreign one answers like one that is not there', async () => {
    const coordinator = await town.aCoordinator();
    const foreign = await board(coordinator, `?community=${FAR_AWAY}`);
    const missing = await board(coordinator, '?community=999999999999');
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'unknown_region' } } });
    expect(missing.body).toEqual(foreign.body);
  });

  it('the board is for coordinators only', async () => {
    for (const who of [await town.anElder(), await town.aVolunteer()]) {
      expect(await board(who)).toMatchObject({ status: 403, body: { error: { code: 'not_allowed' } } });
    }
  });
});
