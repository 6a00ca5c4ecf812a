import { Satisfaction, WorkOrderList } from '@time-bank/contracts/confirming';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { DAY, HOUR, aDayVisit, kept, monthNow, theScheduleRuns } from './steps.ts';
import type { Member } from '@time-bank/contracts/member';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const rate = (who: Member, path: string, level: number, commandId = town.ids.command(), words?: string) =>
  town.ask(who, 'POST', `${path}/ratings`, { commandId, level, ...(words === undefined ? {} : { words }) });
const orders = async (who: Member) =>
  WorkOrderList.parse((await town.ask(who, 'GET', `/api/work-orders?community=${HOME}`)).body).items;
const orderOf = async (who: Member, requestId: string) =>
  (await orders(who)).find((order) => order.requestId === requestId);

it('both sides say how it was, each once', async () => {
  const { elder, volunteer, path, requestId } = await aDayVisit(town, 'settled');
  const commandId = town.ids.command();
  expect(await rate(elder, path, 5, commandId, '很好')).toMatchObject({
    status: 201,
    body: { state: 'rated' },
  });
  expect((await rate(elder, path, 5, commandId, '很好')).headers.get('Idempotency-Hit')).toBe('true');
  expect((await rate(elder, path, 1, commandId)).body.error.code).toBe('exists_with_different_content');
  expect((await rate(elder, path, 3)).body.error.code).toBe('already_rated');
  expect(await rate(volunteer, path, 4)).toMatchObject({ status: 201, body: { state: 'rated' } });
  expect((await kept(town, requestId)).request.ratings).toMatchObject([
    { by: 'receiver', level: 5, words: '很好', round: 1 },
    { by: 'volunteer', level: 4, round: 1 },
  ]);
  expect((await rate(await town.anElder(), path, 1)).status).toBe(404);
});

it('nothing is rated before the hours are booked, nor after the days for it', async () => {
  const { elder, path, requestId } = await aDayVisit(town, 'ended');
  expect((await rate(elder, path, 5)).body.error.code).toBe('not_ratable');
  await town.ask(elder, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
  town.pass(3 * DAY);
  await theScheduleRuns(town);
  expect((await kept(town, requestId)).request).toMatchObject({ state: 'settled', told: 1 });
  town.pass(12 * DAY);
  await theScheduleRuns(town);
  expect((await kept(town, requestId)).request.state).toBe('closed');
  expect((await rate(elder, path, 5)).body.error.code).toBe('not_ratable');
});

describe('a bad word', () => {
  it('opens a work order with a day to speak and fifteen working days to put it right; then one follow-up, and the end', async () => {
    const { elder, volunteer, path, requestId, coordinator } = await aDayVisit(town, 'settled');
    expect(await rate(elder, path, 2, town.ids.command(), '来晚了')).toMatchObject({
      status: 201,
      body: { state: 'rated' },
    });
    expect((await kept(town, requestId)).request.state).toBe('rectify');
    const order = (await orderOf(coordinator, requestId))!;
    expect(order).toMatchObject({
      level: 2,
      words: '来晚了',
      by: 'receiver',
      state: 'open',
      isOverdue: false,
    });
    expect((await rate(elder, path, 5)).body.error.code).toBe('already_rated');
    const step = (who: Member, name: string, commandId = town.ids.command()) =>
      town.ask(who, 'POST', `/api/work-orders/${order.caseId}/steps`, {
        commandId,
        step: name,
        words: '已电话道歉',
      });
    expect((await step(volunteer, 'contacted')).status).toBe(403);
    const commandId = town.ids.command();
    expect(await step(coordinator, 'contacted', commandId)).toMatchObject({
      status: 201,
      body: { state: 'contacted' },
    });
    expect((await step(coordinator, 'contacted', commandId)).headers.get('Idempotency-Hit')).toBe('true');
    expect((await step(coordinator, 'contacted')).body.error.code).toBe('wrong_step');
    expect(await step(coordinator, 'fixed')).toMatchObject({ status: 201, body: { state: 'ended' } });
    expect((await step(coordinator, 'fixed')).body.error.code).toBe('case_closed');
    expect(await orderOf(coordinator, requestId)).toBeUndefined();
    expect(await rate(elder, path, 4)).toMatchObject({ status: 201, body: { state: 'rated' } });
    expect((await kept(town, requestId)).request).toMatchObject({
      state: 'rated',
      ratings: [
        { level: 2, round: 1 },
        { level: 4, round: 2 },
      ],
    });
    expect((await rate(elder, path, 5)).body.error.code).toBe('already_rated');
    town.pass(16 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('closed');
  });

  it('that nobody looks after is late, is told upwards every day, and does not go away', async () => {
    const { elder, path, requestId, coordinator } = await aDayVisit(town, 'settled');
    await rate(elder, path, 1);
    town.pass(2 * DAY);
    await theScheduleRuns(town);
    expect(await orderOf(coordinator, requestId)).toMatchObject({ isOverdue: true });
    const { request } = await kept(town, requestId);
    expect(Date.parse(request.dueAt!) - Date.parse(town.now())).toBe(DAY * 60_000);
    town.pass(40 * DAY);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('rectify');
    expect(await orderOf(coordinator, requestId)).toMatchObject({ isOverdue: true });
  });

  it('from both sides leaves the request open until both were asked again', async () => {
    const { elder, volunteer, path, requestId, coordinator } = await aDayVisit(town, 'settled');
    await rate(elder, path, 1);
    await rate(volunteer, path, 2);
    const both = (await orders(coordinator)).filter((order) => order.requestId === requestId);
    expect(both).toHaveLength(2);
    for (const { caseId } of both) {
      const fixed = { commandId: town.ids.command(), step: 'fixed', words: '已处理' };
      await town.ask(coordinator, 'POST', `/api/work-orders/${caseId}/steps`, fixed);
    }
    await rate(elder, path, 3);
    expect((await kept(town, requestId)).request.state).toBe('rectify');
    await rate(volunteer, path, 1);
    expect((await kept(town, requestId)).request.state).toBe('rated');
  });

  it('whose follow-up nobody gives is closed after a while', async () => {
    const { elder, path, requestId, coordinator } = await aDayVisit(town, 'settled');
    await rate(elder, path, 1);
    const { caseId } = (await orderOf(coordinator, requestId))!;
    const fixed = { commandId: town.ids.command(), step: 'fixed', words: '已处理' };
    await town.ask(coordinator, 'POST', `/api/work-orders/${caseId}/steps`, fixed);
    town.pass(14 * DAY + 23 * HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('rectify');
    town.pass(2 * HOUR);
    await theScheduleRuns(town);
    expect((await kept(town, requestId)).request.state).toBe('closed');
  });
});

it('a community reads how content its people are, with the counts behind it', async () => {
  const coordinator = await town.aCoordinator();
  const figures = async () =>
    Satisfaction.parse(
      (await town.ask(coordinator, 'GET', `/api/satisfaction?community=${HOME}&month=${monthNow(town)}`))
        .body,
    );
  const one = await aDayVisit(town, 'settled');
  const before = await figures();
  await rate(one.elder, one.path, 3);
  const other = await aDayVisit(town, 'settled');
  await rate(other.elder, other.path, 2);
  await rate(other.volunteer, other.path, 5);
  const after = await figures();
  expect(after.visits).toBe(before.visits + 1);
  expect(after.rated).toBe(before.rated + 2);
  expect(after.satisfied).toBe(before.satisfied + 1);
  expect(after.byLevel[2]! - before.byLevel[2]!).toBe(1);
});
