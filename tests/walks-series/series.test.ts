import { accountOf } from '@time-bank/contracts/ids';
import { keepSeries } from '@time-bank/desk/keep-series';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CommunityCode } from '@time-bank/contracts/region';
import { type TestEngine, startEngine } from '../engine.ts';
import { NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aSaver } from '../walks/steps.ts';
import { aSeries, requestsOf, toldOf, weekly } from './steps.ts';

// Each test has a town of its own: Saturday, 21 November 2026; the next Tuesdays are the 24th and 1 December.
let engine: TestEngine;
let town: Town;
beforeAll(async () => {
  engine = await startEngine();
}, 60_000);
beforeEach(async () => {
  town = await startTown(engine);
});
afterAll(() => town.stop());

const TUESDAYS = ['2026-11-24T01:00:00.000Z', '2026-12-01T01:00:00.000Z'];

describe('help every Tuesday at nine', () => {
  it('becomes ordinary requests for the next two weeks, and those after them when their time comes', async () => {
    const series = await aSeries(town);
    await keepSeries(town.ports);
    const starts = async () =>
      (await requestsOf(town, series.coordinator, series.elder)).map(({ plannedStartAt }) => plannedStartAt);
    expect(await starts()).toEqual(TUESDAYS);
    town.pass(3 * 24 * 60);
    await keepSeries(town.ports);
    expect(await starts()).toEqual([...TUESDAYS, '2026-12-08T01:00:00.000Z']);
    const { dates, words } = await series.seen();
    expect(words['zh-Hans']).toBe('每周二上午9点，陪聊1小时');
    expect(dates.slice(0, 2).map(({ is }) => is)).toEqual(['posted', 'posted']);
  });

  it('posts each date once, by two runs at once, by one run after another, and after a kill half-way', async () => {
    const series = await aSeries(town);
    let writes = 0;
    const dying = {
      ...town.ports,
      journal: {
        ...town.ports.journal,
        // The engine goes away after the first request was posted.
        commit: (...changes: Parameters<typeof town.ports.journal.commit>) => {
          writes += 1;
          if (writes > 1) throw new Unavailable('gone');
          return town.ports.journal.commit(...changes);
        },
      },
    };
    await expect(keepSeries(dying)).rejects.toThrow(Unavailable);
    expect(await requestsOf(town, series.coordinator, series.elder)).toHaveLength(1);
    await Promise.all([keepSeries(town.ports), keepSeries(town.ports)]);
    await keepSeries(town.ports);
    const requests = await requestsOf(town, series.coordinator, series.elder);
    expect(requests.map(({ plannedStartAt }) => plannedStartAt)).toEqual(TUESDAYS);
    const { dates } = await series.seen();
    expect(dates.slice(0, 2).map(({ requestId }) => requestId)).toEqual(
      requests.map(({ requestId }) => requestId),
    );
  });

  it('moves one date, also one that was posted: the volunteer who had it is told, and it is asked for anew', async () => {
    const series = await aSeries(town);
    await keepSeries(town.ports);
    const [first] = await requestsOf(town, series.coordinator, series.elder);
    const volunteer = await town.aVolunteer();
    const accepted = await town.ask(volunteer, 'POST', `/api/requests/${first!.requestId}/accept`, {
      visitId: town.ids.visit(),
    });
    expect(accepted.status).toBe(201);
    const to = '2026-11-26T06:00:00.000Z';
    expect((await series.change({ change: 'move_date', date: '2026-11-24', to })).status).toBe(201);
    await keepSeries(town.ports);
    const requests = await requestsOf(town, series.coordinator, series.elder);
    expect(requests.map(({ plannedStartAt, state }) => [plannedStartAt, state])).toEqual([
      [TUESDAYS[0], 'cancelled'],
      [to, 'published'],
      [TUESDAYS[1], 'published'],
    ]);
    expect((await town.ports.careBook.readDiaryNow(volunteer.memberId)).entries).toEqual([]);
  });

  it('leaves one date out, rests for some weeks, and ends: what was posted for it is taken back', async () => {
    const series = await aSeries(town);
    await keepSeries(town.ports);
    expect((await series.change({ change: 'skip_date', date: '2026-11-24' })).status).toBe(201);
    await series.change({ change: 'pause', from: '2026-12-01', until: '2026-12-10' });
    await keepSeries(town.ports);
    const states = async () =>
      (await requestsOf(town, series.coordinator, series.elder)).map(({ state }) => state);
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect((await series.seen()).dates.slice(0, 4).map(({ is }) => is)).toEqual([
      'skipped',
      'paused',
      'paused',
      'to_come',
    ]);
    expect((await series.change({ change: 'end' })).body).toMatchObject({ state: 'ended' });
    town.pass(30 * 24 * 60);
    await keepSeries(town.ports);
    expect(await states()).toHaveLength(2);
    expect((await series.change({ change: 'end' })).body.error.code).toBe('case_closed');
  });

  it('has no date on a day that the rule does not have, or that is over', async () => {
    const series = await aSeries(town);
    for (const date of ['2026-11-25', '2026-11-17']) {
      const answer = await series.change({ change: 'skip_date', date });
      expect(answer.body.error.code, date).toBe('date_not_in_series');
    }
    const past = await series.change({ change: 'move_date', date: '2026-11-24', to: '2026-11-20T01:00:00Z' });
    expect(past.body.error.code).toBe('starts_in_past');
    const far = await series.change({ change: 'move_date', date: '2026-11-24', to: '2027-11-20T01:00:00Z' });
    expect(far.body.error.code).toBe('starts_too_late');
  });
});

