/** A coordinator opens one page on Monday: a plan is made, settled by hand, stopped, sent, sent again, cut off half-way. */
import type { Member } from '@time-bank/contracts/member';
import type { PlannedVisitView, WeekPlanView } from '@time-bank/contracts/week-plan';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { keepPlans, workOnPlan } from '@time-bank/desk/work-on-plan';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { planBody, weekAhead } from './messages.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const everyMorning = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));
/** Each test has a week of its own. */
let ahead = 1;
let week: string;
beforeEach(() => {
  ahead += 1;
  week = weekAhead(town, ahead);
});

/** As the stream's consumer would see everybody: residents stand on the board. */
const anElder = (change: Parameters<Town['anElder']>[0] = {}): Promise<Member> =>
  town.anElder({ birthDate: '1938-03-08', livingSituation: 'alone', ...change });

const read = async (): Promise<WeekPlanView> => {
  const answer = await town.ask(coordinator, 'GET', `/api/week-plans?community=${HOME}&week=${week}`);
  expect(answer.status).toBe(200);
  return answer.body as WeekPlanView;
};
const make = async (change: Record<string, unknown> = {}): Promise<WeekPlanView> => {
  const answer = await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week, change));
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  await workOnPlan(town.ports, weekPlanId(HOME, week));
  return read();
};
const move = (step: 'send' | 'stop', body: object = { commandId: town.ids.command() }) =>
  town.ask(coordinator, 'POST', `/api/week-plans/${weekPlanId(HOME, week)}/${step}`, body);
const pairOf = (plan: WeekPlanView, elder: Member): PlannedVisitView | undefined =>
  plan.pairs.find(({ elderId }) => elderId === elder.memberId);

describe('a town with no volunteers', () => {
  it('gets a plan that says of each elder that nobody lives within reach, and what would help', async () => {
    const elder = await anElder({ languages: ['yue'] });
    const plan = await make();
    expect(plan).toMatchObject({ state: 'ready', pairs: [], figures: { covered: 0, bound: 0 } });
    const gap = plan.uncovered.find(({ elderId }) => elderId === elder.memberId);
    expect(gap).toMatchObject({ reason: 'nobody_in_reach', would: { languages: ['yue'] } });
    expect(gap?.words['zh-Hans']).toBe('附近没有志愿者');
    expect(gap?.wouldWords['zh-Hans']).toMatch(
      /^再有一位会说粤语的志愿者，周.有空就行$|再有一位会说粤语的志愿者，周. /,
    );
    // Nobody is left to be told.
    expect((await move('send')).status).toBe(202);
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    expect((await read()).state).toBe('sent');
  });
});

