import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { Agent } from 'node:https';
import { createServer as createHttpServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { smsHttp } from '@time-bank/api/sms-http';
import { NumberRefused, smsText } from '@time-bank/api/sms-message';
import { MemberId } from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { type NoticeMessage, NotReachable } from '@time-bank/desk/notice-senders';
import { Unavailable } from '@time-bank/desk/ports';
import { newLinkSecret, noticeToken } from '@time-bank/identity/notice-link';
import { mailSender } from '@time-bank/notifier/mail';
import { pushSender } from '@time-bank/notifier/push';
import { noticeSendersOf } from '@time-bank/notifier/senders';
import { parseNotifierSecrets, readNotifierSettings } from '@time-bank/notifier/settings';
import { smsNotices } from '@time-bank/notifier/sms';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webPush from 'web-push';

const clock = { nowMs: () => Date.parse('2026-11-21T02:00:00.000Z') };
const message: NoticeMessage = {
  messageId: 'cmd_1.asked.mem_1.sms',
  kind: 'asked',
  locale: 'zh-Hans',
  short: '附近有老人需要陪聊',
  long: '附近有位老人需要陪聊。先接先得。',
  facts: {},
  path: '/inbox',
  isUrgent: false,
};
const memberId = MemberId.parse('mem_01HZZZZZZZZZZZZZZZZZZZZZZZ');
const token = noticeToken(newLinkSecret(), memberId, {
  does: 'stop',
  stop: { group: 'asks', channel: 'email' },
});

describe('mails', () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const gone = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
      done(address.startsWith('nobody') ? gone : null);
    },
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (part: Buffer) => (text += part.toString()));
      stream.on('end', () => {
        mails.unshift(text);
        done();
      });
    },
  });
  let url: string;
  beforeAll(async () => {
    const listening = once(server.server, 'listening');
    server.listen(0, '127.0.0.1');
    await listening;
    url = `smtp://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });
  const site = 'https://shijianyinhang.example.cn';
  const from = 'time-bank@example.cn';
  const send = (to: string, change: object = {}) =>
    mailSender({ url, from, site })({ ...message, address: to, ...change });

  it('come as plain text, and can be stopped with one press as mail programs do it', async () => {
    await send('li.ming@example.org', { link: { does: 'stop', token } });
    const mail = mails[0]?.replaceAll('\r\n ', ' ');
    expect(mail).toContain(`List-Unsubscribe: <${site}/api/notices/stops?token=${token}>`);
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail).toContain('Content-Type: text/plain; charset=utf-8');
    expect(mail).not.toContain('text/html');
  });

  it('have the same id whenever the same is sent again, and another one for another person', async () => {
    const idOf = (mail = '') => /Message-ID:\s+(<.+>)/i.exec(mail)?.[1];
    await send('li.ming@example.org');
    await send('li.ming@example.org');
    await send('li.ming@example.org', { messageId: 'cmd_1.asked.mem_2.email' });
    const [other, second, first] = mails.slice(0, 3).map(idOf);
    expect(first).toMatch(/^<[\w-]{43}@shijianyinhang\.example\.cn>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('tell an address that takes none from a server that is away', async () => {
    await expect(send('nobody@example.org')).rejects.toThrow(NotReachable);
    const away = mailSender({ url: 'smtp://127.0.0.1:9', from, site });
    await expect(away({ ...message, address: 'a@example.org' })).rejects.toThrow(Unavailable);
  });
});

describe('push messages', () => {
  const asked: { headers: Record<string, unknown>; body: Buffer; url: string }[] = [];
  const maker = createHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { headers, url = '' } = request;
      asked.unshift({ headers, body: Buffer.concat(parts), url });
      response.writeHead(url === '/gone' ? 410 : url === '/busy' ? 503 : 201).end();
    });
  });
  const keys = webPush.generateVAPIDKeys();
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  let agent: Agent;
  beforeAll(async () => {
    maker.listen(0, '127.0.0.1');
    await once(maker, 'listening');
    const { port } = maker.address() as AddressInfo;
    agent = new Agent();
    // The maker of the browser, without a certificate.
    Object.assign(agent, { createConnection: () => connect(port, '127.0.0.1') });
  });
  afterAll(() => {
    maker.close();
  });
  const send = (path: string) =>
    pushSender({ ...keys, contact: 'mailto:desk@example.cn', agent })({
      ...message,
      subscription: {
        endpoint: `https://updates.push.services.mozilla.com${path}`,
        keys: { p256dh: point.toString('base64url'), auth: randomBytes(16).toString('base64url') },
      },
    });

  it('are sealed for the browser alone, signed by the site, and replace themselves', async () => {
    await send('/one');
    await send('/one');
    const [second, first] = asked;
    expect(first?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      urgency: 'normal',
      ttl: '43200',
      topic: expect.stringMatching(/^[\w-]{32}$/),
      authorization: expect.stringMatching(/^vapid t=.+, k=.+/),
    });
    expect(second?.headers['topic']).toBe(first?.headers['topic']);
    expect(first?.body.toString()).not.toContain('陪聊');
  });

  it('tell a browser that has given it up from a maker that is away', async () => {
    await expect(send('/gone')).rejects.toThrow(NotReachable);
    await expect(send('/busy')).rejects.toThrow(Unavailable);
  });
});

