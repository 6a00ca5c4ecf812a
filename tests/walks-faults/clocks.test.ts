/** A machine, or a sheet of paper, with the wrong time zone: no hour is credited that nobody served, none is lost. */
import { StatementPage } from '@time-bank/contracts/account';
import { keepSeries } from '@time-bank/desk/keep-series';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOME } from '../town.ts';
import { aSeries, requestsOf } from '../walks-series/steps.ts';
import { anEntry } from '../walks-visits/steps.ts';
import { aVisit } from '../walks/steps.ts';
import { HOUR } from '../walks-confirm/steps.ts';
import { type FaultyTown, balanceOf, boardRow, startFaultyTown } from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.town.stop();
});

/** Nothing is shown by a machine that did not take the zone. */
const onMachineIn = (zone: string): void => {
  vi.stubEnv('TZ', zone);
  const { timeZone } = new Intl.DateTimeFormat('en').resolvedOptions();
  expect(timeZone.replace('Katmandu', 'Kathmandu')).toBe(zone);
};

/** Countries that change their clocks in the night of the story, and some that never do. */
const zones = [
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
];

describe('from half past eleven on Sunday evening until half past midnight, in China', () => {
  // 1 November 2026, 23:30 in China: in New York the clocks went back that morning.
  const START = '2026-11-01T15:30:00.000Z';

  it.each(zones)('on a machine in %s: an hour, in the week in which it began', async (zone) => {
    onMachineIn(zone);
    const { town } = at;
    town.setClock('2026-11-01T14:30:00.000Z');
    const { coordinator, elder, volunteer } = await aVisit(town, 'settled', {
      request: { plannedStartAt: START },
    });
    expect(await balanceOf(town, volunteer)).toBe(60);
    expect((await boardRow(town, coordinator, elder, '2026-W44')).visits).toMatchObject([
      { state: 'settled' },
    ]);
    expect((await boardRow(town, coordinator, elder, '2026-W45')).visits).toEqual([]);
    const lines = StatementPage.parse((await town.ask(volunteer, 'GET', '/api/account/entries')).body).items;
    expect(lines).toMatchObject([{ amountMinutes: 60 }]);
  });
});

describe('a series at nine in the morning', () => {
  it.each(zones)('on a machine in %s is at nine in China, all through the winter', async (zone) => {
    onMachineIn(zone);
    const series = await aSeries(at.town, undefined, { rule: 'FREQ=WEEKLY;BYDAY=SU' });
    for (let weeks = 0; weeks < 3; weeks += 1) {
      await keepSeries(at.town.ports);
      at.town.pass(7 * 24 * HOUR);
    }
    const starts = (await requestsOf(at.town, series.coordinator, series.elder)).map(
      ({ plannedStartAt }) => plannedStartAt,
    );
    expect(starts).toEqual([
      '2026-11-22T01:00:00.000Z',
      '2026-11-29T01:00:00.000Z',
      '2026-12-06T01:00:00.000Z',
      '2026-12-13T01:00:00.000Z',
    ]);
  });
});

describe('a sheet of paper whose hours were read as those of Greenwich', () => {
  it('of this morning: the visit would end this evening, and is not taken', async () => {
    // Nine in the morning in China, written down as nine in Greenwich, which is five in the afternoon.
    const { answer } = await anEntry(at.town, { startedAt: '2026-11-21T09:00:00.000Z' });
    expect(answer.body.error.code).toBe('starts_too_late');
  });

  it('of a visit that stands there already: it lies beside it, so the second person sees both hours before they say yes', async () => {
    const { town } = at;
    const made = await aVisit(town, 'settled');
    town.pass(24 * HOUR);
    const { caseId, coordinator, answer } = await anEntry(town, {
      elder: made.elder,
      volunteer: made.volunteer,
      startedAt: new Date(Date.parse(made.body.plannedStartAt) + 8 * HOUR * 60_000).toISOString(),
    });
    expect(answer.status).toBe(201);
    const own = await town.ask(coordinator, 'POST', `/api/back-entries/${caseId}/decide`, {
      commandId: town.ids.command(),
      isApproved: true,
    });
    expect(own.body.error.code).toBe('second_person_needed');
    const second = await town.aCoordinator();
    const list = await town.ask(second, 'GET', `/api/back-entries?community=${HOME}`);
    expect(list.body.items).toMatchObject([
      { caseId, startedAt: '2026-11-21T11:00:00.000Z', servedMinutes: 60, state: 'waiting' },
    ]);
    await town.ask(second, 'POST', `/api/back-entries/${caseId}/decide`, {
      commandId: town.ids.command(),
      isApproved: false,
    });
    const after = await town.ask(second, 'GET', `/api/back-entries?community=${HOME}`);
    expect(after.body.items).toEqual([]);
    expect(await balanceOf(town, made.volunteer)).toBe(60);
  });
});
