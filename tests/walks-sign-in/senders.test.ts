import { createHash, createHmac } from 'node:crypto';
import { type Deliver, NumberRefused } from '@time-bank/api/sms-message';
import { smsAws } from '@time-bank/api/sms-aws';
import { signedHeaders, smsHttp } from '@time-bank/api/sms-http';
import { smsSender } from '@time-bank/api/sms-sender';
import { Phone } from '@time-bank/contracts/member';
import { ChallengeId } from '@time-bank/contracts/ids';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW } from '../town.ts';
import { type Stub, startStub } from './stub.ts';

const PHONE = Phone.parse('+8610000000001');
const code = { kind: 'code', phone: PHONE, code: '012345' } as const;
const notice = { kind: 'number_replaced', phone: PHONE } as const;
const clock = { nowMs: () => Date.parse(NOW) };

let stub: Stub;
beforeAll(async () => {
  stub = await startStub(() => 'never');
});
afterAll(async () => {
  await stub.stop();
});
beforeEach(() => {
  stub.calls.length = 0;
});

const provider = {
  signName: '时间银行',
  templates: { code: 'SMS_1', number_replaced: 'SMS_2' },
  keyId: 'key-id',
  keySecret: 'key-secret',
};
const overHttp = (): Deliver => smsHttp({ ...provider, origin: stub.origin }, clock, () => 'nonce-1');
const taken = () => ({ status: 200, body: '{"Code":"OK","BizId":"1"}' });

describe('a provider in China', () => {
  it('gets the template and its parameters in the body, the number without its country code, nothing in the address', async () => {
    stub.answer(taken);
    await overHttp()(code);
    const [call] = stub.calls;
    expect(call).toMatchObject({ method: 'POST', path: '/' });
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      PhoneNumbers: '10000000001',
      SignName: '时间银行',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"code":"012345"}',
    });
    await overHttp()(notice);
    const told = new URLSearchParams(stub.calls[1]?.body);
    expect([told.get('TemplateCode'), told.get('TemplateParam')]).toEqual(['SMS_2', null]);
    await overHttp()({ ...notice, phone: Phone.parse('+85251234567') });
    expect(new URLSearchParams(stub.calls[2]?.body).get('PhoneNumbers')).toBe('85251234567');
  });

  it('can check who has signed it, and that nothing was changed on the way', async () => {
    stub.answer(taken);
    await overHttp()(code);
    const { headers, body } = stub.calls[0]!;
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const authorization =
      /^ACS3-HMAC-SHA256 Credential=key-id,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? '',
      );
    const [, names = '', signature] = authorization ?? [];
    expect(names.split(';')).toEqual(
      expect.arrayContaining(['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date']),
    );
    const written = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
    const canonical = `POST\n/\n\n${written.join('')}\n${names}\n${sha256(body)}`;
    expect(signature).toBe(
      createHmac('sha256', 'key-secret')
        .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
        .digest('hex'),
    );
    expect(headers).toMatchObject({
      'x-acs-action': 'SendSms',
      'x-acs-version': '2017-05-25',
      'x-acs-date': '2026-11-21T02:00:00Z',
      'x-acs-signature-nonce': 'nonce-1',
      'x-acs-content-sha256': sha256(body),
    });
  });

  it('is given another signature for another body, moment, nonce and key', () => {
    const settings = { ...provider, origin: 'https://sms.example' };
    const given = { body: 'a=1', date: '2026-11-21T02:00:00Z', nonce: 'n' };
    const signatures = [
      signedHeaders(settings, given),
      signedHeaders(settings, { ...given, body: 'a=2' }),
      signedHeaders(settings, { ...given, date: '2026-11-21T02:00:01Z' }),
      signedHeaders(settings, { ...given, nonce: 'm' }),
      signedHeaders({ ...settings, keySecret: 'other' }, given),
    ].map(({ authorization }) => authorization);
    expect(new Set(signatures).size).toBe(5);
  });

  it.each([
    { how: 'refuses', reply: { status: 200, body: '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}' } },
    { how: 'is broken', reply: { status: 500, body: '{"Code":"OK"}' } },
    { how: 'talks nonsense', reply: { status: 200, body: '<html>' } },
    { how: 'talks without end', reply: { status: 200, body: `{"Code":"OK","x":"${'x'.repeat(20_000)}"}` } },
    { how: 'sends one elsewhere', reply: { status: 302, body: '', headers: { Location: '/elsewhere' } } },
    { how: 'never answers', reply: 'never' as const },
  ])('that $how is "unavailable", after one try', async ({ reply }) => {
    stub.answer(() => reply);
    await expect(overHttp()(code)).rejects.toThrow(Unavailable);
    expect(stub.calls).toHaveLength(1);
  });

  it.each(['isv.BUSINESS_LIMIT_CONTROL', 'isv.MOBILE_NUMBER_ILLEGAL'])(
    'that says %s refuses that number, and is there for all others',
    async (Code) => {
      stub.answer(() => ({ status: 200, body: JSON.stringify({ Code }) }));
      await expect(overHttp()(code)).rejects.toThrow(NumberRefused);
    },
  );

  it('that is not there is "unavailable"', async () => {
    const nobody = smsHttp({ ...provider, origin: 'http://127.0.0.1:9' }, clock);
    await expect(nobody(code)).rejects.toThrow(Unavailable);
  });
});