describe('with volunteers', () => {
  let elders: Member[];
  let volunteers: Member[];
  beforeAll(async () => {
    elders = [await anElder(), await anElder(), await anElder()];
    volunteers = [
      await town.aVolunteer({ freeTimes: everyMorning }),
      await town.aVolunteer({ freeTimes: everyMorning }),
    ];
  });

  it('everybody whom they can reach has a visit, with its grounds in words', async () => {
    const plan = await make();
    expect(plan.figures?.covered).toBe(plan.figures?.bound);
    for (const elder of elders) {
      const pair = pairOf(plan, elder);
      expect(volunteers.map(({ memberId }) => memberId)).toContain(pair?.volunteerId);
      expect(pair?.reasons.length).toBeGreaterThan(0);
      expect(pair?.sent).toBe('waiting');
    }
  });

  it('a pair that is locked comes, one that is forbidden does not', async () => {
    const [elder, other] = elders as [Member, Member];
    const [one, two] = volunteers as [Member, Member];
    const plan = await make({
      locked: [{ elderId: elder.memberId, volunteerId: two.memberId }],
      forbidden: [{ elderId: other.memberId, volunteerId: two.memberId }],
    });
    expect(pairOf(plan, elder)).toMatchObject({ volunteerId: two.memberId, isLocked: true });
    expect(pairOf(plan, other)?.volunteerId).toBe(one.memberId);
  });

  it('nothing is sent before somebody sends it; then everybody is told once, however often it is sent', async () => {
    const [elder] = elders as [Member];
    await make();
    const received = () =>
      town.ports.careBook.listReceived(elder.memberId, { limit: 50 }).then(({ items }) => items.length);
    const before = await received();
    const body = { commandId: town.ids.command() };
    expect((await move('send', body)).status).toBe(202);
    const again = await move('send', body);
    expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([202, 'true']);
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    const plan = await read();
    expect(plan.state).toBe('sent');
    expect(new Set(plan.pairs.map(({ sent }) => sent))).toEqual(new Set(['sent']));
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    expect(await received()).toBe(before + 1);
    const requestId = pairOf(plan, elder)?.requestId;
    const view = await town.ask(coordinator, 'GET', `/api/requests/${String(requestId)}`);
    expect(view.body).toMatchObject({ state: 'accepted', receiver: { memberId: elder.memberId } });
  });

  it('a worker who is killed half-way is followed by the schedule, and nobody is asked twice', async () => {
    await make();
    await move('send');
    const { caseBook } = town.ports;
    let writes = 0;
    const isDead = () => writes >= 4;
    const dying = {
      ...town.ports,
      caseBook: {
        ...caseBook,
        // The dead write nothing any more, not even that they give it back.
        move: (record: Parameters<typeof caseBook.move>[0]) =>
          isDead() ? Promise.reject(new Error('killed')) : caseBook.move(record),
      },
      journal: {
        ...town.ports.journal,
        commit: async (changes: Parameters<typeof town.ports.journal.commit>[0]) => {
          writes += 1;
          if (writes === 4) throw new Error('killed');
          return town.ports.journal.commit(changes);
        },
      },
    };
    await expect(workOnPlan(dying, weekPlanId(HOME, week))).rejects.toThrow('killed');
    // While the dead one's time runs, nobody else takes it.
    expect(await workOnPlan(town.ports, weekPlanId(HOME, week))).toBe(false);
    town.pass(6);
    expect(await keepPlans(town.ports)).toBeGreaterThan(0);
    expect((await caseBook.readNow('week_plan', weekPlanId(HOME, week)))?.state).toBe('sent');
    const plan = await read();
    for (const { elderId } of plan.pairs) {
      const { items } = await town.ports.careBook.listReceived(elderId, { limit: 50 });
      const ofWeek = items.filter(({ request }) =>
        plan.pairs.some(({ requestId }) => requestId === request.requestId),
      );
      expect(ofWeek).toHaveLength(plan.pairs.filter((pair) => pair.elderId === elderId).length);
    }
  });

  it('one who drops out is replaced, and everybody else keeps their visit', async () => {
    const first = await make();
    await move('send');
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    const sent = await read();
    for (const { requestId } of sent.pairs) await town.project(String(requestId));
    const dropped = sent.pairs[0]!;
    const volunteer = volunteers.find(({ memberId }) => memberId === dropped.volunteerId)!;
    const gone = await town.ask(volunteer, 'POST', `/api/requests/${String(dropped.requestId)}/withdraw`, {
      commandId: town.ids.command(),
      reason: '生病了',
    });
    expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300);
    await town.project(String(dropped.requestId));
    await town.aVolunteer({ freeTimes: everyMorning });
    const second = await make({
      forbidden: [{ elderId: dropped.elderId, volunteerId: dropped.volunteerId }],
    });
    expect(first.pairs.length).toBeGreaterThan(1);
    expect(second.pairs.map(({ elderId }) => elderId)).toEqual([dropped.elderId]);
    expect(second.pairs[0]?.volunteerId).not.toBe(dropped.volunteerId);
  });
});

