import { makeApp } from '@time-bank/api/app';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { ConsentList, ConsentPurpose, DataWishList, OwnCopy } from '@time-bank/contracts/privacy';
import { hasConsent } from '@time-bank/desk/consent';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, liveVisit, startTown } from '../town.ts';
import { aCall } from '../walks-emergency/steps.ts';
import { aLine } from '../walks-notices/messages.ts';
import { aPlan, weekAhead } from '../walks-plan/messages.ts';
import { aSeries, anActivity } from '../walks-series/steps.ts';
import { aWish } from './messages.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

const commandId = () => town.ids.command();
const consent = (purpose: string, isGiven: boolean, version = '2026-11') => ({
  consentId: town.ids.file(),
  purpose,
  version,
  isGiven,
});

describe('consent', () => {
  it('is no until somebody says yes, and taken back as easily', async () => {
    const elder = await town.anElder();
    const read = async () =>
      Object.fromEntries(
        ConsentList.parse((await town.ask(elder, 'GET', '/api/me/consents')).body).items.map(
          ({ purpose, isGiven }) => [purpose, isGiven],
        ),
      );
    expect(Object.values(await read())).toEqual(ConsentPurpose.options.map(() => false));
    expect((await town.ask(elder, 'POST', '/api/me/consents', consent('location', true))).status).toBe(201);
    expect(await read()).toMatchObject({ location: true, photo: false });
    expect(await hasConsent(town.ports, elder.memberId, 'location')).toBe(true);
    town.pass(1);
    expect((await town.ask(elder, 'POST', '/api/me/consents', consent('location', false))).status).toBe(201);
    expect(await read()).toMatchObject({ location: false });
    expect(await hasConsent(town.ports, elder.memberId, 'location')).toBe(false);
  });

  it('to other words than those of today is none, and a no is taken in any words', async () => {
    const elder = await town.anElder();
    const old = await town.ask(elder, 'POST', '/api/me/consents', consent('photo', true, '2025-01'));
    expect(old.body.error).toMatchObject({ code: 'invalid_fields', details: [{ property: 'version' }] });
    expect(
      (await town.ask(elder, 'POST', '/api/me/consents', consent('photo', false, '2025-01'))).status,
    ).toBe(201);
  });

  it('sent twice is said once, and is a refusal under the same id with another word', async () => {
    const elder = await town.anElder();
    const said = consent('health', true);
    const first = await town.ask(elder, 'POST', '/api/me/consents', said);
    const again = await town.ask(elder, 'POST', '/api/me/consents', said);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await town.ask(elder, 'POST', '/api/me/consents', { ...said, isGiven: false });
    expect(other.body.error.code).toBe('exists_with_different_content');
  });

  it('is needed for nothing of a visit: without any, one is made, confirmed and banked', async () => {
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer(),
    ];
    const { answers } = await liveVisit(town, { coordinator, elder, volunteer });
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200]);
  });
});

describe('a copy of one’s own data', () => {
  it('holds the person, the hours, the visits and what was said, and no secret', async () => {
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer(),
    ];
    await liveVisit(town, { coordinator, elder, volunteer });
    await town.ask(elder, 'POST', '/api/me/consents', consent('photo', true));
    await aWish(town, elder);
    const answer = await town.ask(elder, 'GET', '/api/me/copy');
    expect(answer.status).toBe(200);
    const copy = OwnCopy.parse(answer.body);
    expect(copy.member.name).toBe(elder.name);
    expect(copy.received).toHaveLength(1);
    expect(copy.received[0]).toMatchObject({ address: elder.address });
    expect(copy.wishes).toHaveLength(1);
    expect(copy.consents.find(({ purpose }) => purpose === 'photo')?.isGiven).toBe(true);
    expect(JSON.stringify(copy)).not.toMatch(/hash|secret|publicKey/i);
    const own = OwnCopy.parse((await town.ask(volunteer, 'GET', '/api/me/copy')).body);
    expect(own.entries).toHaveLength(1);
    expect(own.visited).toHaveLength(1);
    // What the volunteer may no longer see, the copy does not show either.
    expect(JSON.stringify(own.visited)).not.toContain(elder.address);
  });

  it('holds what comes again, calls for help, activities, what one was told, and what was planned', async () => {
    const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 480, toMinute: 1080 }));
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer({ freeTimes: everyDay }),
    ];
    const series = await aSeries(town, elder);
    const call = await aCall(town, elder, '头晕');
    const activity = await anActivity(town);
    await activity.join(elder, 'guest');
    const told = await aLine(town, elder);
    await aPlan(town, coordinator, weekAhead(town, 1));
    const copy = OwnCopy.parse((await town.ask(elder, 'GET', '/api/me/copy')).body);
    expect(copy.series).toMatchObject([{ caseId: series.caseId, state: 'open' }]);
    expect(copy.calls).toMatchObject([{ caseId: call.caseId, words: '头晕', steps: [{ step: 'opened' }] }]);
    expect(copy.activities).toMatchObject([{ title: '合唱下午', part: 'guest', standing: 'in' }]);
    expect(copy.notices.map(({ kind }) => kind)).toContain(told.kind);
    const plan = await town.ask(
      coordinator,
      'GET',
      `/api/week-plans?community=${HOME}&week=${weekAhead(town, 1)}`,
    );
    const pairs = (plan.body.pairs as { elderId: string; volunteerId: string }[]).filter(
      ({ elderId }) => elderId === elder.memberId,
    );
    expect(pairs.length).toBeGreaterThan(0);
    expect(copy.planned.map(({ as, otherId }) => [as, otherId])).toEqual(
      pairs.map(({ volunteerId }) => ['elder', volunteerId]),
    );
    const other = OwnCopy.parse((await town.ask(volunteer, 'GET', '/api/me/copy')).body);
    expect([other.series, other.calls, other.activities]).toEqual([[], [], []]);
  });

  it('of somebody else is not given, whoever asks', async () => {
    const [elder, other, coordinator] = [
      await town.anElder(),
      await town.anElder(),
      await town.aCoordinator(),
    ];
    for (const who of [other, coordinator]) {
      const foreign = await town.ask(who, 'GET', `/api/me/copy?memberId=${elder.memberId}`);
      const missing = await town.ask(who, 'GET', `/api/me/copy?memberId=${town.ids.member()}`);
      expect(foreign.body.error.code).toBe('unknown_member');
      expect(foreign.body).toEqual(missing.body);
    }
  });
});

