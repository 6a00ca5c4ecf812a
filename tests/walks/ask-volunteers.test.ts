import type { Diary } from '@time-bank/care/diary';
import { AskReceipt } from '@time-bank/contracts/asking';
import { AboutCandidate, CandidateList } from '@time-bank/contracts/candidate';
import { RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { keepWaves } from '@time-bank/desk/keep-waves';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAR_AWAY, NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aVisit } from './steps.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

/** A visit at ten o'clock tomorrow that nobody has taken, and so many volunteers who live near it. */
const aSearch = async (count: number) => {
  const volunteers: Member[] = [];
  for (let number = 0; number < count; number += 1) {
    const point = { latitude: 33.64 + number / 1000, longitude: 116.97 };
    volunteers.push(await town.aVolunteer({ point }));
  }
  const visit = await aVisit(town, 'posted', {
    request: { plannedStartAt: town.soon(24 * 60) },
    volunteer: await town.anElder(),
  });
  const requestId = RequestId.parse(visit.requestId);
  const askedOf = async () => (await town.ports.careBook.readRequestNow(requestId))?.request.asked;
  return { ...visit, requestId, volunteers, askedOf };
};

type Search = Awaited<ReturnType<typeof aSearch>>;
const ask = ({ path, coordinator }: Search, commandId = town.ids.command(), who = coordinator) =>
  town.ask(who, 'POST', `${path}/ask`, { commandId });
const idsOf = (members: readonly Member[]) => members.map(({ memberId }) => memberId);
const told = async (kind: string) =>
  (await town.ports.outbox.listDue(town.soon(7 * 24 * 60), 100))
    .map(({ notice }) => notice)
    .filter((notice) => notice.kind === kind);

