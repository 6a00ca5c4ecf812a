import { type Candidate, CandidateList } from '@time-bank/contracts/candidate';
import type { Member } from '@time-bank/contracts/member';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aVisit } from './steps.ts';

// The list shows every volunteer of the county, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const candidatesFor = (who: Member, path: string) => town.ask(who, 'GET', `${path}/candidates`);

/** Who is proposed for a visit, in order; `request` changes what is asked for. */
const proposed = async (request: Record<string, unknown> = {}, elder?: Member): Promise<Candidate[]> => {
  const { coordinator, path } = await aVisit(town, 'posted', {
    request,
    volunteer: await town.anElder(),
    ...(elder === undefined ? {} : { elder }),
  });
  const { body } = await candidatesFor(coordinator, path);
  return CandidateList.parse(body).items;
};

const idsOf = (items: readonly Candidate[]) => items.map(({ volunteerId }) => volunteerId);
const reasonsOf = (item: Candidate | undefined) => item?.reasons.map(({ reason }) => reason);

/** An hour and a half from now it is Saturday, 11:30 in China. */
const SATURDAY_MORNING = { weekday: 6, fromMinute: 8 * 60, toMinute: 12 * 60 };

it('shows what a coordinator needs to ring somebody up', async () => {
  const volunteer = await town.aVolunteer();
  const [first, ...rest] = await proposed();
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    volunteerId: volunteer.memberId,
    name: volunteer.name,
    phone: volunteer.phone,
    gender: 'female',
    age: 64,
  });
  const text = JSON.stringify(first);
  for (const secret of [volunteer.address, volunteer.birthDate, volunteer.visitCode]) {
    expect(text).not.toContain(secret);
  }
});

