import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEVICE_MAKER, HOME, type Town, startTown } from '../town.ts';
import { aDeviceOf, act, deviceSends, seen, signedHeaders } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

let events = 0;
const anEvent = (): string => {
  events += 1;
  return `event-${String(events).padStart(6, '0')}`;
};

const lastCall = async (elder: Awaited<ReturnType<Town['anElder']>>) =>
  (await town.ask(elder, 'GET', '/api/help')).body.call as { caseId: string; state: string } | undefined;

describe('a device calls for help', () => {
  it('and its elder has a call, once for each event', async () => {
    const elder = await town.anElder();
    const { serial, coordinator } = await aDeviceOf(town, elder);
    const eventId = anEvent();
    const first = await deviceSends(town, { eventId, serial, kind: 'fall' });
    expect([first.status, first.body]).toEqual([202, { eventId, result: 'opened' }]);
    expect((await deviceSends(town, { eventId, serial, kind: 'fall' })).body.result).toBe('known');
    const call = await lastCall(elder);
    expect(await seen(town, coordinator, `/api/emergencies/${call!.caseId}`)).toMatchObject({
      source: 'device',
      calls: 1,
    });
  });

  it('a thousand times: one call, a count, and the desk sees that it was turned away', async () => {
    const elder = await town.anElder();
    const { serial, coordinator } = await aDeviceOf(town, elder);
    const answers: number[] = [];
    for (let sent = 0; sent < 1000; sent += 20) {
      const some = Array.from({ length: 20 }, () => deviceSends(town, { eventId: anEvent(), serial }));
      answers.push(...(await Promise.all(some)).map(({ status }) => status));
    }
    const call = await lastCall(elder);
    const view = await seen(town, coordinator, `/api/emergencies/${call!.caseId}`);
    expect(view.isFlooded).toBe(true);
    expect(view.calls).toBeGreaterThan(20);
    expect(view.calls).toBeLessThanOrEqual(62);
    expect(view.steps.length).toBeLessThan(25);
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(900);
    const list = await town.ask(coordinator, 'GET', `/api/emergencies?community=${HOME}`);
    const calls = list.body.items as { elder: { memberId: string } }[];
    const ofElder = calls.filter((each) => each.elder.memberId === elder.memberId);
    expect(ofElder).toHaveLength(1);
  }, 60_000);

  it('again after the first call was handed over: nobody turns that away', async () => {
    const elder = await town.anElder();
    const { serial, coordinator } = await aDeviceOf(town, elder);
    await deviceSends(town, { eventId: anEvent(), serial });
    const path = `/api/emergencies/${(await lastCall(elder))!.caseId}`;
    await act(town, coordinator, path, { act: 'answered' });
    await act(town, coordinator, path, { act: 'handed_over', to: 'family' });
    expect((await deviceSends(town, { eventId: anEvent(), serial })).body.result).toBe('opened');
  });

  it('as a test: nothing is opened', async () => {
    const elder = await town.anElder();
    const { serial } = await aDeviceOf(town, elder);
    expect((await deviceSends(town, { eventId: anEvent(), serial, kind: 'test' })).body.result).toBe(
      'tested',
    );
    expect(await lastCall(elder)).toBeUndefined();
  });
});

describe('who is believed', () => {
  it('nobody without the secret of the provider, at another time, or with another message', async () => {
    const elder = await town.anElder();
    const { serial } = await aDeviceOf(town, elder);
    const send = (how: Parameters<typeof signedHeaders>[2]) =>
      deviceSends(town, { eventId: anEvent(), serial }, how);
    const message = JSON.stringify({ eventId: anEvent(), serial, kind: 'button' });
    const refused = [
      await send({ secret: 'another-secret-of-thirty-two-letters!' }),
      await send({ provider: 'nobody' }),
      await send({ provider: '__proto__' }),
      await send({ secondsAgo: 301 }),
      await send({ secondsAgo: -301 }),
      await town.ask(undefined, 'POST', '/api/device-events', message),
      await town.ask(undefined, 'POST', '/api/device-events', message, {
        ...signedHeaders(town, message),
        'X-Device-Signature': 'v1=',
      }),
      await town.ask(
        undefined,
        'POST',
        '/api/device-events',
        message.replace('button', 'fall'),
        signedHeaders(town, message),
      ),
    ];
    for (const { status, body } of refused) {
      expect([status, body.error?.code]).toEqual([401, 'signature_not_accepted']);
    }
    expect(await lastCall(elder)).toBeUndefined();
    expect((await send({ secondsAgo: 299 })).status).toBe(202);
  });

  it('no device that nobody has: none that was never given out, none that came back', async () => {
    const elder = await town.anElder();
    const never = await deviceSends(town, { eventId: anEvent(), serial: 'AK-999999' });
    expect([never.status, never.body.error.code]).toEqual([404, 'unknown_file']);
    const { serial, coordinator, caseId } = await aDeviceOf(town, elder);
    const ended = await town.ask(coordinator, 'POST', `/api/alarm-devices/${caseId}/end`, {
      commandId: town.ids.command(),
    });
    expect(ended.body).toMatchObject({ isBound: false });
    expect((await deviceSends(town, { eventId: anEvent(), serial })).status).toBe(404);
  });
});

describe('a device', () => {
  it('is had by one elder at a time, and goes to the next one when it has come back', async () => {
    const [first, next] = [await town.anElder(), await town.anElder()];
    const { serial, coordinator, caseId } = await aDeviceOf(town, first);
    const give = () =>
      town.ask(coordinator, 'POST', '/api/alarm-devices', {
        commandId: town.ids.command(),
        elderId: next.memberId,
        provider: DEVICE_MAKER.provider,
        serial,
      });
    expect((await give()).body.error.code).toBe('already_bound');
    await town.ask(coordinator, 'POST', `/api/alarm-devices/${caseId}/end`, {
      commandId: town.ids.command(),
    });
    expect((await give()).body).toMatchObject({ elder: { memberId: next.memberId }, isBound: true });
    const list = await town.ask(coordinator, 'GET', `/api/alarm-devices?community=${HOME}`);
    const all = list.body.items as { serial: string }[];
    const mine = all.filter((each) => each.serial === serial);
    expect(mine).toMatchObject([{ elder: { memberId: next.memberId } }]);
  });
});
