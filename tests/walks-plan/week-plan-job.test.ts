/** The making of a plan as a job: it says how far it is, can be stopped on the way, and outlives whoever is killed at it. */
import type { Member } from '@time-bank/contracts/member';
import type { WeekPlanView } from '@time-bank/contracts/week-plan';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import type { WeekPlanCase } from '@time-bank/desk/staff-case';
import { type PlanWork, keepPlans, workOnPlan } from '@time-bank/desk/work-on-plan';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { planBody, weekAhead } from './messages.ts';

let town: Town;
let coordinator: Member;
let week: string;
let ahead = 1;
const everyMorning = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));

beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
  for (let count = 0; count < 12; count += 1)
    await town.anElder({ birthDate: '1938-03-08', livingSituation: 'alone' });
  for (let count = 0; count < 4; count += 1) await town.aVolunteer({ freeTimes: everyMorning });
});
afterAll(async () => {
  await town.stop();
});
beforeEach(() => {
  ahead += 1;
  week = weekAhead(town, ahead);
});

const caseId = () => weekPlanId(HOME, week);
const read = async (): Promise<WeekPlanView> =>
  (await town.ask(coordinator, 'GET', `/api/week-plans?community=${HOME}&week=${week}`)).body as WeekPlanView;
const order = async (): Promise<void> => {
  expect((await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week))).status).toBe(202);
};
const move = (step: 'send' | 'stop') =>
  town.ask(coordinator, 'POST', `/api/week-plans/${caseId()}/${step}`, { commandId: town.ids.command() });

/** A worker for whom time passes with each look at the clock; `onWrite` is told of each version before it is written. */
const aWorker = (msPerLook: number, onWrite: (record: WeekPlanCase) => Promise<void>) => {
  let [looks, fromMs] = [0, 0];
  const { caseBook, clock } = town.ports;
  const ports: PlanWork = {
    ...town.ports,
    clock: { nowMs: () => Math.max(clock.nowMs(), fromMs) + msPerLook * looks++ },
    caseBook: {
      ...caseBook,
      move: async (record) => {
        if (record.kind === 'week_plan') await onWrite(record);
        return caseBook.move(record);
      },
    },
  };
  fromMs = clock.nowMs();
  return { ports, passedMs: () => looks * msPerLook };
};

describe('while a plan is made', () => {
  it('the page shows how many visits are arranged of all, and nobody waits for more than a second to see it', async () => {
    await order();
    const written: WeekPlanCase['progress'][] = [];
    const seen: WeekPlanView[] = [];
    const worker = aWorker(300, async ({ state, progress }) => {
      if (state !== 'planning') return;
      written.push(progress);
      seen.push(await read());
    });
    await workOnPlan(worker.ports, caseId());
    const arranging = written.filter(({ phase }) => phase === 'arranging');
    expect(arranging.length).toBeGreaterThan(0);
    for (const { done, all } of arranging) expect([done <= all, all]).toEqual([true, 12]);
    expect(arranging.map(({ done }) => done)).toEqual(
      arranging.map(({ done }) => done).sort((a, b) => a - b),
    );
    // Each word is seen by whoever looks before the next one.
    expect(seen.slice(1).map(({ progress }) => progress)).toEqual(written.slice(0, -1));
    expect(seen.slice(1).every(({ state }) => state === 'planning')).toBe(true);
    // A word for each second of work, and no more: every one of them is a write.
    expect(written.length).toBeLessThanOrEqual(1 + worker.passedMs() / 1000);
    expect(written.length).toBeGreaterThan(worker.passedMs() / 2000);
  });

  it('a plan that takes less than a second is written down twice: that it is worked on, and when it is ready', async () => {
    await order();
    const states: string[] = [];
    const worker = aWorker(0, ({ state }) => {
      states.push(state);
      return Promise.resolve();
    });
    await workOnPlan(worker.ports, caseId());
    expect(states).toEqual(['planning', 'ready']);
  });

  it('whatever else is to be done has its turn between two steps', async () => {
    await order();
    let turns = 0;
    let isOver = false;
    const next = (): void => {
      turns += 1;
      if (!isOver) setImmediate(next);
    };
    const { listOfCommunity } = town.ports.weekBook;
    let before = 0;
    const weekBook = {
      ...town.ports.weekBook,
      listOfCommunity: async (...asked: Parameters<typeof listOfCommunity>) => {
        const rows = await listOfCommunity(...asked);
        before = turns;
        return rows;
      },
    };
    setImmediate(next);
    await workOnPlan({ ...town.ports, weekBook }, caseId());
    isOver = true;
    expect(turns - before).toBeGreaterThan(12);
  });

  it('it can be stopped on the way: nothing is kept of it, nobody is told, and it can be made anew', async () => {
    await order();
    const states: string[] = [];
    const worker = aWorker(400, async ({ state, progress }) => {
      states.push(state);
      if (progress.phase === 'arranging' && states.length === 3)
        expect((await move('stop')).status).toBe(202);
    });
    await workOnPlan(worker.ports, caseId());
    // The third word found that it was not asked for any more, and was the last.
    expect(states).toEqual(['planning', 'planning', 'planning']);
    expect(await read()).toMatchObject({ state: 'stopped', pairs: [] });
    expect(await keepPlans(town.ports)).toBe(0);
    await order();
    await workOnPlan(town.ports, caseId());
    expect((await read()).state).toBe('ready');
  });

  it('a worker who is killed on the way is followed by the schedule, and the plan is the same', async () => {
    await order();
    let writes = 0;
    const dying = aWorker(400, () => {
      writes += 1;
      return writes < 4 ? Promise.resolve() : Promise.reject(new Error('killed'));
    });
    await expect(workOnPlan(dying.ports, caseId())).rejects.toThrow('killed');
    expect((await read()).state).toBe('planning');
    // While the dead one's time runs, nobody else takes it.
    expect(await workOnPlan(town.ports, caseId())).toBe(false);
    town.pass(6);
    expect(await keepPlans(town.ports)).toBe(1);
    const plan = await read();
    expect(plan.state).toBe('ready');
    await order();
    await workOnPlan(town.ports, caseId());
    expect((await read()).pairs).toEqual(plan.pairs);
  });

  it('a worker who comes back after another has taken over writes nothing any more', async () => {
    await order();
    let isTakenOver = false;
    const slow = aWorker(400, async ({ progress }) => {
      if (progress.phase === undefined || isTakenOver) return;
      isTakenOver = true;
      town.pass(6);
      expect(await workOnPlan(town.ports, caseId())).toBe(true);
    });
    await workOnPlan(slow.ports, caseId());
    // Asked for, held by the slow one, held by the other, ready.
    const record = await town.ports.caseBook.readNow('week_plan', caseId());
    expect(record).toMatchObject({ state: 'ready', version: 4 });
  });
});