describe('who comes first', () => {
  it('the one who lives nearer', async () => {
    const far = await town.aVolunteer({ point: { latitude: 33.7, longitude: 116.97 } });
    const near = await town.aVolunteer({ point: { latitude: 33.641, longitude: 116.97 } });
    const items = await proposed();
    expect(idsOf(items)).toEqual([near.memberId, far.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'distance', km: 0.1 });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'distance', km: 6.7 });
  });

  it('without a map, the one of the same community', async () => {
    const nowhere = () => ({
      birthDate: '1962-05-01',
      roles: [{ role: 'volunteer' as const, region: HOME }],
    });
    const elder = await town.anElder({ address: '无坐标' });
    const nextDoor = await town.aVolunteer({ communityCode: NEXT_DOOR });
    const home = await town.aVolunteer(nowhere());
    const items = await proposed({ place: { address: '社区活动室' } }, elder);
    expect(idsOf(items)).toEqual([home.memberId, nextDoor.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'same_community' });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'same_township' });
  });

  it('the one who is free then, before one who has not said, before one who is not', async () => {
    const busy = await town.aVolunteer({ freeTimes: [{ ...SATURDAY_MORNING, weekday: 7 }] });
    const unknown = await town.aVolunteer();
    const free = await town.aVolunteer({ freeTimes: [SATURDAY_MORNING] });
    const items = await proposed();
    expect(idsOf(items)).toEqual([free.memberId, unknown.memberId, busy.memberId]);
    expect(items.map((item) => reasonsOf(item)?.map(({ code }) => code))).toEqual([
      expect.arrayContaining(['free_then']),
      expect.arrayContaining(['free_time_unknown']),
      expect.arrayContaining(['not_usually_free']),
    ]);
  });

  it('free for the beginning only is not free', async () => {
    await town.aVolunteer({ freeTimes: [SATURDAY_MORNING] });
    const [item] = await proposed({ plannedMinutes: 90 });
    expect(reasonsOf(item)).toContainEqual({ code: 'not_usually_free' });
  });

  it('the one who speaks what the elder speaks', async () => {
    const mandarin = await town.aVolunteer({ languages: ['cmn'] });
    const both = await town.aVolunteer({ languages: ['cmn', 'wanbei'] });
    const items = await proposed({ wishes: { languages: ['wanbei', 'cmn'] } });
    expect(idsOf(items)).toEqual([both.memberId, mandarin.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'speaks', language: 'wanbei' });
    expect(reasonsOf(items[1])).not.toContainEqual({ code: 'speaks', language: 'wanbei' });
  });

  it('a woman where a woman is wished for, and a man after her rather than not at all', async () => {
    const man = await town.aVolunteer({ gender: 'male' });
    const woman = await town.aVolunteer();
    const items = await proposed({ wishes: { languages: [], gender: 'female' } });
    expect(idsOf(items)).toEqual([woman.memberId, man.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'gender_wish_met' });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'gender_wish_not_met' });
  });

  it('a known face', async () => {
    const elder = await town.anElder();
    const stranger = await town.aVolunteer();
    const known = await town.aVolunteer();
    await aVisit(town, 'settled', { elder, volunteer: known });
    await aVisit(town, 'ended', { elder, volunteer: known });
    // A visit that was called off is not a visit.
    const { coordinator, path } = await aVisit(town, 'accepted', { elder, volunteer: stranger });
    await town.ask(coordinator, 'POST', `${path}/cancel`, { commandId: town.ids.command(), reason: '下雨' });
    const items = await proposed({ plannedStartAt: town.soon(24 * 60) }, elder);
    expect(idsOf(items)).toEqual([known.memberId, stranger.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'visited_before', times: 2 });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'first_time' });
  });

  it('the one who comes, before one who did not', async () => {
    const [missed, kept] = [await town.aVolunteer(), await town.aVolunteer()];
    const yesterday = { request: { plannedStartAt: town.soon(60) } };
    const gone = await aVisit(town, 'accepted', { volunteer: missed, ...yesterday });
    await aVisit(town, 'settled', { volunteer: kept, ...yesterday });
    const decided = await town.ask(gone.coordinator, 'POST', `${gone.path}/no-show`, {
      commandId: town.ids.command(),
      who: 'volunteer',
      reason: '电话里说忘了',
    });
    expect(decided.status).toBe(200);
    // Next week, in which neither has anything yet.
    const items = await proposed({ plannedStartAt: town.soon(48 * 60) });
    expect(idsOf(items)).toEqual([kept.memberId, missed.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'kept_visits', kept: 1, missed: 0 });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'kept_visits', kept: 0, missed: 1 });
  });

  it('the one with less to do that week', async () => {
    const busy = await town.aVolunteer();
    const idle = await town.aVolunteer();
    for (const hours of [3, 5]) {
      const { requestId } = await aVisit(town, 'accepted', {
        volunteer: busy,
        request: { plannedStartAt: town.soon(hours * 60) },
      });
      await town.project(requestId);
    }
    const items = await proposed();
    expect(idsOf(items)).toEqual([idle.memberId, busy.memberId]);
    expect(reasonsOf(items[0])).toContainEqual({ code: 'visits_planned', count: 0 });
    expect(reasonsOf(items[1])).toContainEqual({ code: 'visits_planned', count: 2 });
  });
});

