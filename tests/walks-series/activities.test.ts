import { ActivityList, ActivitySheet } from '@time-bank/contracts/activity';
import { accountOf } from '@time-bank/contracts/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type Town, startTown } from '../town.ts';
import { anActivity, toldOf } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

type Activity = Awaited<ReturnType<typeof anActivity>>;

const sheet = async ({ holder, path }: Activity) =>
  ActivitySheet.parse((await town.ask(holder, 'GET', path)).body);

/** Ticks everybody who is in, for so many minutes. */
const tickAll = async (activity: Activity, minutes: number) => {
  const { names } = await sheet(activity);
  return town.ask(activity.holder, 'POST', `${activity.path}/attendance`, {
    commandId: town.ids.command(),
    came: names
      .filter(({ standing }) => standing === 'in')
      .map(({ person }) => ({ memberId: person.memberId, minutes })),
  });
};

const close = (activity: Activity) =>
  town.ask(activity.coordinator, 'POST', `${activity.path}/close`, {
    commandId: town.ids.command(),
    transferId: town.ids.transfer(),
  });

describe('putting a name down', () => {
  it('the last place goes to one of two who ask in the same moment; the other waits, and moves up when one leaves', async () => {
    const activity = await anActivity(town, { guestPlaces: 1 });
    const [one, other] = [await town.anElder(), await town.anElder()];
    const answers = await Promise.all([activity.join(one, 'guest'), activity.join(other, 'guest')]);
    expect(answers.map(({ body }) => body.standing as string).sort()).toEqual(['in', 'waiting']);
    const [winner, waiting] = answers[0].body.standing === 'in' ? [one, other] : [other, one];
    expect((await activity.leave(winner)).body).toMatchObject({ standing: 'out' });
    expect(await toldOf(town, activity.caseId)).toEqual([
      { kind: 'activity_place', to: { people: [waiting.memberId] } },
    ]);
    const list = ActivityList.parse((await town.ask(waiting, 'GET', '/api/activities')).body);
    const mine = list.items.find(({ caseId }) => caseId === activity.caseId);
    expect(mine).toMatchObject({ mine: { part: 'guest', standing: 'in' }, guestsLeft: 0 });
  });

  it('twelve people at once for two places: two are in, nobody is lost', async () => {
    const activity = await anActivity(town, { guestPlaces: 2 });
    const people = await Promise.all(Array.from({ length: 12 }, () => town.anElder()));
    const answers = await Promise.all(people.map((person) => activity.join(person, 'guest')));
    const standings = answers.map(({ status, body }) => (status === 201 ? body.standing : status) as string);
    expect(standings.filter((standing) => standing === 'in')).toHaveLength(2);
    const { names } = await sheet(activity);
    expect(names.filter(({ standing }) => standing === 'in')).toHaveLength(2);
    expect(names).toHaveLength(standings.filter((standing) => typeof standing === 'string').length);
  });

  it('to serve: with papers in order, and under age with a guardian behind them', async () => {
    const activity = await anActivity(town);
    expect((await activity.join(await town.aVolunteer(), 'volunteer')).body).toMatchObject({
      standing: 'in',
    });
    const nobody = await activity.join(await town.anElder(), 'volunteer');
    expect(nobody.body.error).toMatchObject({ code: 'not_ready_to_serve', reasons: ['not_active'] });
    const pupil = await town.aVolunteer({ birthDate: '2011-05-01' });
    expect((await activity.join(pupil, 'volunteer')).body.error).toMatchObject({
      code: 'not_ready_to_serve',
      reasons: ['minor_group_only'],
    });
    const guardian = await town.aVolunteer();
    const version = (pupil.version ?? 0) + 1;
    const consent = { guardianId: guardian.memberId, on: '2026-11-01', until: '2027-10-31' };
    const volunteering = { ...pupil.volunteering!, guardianConsent: consent };
    expect(await town.ports.people.change(pupil, { ...pupil, volunteering, version })).toBe(true);
    expect((await activity.join(pupil, 'volunteer')).body).toMatchObject({ standing: 'in' });
    expect((await sheet(activity)).names.find(({ isMinor }) => isMinor)?.person.memberId).toBe(
      pupil.memberId,
    );
  });

  it('by the counter for somebody without a telephone, and by nobody for a stranger', async () => {
    const activity = await anActivity(town);
    const elder = await town.anElder();
    const forElder = { memberId: elder.memberId };
    expect((await activity.join(activity.coordinator, 'guest', forElder)).status).toBe(201);
    const stranger = await activity.join(await town.aVolunteer(), 'guest', forElder);
    expect(stranger.body.error.code).toBe('unknown_member');
    const farAway = await town.aCoordinator(FAR_AWAY);
    expect((await town.ask(farAway, 'GET', activity.path)).body.error.code).toBe('unknown_case');
  });
});

