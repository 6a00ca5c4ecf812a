/** Calls for help that nobody answers, and a device that does not stop. */
import { EmergencyList } from '@time-bank/contracts/emergency';
import type { Member } from '@time-bank/contracts/member';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOME } from '../town.ts';
import { aBinding, aDaughter } from '../walks-helping/steps.ts';
import { aCall, aDeviceOf, act, deviceSends, ofRole, seen } from '../walks-emergency/steps.ts';
import { DAY, HOUR } from '../walks-confirm/steps.ts';
import { type FaultyTown, inboxOf, rungFor, startFaultyTown } from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(() => at.town.stop());

const callsSeenBy = async (coordinator: Member) => {
  const answer = await at.town.ask(coordinator, 'GET', `/api/emergencies?community=${HOME}`);
  return EmergencyList.parse(answer.body).items;
};

describe('an emergency whose every rung is silent', () => {
  it('rings at the desk, at home, in the township and in the county within two minutes, and again while nobody answers', async () => {
    const { town } = at;
    const [elder, daughter, coordinator] = [
      await town.anElder(),
      await aDaughter(town),
      await town.aCoordinator(),
    ];
    const township = await ofRole(town, 'township', HOME.slice(0, 9));
    const county = await ofRole(town, 'county', HOME.slice(0, 6));
    await aBinding(town, { elder, helper: daughter, checker: coordinator });
    await at.deliver();
    const before = at.ways.gone.length;
    await aCall(town, elder);
    await at.deliver();
    await at.live(1.5, 0.5);
    const first = at.ways.gone.slice(before).map(({ to, message }) => [to, message.kind]);
    expect(first).toEqual([
      [coordinator.phone, 'emergency_opened'],
      ...[daughter, township, county].map(({ phone }) => [phone, 'emergency_escalated']),
    ]);

    await at.live(HOUR, 5);
    expect(rungFor(at, coordinator)).toEqual(['emergency_opened', 'emergency_escalated']);
    for (const who of [daughter, township, county]) {
      expect(rungFor(at, who).filter((kind) => kind === 'emergency_escalated')).toHaveLength(2);
    }
    const [call] = await callsSeenBy(coordinator);
    expect(call).toMatchObject({ state: 'open', rung: 'county', elder: { name: elder.name } });
    expect(call?.secondsOpen).toBeGreaterThan(3600);
    expect((await inboxOf(town, coordinator))[0]?.kind).toBe('emergency_escalated');

    await at.live(3 * DAY, HOUR);
    const rings = rungFor(at, county).length;
    // Less and less often: it must not be forgotten, and it must not wear anybody out.
    expect(rings).toBeGreaterThan(6);
    expect(rings).toBeLessThan(12);

    await act(town, coordinator, `/api/emergencies/${String(call?.caseId)}`, { act: 'answered' });
    await act(town, coordinator, `/api/emergencies/${String(call?.caseId)}`, { act: 'on_site' });
    await at.live(2 * DAY, 6 * HOUR);
    expect(rungFor(at, county).filter((kind) => kind === 'emergency_escalated')).toHaveLength(rings);
  });

  it('in a community without any staff at all still reaches the county, and stands there on top', async () => {
    const { town } = at;
    const county = await ofRole(town, 'county', HOME.slice(0, 6));
    const { caseId } = await aCall(town);
    await at.live(2, 0.5);
    expect(rungFor(at, county)).toEqual(['emergency_escalated']);
    const [call] = await callsSeenBy(county);
    expect(call).toMatchObject({ caseId, rung: 'county', state: 'open' });
  });

  it('while no text message gets through rings within a minute of the gateway coming back, not when its turn comes', async () => {
    const { town } = at;
    const coordinator = await town.aCoordinator();
    at.ways.state.down.add('sms');
    await aCall(town);
    await at.live(20, 1);
    expect(rungFor(at, coordinator)).toEqual([]);
    expect((await inboxOf(town, coordinator)).map(({ kind }) => kind)).toContain('emergency_opened');
    at.ways.state.down.clear();
    await at.live(2, 1);
    expect(rungFor(at, coordinator)).toContain('emergency_opened');
  });

  it('of fifty others, long over and never looked back at, keeps nobody from being heard today', async () => {
    const { town } = at;
    const [coordinator, county] = [await town.aCoordinator(), await ofRole(town, 'county', HOME.slice(0, 6))];
    for (let calls = 0; calls < 50; calls += 1) {
      const { path } = await aCall(town);
      await act(town, coordinator, path, { act: 'answered' });
      await act(town, coordinator, path, { act: 'handed_over', to: 'family' });
    }
    town.pass(2 * DAY);
    await keepEmergencies(town.ports);
    const { path, caseId } = await aCall(town);
    town.pass(2);
    await keepEmergencies(town.ports);
    await at.deliver();
    expect(rungFor(at, county)).toEqual(['emergency_escalated']);
    expect(await seen(town, coordinator, path)).toMatchObject({ rung: 'county' });
    expect((await callsSeenBy(coordinator))[0]?.caseId).toBe(caseId);
  });
});

describe('a device that does not stop', () => {
  it(
    'rings once at the desk, shows as one call with its count, and keeps nobody else from being heard',
    { timeout: 60_000 },
    async () => {
      const { town } = at;
      const [elder, other] = [await town.anElder(), await town.anElder()];
      const { serial, coordinator } = await aDeviceOf(town, elder);
      const quiet = await aDeviceOf(town, other);
      let sent = 0;
      const answers: number[] = [];
      const some = () =>
        Promise.all(
          Array.from({ length: 20 }, () => {
            sent += 1;
            return deviceSends(town, { eventId: `event-${String(sent).padStart(6, '0')}`, serial });
          }),
        );
      while (sent < 100) answers.push(...(await some()).map(({ status }) => status));
      const middle = await deviceSends(town, { eventId: 'event-of-another', serial: quiet.serial });
      expect([middle.status, middle.body.result]).toEqual([202, 'opened']);
      while (sent < 200) answers.push(...(await some()).map(({ status }) => status));
      // 503 asks for the same again: twenty at once met on one call.
      expect(answers.filter((status) => status === 429).length).toBeGreaterThan(100);
      expect(answers.filter((status) => ![202, 429, 503].includes(status))).toEqual([]);

      await at.deliver();
      const calls = await callsSeenBy(coordinator);
      expect(calls.map((call) => [call.elder.memberId, call.isFlooded]).sort()).toEqual(
        [
          [elder.memberId, true],
          [other.memberId, false],
        ].sort(),
      );
      expect(rungFor(at, coordinator)).toEqual(['emergency_opened', 'emergency_opened']);
    },
  );
});
