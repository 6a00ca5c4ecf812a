import type { MailAddress } from '@time-bank/contracts/notices';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOME, aRequest } from '../town.ts';
import { aBrowser } from '../walks-notices/messages.ts';
import { type NoticeTown, startNoticeTown, watchedWays } from './town-notices.ts';

let at: NoticeTown;
beforeAll(async () => {
  at = await startNoticeTown();
}, 60_000);
afterAll(() => at.town.stop());
afterEach(async () => {
  at.ways.state.down.clear();
  at.ways.state.refuses.clear();
  // Whatever a test has left over goes out before the next one begins.
  at.town.pass(60);
  await at.deliver();
  at.town.setClock('2026-11-21T02:00:00.000Z');
  expect(at.ways.repeated()).toEqual([]);
});

const address = 'li.ming@example.org' as MailAddress;
const confirmed = { address, confirmedAt: '2026-11-01T00:00:00.000Z' };

describe('a notice', () => {
  it('stands in the inbox, and goes out by every way that somebody has', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.settings(volunteer, { address: confirmed, pushes: [aBrowser('all')] });
    const notice = await at.put({ people: [volunteer.memberId] });
    expect(await at.deliver()).toMatchObject({ told: 1, failed: 0 });
    expect(await at.inboxOf(volunteer)).toMatchObject([
      { noticeId: notice.noticeId, kind: 'visit_cancelled', sent: { sms: at.town.now() } },
    ]);
    const tos = at.ways.gone.slice(-3).map(({ to }) => to);
    expect(tos).toEqual([volunteer.phone, address, aBrowser('all').endpoint]);
  });

  it('goes out in the language of its reader, and names nobody', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.settings(volunteer, { locale: 'en' });
    await at.put({ people: [volunteer.memberId] });
    await at.deliver();
    const [sent] = at.sentTo(volunteer.phone);
    expect(sent?.message.short).toMatch(/^The .+ was cancelled\./);
    expect(sent?.message.long).not.toContain(volunteer.name);
  });

  it('is sent once, however often the notifier runs, and by however many at once', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.put({ people: [volunteer.memberId] });
    await Promise.all([at.deliver(), at.deliver({ gone: new Set() }), at.deliver({ gone: new Set() })]);
    await at.deliver();
    at.town.pass(10);
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
    expect(await at.inboxOf(volunteer)).toHaveLength(1);
  });

  it('to the desk reaches the coordinators of the place; of danger whoever answers a telephone, too', async () => {
    const coordinator = await at.town.aCoordinator();
    const hotline = await at.town.aMember({
      birthDate: '1985-05-01',
      roles: [{ role: 'hotline', region: '341302' }],
    });
    await at.put({ deskOf: HOME }, { kind: 'volunteer_withdrew' });
    await at.put(
      { deskOf: HOME },
      { kind: 'check_out_forgotten', about: { personId: coordinator.memberId } },
    );
    await at.deliver();
    expect((await at.inboxOf(coordinator)).map(({ kind }) => kind).sort()).toEqual([
      'check_out_forgotten',
      'volunteer_withdrew',
    ]);
    expect((await at.inboxOf(hotline)).map(({ kind }) => kind)).toEqual(['check_out_forgotten']);
    // What can wait for the next look at the page rings nowhere.
    expect(at.sentTo(coordinator.phone).map(({ message }) => message.kind)).toEqual(['check_out_forgotten']);
  });

  it('is dropped where nobody needs it any more', async () => {
    const volunteer = await at.town.aVolunteer();
    const to = { people: [volunteer.memberId] };
    await at.put(to, { until: at.town.soon(10) });
    await at.put(to, { kind: 'visit_soon' });
    await at.put(to, { kind: 'honesty_item', about: { caseId: at.town.ids.command() } });
    at.town.pass(11);
    expect(await at.deliver()).toMatchObject({ told: 0, notNeeded: 3 });
    expect(await at.inboxOf(volunteer)).toEqual([]);
  });

  it('waits until its time', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.put({ people: [volunteer.memberId] }, { notBefore: at.town.soon(30) });
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toEqual([]);
    at.town.pass(31);
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
  });

  it('that has waited for days is old news: it stands in the inbox and rings nowhere', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.put({ people: [volunteer.memberId] });
    at.town.pass(4 * 24 * 60);
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toEqual([]);
    expect(await at.inboxOf(volunteer)).toHaveLength(1);
  });
});