describe('a visit of the plan that its volunteer gave back', () => {
  const fromNine = (weekday: number) => ({ weekday, fromMinute: 540, toMinute: 630 });
  let elder: Member;
  let monday: Member;
  beforeEach(async () => {
    elder = await anElder();
    monday = await town.aVolunteer({ freeTimes: [fromNine(1)] });
  });
  /** The plan gives the elder to somebody who is free on Mondays alone, and sends it. */
  const sendMonday = async (): Promise<string> => {
    const plan = await make({ locked: [{ elderId: elder.memberId, volunteerId: monday.memberId }] });
    expect(pairOf(plan, elder)?.volunteerId).toBe(monday.memberId);
    await move('send');
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    const sent = await read();
    for (const { requestId } of sent.pairs) await town.project(String(requestId));
    return String(pairOf(sent, elder)?.requestId);
  };
  const giveBack = async (requestId: string): Promise<void> => {
    const body = { commandId: town.ids.command(), reason: '生病了' };
    const gone = await town.ask(monday, 'POST', `/api/requests/${requestId}/withdraw`, body);
    expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300);
    await town.project(requestId);
  };
  const startOf = async (requestId: string): Promise<string> =>
    String((await town.ask(coordinator, 'GET', `/api/requests/${requestId}`)).body.plannedStartAt);

  it('may be at any hour of the week that is left, since nobody has asked for the one that fell out', async () => {
    const requestId = await sendMonday();
    const before = await startOf(requestId);
    await giveBack(requestId);
    const friday = await town.aVolunteer({ freeTimes: [fromNine(5)] });
    const plan = await make({ locked: [{ elderId: elder.memberId, volunteerId: friday.memberId }] });
    expect(pairOf(plan, elder)).toMatchObject({ visitKey: requestId, volunteerId: friday.memberId });
    await move('send');
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    expect(pairOf(await read(), elder)).toMatchObject({ sent: 'sent', requestId });
    const after = await startOf(requestId);
    expect(Date.parse(after) - Date.parse(before)).toBeGreaterThan(3 * 24 * 60 * 60_000);
  });

  it('keeps its hour where the elder had agreed to it', async () => {
    const requestId = await sendMonday();
    const before = await startOf(requestId);
    const agreed = await town.ask(elder, 'POST', `/api/requests/${requestId}/person`, {
      commandId: town.ids.command(),
      answer: 'agree',
    });
    expect(agreed.status, JSON.stringify(agreed.body)).toBeLessThan(300);
    await giveBack(requestId);
    const friday = await town.aVolunteer({ freeTimes: [fromNine(5)] });
    const plan = await make({ locked: [{ elderId: elder.memberId, volunteerId: friday.memberId }] });
    expect(pairOf(plan, elder)).toBeUndefined();
    const gap = plan.uncovered.find(({ visitKey }) => visitKey === requestId);
    expect(gap).toMatchObject({ elderId: elder.memberId, would: { weekday: 1 } });
    expect(await startOf(requestId)).toBe(before);
  });
});

describe('a plan that is asked for', () => {
  it('can be stopped before it is made; then nothing was sent, and it can be made anew', async () => {
    await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
    expect((await move('stop')).body.state).toBe('stopped');
    expect(await workOnPlan(town.ports, weekPlanId(HOME, week))).toBe(false);
    expect((await read()).state).toBe('stopped');
    expect((await make()).state).toBe('ready');
  });

  it('cannot be sent before it is ready, nor while it goes out', async () => {
    await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
    expect((await move('send')).body.error.code).toBe('wrong_step');
    await workOnPlan(town.ports, weekPlanId(HOME, week));
    await move('send');
    const again = await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
    expect(again.body.error.code).toBe('wrong_step');
  });

  it('is the same command, or another content under its id', async () => {
    const body = planBody(town, week);
    expect((await town.ask(coordinator, 'POST', '/api/week-plans', body)).status).toBe(202);
    const again = await town.ask(coordinator, 'POST', '/api/week-plans', body);
    expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([202, 'true']);
    const other = {
      ...body,
      forbidden: [{ elderId: coordinator.memberId, volunteerId: coordinator.memberId }],
    };
    const refused = await town.ask(coordinator, 'POST', '/api/week-plans', other);
    expect(refused.body.error.code).toBe('exists_with_different_content');
  });
});