describe('after the activity', () => {
  it('the minutes of its volunteers are banked for the organisation, once, and each keeps a record', async () => {
    const activity = await anActivity(town);
    const [one, other, guest] = [await town.aVolunteer(), await town.aVolunteer(), await town.anElder()];
    for (const [who, part] of [
      [one, 'volunteer'],
      [other, 'volunteer'],
      [guest, 'guest'],
    ] as const) {
      expect((await activity.join(who, part)).status).toBe(201);
    }
    expect((await tickAll(activity, 90)).body.error.code).toBe('wrong_step');
    town.pass(2 * 24 * 60 + 120);
    expect((await close(activity)).body.error.code).toBe('wrong_step');
    expect((await tickAll(activity, 90)).status).toBe(201);
    const body = { commandId: town.ids.command(), transferId: town.ids.transfer() };
    const closing = () => town.ask(activity.coordinator, 'POST', `${activity.path}/close`, body);
    const [first] = [await closing(), await closing(), await closing()];
    expect(first.body).toMatchObject({ state: 'closed', bankedMinutes: 180 });
    const head = await town.ports.journal.readAccountNow(activity.accountId as never);
    expect(head).toMatchObject({ state: 'donate_only', minutes: { earned: 180 } });
    const records = await town.ask(one, 'GET', '/api/activity-records');
    expect(records.body).toMatchObject({
      totalMinutes: 90,
      items: [{ title: '合唱下午', organisationName: '和平里老年协会', minutes: 90 }],
    });
    expect((await town.ask(guest, 'GET', '/api/activity-records')).body.items).toEqual([]);
    const own = await town.ports.journal.readAccountNow(accountOf(one.memberId));
    expect(own?.minutes.earned).toBe(0);
    expect((await close(activity)).body.error.code).toBe('case_closed');
  });

  it('at which no volunteer came, nothing is banked', async () => {
    const activity = await anActivity(town);
    await activity.join(await town.anElder(), 'guest');
    town.pass(2 * 24 * 60 + 120);
    await tickAll(activity, 60);
    const answer = await close(activity);
    expect(answer.body).toMatchObject({ state: 'closed' });
    expect(answer.body).not.toHaveProperty('bankedMinutes');
  });

  it('nobody banks it who may not bank group hours', async () => {
    const activity = await anActivity(town);
    const answer = await town.ask(activity.holder, 'POST', `${activity.path}/close`, {
      commandId: town.ids.command(),
      transferId: town.ids.transfer(),
    });
    expect(answer.body.error.code).toBe('not_allowed');
  });
});

it('an activity that is called off tells everybody on its list, those who wait, too', async () => {
  const activity = await anActivity(town, { guestPlaces: 1 });
  const people = [await town.anElder(), await town.anElder()];
  for (const person of people) await activity.join(person, 'guest');
  const body = { commandId: town.ids.command(), reason: '场地停电' };
  expect((await town.ask(activity.holder, 'POST', `${activity.path}/cancel`, body)).body).toMatchObject({
    state: 'cancelled',
  });
  const told = await toldOf(town, activity.caseId);
  expect(told).toEqual([
    { kind: 'activity_cancelled', to: { people: people.map(({ memberId }) => memberId) } },
  ]);
  const late = await activity.join(await town.anElder(), 'guest');
  expect(late.body.error.code).toBe('case_closed');
  const list = await town.ask(people[0], 'GET', `/api/activities?community=${HOME}`);
  expect(JSON.stringify(list.body)).not.toContain(activity.caseId);
});
