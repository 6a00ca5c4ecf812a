import { InboxPage, MailAddress } from '@time-bank/contracts/notices';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NoticeTown, startNoticeTown } from '../notifier/town-notices.ts';
import { aBrowser, aCalendarOwner, aLine, aMailReader } from './messages.ts';

let at: NoticeTown;
beforeAll(async () => {
  at = await startNoticeTown();
}, 60_000);
afterAll(() => at.town.stop());

const given = (address?: string) => ({
  commandId: at.town.ids.command(),
  ...(address === undefined ? {} : { address }),
});
const tokenIn = (link: unknown): string => (link as { token: string }).token;

describe('settings', () => {
  it('begin with everything wanted, in simplified Chinese', async () => {
    const elder = await at.town.anElder();
    expect((await at.town.ask(elder, 'GET', '/api/me/notices')).body).toEqual({
      locale: 'zh-Hans',
      stops: [],
      hasPhone: true,
      pushCount: 0,
      hasCalendar: false,
      offers: [],
    });
  });

  it('are changed by oneself alone; a stop that is named twice is one', async () => {
    const [elder, other] = [await at.town.anElder(), await at.town.anElder()];
    const stop = { group: 'asks', channel: 'sms' };
    const said = { locale: 'en', stops: [stop, stop] };
    const answer = await at.town.ask(elder, 'POST', '/api/me/notices', said);
    expect(answer.body).toMatchObject({ locale: 'en', stops: [stop] });
    expect((await at.town.ask(other, 'GET', '/api/me/notices')).body).toMatchObject({ stops: [] });
  });

  it('danger cannot be stopped', async () => {
    const elder = await at.town.anElder();
    const said = { locale: 'en', stops: [{ group: 'safety', channel: 'sms' }] };
    const answer = await at.town.ask(elder, 'POST', '/api/me/notices', said);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
  });

  it('of a browser: added once, five at most, and taken out', async () => {
    const elder = await at.town.anElder();
    const add = (name: string) => at.town.ask(elder, 'POST', '/api/me/push', aBrowser(name));
    await add('a');
    expect((await add('a')).body.pushCount).toBe(1);
    for (const name of ['b', 'c', 'd', 'e', 'f']) await add(name);
    const { endpoint } = aBrowser('f');
    expect((await add('f')).body.pushCount).toBe(5);
    expect((await at.town.ask(elder, 'POST', '/api/me/push/remove', { endpoint })).body.pushCount).toBe(4);
  });

  it.each([
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://169.254.169.254/latest/meta-data',
    'https://fcm.googleapis.com:8443/x',
    'https://user@fcm.googleapis.com/x',
  ])('a browser does not make the service call %s', async (endpoint) => {
    const elder = await at.town.anElder();
    const answer = await at.town.ask(elder, 'POST', '/api/me/push', { ...aBrowser(), endpoint });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
  });
});

describe('a mail address', () => {
  it('is good when its owner has opened the link that came to it, and then mails come', async () => {
    const elder = await at.town.anElder();
    const address = 'sun.yu@example.org';
    const answer = await at.town.ask(elder, 'POST', '/api/me/notices/address', given(address));
    expect(answer.body.address).toEqual({ address, isConfirmed: false });
    await at.deliver();
    const [mail] = at.sentTo(address);
    const token = tokenIn(mail?.message.link);
    const followed = await at.town.ask(undefined, 'POST', '/api/notices/links', { token });
    expect(followed.body).toEqual({ done: 'address_confirmed' });
    expect((await at.town.ask(elder, 'GET', '/api/me/notices')).body.address.isConfirmed).toBe(true);
    await at.put({ people: [elder.memberId] });
    await at.deliver();
    expect(at.sentTo(address)).toHaveLength(2);
  });

  it('sent twice under one id gets one mail', async () => {
    const elder = await at.town.anElder();
    const said = given('twice@example.org');
    for (let n = 0; n < 2; n += 1) {
      expect((await at.town.ask(elder, 'POST', '/api/me/notices/address', said)).status).toBe(200);
      await at.deliver();
    }
    expect(at.sentTo('twice@example.org')).toHaveLength(1);
  });

  it('that was replaced is not confirmed by the older link', async () => {
    const elder = await at.town.anElder();
    await at.town.ask(elder, 'POST', '/api/me/notices/address', given('first@example.org'));
    await at.deliver();
    await at.town.ask(elder, 'POST', '/api/me/notices/address', given('second@example.org'));
    const token = tokenIn(at.sentTo('first@example.org')[0]?.message.link);
    const answer = await at.town.ask(undefined, 'POST', '/api/notices/links', { token });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown_route' } } });
  });

  it('is taken back, and five a day are enough', async () => {
    const elder = await at.town.anElder();
    for (let n = 0; n < 5; n += 1) {
      await at.town.ask(elder, 'POST', '/api/me/notices/address', given(`n${String(n)}@example.org`));
    }
    const sixth = await at.town.ask(elder, 'POST', '/api/me/notices/address', given('n6@example.org'));
    expect(sixth).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } });
    const gone = await at.town.ask(elder, 'POST', '/api/me/notices/address', given());
    expect(gone.body.address).toBeUndefined();
  });

  it.each(['x', 'a@b', 'a b@example.org', 'a@example.org\r\nBcc: b@example.org', '李@example.org'])(
    'is not %j',
    (written) => {
      expect(MailAddress.safeParse(written).success).toBe(false);
    },
  );
});

