/** An elder moves in mid-week: what is to come goes with them, what was stays where it was, and both coordinators see it. */
import type { CoverageWeek } from '@time-bank/contracts/coverage';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { workOnPlan } from '@time-bank/desk/work-on-plan';
import { type Answer, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { toldOf } from '../walks-life/steps.ts';
import { aVisit } from '../walks/steps.ts';
import { planBody } from './messages.ts';

const WEEK = '2026-W48';
const THERE = '新家2号楼';

let town: Town;
let here: Member;
let there: Member;
beforeAll(async () => {
  town = await startTown();
  here = await town.aCoordinator();
  there = await town.aMember({
    birthDate: '1985-05-01',
    communityCode: NEXT_DOOR,
    roles: [{ role: 'coordinator', region: NEXT_DOOR }],
  });
});
afterAll(async () => {
  await town.stop();
});

/** On Friday somebody is to come; for Saturday nobody has been found. */
const toCome = async (elder: Member) => {
  const volunteer = await town.aVolunteer();
  town.setClock('2026-11-25T02:00:00.000Z');
  const at = (plannedStartAt: string) => ({
    coordinator: here,
    elder,
    volunteer,
    request: { plannedStartAt },
  });
  const taken = await aVisit(town, 'accepted', at('2026-11-27T02:00:00.000Z'));
  const open = await aVisit(town, 'posted', at('2026-11-28T02:00:00.000Z'));
  const {
    memberId: _id,
    communityCode: _home,
    ...particulars
  } = (await town.ask(here, 'GET', `/api/members/${elder.memberId}/particulars`)).body;
  const body = { ...particulars, fileId: town.ids.file(), communityCode: NEXT_DOOR, address: THERE };
  return { elder, volunteer, taken, open, body };
};
/** On Monday somebody was there. */
const aWeek = async () => {
  town.setClock('2026-11-23T00:00:00.000Z');
  const elder = await town.anElder({ birthDate: '1938-03-08' });
  const past = await aVisit(town, 'settled', { coordinator: here, elder });
  const week = { ...(await toCome(elder)), past };
  await projected(past, week.taken, week.open);
  return week;
};
const projected = async (...visits: { requestId: string }[]): Promise<void> => {
  for (const { requestId } of visits) await town.project(requestId);
};
const move = ({ elder, body }: { elder: Member; body: object }): Promise<Answer> =>
  town.ask(here, 'POST', `/api/members/${elder.memberId}/particulars`, body);
const board = async (who: Member | undefined, community: string): Promise<CoverageWeek> =>
  (await town.ask(who, 'GET', `/api/coverage?week=${WEEK}&community=${community}`)).body as CoverageWeek;
const rowOf = (shown: CoverageWeek, { memberId }: Member) =>
  shown.rows.find(({ elderId }) => elderId === memberId);

describe('an elder who moves next door on Wednesday', () => {
  let week: Awaited<ReturnType<typeof aWeek>>;
  let answer: Answer;
  beforeAll(async () => {
    week = await aWeek();
    answer = await move(week);
    await projected(week.past, week.taken, week.open);
  });

  it('has her visits to come on the board of the new community, which says since when she lives there', async () => {
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(rowOf(await board(there, NEXT_DOOR), week.elder)).toMatchObject({
      since: '2026-11-25',
      visited: 0,
      planned: 1,
      open: 1,
      visits: [{ requestId: week.taken.requestId }, { requestId: week.open.requestId }],
    });
  });

  it('stands on the old board as one who has moved, with the visit that was made there, and is not looked after there', async () => {
    const shown = await board(here, HOME);
    expect(rowOf(shown, week.elder)).toBeUndefined();
    expect(shown).toMatchObject({
      elders: 1,
      eldersVisited: 1,
      movedAway: [
        { elderId: week.elder.memberId, name: week.elder.name, movedTo: '西仙桥社区居委会', visited: 1 },
      ],
    });
  });

  it('counts in the rate where she was visited, and not yet where she has come to', async () => {
    const rates = async (who: Member | undefined, community: string) =>
      (await town.ask(who, 'GET', `/api/coverage/rates?week=${WEEK}&community=${community}`)).body
        .visited as unknown;
    expect(await rates(here, HOME)).toEqual({ met: 1, of: 1, share: 1 });
    expect(await rates(there, NEXT_DOOR)).toEqual({ met: 0, of: 0 });
  });

  it('is visited at the new address: whoever has the visit is told, and sees where', async () => {
    const { volunteer, taken, open, past } = week;
    expect((await town.ask(volunteer, 'GET', taken.path)).body).toMatchObject({
      state: 'accepted',
      address: THERE,
    });
    expect(await toldOf(town, taken.requestId)).toContain('place_changed');
    expect(await toldOf(town, open.requestId)).not.toContain('place_changed');
    expect((await town.ask(here, 'GET', past.path)).body).toMatchObject({
      communityCode: HOME,
      address: week.elder.address,
    });
  });

  it('is planned for by the new coordinator and not by the old one', async () => {
    const planned = async (who: Member | undefined, communityCode: typeof HOME) => {
      await town.ask(who, 'POST', '/api/week-plans', planBody(town, WEEK, { communityCode }));
      await workOnPlan(town.ports, weekPlanId(communityCode, WEEK));
      const { pairs, uncovered } = (
        await town.ask(who, 'GET', `/api/week-plans?community=${communityCode}&week=${WEEK}`)
      ).body;
      return [...pairs, ...uncovered].map(({ visitKey }: { visitKey: string }) => visitKey);
    };
    expect(await planned(there, NEXT_DOOR)).toContain(week.open.requestId);
    expect(await planned(here, HOME)).toEqual([]);
  });

  it('can have moved once only: the same again is known, and she is not theirs to change any more', async () => {
    const again = await move(week);
    expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([201, 'true']);
    const other = await move({ ...week, body: { ...week.body, fileId: town.ids.file() } });
    expect([other.status, other.body.error.code]).toEqual([404, 'unknown_member']);
  });
});

describe('a move', () => {
  let week: Awaited<ReturnType<typeof toCome>>;
  beforeEach(async () => {
    week = await toCome(await town.anElder());
  });

  it('to a place that nobody knows is refused, and nothing follows', async () => {
    const refused = await move({ ...week, body: { ...week.body, communityCode: '341302001999' } });
    expect(refused.body.error.code).toBe('unknown_region');
    expect((await town.ask(here, 'GET', week.taken.path)).body.communityCode).toBe(HOME);
  });

  it('that is cut off between the visits and the file is ended by sending it again', async () => {
    const { change } = town.ports.people;
    town.ports.people.change = () => Promise.reject(new Error('cut off'));
    expect((await move(week)).status).toBe(500);
    town.ports.people.change = change;
    expect((await move(week)).status).toBe(201);
    await projected(week.taken, week.open);
    expect(rowOf(await board(there, NEXT_DOOR), week.elder)).toMatchObject({ planned: 1, open: 1 });
    const { body } = await town.ask(there, 'GET', week.taken.path);
    expect(body).toMatchObject({ communityCode: NEXT_DOOR, state: 'accepted' });
  });
});