describe('a reminder', () => {
  const accept = async (path: string) => {
    const [volunteer, visitId] = [await at.town.aVolunteer(), at.town.ids.visit()];
    const answer = await at.town.ask(volunteer, 'POST', `${path}/accept`, { visitId });
    expect(answer.status).toBe(201);
    return { volunteer, visitId };
  };
  const aVisitOfTomorrow = async () => {
    const [coordinator, elder] = [await at.town.aCoordinator(), await at.town.anElder()];
    const request = aRequest(at.town, elder, { plannedStartAt: at.town.soon(23 * 60) });
    await at.town.ask(coordinator, 'POST', '/api/requests', request);
    return { elder, path: `/api/requests/${request.requestId}` };
  };
  const remindedOf = (phone: string | undefined) =>
    at.sentTo(phone).filter(({ message }) => message.kind === 'visit_soon');

  it('reaches both sides on the evening before, once', async () => {
    const { elder, path } = await aVisitOfTomorrow();
    const { volunteer } = await accept(path);
    await at.deliver();
    expect(remindedOf(volunteer.phone)).toEqual([]);
    at.town.setClock('2026-11-21T10:01:00.000Z');
    for (let n = 0; n < 3; n += 1) await at.deliver();
    expect(remindedOf(volunteer.phone)).toHaveLength(1);
    expect(remindedOf(elder.phone)).toHaveLength(1);
  });

  it('reaches nobody of a visit that was cancelled', async () => {
    const { elder, path } = await aVisitOfTomorrow();
    const { volunteer } = await accept(path);
    const cancel = { commandId: at.town.ids.command(), reason: '住院' };
    expect((await at.town.ask(elder, 'POST', `${path}/cancel`, cancel)).status).toBe(200);
    at.town.setClock('2026-11-21T10:01:00.000Z');
    await at.deliver();
    expect([...remindedOf(volunteer.phone), ...remindedOf(elder.phone)]).toEqual([]);
  });
});

describe('the gateway of text messages is down', () => {
  it('for an hour: nothing is lost, nothing is doubled, somebody is told', async () => {
    const people = [await at.town.aVolunteer(), await at.town.aVolunteer(), await at.town.aVolunteer()];
    const reader = people[2]!;
    await at.settings(reader, { address: confirmed });
    for (const who of people) await at.put({ people: [who.memberId] });
    at.ways.state.down.add('sms');
    const mails = at.sentTo(address).length;
    let stuck = 0;
    for (let minute = 0; minute <= 60; minute += 1) {
      stuck = Math.max(stuck, (await at.deliver()).stuck);
      at.town.pass(1);
    }
    expect(stuck).toBe(3);
    for (const who of people) {
      expect(at.sentTo(who.phone)).toEqual([]);
      expect(await at.inboxOf(who)).toHaveLength(1);
    }
    // The other way was not held up, and not tried again.
    expect(at.sentTo(address)).toHaveLength(mails + 1);
    at.ways.state.down.clear();
    for (let minute = 0; minute <= 16; minute += 1) {
      await at.deliver();
      at.town.pass(1);
    }
    for (const who of people) expect(at.sentTo(who.phone)).toHaveLength(1);
    expect(at.sentTo(address)).toHaveLength(mails + 1);
  });

  it('for a day: the desk is told whom to tell', async () => {
    const elder = await at.town.anElder();
    await at.put({ people: [elder.memberId] });
    at.ways.state.down.add('sms');
    for (let hour = 0; hour <= 26; hour += 1) {
      await at.deliver();
      at.town.pass(60);
    }
    const { items } = await at.town.ports.inbox.listToTell(HOME, { limit: 100 });
    expect(items.filter(({ memberId }) => memberId === elder.memberId)).toHaveLength(1);
  });
});