describe('a rule', () => {
  const preview = async (rule: string, from = '2026-11-21') =>
    town.ask(await town.anElder(), 'POST', '/api/series/preview', {
      serviceCode: 'C01',
      rule,
      from,
      startMinute: 570,
      plannedMinutes: 90,
    });

  it('is shown as people say it, with its first dates, and by no letter of its own', async () => {
    const { body } = await preview('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3');
    expect(body).toEqual({
      words: {
        'zh-Hans': '每月最后一个周五上午9点半，陪聊1个半小时，共3次',
        'zh-Hant': '每月最後一個週五上午9點半，陪聊1個半小時，共3次',
        en: 'The last Friday of every month at 9:30: Company and talk, 1 hour 30 minutes, 3 times',
      },
      next: ['2026-11-27T01:30:00.000Z', '2026-12-25T01:30:00.000Z', '2027-01-29T01:30:00.000Z'],
    });
    expect(JSON.stringify(body)).not.toContain('FREQ');
  });

  it('that never fires is refused by name, one that never ends is not unrolled for ever', async () => {
    const never = await preview('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261123');
    expect([never.status, never.body.error.code]).toEqual([422, 'rule_never_fires']);
    const elder = await town.anElder();
    const coordinator = await town.aCoordinator();
    const body = weekly(town, elder, { rule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261123' });
    expect((await town.ask(coordinator, 'POST', '/api/series', body)).body.error.code).toBe(
      'rule_never_fires',
    );
    const open = await preview('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU');
    expect(open.body.next).toHaveLength(8);
  });

  it('of a kind that nobody needs here is no rule', async () => {
    for (const rule of [
      'FREQ=SECONDLY',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=WEEKLY;BYDAY=TU;COUNT=100000',
      'FREQ=WEEKLY;BYDAY=XX',
      'DTSTART:20261121T000000Z\nRRULE:FREQ=WEEKLY;BYDAY=TU',
    ]) {
      expect((await preview(rule)).body.error.code, rule).toBe('invalid_fields');
    }
  });

  it('that is over ends by itself', async () => {
    const series = await aSeries(town, undefined, { rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=2' });
    await keepSeries(town.ports);
    town.pass(15 * 24 * 60);
    await keepSeries(town.ports);
    expect(await series.seen()).toMatchObject({ state: 'ended' });
    expect(await requestsOf(town, series.coordinator, series.elder)).toHaveLength(2);
  });
});

describe('a series that can no longer go on stops, and the desk hears of it', () => {
  it('when the elder moves away', async () => {
    const series = await aSeries(town);
    const member = (await town.ports.people.readMember(series.elder.memberId))!;
    const version = (member.version ?? 0) + 1;
    const moved = { ...member, communityCode: CommunityCode.parse(NEXT_DOOR), version };
    expect(await town.ports.people.change(member, moved)).toBe(true);
    await keepSeries(town.ports);
    expect(await series.seen()).toMatchObject({ state: 'stopped', stopReason: 'moved_away' });
    expect(await toldOf(town, series.caseId)).toEqual([
      { kind: 'series_stopped', to: { people: [series.elder.memberId] } },
      { kind: 'series_stopped', to: { deskOf: series.elder.communityCode } },
    ]);
    await keepSeries(town.ports);
    expect((await town.ports.careBook.listReceived(series.elder.memberId, { limit: 5 })).items).toEqual([]);
  });

  it('when the elder has died', async () => {
    const series = await aSeries(town);
    const frozen = await town.ask(
      series.coordinator,
      'POST',
      `/api/accounts/${accountOf(series.elder.memberId)}/freeze`,
      { transferId: town.ids.transfer(), reason: 'death', note: '死亡证明已核' },
    );
    expect(frozen.status, JSON.stringify(frozen.body)).toBeLessThan(300);
    await keepSeries(town.ports);
    expect(await series.seen()).toMatchObject({ state: 'stopped', stopReason: 'died' });
    expect(await toldOf(town, series.caseId)).toMatchObject([{ to: { deskOf: series.elder.communityCode } }]);
  });
});

describe('a series that an elder pays for with her own hours', () => {
  it('sets minutes aside for each date when it is posted; where there are not enough, she is told and the next date is tried', async () => {
    const saver = await aSaver(town);
    const today = town.now().slice(0, 10);
    const body = weekly(town, saver, {
      paidBy: 'hours',
      rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE',
      from: today,
      plannedMinutes: 45,
    });
    expect((await town.ask(saver, 'POST', '/api/series', body)).status).toBe(201);
    await keepSeries(town.ports);
    const view = (await town.ask(saver, 'GET', `/api/series/${body.caseId}`)).body as Awaited<
      ReturnType<Awaited<ReturnType<typeof aSeries>>['seen']>
    >;
    // An hour was earned: enough for one date of three quarters of an hour.
    expect(view.dates.filter(({ is }) => is === 'posted')).toHaveLength(1);
    expect(view.dates.filter(({ is }) => is === 'short').length).toBeGreaterThan(2);
    const balance = (await town.ask(saver, 'GET', '/api/account')).body;
    expect(balance).toMatchObject({ heldMinutes: 45, availableMinutes: 15 });
    const told = await toldOf(town, body.caseId);
    expect(told.filter(({ kind }) => kind === 'series_date_short').length).toBeGreaterThan(2);
    await keepSeries(town.ports);
    expect((await toldOf(town, body.caseId)).length).toBe(told.length);
  });
});