describe('a wish about one’s data', () => {
  it('waits for the community for 30 days, is answered once, and the answer is there to read', async () => {
    const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
    const { wishId, path } = await aWish(town, elder);
    const waiting = await town.ask(coordinator, 'GET', `/api/data-wishes?region=${elder.communityCode}`);
    const row = DataWishList.parse(waiting.body).items.find((item) => item.wishId === wishId)!;
    expect(Date.parse(row.dueAt) - Date.parse(row.askedAt)).toBe(30 * 24 * 60 * 60 * 1000);
    const answer = { commandId: commandId(), decision: 'refuse', answer: '身份证上就是这个门牌号' };
    const first = await town.ask(coordinator, 'POST', path, answer);
    expect(first.body).toMatchObject({ state: 'refused', answer: '身份证上就是这个门牌号' });
    expect((await town.ask(coordinator, 'POST', path, answer)).headers.get('Idempotency-Hit')).toBe('true');
    const other = { commandId: commandId(), decision: 'done', answer: '已改' };
    expect((await town.ask(coordinator, 'POST', path, other)).body.error.code).toBe('changed_meanwhile');
    const own = await town.ask(elder, 'GET', '/api/me/data-wishes');
    expect(own.body.items).toMatchObject([{ wishId, state: 'refused' }]);
    const after = await town.ask(coordinator, 'GET', `/api/data-wishes?region=${elder.communityCode}`);
    expect(JSON.stringify(after.body)).not.toContain(wishId);
  });

  it('is not refused without a reason', async () => {
    const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
    const { path } = await aWish(town, elder);
    const silent = await town.ask(coordinator, 'POST', path, { commandId: commandId(), decision: 'refuse' });
    expect(silent.body.error.code).toBe('invalid_fields');
  });
});

