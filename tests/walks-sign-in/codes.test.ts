import { makeApp } from '@time-bank/api/app';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { type Door, MARK, aDoor, numberOf } from './door.ts';

let town: Town;
let door: Door;
beforeAll(async () => {
  town = await startTown();
  door = aDoor(town);
});
const askForCode: Door['askForCode'] = (...given) => door.askForCode(...given);
const signIn: Door['signInWith'] = (...given) => door.signInWith(...given);
const aCode: Door['aCode'] = (...given) => door.aCode(...given);
afterAll(async () => {
  await town.stop();
});

const notAccepted = { status: 401, body: { error: { code: 'code_not_accepted' } } };

it('a code comes to the telephone, and with it one is signed in', async () => {
  const elder = await town.anElder();
  const asked = await askForCode(numberOf(elder));
  expect(asked).toMatchObject({ status: 202, body: { expiresAt: town.soon(5) } });
  expect(town.sent[0]).toEqual({
    challengeId: asked.body.challengeId,
    phone: elder.phone,
    code: expect.stringMatching(/^\d{6}$/),
    expiresAt: town.soon(5),
  });
  expect(JSON.stringify(asked.body)).not.toContain(town.sent[0]?.code);
  const signed = await signIn(String(asked.body.challengeId), String(town.sent[0]?.code));
  expect(signed).toMatchObject({
    status: 200,
    body: { roles: ['resident'], factor: 'code', endsAt: town.soon(30 * 24 * 60) },
  });
  const me = await town.ask(undefined, 'GET', '/api/me', undefined, {
    Authorization: `Bearer ${signed.body.token}`,
  });
  expect(me.body.member.memberId).toBe(elder.memberId);
});

it('a code opens no office: a coordinator hears that a passkey is needed', async () => {
  const { challengeId, code } = await aCode(await town.aCoordinator());
  const { body } = await signIn(challengeId, code);
  expect(body).toMatchObject({ roles: [], needs: 'passkey' });
  const elders = await door.send('GET', '/api/elders', { token: String(body.token) });
  expect(elders.status).toBe(403);
});

it('the number may be written as people write it', async () => {
  const elder = await town.anElder();
  const digits = numberOf(elder).slice(3);
  for (const written of [
    digits,
    `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
    `+86-${digits}`,
    `0086${digits}`,
    digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ]) {
    const before = town.sent.length;
    expect((await askForCode(written)).status, written).toBe(202);
    expect(town.sent).toHaveLength(before + 1);
  }
});

it.each(['12345', 'abcdefgh', '+86', '１２３', '+0123456789', '13800138000; DROP'])(
  '"%s" is no telephone number',
  async (phone) => {
    const answer = await askForCode(phone);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_fields', details: [{ property: 'phone' }] } },
    });
  },
);

describe('an unknown number', () => {
  it('gets the same answer and no message', async () => {
    const known = await askForCode(numberOf(await town.anElder()));
    const sentBefore = town.sent.length;
    const unknown = await askForCode('+8610099999999');
    expect(unknown.status).toBe(known.status);
    expect(unknown.body).toEqual({ ...known.body, challengeId: expect.stringMatching(/^chl_/) });
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()]);
    expect(town.sent).toHaveLength(sentBefore);
    expect(await signIn(String(unknown.body.challengeId), '000000')).toMatchObject(notAccepted);
  });

  it('is told no sooner and no later that it has had its codes', async () => {
    const answers = [];
    for (let count = 0; count < 11; count += 1) answers.push((await askForCode('+8610088888888')).status);
    expect(answers).toEqual([...Array<number>(10).fill(202), 429]);
  });
});

describe('a code', () => {
  it('that is wrong four times still works the fifth time', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    for (const n of [0, 1, 2, 3]) expect(await signIn(challengeId, wrong(n))).toMatchObject(notAccepted);
    expect((await signIn(challengeId, code)).status).toBe(200);
  });

  it('that is wrong five times is worth nothing any more', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    for (const n of [0, 1, 2, 3, 4]) expect(await signIn(challengeId, wrong(n))).toMatchObject(notAccepted);
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('cannot be guessed by many tries in the same moment', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(challengeId, wrong(n))));
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('works until five minutes have passed, and then not', async () => {
    const [early, late] = [await aCode(await town.anElder()), await aCode(await town.anElder())];
    town.pass(4.5);
    expect((await signIn(early.challengeId, early.code)).status).toBe(200);
    town.pass(0.5);
    expect(await signIn(late.challengeId, late.code)).toMatchObject(notAccepted);
  });

  it('works once', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    expect((await signIn(challengeId, code)).status).toBe(200);
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('works once, also in the same moment', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    const answers = await Promise.all([signIn(challengeId, code), signIn(challengeId, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('belongs to its own question only', async () => {
    const [mine, theirs] = [await aCode(await town.anElder()), await aCode(await town.anElder())];
    if (mine.code === theirs.code) return;
    expect(await signIn(theirs.challengeId, mine.code)).toMatchObject(notAccepted);
    expect(await signIn(town.ids.challenge(), mine.code)).toMatchObject(notAccepted);
  });

  it('is not in the tables, in no form that can be read', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    const kept = Object.entries(await everythingIn(town)).filter(([key]) => key.includes(challengeId));
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(`"${code}"`);
  });
});

it('a number gets ten codes a day; the next day begins at midnight in China', async () => {
  town.setClock('2026-11-21T15:50:00.000Z');
  const phone = numberOf(await town.anElder());
  for (let count = 0; count < 10; count += 1) expect((await askForCode(phone)).status).toBe(202);
  const sentBefore = town.sent.length;
  expect(await askForCode(phone)).toMatchObject({ status: 429, body: { error: { code: 'too_many_codes' } } });
  expect(town.sent).toHaveLength(sentBefore);
  town.pass(10);
  expect((await askForCode(phone)).status).toBe(202);
});

it('where no way to send a code is set up, known and unknown numbers hear so alike', async () => {
  const { codeSender: _, ...deps } = town.deps;
  const app = makeApp(deps);
  const before = await everythingIn(town);
  const answers = [];
  for (const phone of [numberOf(await town.anElder()), '+8610077777777']) {
    const response = await app.request('/api/sign-in/codes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ phone, device: MARK }),
    });
    answers.push([response.status, await response.text()]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[0]).toBe(503);
  expect(Object.keys(before).filter((key) => key.includes('+8610077777777'))).toEqual([]);
});