describe('a link of a mail', () => {
  it('stops what it says with one press of a mail program, without a sign-in, twice as once', async () => {
    const { elder, token } = await aMailReader(at.town, 'one.press@example.org');
    for (let n = 0; n < 2; n += 1) {
      const response = await at.town.app.request(`/api/notices/stops?token=${token}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        done: 'stopped',
        stop: { group: 'visits', channel: 'email' },
      });
    }
    await at.put({ people: [elder.memberId] });
    await at.deliver();
    expect(at.sentTo('one.press@example.org')).toEqual([]);
    expect(at.sentTo(elder.phone)).toHaveLength(1);
  });

  it('does nothing where a letter of it was changed, or where it is somebody else’s', async () => {
    const { token } = await aMailReader(at.town);
    const { elder: other } = await aMailReader(at.town);
    const wrong = [
      token.replace('stop_visits', 'stop_asks'),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${other.memberId.slice(4)}${token.slice(26)}`,
      `${at.town.ids.member().slice(4)}${token.slice(26)}`,
    ];
    for (const changed of wrong) {
      const answer = await at.town.ask(undefined, 'POST', '/api/notices/links', { token: changed });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'unknown_route' } } });
    }
    expect((await at.town.ask(other, 'GET', '/api/me/notices')).body.stops).toEqual([]);
  });
});

describe('the inbox', () => {
  it('says in words what happened, newest first, and what is unread', async () => {
    const elder = await at.town.anElder();
    const notice = await at.put({ people: [elder.memberId] });
    await at.deliver();
    await aLine(at.town, elder, {
      kind: 'correction_made',
      at: at.town.soon(1),
      about: { personId: elder.memberId },
    });
    const body = InboxPage.parse((await at.town.ask(elder, 'GET', '/api/inbox')).body);
    expect(body.unread).toBe(2);
    expect(body.items.map(({ kind }) => kind)).toEqual(['correction_made', 'visit_cancelled']);
    expect(body.items[1]).toMatchObject({
      noticeId: notice.noticeId,
      isRead: false,
      short: { 'zh-Hans': '11月21日(周六)11:00的陪聊取消了，请不要等候。详情请看预约。' },
    });
  });

  it('marks lines as seen, one’s own alone', async () => {
    const [elder, other] = [await at.town.anElder(), await at.town.anElder()];
    const { noticeId, at: toldAt } = await aLine(at.town, elder);
    const lines = [{ noticeId, at: toldAt }];
    await at.town.ask(other, 'POST', '/api/inbox/read', { lines });
    expect((await at.town.ask(elder, 'GET', '/api/inbox')).body).toMatchObject({ unread: 1 });
    const answer = await at.town.ask(elder, 'POST', '/api/inbox/read', { lines });
    expect(answer.body).toEqual({ unread: 0 });
    expect((await at.town.ask(elder, 'GET', '/api/inbox')).body.items[0].isRead).toBe(true);
  });

  it('goes on page by page, and takes no cursor of another one', async () => {
    const [elder, other] = [await at.town.anElder(), await at.town.anElder()];
    for (let n = 0; n < 30; n += 1) await aLine(at.town, elder);
    const first = (await at.town.ask(elder, 'GET', '/api/inbox')).body;
    expect(first.items).toHaveLength(25);
    const second = await at.town.ask(elder, 'GET', `/api/inbox?cursor=${first.cursor}`);
    expect(second.body.items).toHaveLength(5);
    expect((await at.town.ask(other, 'GET', `/api/inbox?cursor=${first.cursor}`)).status).toBe(400);
  });
});

describe('whom no message reaches', () => {
  it('stands in the list of their community until they were told, once', async () => {
    const [coordinator, elder] = [
      await at.town.aCoordinator(),
      await at.town.anElder({}, { phoneless: true }),
    ];
    const notice = await at.put({ people: [elder.memberId] });
    await at.deliver();
    const list = async () =>
      (await at.town.ask(coordinator, 'GET', `/api/notices/to-tell?communityCode=${elder.communityCode}`))
        .body.items as { memberId: string }[];
    const row = (await list()).find(({ memberId }) => memberId === elder.memberId);
    expect(row).toMatchObject({ name: elder.name, hasPhone: false, kind: 'visit_cancelled' });
    const line = { noticeId: notice.noticeId, at: notice.at };
    const path = `/api/members/${elder.memberId}/told`;
    expect((await at.town.ask(coordinator, 'POST', path, line)).status).toBe(200);
    expect((await at.town.ask(coordinator, 'POST', path, line)).body.error.code).toBe('unknown_file');
    expect((await list()).some(({ memberId }) => memberId === elder.memberId)).toBe(false);
  });
});

describe('a calendar', () => {
  it('is made anew and ended; the address before it is good for nothing', async () => {
    const elder = await at.town.anElder();
    const make = async () => (await at.town.ask(elder, 'POST', '/api/me/calendar', {})).body.path as string;
    const [first, second] = [await make(), await make()];
    expect((await at.town.ask(undefined, 'GET', first)).status).toBe(404);
    const read = await at.town.ask(undefined, 'GET', second);
    expect(read).toMatchObject({ status: 200, body: expect.stringContaining('BEGIN:VCALENDAR') });
    await at.town.ask(elder, 'POST', '/api/me/calendar/end', {});
    expect((await at.town.ask(undefined, 'GET', second)).status).toBe(404);
  });

  it('is kept as a hash, and stands in no line of the log', async () => {
    const { link, path } = await aCalendarOwner(at.town);
    await at.town.ask(undefined, 'GET', path);
    await at.town.ask(undefined, 'GET', path.replace(/.$/, 'x'));
    expect(JSON.stringify(at.town.log)).not.toContain(link.slice(27));
  });
});
