/** Two communities plan one week at the same time, with a volunteer who lives between them. */
import type { Member } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { WeekPlanView } from '@time-bank/contracts/week-plan';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { workOnPlan } from '@time-bank/desk/work-on-plan';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { planBody, weekAhead } from './messages.ts';

interface Side {
  code: CommunityCode;
  coordinator: Member;
  elder: Member;
}

let town: Town;
let week: string;
let sides: Side[];
let between: Member;

const atNine = (weekday: number) => ({ weekday, fromMinute: 540, toMinute: 630 });

const aSide = async (code: CommunityCode): Promise<Side> => ({
  code,
  coordinator: await town.aMember({
    birthDate: '1985-05-01',
    communityCode: code,
    roles: [{ role: 'coordinator', region: code }],
  }),
  elder: await town.anElder({ birthDate: '1938-03-08', livingSituation: 'alone', communityCode: code }),
});

beforeAll(async () => {
  town = await startTown();
  week = weekAhead(town, 2);
  sides = [await aSide(HOME), await aSide(NEXT_DOOR)];
  between = await town.aVolunteer({ freeTimes: [atNine(1)] });
});
afterAll(async () => {
  await town.stop();
});

const read = async ({ code, coordinator }: Side): Promise<WeekPlanView> =>
  (await town.ask(coordinator, 'GET', `/api/week-plans?community=${code}&week=${week}`)).body as WeekPlanView;
const work = ({ code }: Side) => workOnPlan(town.ports, weekPlanId(code, week));
/** The one press of the page. */
const make = async (side: Side): Promise<WeekPlanView> => {
  const body = planBody(town, week, { communityCode: side.code });
  expect((await town.ask(side.coordinator, 'POST', '/api/week-plans', body)).status).toBe(202);
  await work(side);
  return read(side);
};
const send = async (side: Side): Promise<void> => {
  const path = `/api/week-plans/${weekPlanId(side.code, week)}/send`;
  const answer = await town.ask(side.coordinator, 'POST', path, { commandId: town.ids.command() });
  expect(answer.status).toBe(202);
};
const received = async ({ elder }: Side) =>
  (await town.ports.careBook.listReceived(elder.memberId, { limit: 10 })).items.map(({ request }) => request);
const visitsOf = async (volunteer: Member) =>
  (await town.ports.careBook.readDiaryNow(volunteer.memberId)).entries;

it('both plans have them at the same hour, one of them gets them, and the other coordinator sees which visit fell out', async () => {
  for (const side of sides) {
    expect((await make(side)).pairs).toMatchObject([
      { elderId: side.elder.memberId, volunteerId: between.memberId, sent: 'waiting' },
    ]);
  }
  await Promise.all(sides.map(send));
  await Promise.all(sides.map(work));
  const plans = await Promise.all(sides.map(read));
  expect(plans.map(({ state }) => state)).toEqual(['sent', 'sent']);
  const sent = plans.map(({ pairs }) => pairs.map((pair) => pair.sent));
  expect(sent.toSorted()).toEqual([['not_possible'], ['sent']]);
  expect(await visitsOf(between)).toHaveLength(1);
  // Whoever works on the plans once more sends nothing more.
  await Promise.all(sides.map(work));
  expect(await visitsOf(between)).toHaveLength(1);
  for (const side of sides) expect(await received(side)).toHaveLength(1);
});

it('one press plans what fell out again, and nothing else: the elder has their visit on another day', async () => {
  const plans = await Promise.all(sides.map(read));
  const at = plans.findIndex(({ pairs }) => pairs[0]?.sent === 'not_possible');
  const [side, other] = [sides[at]!, sides[1 - at]!];
  for (const each of sides) for (const { requestId } of await received(each)) await town.project(requestId);
  const [before] = await received(side);
  const next = await town.aVolunteer({ freeTimes: [atNine(3)] });
  // The winner's plan stands: there is nothing left to plan.
  expect(await make(other)).toMatchObject({ pairs: [], uncovered: [], figures: { wanted: 0 } });
  const again = await make(side);
  expect(again.pairs).toMatchObject([{ visitKey: before?.requestId, volunteerId: next.memberId }]);
  await send(side);
  await work(side);
  expect((await read(side)).pairs).toMatchObject([{ sent: 'sent', requestId: before?.requestId }]);
  const [after, ...more] = await received(side);
  expect(more).toEqual([]);
  expect(after).toMatchObject({ state: 'accepted', volunteerId: next.memberId });
  // Nobody had asked for the hour that fell out: the visit moved to one at which somebody can come.
  expect(after?.plannedStartAt).toBe(again.pairs[0]?.plannedStartAt);
  expect(after?.plannedStartAt).not.toBe(before?.plannedStartAt);
  expect(await visitsOf(next)).toMatchObject([{ plannedStartAt: after?.plannedStartAt }]);
});
