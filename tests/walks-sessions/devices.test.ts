import type { Member } from '@time-bank/contracts/member';
import { SessionList } from '@time-bank/contracts/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aDevice } from '../device.ts';
import { type Town, startTown } from '../town.ts';
import { aGiver } from '../walks/steps.ts';
import { type Phone, aBrowser, aPhone, begin, codeOf } from './clients.ts';

let town: Town;
let giver: Member;
beforeAll(async () => {
  town = await startTown();
});
beforeEach(async () => {
  ({ giver } = await aGiver(town));
});
afterAll(async () => {
  await town.stop();
});

const HOUR = 60;
const donation = () => ({ transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 1 });
const donate = async (phone: Phone) => codeOf(await phone.ask('POST', '/api/donations', donation()));
const devicesOf = async (phone: Phone) =>
  SessionList.parse((await phone.ask('GET', '/api/sessions')).body).devices;
const idOf = async (phone: Phone): Promise<string> =>
  (await devicesOf(phone)).find(({ isThisOne }) => isThisOne)?.deviceId ?? '';
const approve = async (by: Phone, deviceId: string) =>
  codeOf(await by.ask('POST', '/api/devices/approve', { deviceId }));
const remove = (by: Phone, deviceId: string) =>
  by.ask('POST', '/api/devices/remove', { commandId: town.ids.command(), deviceId });

describe('hours move', () => {
  it('at once from the first device that a person ever uses', async () => {
    expect(await donate(await aPhone(town, giver))).toBe('done');
  });

  it('from a further one after three days, and until then it may look', async () => {
    await aPhone(town, giver);
    const second = await aPhone(town, giver);
    const answer = await second.ask('POST', '/api/donations', donation());
    expect(answer).toMatchObject({
      status: 403,
      body: { error: { code: 'device_not_trusted', from: town.soon(72 * HOUR) } },
    });
    expect(codeOf(await second.ask('GET', '/api/account'))).toBe('done');
    town.pass(72 * HOUR - 1);
    await second.refresh();
    expect(await donate(second)).toBe('device_not_trusted');
    town.pass(1);
    expect(await donate(second)).toBe('done');
  });

  it('at once from a further one where its owner has shown a passkey on it', async () => {
    await aPhone(town, giver);
    const second = await aPhone(town, giver);
    expect(await donate(second)).toBe('device_not_trusted');
    const again = await aPhone(town, giver, { device: second.device, factor: 'passkey' });
    expect(await donate(again)).toBe('done');
    expect(await donate(second)).toBe('done');
  });

  it('from a further one as soon as a trusted one has let it, without another sign-in', async () => {
    const first = await aPhone(town, giver);
    const second = await aPhone(town, giver);
    const third = await aPhone(town, giver);
    expect(await approve(second, await idOf(second))).toBe('device_not_trusted');
    expect(await approve(third, await idOf(second))).toBe('device_not_trusted');
    expect(await approve(first, await idOf(second))).toBe('done');
    expect(await donate(second)).toBe('done');
    expect(await donate(third)).toBe('device_not_trusted');
    await second.refresh();
    expect(second.tokens.spendsFrom).toBe(town.now());
    expect(await approve(second, await idOf(third))).toBe('done');
  });

  it('after the wait of the region, where it has decided on another one', async () => {
    const [one, two] = [await town.aCoordinator('341302'), await town.aCoordinator('341302')];
    const proposalId = town.ids.command();
    const validFrom = town.now().slice(0, 10);
    const proposal = {
      proposalId,
      region: '341302',
      validFrom,
      values: { newDeviceWaitHours: 1 },
      reason: '试行',
    };
    await town.ask(one, 'POST', '/api/policies', proposal);
    const published = await town.ask(two, 'POST', '/api/policies/approvals', { proposalId });
    expect(published.status).toBe(201);
    await aPhone(town, giver);
    const second = await aPhone(town, giver);
    expect(second.tokens.spendsFrom).toBe(town.soon(HOUR));
    const back = town.ids.command();
    await town.ask(one, 'POST', '/api/policies', {
      ...proposal,
      proposalId: back,
      values: { newDeviceWaitHours: 72 },
    });
    await town.ask(two, 'POST', '/api/policies/approvals', { proposalId: back });
  });
});

