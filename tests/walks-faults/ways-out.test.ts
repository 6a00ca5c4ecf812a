/** Ways out that fail: text messages for an hour, a browser that is gone, a mail server that refuses, a stop of everything. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Member } from '@time-bank/contracts/member';
import { mailSender } from '@time-bank/notifier/mail';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBrowser } from '../walks-notices/messages.ts';
import { aVisit } from '../walks/steps.ts';
import { DAY, HOUR } from '../walks-confirm/steps.ts';
import { type FaultyTown, inboxOf, rungFor, startFaultyTown, toTell } from './steps.ts';

let at: FaultyTown;
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(async () => {
  expect(at.ways.repeated()).toEqual([]);
  expect(at.broken).toEqual([]);
  await at.town.stop();
});

const givenBack = (who: Member, path: string) =>
  at.town.ask(who, 'POST', `${path}/withdraw`, { commandId: at.town.ids.command(), reason: '发烧了' });

/** A visit of tomorrow that somebody has taken, and of which everybody has heard. */
const aTakenVisit = async (elder?: Member) => {
  const visit = await aVisit(at.town, 'accepted', {
    request: { plannedStartAt: at.town.soon(DAY) },
    ...(elder === undefined ? {} : { elder }),
  });
  await at.deliver();
  at.town.pass(1);
  return visit;
};

