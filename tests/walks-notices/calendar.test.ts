import { NextVisits } from '@time-bank/contracts/notices';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, aRequest, startTown } from '../town.ts';
import { aCalendarOwner } from './messages.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
}, 60_000);
afterAll(() => town.stop());

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as string)
    .getAllSubcomponents('vevent')
    .map((each) => new ICAL.Event(each));

/** A visit to somebody, taken by a volunteer. */
const aTakenVisit = async (elder: Awaited<ReturnType<Town['anElder']>>) => {
  const [coordinator, volunteer] = [await town.aCoordinator(), await town.aVolunteer()];
  const request = aRequest(town, elder, { note: '三楼左手' });
  await town.ask(coordinator, 'POST', '/api/requests', request);
  const path = `/api/requests/${request.requestId}`;
  const taken = await town.ask(volunteer, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
  if (taken.status !== 201) throw new Error(JSON.stringify(taken.body));
  return { coordinator, volunteer, request, path };
};

describe('the calendar of an elder', () => {
  it('says when, what and the family name of whoever comes, and neither where nor how to call', async () => {
    const { elder, path } = await aCalendarOwner(town);
    const { volunteer, request } = await aTakenVisit(elder);
    const { status, body, headers } = await town.ask(undefined, 'GET', path);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    const [event, ...others] = eventsOf(String(body));
    expect(others).toEqual([]);
    expect(event?.summary).toBe(`陪聊 · ${volunteer.name.slice(0, 1)}*`);
    expect(event?.startDate.toJSDate().toISOString()).toBe(request.plannedStartAt);
    expect(event?.duration.toSeconds()).toBe(3600);
    expect(event?.uid).toContain(request.requestId);
    for (const secret of [volunteer.name, volunteer.phone, elder.name, elder.address, elder.phone, '三楼']) {
      expect(String(body)).not.toContain(secret);
    }
  });

  it('is valid: lines of 75 bytes at most that end with CR and LF, and what RFC 5545 asks for', async () => {
    const { elder, path } = await aCalendarOwner(town);
    await aTakenVisit(elder);
    const text = String((await town.ask(undefined, 'GET', path)).body);
    const lines = text.split('\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    for (const name of ['VERSION:2.0', 'PRODID:', 'UID:', 'DTSTAMP:', 'DTSTART:', 'DTEND:', 'SEQUENCE:']) {
      expect(
        lines.some((line) => line.startsWith(name)),
        name,
      ).toBe(true);
    }
  });

  it('has the same tag until something changes, and a cancelled visit is marked as such', async () => {
    const { elder, path } = await aCalendarOwner(town);
    const visit = await aTakenVisit(elder);
    const first = await town.ask(undefined, 'GET', path);
    town.pass(1);
    const tag = first.headers.get('ETag') ?? '';
    const same = await town.ask(undefined, 'GET', path, undefined, { 'If-None-Match': tag });
    expect([same.status, same.body]).toEqual([304, '']);
    const cancel = { commandId: town.ids.command(), reason: '住院' };
    expect((await town.ask(visit.coordinator, 'POST', `${visit.path}/cancel`, cancel)).status).toBe(200);
    const after = await town.ask(undefined, 'GET', path, undefined, { 'If-None-Match': tag });
    expect(after.status).toBe(200);
    expect(eventsOf(String(after.body))[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });
});

describe('the calendar of a volunteer', () => {
  it('has the visits that they make', async () => {
    const { volunteer } = await aTakenVisit(await town.anElder({ name: '赵素芬' }));
    const { body } = await town.ask(volunteer, 'POST', '/api/me/calendar', {});
    const text = String((await town.ask(undefined, 'GET', String(body.path))).body);
    expect(eventsOf(text).map(({ summary }) => summary)).toEqual(['陪聊 · 赵*']);
  });
});

describe('the visits that come', () => {
  it('show an elder who comes, by family name, and a volunteer where to go', async () => {
    const elder = await town.anElder({ name: '孙桂英' });
    const { volunteer, request } = await aTakenVisit(elder);
    const forElder = await town.ask(elder, 'GET', '/api/next-visits?as=receiver');
    expect(forElder.body.items).toMatchObject([
      { requestId: request.requestId, volunteers: [{ surname: volunteer.name.slice(0, 1) }] },
    ]);
    expect(JSON.stringify(forElder.body)).not.toContain(volunteer.phone);
    const forVolunteer = await town.ask(volunteer, 'GET', '/api/next-visits?as=volunteer');
    expect(forVolunteer.body.items).toMatchObject([{ receiver: { name: '孙桂英', address: elder.address } }]);
  });

  it('come soonest first, without those that are over or cancelled', async () => {
    const elder = await town.anElder();
    const coordinator = await town.aCoordinator();
    const requests = [300, 60, 180].map((minutes) =>
      aRequest(town, elder, { plannedStartAt: town.soon(minutes) }),
    );
    for (const each of requests) await town.ask(coordinator, 'POST', '/api/requests', each);
    const [late, , gone] = requests;
    const cancel = { commandId: town.ids.command(), reason: '不用了' };
    await town.ask(coordinator, 'POST', `/api/requests/${gone!.requestId}/cancel`, cancel);
    const { items } = NextVisits.parse((await town.ask(elder, 'GET', '/api/next-visits?as=receiver')).body);
    expect(items.map(({ requestId }) => requestId)).toEqual([requests[1]!.requestId, late!.requestId]);
  });

  it('of somebody else are nobody’s', async () => {
    const [elder, stranger] = [await town.anElder(), await town.anElder()];
    const path = `/api/next-visits?as=receiver&memberId=${elder.memberId}`;
    const nowhere = `/api/next-visits?as=receiver&memberId=${town.ids.member()}`;
    const [one, other] = [await town.ask(stranger, 'GET', path), await town.ask(stranger, 'GET', nowhere)];
    expect([one.status, one.body]).toEqual([other.status, other.body]);
    expect((await town.ask(await town.aCoordinator(), 'GET', path)).status).toBe(200);
    expect((await town.ask(elder, 'GET', '/api/next-visits?as=volunteer&memberId=x')).status).toBe(400);
  });
});