describe('volunteers are asked', () => {
  it('the three nearest first, each of them told once, with the hour at which more will be', async () => {
    const search = await aSearch(5);
    const { status, body } = await ask(search);
    expect(status).toBe(200);
    expect(AskReceipt.parse(body)).toEqual({
      requestId: search.requestId,
      wave: 1,
      at: town.now(),
      asked: 3,
      nextAt: town.soon(60),
    });
    const nearest = idsOf(search.volunteers.slice(0, 3));
    expect((await search.askedOf())?.to).toEqual(nearest);
    expect(await told('asked')).toMatchObject([
      { to: { people: nearest }, about: { requestId: search.requestId } },
    ]);
  });

  it('the same command asks nobody again and answers the same; a new one asks the next at once', async () => {
    const search = await aSearch(5);
    const commandId = town.ids.command();
    const first = await ask(search, commandId);
    const again = await ask(search, commandId);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(again.body).toEqual(first.body);
    const second = await ask(search);
    expect(second.body).toMatchObject({ wave: 2, asked: 5 });
    expect(await told('asked')).toHaveLength(2);
  });

  it('and the coordinator sees by name who was asked, and when more will be', async () => {
    const search = await aSearch(5);
    const see = async () =>
      CandidateList.parse((await town.ask(search.coordinator, 'GET', `${search.path}/candidates`)).body);
    expect((await see()).asked).toBeUndefined();
    await ask(search);
    const { asked } = await see();
    expect(asked).toMatchObject({ wave: 1, at: town.now(), nextAt: town.soon(60) });
    expect(asked?.people).toEqual(
      search.volunteers.slice(0, 3).map(({ memberId, name }) => ({ volunteerId: memberId, name })),
    );
  });

  it('of two coordinators who press at the same moment, both are answered and nobody is asked twice', async () => {
    const search = await aSearch(12);
    const answers = await Promise.all([ask(search), ask(search)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const to = (await search.askedOf())?.to ?? [];
    expect(new Set(to).size).toBe(to.length);
    expect(to).toHaveLength(9);
  });

  it('in a town without volunteers nobody is asked, and the coordinator sees it', async () => {
    const search = await aSearch(0);
    const { status, body } = await ask(search);
    expect(status).toBe(200);
    expect(body).toMatchObject({ wave: 1, asked: 0 });
    expect(await told('asked')).toEqual([]);
  });

  it('but not those who have stopped it, and want to hear of other things still', async () => {
    const search = await aSearch(4);
    const [first, second] = search.volunteers;
    if (first === undefined || second === undefined) throw new Error('nobody');
    const stop = (who: Member, group: string) =>
      town.ask(who, 'POST', '/api/me/notices', { locale: 'zh-Hans', stops: [{ group, channel: 'sms' }] });
    expect((await stop(first, 'asks')).status).toBe(200);
    expect((await stop(second, 'hours')).status).toBe(200);
    await ask(search);
    expect((await search.askedOf())?.to).toEqual(idsOf(search.volunteers.slice(1)));
  });

  it('at most five times a week', async () => {
    const [volunteer] = (await aSearch(1)).volunteers;
    if (volunteer === undefined) throw new Error('nobody');
    const asks = [];
    for (let times = 0; times < 6; times += 1) {
      const visit = await aVisit(town, 'posted', {
        request: { plannedStartAt: town.soon(24 * 60 * (times + 2)) },
        volunteer: await town.anElder(),
      });
      asks.push(
        (await town.ask(visit.coordinator, 'POST', `${visit.path}/ask`, { commandId: town.ids.command() }))
          .body.asked,
      );
    }
    expect(asks).toEqual([1, 1, 1, 1, 1, 0]);
    const diary: Diary = await town.ports.careBook.readDiaryNow(volunteer.memberId);
    expect(diary.asks).toHaveLength(5);
  });
});

describe('the clock', () => {
  it('asks more where nobody takes it, each once, and nobody before its time', async () => {
    const search = await aSearch(12);
    await ask(search);
    town.pass(59);
    expect(await keepWaves(town.ports)).toBe(0);
    town.pass(1);
    expect(await Promise.all([keepWaves(town.ports), keepWaves(town.ports)])).toContain(1);
    expect(await keepWaves(town.ports)).toBe(0);
    const asked = await search.askedOf();
    expect(asked?.wave).toBe(2);
    expect(asked?.to).toEqual(idsOf(search.volunteers.slice(0, 9)));
    expect(await told('asked')).toHaveLength(2);
  });

  it('and a command that is sent again after it asks nobody anew', async () => {
    const search = await aSearch(12);
    const commandId = town.ids.command();
    await ask(search, commandId);
    town.pass(60);
    expect(await keepWaves(town.ports)).toBe(1);
    expect((await ask(search, commandId)).body).toMatchObject({ wave: 2, asked: 9 });
    expect(await told('asked')).toHaveLength(2);
  });

  it('asks nobody about a visit for which nobody was ever asked', async () => {
    await aSearch(3);
    town.pass(120);
    expect(await keepWaves(town.ports)).toBe(0);
  });
});

describe('once somebody has it', () => {
  it('everybody else who was asked is told kindly, and nobody more is asked', async () => {
    const search = await aSearch(4);
    await ask(search);
    const [one, two, three] = search.volunteers;
    if (one === undefined || two === undefined || three === undefined) throw new Error('nobody');
    const answers = await Promise.all(
      [one, two].map((who) => town.ask(who, 'POST', `${search.path}/accept`, { visitId: town.ids.visit() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const winner = answers[0]?.status === 201 ? one : two;
    const others = [one, two, three].filter((who) => who !== winner);
    expect(await told('already_taken')).toMatchObject([{ to: { people: idsOf(others) } }]);
    expect(await search.askedOf()).toBeUndefined();
    town.pass(60);
    expect(await keepWaves(town.ports)).toBe(0);
    expect(await ask(search)).toMatchObject({ status: 409, body: { error: { code: 'request_not_open' } } });
  });
});

describe('who may have volunteers asked', () => {
  it('neither volunteers nor elders, and no coordinator of another community', async () => {
    const search = await aSearch(1);
    const [volunteer] = search.volunteers;
    for (const who of [search.elder, volunteer]) {
      expect(await ask(search, town.ids.command(), who)).toMatchObject({ status: 403 });
    }
    expect(await ask(search, town.ids.command(), await town.aCoordinator(NEXT_DOOR))).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_request' } },
    });
  });
});

describe('about one volunteer', () => {
  const about = async ({ path, coordinator }: Search, { memberId }: Pick<Member, 'memberId'>) => {
    const { body } = await town.ask(coordinator, 'GET', `${path}/candidates?about=${memberId}`);
    return AboutCandidate.parse(CandidateList.parse(body).about);
  };

  it('the coordinator hears their place in the list and why', async () => {
    const search = await aSearch(3);
    const [, second] = search.volunteers;
    if (second === undefined) throw new Error('nobody');
    const answer = await about(search, second);
    expect(answer).toMatchObject({ name: second.name, place: 2, against: [] });
    expect(answer.reasons.map(({ reason }) => reason.code)).toContain('distance');
  });

  it('or every reason why not, in words of three languages', async () => {
    const search = await aSearch(1);
    const other = await town.aVolunteer({
      birthDate: '2010-01-01',
      languages: ['yue'],
      point: { latitude: 33.9, longitude: 116.97 },
    });
    const answer = await about(search, other);
    expect(answer.place).toBeUndefined();
    expect(answer.against.map(({ reason }) => reason)).toEqual([
      'minor_group_only',
      'under_age',
      'out_of_reach',
      'no_common_language',
    ]);
    expect(answer.against.map(({ words }) => words.en)).toEqual([
      'is not of age and serves in groups only',
      'is too young for visits here',
      'lives too far away',
      'speaks no language that the elder understands',
    ]);
  });

  it('a relative is not asked, and cannot take the visit: family help is not counted in hours', async () => {
    const search = await aSearch(1);
    const [daughter, stranger] = [await town.aVolunteer(), await town.aVolunteer()];
    const tie = await town.ask(search.coordinator, 'POST', '/api/family-ties', {
      transferId: town.ids.transfer(),
      giverId: daughter.memberId,
      receiverId: search.elder.memberId,
      relation: 'parent',
      proof: '户口簿',
    });
    expect(tie.status).toBe(201);
    const { body } = await town.ask(search.coordinator, 'GET', `${search.path}/candidates`);
    const items = CandidateList.parse(body).items.map(({ volunteerId }) => volunteerId);
    expect(items).toContain(stranger.memberId);
    expect(items).not.toContain(daughter.memberId);
    expect((await about(search, daughter)).against.map(({ reason }) => reason)).toEqual(['kin']);
    const taking = { visitId: town.ids.visit() };
    expect(await town.ask(daughter, 'POST', `${search.path}/accept`, taking)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_eligible' } },
    });
  });

  it('of another county, or no volunteer at all, the answer is the same as of nobody', async () => {
    const search = await aSearch(1);
    const strangers = [await town.aVolunteer({ communityCode: FAR_AWAY }), search.elder];
    for (const { memberId } of [...strangers, { memberId: town.ids.member() }]) {
      const answer = await town.ask(search.coordinator, 'GET', `${search.path}/candidates?about=${memberId}`);
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown_member' } } });
    }
  });
});