describe('AWS', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const overAws = (): Deliver =>
    smsAws({ origin: 'timebank', endpoint: stub.origin, region: 'ap-southeast-1' });

  it('gets the whole message, as one that serves and does not advertise, and only as long as the code is good', async () => {
    stub.answer(() => ({ status: 200, body: '{"MessageId":"1"}' }));
    await overAws()(code);
    expect(JSON.parse(stub.calls[0]?.body ?? '')).toEqual({
      DestinationPhoneNumber: '+8610000000001',
      OriginationIdentity: 'timebank',
      MessageBody: expect.stringContaining('012345'),
      MessageType: 'TRANSACTIONAL',
      TimeToLive: 300,
    });
    await overAws()(notice);
    expect(JSON.parse(stub.calls[1]?.body ?? '').MessageBody).not.toMatch(/\d{4}/);
  });

  it.each([
    { how: 'throttles', reply: { status: 400, body: '{"__type":"ThrottlingException"}' } },
    { how: 'is broken', reply: { status: 500, body: '{}' } },
    { how: 'never answers', reply: 'never' as const },
  ])('that $how is "unavailable", after one try', async ({ reply }) => {
    stub.answer(() => reply);
    await expect(overAws()(code)).rejects.toThrow(Unavailable);
    expect(stub.calls).toHaveLength(1);
  });
});

it('AWS refuses a number whose owner wants no messages, and is there for all others', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const body = '{"__type":"ConflictException","Reason":"DESTINATION_PHONE_NUMBER_OPTED_OUT"}';
  stub.answer(() => ({ status: 400, body }));
  const deliver = smsAws({ origin: 'timebank', endpoint: stub.origin, region: 'ap-southeast-1' });
  await expect(deliver(code)).rejects.toThrow(NumberRefused);
  vi.unstubAllEnvs();
});

describe('a sender', () => {
  const message = {
    challengeId: ChallengeId.parse('chl_01KB2C3D4E5F6G7H8J9KMNPQRS'),
    phone: PHONE,
    code: '012345',
    expiresAt: NOW,
  };
  const told = (deliver: Deliver) => {
    let nowMs = 0;
    const sender = smsSender(deliver, { nowMs: () => nowMs }, 50);
    return {
      sender,
      pass: (ms: number) => {
        nowMs += ms;
      },
    };
  };

  it('takes as long for nobody as for somebody, however fast the provider is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const { sender } = told(() => Promise.resolve());
      const ended: string[] = [];
      const both = [
        sender.send(message).then(() => ended.push('known')),
        sender.send(undefined).then(() => ended.push('unknown')),
      ];
      await Promise.resolve();
      expect(ended).toEqual([]);
      vi.useRealTimers();
      await Promise.all(both);
      expect(ended).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sends nothing where the number is nobody’s', async () => {
    const sent: unknown[] = [];
    const { sender } = told((each) => {
      sent.push(each);
      return Promise.resolve();
    });
    await sender.send(undefined);
    expect(sent).toEqual([]);
    await sender.send(message);
    await sender.sendNotice(notice);
    expect(sent).toEqual([code, notice]);
  });

  it('goes on where a provider sends nothing more to one number, and tells nobody that it knows the number', async () => {
    const sent: string[] = [];
    const { sender } = told(({ phone }) => {
      sent.push(phone);
      return phone === PHONE ? Promise.reject(new NumberRefused('too often')) : Promise.resolve();
    });
    await sender.send(message);
    await sender.send(message);
    await sender.send({ ...message, phone: Phone.parse('+8610000000002') });
    expect(sent).toEqual([PHONE, PHONE, '+8610000000002']);
    await expect(sender.sendNotice(notice)).rejects.toThrow(Unavailable);
    await sender.send(undefined);
  });

  it('that has failed is left alone for half a minute, by known and unknown numbers alike', async () => {
    let tries = 0;
    const { sender, pass } = told(() => {
      tries += 1;
      return Promise.reject(new Unavailable('no answer'));
    });
    await expect(sender.send(message)).rejects.toThrow(Unavailable);
    await expect(sender.send(undefined)).rejects.toThrow(Unavailable);
    await expect(sender.send(message)).rejects.toThrow(Unavailable);
    expect(tries).toBe(1);
    pass(30_000);
    await sender.send(undefined);
    await expect(sender.send(message)).rejects.toThrow(Unavailable);
    expect(tries).toBe(2);
  });
});