describe('a notifier that dies', () => {
  it('before it sends: another one sends when the claim has lapsed', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.put({ people: [volunteer.memberId] });
    const dies = { ...watchedWays().senders, sms: () => new Promise<never>(() => undefined) };
    void at.deliver({ senders: dies, gone: new Set() });
    await expect.poll(async () => (await at.inboxOf(volunteer)).length).toBe(1);
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toEqual([]);
    at.town.pass(6);
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
    expect(await at.inboxOf(volunteer)).toHaveLength(1);
  });

  it('between two ways: only what is missing is sent', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.settings(volunteer, { pushes: [aBrowser('second')] });
    await at.put({ people: [volunteer.memberId] });
    const { senders } = at.ways;
    const half = { ...senders, push: () => new Promise<never>(() => undefined) };
    void at.deliver({ senders: half, gone: new Set() });
    await expect.poll(() => at.sentTo(volunteer.phone).length).toBe(1);
    await expect.poll(async () => (await at.inboxOf(volunteer))[0]?.sent.sms).toBeDefined();
    at.town.pass(6);
    await at.deliver({ gone: new Set() });
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
    expect(at.sentTo(aBrowser('second').endpoint)).toHaveLength(1);
  });

  it('does not: the store goes away after a send, and the same process does not send it again', async () => {
    const volunteer = await at.town.aVolunteer();
    await at.put({ people: [volunteer.memberId] });
    const gone = new Set<string>();
    const { inbox } = at.town.ports;
    const away = { ...inbox, markSent: () => Promise.reject(new Unavailable('away')) };
    expect(await at.deliver({ gone, ports: { inbox: away } })).toMatchObject({ failed: 1 });
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
    at.town.pass(2);
    expect(await at.deliver({ gone })).toMatchObject({ told: 1 });
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
    expect(gone.size).toBe(0);
    at.broken.length = 0;
  });
});

describe('at night', () => {
  const NIGHT = '2026-11-21T13:30:00.000Z';

  it('what can wait waits for the morning, and stands in the inbox at once', async () => {
    at.town.setClock(NIGHT);
    const elder = await at.town.anElder();
    await at.put({ people: [elder.memberId] }, { kind: 'please_rate' });
    await at.put({ people: [elder.memberId] }, { kind: 'hours_booked' });
    const volunteer = await at.town.aVolunteer();
    await at.put(
      { people: [volunteer.memberId] },
      { kind: 'paused_for_no_shows', about: { personId: volunteer.memberId } },
    );
    expect(await at.deliver()).toMatchObject({ putBack: 1, failed: 0 });
    expect(await at.inboxOf(volunteer)).toHaveLength(1);
    expect(at.sentTo(volunteer.phone)).toEqual([]);
    at.town.setClock('2026-11-22T00:01:00.000Z');
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
  });

  it('what somebody has read by then rings no more', async () => {
    at.town.setClock(NIGHT);
    const volunteer = await at.town.aVolunteer();
    const personId = volunteer.memberId;
    await at.put({ people: [personId] }, { kind: 'paused_for_no_shows', about: { personId } });
    await at.deliver();
    const [line] = await at.inboxOf(volunteer);
    await at.town.ports.inbox.markRead(line!, NIGHT);
    at.town.setClock('2026-11-22T00:01:00.000Z');
    await at.deliver();
    expect(at.sentTo(volunteer.phone)).toEqual([]);
  });

  it('danger and a visit of today ring all the same', async () => {
    at.town.setClock(NIGHT);
    const volunteer = await at.town.aVolunteer();
    const personId = volunteer.memberId;
    await at.put({ people: [personId] }, { kind: 'emergency_over', about: { personId } });
    await at.put({ people: [personId] }, { kind: 'visit_cancelled' });
    await at.deliver();
    expect(at.sentTo(volunteer.phone).map(({ message }) => message.kind)).toEqual([
      'emergency_over',
      'visit_cancelled',
    ]);
  });
});

