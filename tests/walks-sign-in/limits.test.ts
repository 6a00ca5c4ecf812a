import { standardRules } from '@time-bank/desk/sign-in';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { type Town, startTown } from '../town.ts';
import { type Door, MARK, aDoor, numberOf } from './door.ts';

let town: Town;
let door: Door;
beforeAll(async () => {
  town = await startTown();
  door = aDoor(town);
});
afterAll(async () => {
  await town.stop();
});

const refusal = (code: string) => ({ body: { error: { code } } });

describe('a code', () => {
  it('signs in on the device that asked for it, and on no other', async () => {
    const { challengeId, code } = await door.aCode(await town.anElder());
    const elsewhere = await door.signInWith(challengeId, code, 'n'.repeat(43));
    expect(elsewhere).toMatchObject({ status: 401, ...refusal('code_not_accepted') });
    expect((await door.signInWith(challengeId, code)).status).toBe(200);
  });

  it('is not accepted from a device that shows the key of another one', async () => {
    const [asker, other] = [aDevice(), aDevice()];
    const { challengeId, code } = await door.aCode(await town.anElder(), asker.thumbprint);
    const body = { challengeId, code, device: asker.thumbprint };
    const shown = await door.post('/api/sign-in', body, { device: other });
    expect(shown).toMatchObject({ status: 401, ...refusal('code_not_accepted') });
    expect((await door.post('/api/sign-in', body, { device: asker })).status).toBe(200);
  });

  it('tells how many tries are left, alike for known and unknown numbers', async () => {
    const known = await door.aCode(await town.anElder());
    const unknown = await door.askForCode('+8610066666666');
    const left = async (challengeId: string, code: string): Promise<unknown> =>
      (await door.signInWith(challengeId, code)).body.error;
    for (const n of [4, 3, 2]) {
      const first = await left(known.challengeId, known.wrong(n));
      expect(first).toMatchObject({ code: 'code_not_accepted', triesLeft: n });
      expect(await left(String(unknown.body.challengeId), '000000')).toEqual(first);
    }
  });
});

it('after five wrong codes the number waits a minute, after a right one no more', async () => {
  const elder = await town.anElder();
  const { challengeId, wrong } = await door.aCode(elder);
  for (const n of [0, 1, 2, 3, 4]) await door.signInWith(challengeId, wrong(n));
  const later = await door.askForCode(numberOf(elder));
  expect(later).toMatchObject({
    status: 429,
    body: { error: { code: 'try_later', retryAfterSeconds: 60 } },
  });
  town.pass(1);
  const { challengeId: next, code } = await door.aCode(elder);
  expect((await door.signInWith(next, code)).status).toBe(200);
});

it.each(['+12025550123', '+447700900123', '+819012345678'])(
  'no message goes to %s: the country is not served',
  async (phone) => {
    const sent = town.sent.length;
    expect(await door.askForCode(phone)).toMatchObject(refusal('country_not_served'));
    expect(town.sent).toHaveLength(sent);
  },
);

it.each(['+85251234567', '+85366123456', '+886912345678'])('a code can go to %s', async (phone) => {
  expect((await door.askForCode(phone)).status).toBe(202);
});

it('an installation sends no more messages in a day than it has decided', async () => {
  const { deps } = town;
  const rateLimits = { ...deps.ports.rateLimits };
  const counted = new Map<string, number>();
  rateLimits.take = (key, { max }) => {
    counted.set(key, (counted.get(key) ?? 0) + 1);
    return Promise.resolve(
      (counted.get(key) ?? 0) > max && key.startsWith('codes#')
        ? { isTaken: false, retryAfterSeconds: 3600 }
        : { isTaken: true },
    );
  };
  const rules = { ...standardRules, messagesADay: 3 };
  const small = aDoor(town, { rules }, { ports: { ...deps.ports, rateLimits } });
  const statuses = [];
  for (let n = 0; n < 5; n += 1)
    statuses.push((await small.askForCode(numberOf(await town.anElder()))).status);
  expect(statuses).toEqual([202, 202, 202, 429, 429]);
  expect([...counted.keys()].some((key) => key.includes('86100'))).toBe(false);
});

it('one address asks for no more than 300 codes in a day', async () => {
  const taken: { key: string; max: number; seconds: number }[] = [];
  const rateLimits: typeof town.ports.rateLimits = {
    take: (key, { max, seconds }) => {
      taken.push({ key, max, seconds });
      return Promise.resolve({ isTaken: true });
    },
  };
  const one = aDoor(town, {}, { ports: { ...town.ports, rateLimits }, addressOf: () => '192.0.2.77' });
  await one.askForCode('+8610055555555');
  const daily = taken.filter(({ seconds, key }) => seconds === 86_400 && key !== 'codes#all');
  expect(daily).toEqual([{ key: expect.stringMatching(/^codes#[\w-]{22}$/), max: 300, seconds: 86_400 }]);
  expect(JSON.stringify(taken)).not.toContain('192.0.2.77');
});

it('an address that has asked for its 300 codes uses up no codes of anybody’s number', async () => {
  const rateLimits: typeof town.ports.rateLimits = {
    take: (_key, { max }) =>
      Promise.resolve(max === 300 ? { isTaken: false, retryAfterSeconds: 60 } : { isTaken: true }),
  };
  const greedy = aDoor(town, {}, { ports: { ...town.ports, rateLimits } });
  const elder = await town.anElder();
  for (let n = 0; n < 12; n += 1) {
    expect(await greedy.askForCode(numberOf(elder))).toMatchObject(refusal('rate_limited'));
  }
  expect((await door.askForCode(numberOf(elder))).status).toBe(202);
});

it('a code that could not be sent is answered "unavailable" and does not count against the number', async () => {
  const elder = await town.anElder();
  const broken = aDoor(
    town,
    {},
    {
      codeSender: {
        ...town.deps.codeSender,
        send: () => Promise.reject(new Unavailable('the provider does not answer')),
      },
    },
  );
  for (let n = 0; n < 12; n += 1) {
    expect(await broken.askForCode(numberOf(elder))).toMatchObject({
      status: 503,
      ...refusal('unavailable'),
    });
  }
  for (let n = 0; n < 10; n += 1) expect((await door.askForCode(numberOf(elder))).status).toBe(202);
  expect(await door.askForCode(numberOf(elder))).toMatchObject(refusal('too_many_codes'));
});

it('the store is asked the same, in the same order, for known and unknown numbers', async () => {
  const callsOf = async (phone: string, code: string): Promise<string[]> => {
    const calls: string[] = [];
    const traced = <T extends object>(name: string, port: T): T =>
      new Proxy(port, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key);
          return typeof value !== 'function'
            ? value
            : (...given: unknown[]): unknown => {
                calls.push(`${name}.${String(key)}`);
                return Reflect.apply(value, target, given) as unknown;
              };
        },
      });
    const { challenges, people, auditLog, rateLimits } = town.ports;
    const ports = {
      ...town.ports,
      challenges: traced('challenges', challenges),
      people: traced('people', people),
      auditLog: traced('auditLog', auditLog),
      rateLimits: traced('rateLimits', rateLimits),
    };
    const own = aDoor(town, {}, { ports });
    const asked = await own.askForCode(phone);
    await own.signInWith(String(asked.body.challengeId), code);
    await own.signInWith(String(asked.body.challengeId), code, MARK.replace('m', 'n'));
    return calls;
  };
  const elder = await town.anElder();
  const known = await callsOf(numberOf(elder), '000000');
  expect(known.length).toBeGreaterThan(10);
  expect(await callsOf('+8610044444444', '000000')).toEqual(known);
});