describe('who is not proposed', () => {
  it('children, people of another county, and the receiver', async () => {
    const fine = await town.aVolunteer();
    await town.aVolunteer({ birthDate: '2008-11-22' });
    await town.aVolunteer({ communityCode: FAR_AWAY });
    const both = await town.aMember({
      birthDate: '1955-01-01',
      roles: [
        { role: 'resident', region: HOME },
        { role: 'volunteer', region: HOME },
      ],
    });
    expect(idsOf(await proposed({}, both))).toEqual([fine.memberId]);
    expect(idsOf(await proposed()).sort()).toEqual([fine.memberId, both.memberId].sort());
  });

  it('whoever has another visit at that time, or four hours on that day; once it is called off they are back', async () => {
    const overlapping = await town.aVolunteer();
    const full = await town.aVolunteer();
    const at = (hours: number, plannedMinutes: number) => ({
      request: { plannedStartAt: town.soon(hours * 60), plannedMinutes },
    });
    const one = await aVisit(town, 'accepted', { volunteer: overlapping, ...at(1.5, 60) });
    const two = await aVisit(town, 'accepted', { volunteer: full, ...at(4, 181) });
    for (const { requestId } of [one, two]) await town.project(requestId);
    expect(await proposed()).toEqual([]);
    for (const { coordinator, path, requestId } of [one, two]) {
      await town.ask(coordinator, 'POST', `${path}/cancel`, {
        commandId: town.ids.command(),
        reason: '下雨',
      });
      await town.project(requestId);
    }
    expect(idsOf(await proposed()).sort()).toEqual([overlapping.memberId, full.memberId].sort());
  });

  it('more than twenty', async () => {
    for (let count = 0; count < 22; count += 1) await town.aVolunteer();
    const { coordinator, path } = await aVisit(town, 'posted');
    const { body } = await candidatesFor(coordinator, path);
    expect(body.items).toHaveLength(20);
    expect(body.considered).toBe(23);
  });
});

it('every reason is said in three languages, as one would say it on the phone', async () => {
  await town.aVolunteer({
    languages: ['wanbei'],
    freeTimes: [SATURDAY_MORNING],
    point: { latitude: 33.65, longitude: 116.97 },
  });
  const [item] = await proposed({ wishes: { languages: ['wanbei'], gender: 'female' } });
  const words = item?.reasons.map((reason) => reason.words);
  expect(words?.map((each) => each['zh-Hans'])).toEqual([
    '住在同一社区',
    '相距约1.1公里',
    '这个时间有空',
    '第一次探访这位老人',
    '第一次上门，请安排熟人陪同或家属在场',
    '会说皖北话',
    '性别符合老人意愿',
    '本周还没有安排',
  ]);
  expect(words?.map((each) => each['zh-Hant'])).toEqual([
    '住在同一社區',
    '相距約1.1公里',
    '這個時間有空',
    '第一次探訪這位老人',
    '第一次上門，請安排熟人陪同或家屬在場',
    '會說皖北話',
    '性別符合老人意願',
    '本週還沒有安排',
  ]);
  expect(words?.map((each) => each.en)).toEqual([
    'lives in the same community',
    'about 1.1 km away',
    'free at that time',
    'would meet this elder for the first time',
    'a first visit: somebody whom the elder knows comes along, or family is there',
    'speaks the Wanbei dialect',
    'meets the wish for a woman or a man',
    'no visits that week yet',
  ]);
});

it('the same question has the same answer, and equals stand in the order of their ids', async () => {
  const volunteers = [await town.aVolunteer(), await town.aVolunteer(), await town.aVolunteer()];
  const { coordinator, path } = await aVisit(town, 'posted', { volunteer: await town.anElder() });
  const answers = [await candidatesFor(coordinator, path), await candidatesFor(coordinator, path)];
  expect(answers[0]?.body).toEqual(answers[1]?.body);
  expect(idsOf(CandidateList.parse(answers[0]?.body).items)).toEqual(
    volunteers.map(({ memberId }) => memberId).sort(),
  );
});

describe('who may ask', () => {
  it('neither volunteers nor elders', async () => {
    const { elder, volunteer, path } = await aVisit(town, 'posted');
    for (const who of [elder, volunteer]) {
      expect(await candidatesFor(who, path)).toMatchObject({
        status: 403,
        body: { error: { code: 'not_allowed' } },
      });
    }
  });

  it('no coordinator of another community', async () => {
    const { path } = await aVisit(town, 'posted');
    expect(await candidatesFor(await town.aCoordinator(NEXT_DOOR), path)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
  });

  it('nobody any more once the request is taken', async () => {
    const { coordinator, path } = await aVisit(town, 'accepted');
    expect(await candidatesFor(coordinator, path)).toMatchObject({
      status: 409,
      body: { error: { code: 'request_not_open' } },
    });
  });
});