describe('what somebody does not want', () => {
  it('does not go out by that way, and still stands in the inbox; danger cannot be stopped', async () => {
    const volunteer = await at.town.aVolunteer();
    const personId = volunteer.memberId;
    await at.settings(volunteer, {
      address: confirmed,
      stops: [{ group: 'visits', channel: 'sms' }],
    });
    const mails = at.sentTo(address).length;
    await at.put({ people: [personId] });
    await at.put({ people: [personId] }, { kind: 'emergency_over', about: { personId } });
    await at.deliver();
    expect(at.sentTo(volunteer.phone).map(({ message }) => message.kind)).toEqual(['emergency_over']);
    expect(at.sentTo(address)).toHaveLength(mails + 2);
    expect(await at.inboxOf(volunteer)).toHaveLength(2);
  });

  it('is no more than so many asks a week', async () => {
    const volunteer = await at.town.aVolunteer();
    for (let count = 0; count < 7; count += 1) {
      await at.put({ people: [volunteer.memberId] }, { kind: 'asked' });
      await at.deliver();
    }
    expect(at.sentTo(volunteer.phone)).toHaveLength(5);
    expect(await at.inboxOf(volunteer)).toHaveLength(5);
  });
});

describe('somebody whom no message reaches', () => {
  const toTell = async (memberId: string) =>
    (await at.town.ports.inbox.listToTell(HOME, { limit: 100 })).items.filter(
      (item) => item.memberId === memberId,
    );

  it('has no telephone: the desk is told to tell them', async () => {
    const elder = await at.town.anElder({}, { phoneless: true });
    await at.put({ people: [elder.memberId] });
    await at.put({ people: [elder.memberId] }, { kind: 'please_rate' });
    await at.deliver();
    expect((await toTell(elder.memberId)).map(({ kind }) => kind)).toEqual(['visit_cancelled']);
  });

  it('has a number that takes no messages: the same', async () => {
    const elder = await at.town.anElder();
    at.ways.state.refuses.add(elder.phone!);
    await at.put({ people: [elder.memberId] });
    expect(await at.deliver()).toMatchObject({ told: 1, failed: 0 });
    expect(await toTell(elder.memberId)).toHaveLength(1);
  });

  it('has a browser that has given it up: it is forgotten, and the others are not', async () => {
    const volunteer = await at.town.aVolunteer();
    const [old, good] = [aBrowser('old'), aBrowser('good')];
    await at.settings(volunteer, { pushes: [old, good] });
    at.ways.state.refuses.add(old.endpoint);
    await at.put({ people: [volunteer.memberId] });
    await at.deliver();
    expect(at.sentTo(good.endpoint)).toHaveLength(1);
    const leaf = await at.settings(volunteer, {});
    expect(leaf?.pushes).toEqual([good]);
  });

  it('has given an address and not confirmed it: only the link to confirm goes there', async () => {
    const volunteer = await at.town.aVolunteer();
    const personId = volunteer.memberId;
    const other = 'new.reader@example.org' as MailAddress;
    await at.settings(volunteer, { address: { address: other } });
    await at.put({ people: [personId] });
    await at.put({ people: [personId] }, { kind: 'confirm_address', about: { personId } });
    await at.deliver();
    expect(at.sentTo(other).map(({ message }) => [message.kind, message.link])).toEqual([
      ['confirm_address', { does: 'confirm', token: expect.stringMatching(/\.confirm\./) }],
    ]);
    expect(at.sentTo(volunteer.phone)).toHaveLength(1);
  });
});

it('nothing has broken on the way', () => {
  expect(at.broken).toEqual([]);
});