describe('the gateway of text messages is down for an hour', () => {
  it('what happens meanwhile stands on every page at once, and each telephone rings once when it is back', async () => {
    const { town } = at;
    const visits = [await aTakenVisit(), await aTakenVisit()];
    const coordinator = await town.aCoordinator();
    at.ways.state.down.add('sms');
    for (const { volunteer, path } of visits) expect((await givenBack(volunteer, path)).status).toBe(200);
    await at.live(HOUR, 5);
    for (const { elder, path } of visits) {
      expect(rungFor(at, elder)).toEqual(['person_found']);
      expect((await inboxOf(town, elder))[0]).toEqual({
        kind: 'person_changed',
        says: expect.stringMatching(
          /^11月22日\(周日\)10:0\d的陪聊换人了，正在另找。如有急事请致电服务台。$/,
        ) as unknown,
      });
      expect((await town.ask(coordinator, 'GET', path)).body.state).toBe('published');
      // An hour is no reason to send somebody to the door.
      expect(await toTell(town, coordinator, elder)).toEqual([]);
    }
    expect((await inboxOf(town, coordinator)).map(({ kind }) => kind)).toEqual([
      'unfilled_soon',
      'unfilled_soon',
      'volunteer_withdrew',
      'volunteer_withdrew',
    ]);
    at.ways.state.down.clear();
    await at.live(HOUR, 5);
    for (const { elder } of visits) expect(rungFor(at, elder)).toEqual(['person_found', 'person_changed']);
  });

  it('what nobody needs any more by then does not ring late', async () => {
    const { town } = at;
    const { elder, volunteer, path } = await aTakenVisit();
    at.ways.state.down.add('sms');
    await givenBack(volunteer, path);
    await at.live(30, 5);
    const other = await town.aVolunteer();
    await town.ask(other, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    await at.live(30, 5);
    at.ways.state.down.clear();
    await at.live(HOUR, 5);
    expect(rungFor(at, elder)).toEqual(['person_found', 'person_found']);
  });

  it('of two who took the visit one after the other meanwhile, only the one who comes rings', async () => {
    const { town } = at;
    const { elder, path } = await aVisit(town, 'posted', { request: { plannedStartAt: town.soon(DAY) } });
    const [first, second] = [await town.aVolunteer(), await town.aVolunteer()];
    const take = (who: Member) => town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    at.ways.state.down.add('sms');
    await take(first);
    await at.live(20, 5);
    await givenBack(first, path);
    town.pass(1);
    expect((await take(second)).status).toBe(201);
    await at.live(20, 5);
    at.ways.state.down.clear();
    await at.live(HOUR, 5);
    expect(rungFor(at, elder)).toEqual(['person_found']);
  });
});

describe('a browser that has given up its messages', () => {
  it('is forgotten on the first refusal, and the text message goes out all the same', async () => {
    const { town } = at;
    const elder = await town.anElder();
    const gone = aBrowser('gone');
    expect((await town.ask(elder, 'POST', '/api/me/push', gone)).status).toBe(200);
    at.ways.state.refuses.add(gone.endpoint);
    const { volunteer, path } = await aTakenVisit(elder);
    expect((await town.ask(elder, 'GET', '/api/me/notices')).body.pushCount).toBe(0);
    await givenBack(volunteer, path);
    await at.deliver();
    expect(rungFor(at, elder)).toEqual(['person_found', 'person_changed']);
  });
});

describe('a mail server', () => {
  const startServer = async (answers: { code: number }) => {
    const tried: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => {
        tried.push(address);
        done(answers.code === 250 ? null : Object.assign(new Error('no'), { responseCode: answers.code }));
      },
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => {
          done();
        });
      },
    });
    const listening = once(server.server, 'listening');
    server.listen(0, '127.0.0.1');
    await listening;
    const url = `smtp://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
    const stop = () =>
      new Promise<void>((done) => {
        server.close(done);
      });
    return { tried, url, stop };
  };
  const aReader = async () => {
    const elder = await at.town.anElder({}, { phoneless: true });
    await at.settings(elder, {
      address: { address: 'wang@example.org', confirmedAt: at.town.now() },
    });
    return elder;
  };
  const mailsBy = (url: string) => ({
    ...at.ways.senders,
    email: mailSender({ url, from: 'time-bank@example.cn', site: 'https://shijianyinhang.example.cn' }),
  });

  it('that says the mailbox is not there: nobody writes there again, and the desk has to tell her in person', async () => {
    const server = await startServer({ code: 550 });
    const elder = await aReader();
    const senders = mailsBy(server.url);
    const { coordinator } = await aVisit(at.town, 'accepted', { elder });
    for (let runs = 0; runs < 3; runs += 1) await at.deliver({ senders });
    await server.stop();
    expect(server.tried).toEqual(['wang@example.org']);
    expect(await toTell(at.town, coordinator, elder)).toEqual(['person_found']);
  });

  it('that is full today is tried again until it takes the mail, once; nobody is sent to the door for it', async () => {
    const answers = { code: 452 };
    const server = await startServer(answers);
    const elder = await aReader();
    const senders = mailsBy(server.url);
    const { coordinator } = await aVisit(at.town, 'accepted', { elder });
    expect(await at.deliver({ senders })).toMatchObject({ failed: 1 });
    expect(await toTell(at.town, coordinator, elder)).toEqual([]);
    answers.code = 250;
    at.town.pass(2);
    expect(await at.deliver({ senders })).toMatchObject({ failed: 0 });
    at.town.pass(2);
    await at.deliver({ senders });
    await server.stop();
    expect(server.tried).toHaveLength(2);
    expect(await toTell(at.town, coordinator, elder)).toEqual([]);
  });
});

describe('somebody who has stopped everything', () => {
  const groups = ['visits', 'asks', 'hours', 'desk'] as const;
  const everything = groups.flatMap((group) =>
    (['sms', 'email', 'push'] as const).map((channel) => ({ group, channel })),
  );

  it('is left in peace but finds it all in the inbox; danger rings all the same', async () => {
    const { town } = at;
    const elder = await town.anElder();
    await town.ask(elder, 'POST', '/api/me/notices', { locale: 'zh-Hans', stops: everything });
    const { volunteer, path } = await aTakenVisit(elder);
    await givenBack(volunteer, path);
    await at.deliver();
    expect(rungFor(at, elder)).toEqual([]);
    expect((await inboxOf(town, elder)).map(({ kind }) => kind)).toEqual(['person_changed', 'person_found']);
  });

  it('a coordinator, too: yet an emergency of the place rings at their bed at three in the morning', async () => {
    const { town } = at;
    const coordinator = await town.aCoordinator();
    await town.ask(coordinator, 'POST', '/api/me/notices', { locale: 'zh-Hans', stops: everything });
    town.setClock('2026-11-21T19:00:00.000Z');
    const elder = await town.anElder();
    await town.ask(elder, 'POST', '/api/emergencies', { commandId: town.ids.command() });
    await at.deliver();
    expect(rungFor(at, coordinator)).toEqual(['emergency_opened']);
  });
});

describe('the quiet hours', () => {
  /** A visit of the day after tomorrow, given back at an hour. */
  const givenBackAt = async (hour: string) => {
    const { town } = at;
    const visit = await aVisit(town, 'accepted', { request: { plannedStartAt: '2026-11-24T06:00:00.000Z' } });
    await at.deliver();
    town.setClock(hour);
    await givenBack(visit.volunteer, visit.path);
    await at.deliver();
    return visit;
  };

  it.each([
    { when: 'a minute before nine in the evening', hour: '2026-11-21T12:59:00.000Z', rings: true },
    { when: 'at nine in the evening', hour: '2026-11-21T13:00:00.000Z', rings: false },
    { when: 'a minute before midnight', hour: '2026-11-21T15:59:00.000Z', rings: false },
    { when: 'at midnight', hour: '2026-11-21T16:00:00.000Z', rings: false },
    { when: 'a minute before eight in the morning', hour: '2026-11-21T23:59:00.000Z', rings: false },
    { when: 'at eight in the morning', hour: '2026-11-22T00:00:00.000Z', rings: true },
  ])('$when a telephone rings at once: $rings', async ({ hour, rings }) => {
    const { town } = at;
    const { elder } = await givenBackAt(hour);
    const changed = () => rungFor(at, elder).filter((kind) => kind === 'person_changed');
    expect(changed()).toHaveLength(rings ? 1 : 0);
    expect((await inboxOf(town, elder))[0]?.kind).toBe('person_changed');
    town.setClock('2026-11-22T00:01:00.000Z');
    await at.deliver();
    await at.deliver();
    expect(changed()).toHaveLength(1);
  });
});

describe('a calendar that was ended', () => {
  it('answers nobody any more, also whom it has answered before and who only asks whether it has changed', async () => {
    const { town } = at;
    const elder = await town.anElder();
    await aTakenVisit(elder);
    const path = (await town.ask(elder, 'POST', '/api/me/calendar', {})).body.path as string;
    const read = await town.ask(undefined, 'GET', path);
    const tag = read.headers.get('ETag') ?? '';
    const same = await town.ask(undefined, 'GET', path, undefined, { 'If-None-Match': tag });
    expect([read.status, same.status]).toEqual([200, 304]);
    await town.ask(elder, 'POST', '/api/me/calendar/end', {});
    const after = await town.ask(undefined, 'GET', path, undefined, { 'If-None-Match': tag });
    const never = await town.ask(undefined, 'GET', path.replace(/.{10}$/, 'AAAAAAAAAA'));
    expect(after.status).toBe(404);
    expect(after.body).toEqual(never.body);
    expect((await town.ask(elder, 'GET', '/api/me/notices')).body.hasCalendar).toBe(false);
  });
});