describe('no hours move', () => {
  let phone: Phone;
  beforeEach(async () => {
    phone = await aPhone(town, giver);
  });

  it('without a proof, though the token is good', async () => {
    for (const path of ['/api/donations', '/api/gifts', '/api/redemptions', '/api/account/overflow']) {
      const body = {
        '/api/donations': donation(),
        '/api/gifts': { transferId: town.ids.transfer(), receiverId: giver.memberId, amountMinutes: 1 },
        '/api/redemptions': {
          requestId: town.ids.request(),
          serviceCode: 'C01',
          plannedStartAt: town.soon(60),
          plannedMinutes: 60,
          wishes: { languages: [] },
        },
        '/api/account/overflow': { transferId: town.ids.transfer(), overflowTo: 'honour' },
      }[path];
      expect(codeOf(await phone.ask('POST', path, body, null)), path).toBe('device_proof_needed');
    }
    expect(codeOf(await phone.ask('GET', '/api/account', undefined, null))).toBe('done');
  });

  it('with the cookies of a browser alone', async () => {
    const { token, refreshToken } = phone.tokens;
    const stolen = aBrowser(
      town,
      new Map([
        ['session', token],
        ['refresh', refreshToken],
      ]),
    );
    expect(codeOf(await stolen.ask('GET', '/api/me'))).toBe('done');
    expect(codeOf(await stolen.ask('POST', '/api/donations', donation()))).toBe('device_proof_needed');
  });

  it('but with the cookies and a proof: a page cannot read its token, so none is named', async () => {
    const { token, refreshToken } = phone.tokens;
    const browser = aBrowser(
      town,
      new Map([
        ['session', token],
        ['refresh', refreshToken],
      ]),
    );
    const body = donation();
    const proof = phone.device.prove({
      method: 'POST',
      path: '/api/donations',
      body: JSON.stringify(body),
      nowMs: Date.parse(town.now()),
    });
    const headers = { 'X-Time-Bank': '1', DPoP: proof };
    expect(codeOf(await browser.ask('POST', '/api/donations', body, headers))).toBe('done');
    const more = { ...body, transferId: town.ids.transfer(), amountMinutes: 100 };
    expect(codeOf(await browser.ask('POST', '/api/donations', more, headers))).toBe('device_proof_needed');
    // The same message with the same proof is the same command: it is done once.
    const again = await browser.ask('POST', '/api/donations', body, headers);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it.each([
    ['another address', { claims: { htu: 'http://localhost/api/gifts' } }],
    ['another method', { claims: { htm: 'GET' } }],
    ['another body', { claims: { bdh: 'A'.repeat(43) } }],
    ['no body', { claims: { bdh: undefined } }],
    ['another token', { claims: { ath: 'A'.repeat(43) } }],
    ['no token', { claims: { ath: undefined } }],
    ['another day', { claims: { iat: 1_700_000_000 } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['no algorithm', { header: { alg: 'none' } }],
  ])('with a proof of %s', async (_, change) => {
    expect(codeOf(await phone.ask('POST', '/api/donations', donation(), change))).toBe('device_proof_needed');
  });

  it('with a proof by the key of another device, though it is one of the same person', async () => {
    const other = await aPhone(town, giver, { factor: 'passkey' });
    expect(await donate(other)).toBe('done');
    const body = JSON.stringify(donation());
    const { token } = phone.tokens;
    const nowMs = Date.parse(town.now());
    for (const device of [other.device, aDevice()]) {
      const answer = await town.ask(undefined, 'POST', '/api/donations', body, {
        Authorization: `Bearer ${token}`,
        DPoP: device.prove({ method: 'POST', path: '/api/donations', body, token, nowMs }),
      });
      expect(codeOf(answer)).toBe('device_proof_needed');
    }
  });

  it('for whoever showed no key as they signed in', async () => {
    const { token } = await begin(town, giver, { device: null });
    const body = JSON.stringify(donation());
    const answer = await town.ask(undefined, 'POST', '/api/donations', body, {
      Authorization: `Bearer ${token}`,
      DPoP: aDevice().prove({
        method: 'POST',
        path: '/api/donations',
        body,
        token,
        nowMs: Date.parse(town.now()),
      }),
    });
    expect(codeOf(answer)).toBe('device_proof_needed');
  });

  it('and what stood on the account still does', async () => {
    const before = (await phone.ask('GET', '/api/account')).body.availableMinutes;
    await phone.ask('POST', '/api/donations', donation(), null);
    expect((await phone.ask('GET', '/api/account')).body.availableMinutes).toBe(before);
  });
});

describe('a device that is taken away', () => {
  it('moves nothing from that instant on, is signed out, and lets no other device in', async () => {
    const [first, second] = [await aPhone(town, giver), await aPhone(town, giver, { factor: 'passkey' })];
    const third = await aPhone(town, giver);
    const waiting = await idOf(third);
    expect(await donate(second)).toBe('done');
    expect(codeOf(await remove(first, await idOf(second)))).toBe('done');
    expect(await donate(second)).toBe('session_ended');
    expect(await approve(second, waiting)).toBe('device_not_trusted');
    expect(codeOf(await second.refresh())).toBe('session_ended');
    await first.refresh();
    expect(await devicesOf(first)).toHaveLength(2);
    expect(await donate(first)).toBe('done');
  });

  it('is a new one that waits where its key comes back', async () => {
    const [first, second] = [await aPhone(town, giver), await aPhone(town, giver, { factor: 'passkey' })];
    await remove(first, await idOf(second));
    const back = await aPhone(town, giver, { device: second.device });
    expect(await donate(back)).toBe('device_not_trusted');
  });

  it('is not the first one again where it was the only one', async () => {
    const only = await aPhone(town, giver);
    await remove(only, await idOf(only));
    for (const device of [only.device, aDevice()]) {
      expect(await donate(await aPhone(town, giver, { device }))).toBe('device_not_trusted');
    }
  });

  it('is one of one’s own: that of somebody else is like none', async () => {
    const [own, other] = [await aPhone(town, giver), await aPhone(town, await town.anElder())];
    const foreign = await idOf(other);
    for (const deviceId of [foreign, town.ids.file()]) {
      expect(codeOf(await remove(own, deviceId))).toBe('unknown_file');
      expect(await approve(own, deviceId)).toBe('unknown_file');
    }
  });
});

it('the list of devices says when each was first seen, and which may move hours', async () => {
  const first = await aPhone(town, giver);
  town.pass(1);
  const second = await aPhone(town, giver);
  expect(await devicesOf(second)).toMatchObject([
    { device: 'android', maySpend: true, isThisOne: false },
    { firstSeenAt: town.now(), spendsFrom: town.soon(72 * HOUR), maySpend: false, isThisOne: true },
  ]);
  expect(JSON.stringify(await devicesOf(second))).not.toContain(first.device.thumbprint);
});