describe('text messages', () => {
  const phone = Phone.parse('+8610000000001');

  it('carry their id, so that a provider that has seen it can leave it out', async () => {
    const sent: unknown[] = [];
    const send = smsNotices((each) => {
      sent.push(each);
      return Promise.resolve();
    });
    const facts = {
      service: { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'company' },
      startAt: '2026-11-22T01:00:00.000Z',
    };
    await send({ ...message, phone, facts });
    expect(sent).toEqual([
      {
        kind: 'notice',
        phone,
        messageId: message.messageId,
        notice: 'asked',
        text: message.short,
        parameters: { service: '陪聊', time: '11月22日(周日)9:00' },
      },
    ]);
  });

  it('to a number that takes none reach nobody', async () => {
    const send = smsNotices(() => Promise.reject(new NumberRefused('no')));
    await expect(send({ ...message, phone })).rejects.toThrow(NotReachable);
  });

  it('begin with the signature, and go by template where the provider asks for one', async () => {
    expect(
      smsText({ kind: 'notice', phone, messageId: 'x', notice: 'asked', text: '您好', parameters: {} }),
    ).toBe('【养老互助时间】您好');
    const bodies: string[] = [];
    const provider = createHttpServer((request, response) => {
      request.on('data', (part: Buffer) => bodies.push(part.toString()));
      request.on('end', () => response.end('{"Code":"OK"}'));
    });
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const origin = `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`;
    const settings = {
      origin,
      signName: '养老互助时间',
      templates: { asked: 'SMS_7' },
      keyId: 'k',
      keySecret: 's',
    };
    const send = smsNotices(smsHttp(settings, clock));
    await send({ ...message, phone, facts: { startAt: '2026-11-22T01:00:00.000Z' } });
    const given = new URLSearchParams(bodies[0]);
    expect(given.get('TemplateCode')).toBe('SMS_7');
    expect(given.get('OutId')).toBe(message.messageId);
    expect(JSON.parse(given.get('TemplateParam') ?? '')).toEqual({ time: '11月22日(周日)9:00' });
    // What nobody has checked is not sent.
    await expect(send({ ...message, kind: 'visit_soon', phone })).rejects.toThrow(NotReachable);
    expect(bodies).toHaveLength(1);
    provider.close();
  });
});

describe('settings', () => {
  it('offer nothing where nothing is set up', () => {
    expect(noticeSendersOf(readNotifierSettings({}), {}, clock)).toEqual({});
  });

  it('offer what is set up, and say what is missing', () => {
    const given = readNotifierSettings({
      SMS_SENDER: 'aws',
      MAIL_FROM: 'a@example.cn',
      SITE_ORIGIN: 'https://a.example.cn',
      PUSH_PUBLIC_KEY: 'B'.repeat(87),
      PUSH_CONTACT: 'mailto:a@example.cn',
    });
    expect(() => noticeSendersOf(given, {}, clock)).toThrow('smtpUrl is needed');
    const secrets = parseNotifierSecrets('{"smtpUrl":"smtps://a.example.cn","pushPrivateKey":"x"}');
    expect(Object.keys(noticeSendersOf(given, secrets, clock)).sort()).toEqual(['email', 'push', 'sms']);
  });

  it('of secrets that are none quote nothing of them', () => {
    expect(() => parseNotifierSecrets('{"smtpUrl":1,"x":"hush"')).toThrow(/^the secrets .+ are not JSON$/);
    expect(() => parseNotifierSecrets('{"smtpUrl":1}')).toThrow(
      /^the secrets .+ are not what they should be$/,
    );
  });
});