describe('an erasure', () => {
  const erase = (coordinator: Parameters<Town['ask']>[0], path: string) =>
    town.ask(coordinator, 'POST', path, { commandId: commandId(), decision: 'done', answer: '已删除' });

  it('waits until the account is closed and no visit is under way', async () => {
    const [elder, coordinator] = [await town.anElder(), await town.aCoordinator()];
    await town.ask(coordinator, 'POST', '/api/requests', {
      requestId: town.ids.request(),
      serviceCode: 'C01',
      receiverId: elder.memberId,
      plannedStartAt: town.soon(60),
      plannedMinutes: 60,
      wishes: { languages: [] },
    });
    const { path } = await aWish(town, elder, 'erasure');
    const blocked = await erase(coordinator, path);
    expect(blocked.body.error).toMatchObject({
      code: 'erasure_blocked',
      reasons: ['account_open', 'visits_open'],
    });
    expect((await town.ask(elder, 'GET', '/api/me')).status).toBe(200);
  });

  it('leaves nobody, and the hours as they were', async () => {
    const [coordinator, elder, volunteer] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.aVolunteer(),
    ];
    await liveVisit(town, { coordinator, elder, volunteer });
    const close = await town.ask(
      coordinator,
      'POST',
      `/api/accounts/${accountOf(volunteer.memberId)}/close`,
      {
        transferId: town.ids.transfer(),
        remainder: { to: 'pool', poolId: 'pool:341302001' },
        note: '本人申请',
      },
    );
    expect(close.status).toBe(201);
    const lines = await town.ports.journal.listEntriesNow(accountOf(volunteer.memberId), { limit: 25 });
    const { path } = await aWish(town, volunteer, 'erasure');
    const done = await erase(coordinator, path);
    expect([done.status, done.body.state]).toEqual([201, 'done']);
    expect(await town.ports.people.readMember(volunteer.memberId)).toBeUndefined();
    expect(await town.ports.people.findByPhone(volunteer.phone!)).toBeUndefined();
    const after = await town.ports.journal.listEntriesNow(accountOf(volunteer.memberId), { limit: 25 });
    expect(after.items.map(({ transferId, minutes }) => [transferId, minutes])).toEqual(
      lines.items.map(({ transferId, minutes }) => [transferId, minutes]),
    );
    // The elder's own page still shows the visit, without who came.
    const received = await town.ask(elder, 'GET', '/api/requests?scope=received');
    expect(received.status).toBe(200);
    expect(JSON.stringify(received.body)).not.toContain(volunteer.name);
  });

  const closeAccount = async (coordinator: Member, { memberId }: Member): Promise<void> => {
    const body = {
      transferId: town.ids.transfer(),
      remainder: { to: 'pool', poolId: 'pool:341302001' },
      note: '本人申请',
    };
    const path = `/api/accounts/${accountOf(memberId)}/close`;
    expect((await town.ask(coordinator, 'POST', path, body)).status).toBe(201);
  };

  it('that was cut off is finished by whoever sends it again, and waits in the list until then', async () => {
    const [coordinator, colleague, elder] = [
      await town.aCoordinator(),
      await town.aCoordinator(),
      await town.anElder(),
    ];
    await closeAccount(coordinator, elder);
    const { path, wishId } = await aWish(town, elder, 'erasure');
    const order = { commandId: commandId(), decision: 'done', answer: '已删除' };
    const away = { erase: () => Promise.reject(new Unavailable('away')) };
    const app = makeApp({
      ...town.deps,
      ports: { ...town.ports, people: { ...town.ports.people, ...away } },
    });
    const body = JSON.stringify(order);
    const headers = await town.headersOf(coordinator, { method: 'POST', path, body });
    const sent = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body };
    expect((await app.request(`http://localhost${path}`, sent)).status).toBe(503);
    const waiting = await town.ask(colleague, 'GET', `/api/data-wishes?region=${HOME}`);
    expect(JSON.stringify(waiting.body)).toContain(wishId);
    const again = await town.ask(colleague, 'POST', path, { ...order, commandId: commandId() });
    expect([again.status, again.body.state]).toEqual([201, 'done']);
    expect(await town.ports.people.readMember(elder.memberId)).toBeUndefined();
    const after = await town.ask(colleague, 'GET', `/api/data-wishes?region=${HOME}`);
    expect(JSON.stringify(after.body)).not.toContain(wishId);
  });

  it('takes along the record that was merged into this one: it is the same person', async () => {
    const [coordinator, kept] = [await town.aCoordinator(), await town.anElder()];
    const unreachable = { phone: undefined } as never;
    const [twin, other] = [await town.anElder(unreachable), await town.anElder(unreachable)];
    const merge = async (drop: Member): Promise<string> => {
      const mergeId = town.ids.file();
      const [keep, dropped] = await Promise.all(
        [kept, drop].map(({ memberId }) => town.ports.people.readMember(memberId)),
      );
      const body = {
        mergeId,
        keepId: kept.memberId,
        dropId: drop.memberId,
        keepVersion: keep?.version ?? 0,
        dropVersion: dropped?.version ?? 0,
        reason: '重复登记',
      };
      const answer = await town.ask(coordinator, 'POST', '/api/members/merges', body);
      expect([answer.status, answer.body.error]).toEqual([201, undefined]);
      return mergeId;
    };
    await merge(twin);
    const undone = await merge(other);
    const undo = { undoId: town.ids.file(), keepId: kept.memberId, reason: '不是同一个人' };
    const path = `/api/members/merges/${undone}/undo`;
    expect((await town.ask(coordinator, 'POST', path, undo)).body.error).toBeUndefined();
    await closeAccount(coordinator, kept);
    const wish = await aWish(town, kept, 'erasure');
    expect((await erase(coordinator, wish.path)).status).toBe(201);
    expect(await town.ports.people.readMember(twin.memberId)).toBeUndefined();
    expect((await town.ports.people.readMember(other.memberId))?.name).toBe(other.name);
  });
});
