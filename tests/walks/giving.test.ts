/** What holds of every command on hours beside visits. What each one does is told in a file of its own. */
import { TransferReceipt } from '@time-bank/contracts/account';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEXT_DOOR, type Town, startTown } from '../town.ts';
import { aGiver, aSaver, bind, booksIn, close, everythingIn, idOfAnotherDay } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

interface Order {
  who: Member;
  /** On whose account the line will stand. */
  owner: Member;
  path: string;
  body: Record<string, unknown> & { transferId: string };
  /** What makes it another command. */
  change: Record<string, unknown>;
  status: number;
}

const commands: Record<string, () => Promise<Order>> = {
  'a gift': async () => {
    const { giver, mother } = await aGiver(town);
    const body = { transferId: town.ids.transfer(), receiverId: mother.memberId, amountMinutes: 20 };
    const change = { amountMinutes: 25 };
    return { who: giver, owner: giver, path: '/api/gifts', body, change, status: 201 };
  },
  'a donation': async () => {
    const donor = await aSaver(town);
    const body = { transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 20 };
    const change = { poolId: 'pool:341302' };
    return { who: donor, owner: donor, path: '/api/donations', body, change, status: 201 };
  },
  'a choice for the surplus': async () => {
    const member = await aSaver(town);
    const body = { transferId: town.ids.transfer(), overflowTo: 'pool:341302001' };
    const change = { overflowTo: 'honour' };
    return { who: member, owner: member, path: '/api/account/overflow', body, change, status: 200 };
  },
  'a family tie': async () => {
    const [giver, father] = [await town.aVolunteer(), await town.anElder({ gender: 'male' })];
    const body = {
      transferId: town.ids.transfer(),
      giverId: giver.memberId,
      receiverId: father.memberId,
      relation: 'parent',
      proof: '户口簿',
    };
    const who = await town.aCoordinator();
    const change = { relation: 'spouse' };
    return { who, owner: giver, path: '/api/family-ties', body, change, status: 201 };
  },
  'the end of a family tie': async () => {
    const { giver, mother } = await aGiver(town);
    const body = {
      transferId: town.ids.transfer(),
      giverId: giver.memberId,
      receiverId: mother.memberId,
      reason: '登记有误',
    };
    const who = await town.aCoordinator();
    const change = { reason: '本人要求' };
    return { who, owner: giver, path: '/api/family-ties/end', body, change, status: 200 };
  },
};

const send = ({ who, path, body }: Order, change: Record<string, unknown> = {}) =>
  town.ask(who, 'POST', path, { ...body, ...change });

const linesOf = async (owner: Member) =>
  (await town.ask(owner, 'GET', '/api/account/entries')).body.items as Record<string, unknown>[];

describe.each(Object.keys(commands))('%s', (name) => {
  const order = () => commands[name]!();

  it('is carried out, and stands as one line on the statement', async () => {
    const it = await order();
    const before = (await linesOf(it.owner)).length;
    const answer = await send(it);
    expect(answer).toMatchObject({
      status: it.status,
      body: {
        transferId: it.body.transferId,
        amountMinutes: it.body['amountMinutes'] ?? 0,
        at: town.now(),
      },
    });
    expect(answer.headers.get('Idempotency-Hit')).toBeNull();
    const lines = await linesOf(it.owner);
    expect(lines).toHaveLength(before + 1);
    expect(lines[0]).toMatchObject({ transferId: it.body.transferId, kind: answer.body.kind });
  });

  it('twice is done once, and answers the same, also a month later', async () => {
    const it = await order();
    const first = await send(it);
    const after = await everythingIn(town);
    for (const minutes of [0, 1, 32 * 24 * 60]) {
      town.pass(minutes);
      const again = await send(it);
      expect([again.status, again.body]).toEqual([it.status, first.body]);
      expect(again.headers.get('Idempotency-Hit')).toBe('true');
    }
    expect(await everythingIn(town)).toEqual(after);
  });

  it('twice but different is refused, and nothing is written', async () => {
    const it = await order();
    await send(it);
    const after = await everythingIn(town);
    expect(await send(it, it.change)).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
    expect(await everythingIn(town)).toEqual(after);
  });

  it('six times in the same moment is done once', async () => {
    const it = await order();
    const before = (await linesOf(it.owner)).length;
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(it)));
    for (const { status, body } of answers) {
      if (status !== 503) expect([status, body]).toEqual([it.status, answers[0]?.body]);
    }
    expect(
      answers.filter(({ headers, status }) => status === it.status && !headers.has('Idempotency-Hit')),
    ).toHaveLength(1);
    expect(await linesOf(it.owner)).toHaveLength(before + 1);
  });

  it.each([
    ['of more than a month ago', -31.01, 'id_too_old'],
    ['of the day after tomorrow', 1.01, 'id_from_the_future'],
  ])('under an id %s is refused, and nothing is kept', async (_, days, code) => {
    const it = await order();
    const before = await everythingIn(town);
    expect(await send(it, { transferId: idOfAnotherDay(town, days) })).toMatchObject({
      status: 409,
      body: { error: { code } },
    });
    expect(await everythingIn(town)).toEqual(before);
  });

  it.each([-30.9, 0.9])('under an id made %f days from now is carried out', async (days) => {
    const it = await order();
    expect((await send(it, { transferId: idOfAnotherDay(town, days) })).status).toBe(it.status);
  });

  it('on an account that is closed is refused', async () => {
    const it = await order();
    await close(town, it.owner);
    const before = await booksIn(town);
    expect(await send(it)).toMatchObject({ status: 409, body: { error: { code: 'account_closed' } } });
    expect(await booksIn(town)).toEqual(before);
  });

  it('whose id stands for something else on that account is refused', async () => {
    const it = await order();
    const [line] = await linesOf(it.owner);
    const transferId = line?.['transferId'] ?? (await bind(town, it.owner, await town.anElder()));
    const before = await everythingIn(town);
    expect(await send(it, { transferId })).toMatchObject({
      status: 409,
      body: { error: { code: 'exists_with_different_content' } },
    });
    expect(await everythingIn(town)).toEqual(before);
  });
});

describe('at the counter and on the telephone', () => {
  const atCounter = ['a gift', 'a donation', 'a choice for the surplus'];
  const behalf = (owner: Member, channel: 'counter' | 'hotline' = 'counter') => ({
    forWhom: {
      memberId: owner.memberId,
      channel,
      check: 'known_in_person',
      note: '本人到窗口口述',
    },
  });

  describe.each(atCounter)('%s', (name) => {
    const order = () => commands[name]!();

    it.each(['counter', 'hotline'] as const)(
      'a coordinator writes it for a member (%s): the line says how, and who wrote it',
      async (channel) => {
        const it = await order();
        const coordinator = await town.aCoordinator();
        const answer = await send({ ...it, who: coordinator }, behalf(it.owner, channel));
        expect(answer.status).toBe(it.status);
        expect((await linesOf(it.owner))[0]).toMatchObject({ channel, note: '本人到窗口口述' });
        const { transferId } = TransferReceipt.parse(answer.body);
        const line = await town.ports.journal.readLineNow(accountOf(it.owner.memberId), transferId);
        expect(line).toMatchObject({ kind: 'entry', entry: { actorId: coordinator.memberId } });
        const again = await send({ ...it, who: coordinator }, behalf(it.owner, channel));
        expect([again.body, again.headers.get('Idempotency-Hit')]).toEqual([answer.body, 'true']);
      },
    );

    it('what a coordinator wrote, the member cannot have written too, under one id', async () => {
      const it = await order();
      await send({ ...it, who: await town.aCoordinator() }, behalf(it.owner));
      expect((await send(it)).body.error.code).toBe('exists_with_different_content');
    });

    it('a member of another community is like one who is not there', async () => {
      const it = await order();
      const elsewhere = await town.aCoordinator(NEXT_DOOR);
      const before = await everythingIn(town);
      const foreign = await send({ ...it, who: elsewhere }, behalf(it.owner));
      const nobody = { ...it.owner, memberId: town.ids.member() };
      const missing = await send({ ...it, who: elsewhere }, behalf(nobody));
      expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'unknown_member' } } });
      expect([missing.status, missing.body]).toEqual([foreign.status, foreign.body]);
      expect(await everythingIn(town)).toEqual(before);
    });

    it('nobody but a coordinator does, and not a coordinator for themselves', async () => {
      const it = await order();
      const before = await everythingIn(town);
      const notAllowed = { status: 403, body: { error: { code: 'not_allowed' } } };
      expect(await send(it, behalf(it.owner))).toMatchObject(notAllowed);
      expect(await send({ ...it, who: await town.aVolunteer() }, behalf(it.owner))).toMatchObject(notAllowed);
      const coordinator = await town.aCoordinator();
      expect(await send({ ...it, who: coordinator }, behalf(coordinator))).toMatchObject(notAllowed);
      const after = await everythingIn(town);
      for (const [key, item] of Object.entries(before)) expect(after[key]).toEqual(item);
    });

    it.each([
      ['no note', { note: '' }],
      ['a long note', { note: '长'.repeat(201) }],
      ['the web as the way', { channel: 'web' }],
      ['no member', { memberId: undefined }],
      ['no word of how they were known', { check: undefined }],
      ['a recording that is no number', { recording: '录音 一' }],
    ])('%s is refused', async (_, change) => {
      const it = await order();
      const { forWhom } = behalf(it.owner);
      const answer = await send(
        { ...it, who: await town.aCoordinator() },
        { forWhom: { ...forWhom, ...change } },
      );
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
    });
  });

  it('a coordinator gives nobody’s hours to themselves', async () => {
    const giver = await aSaver(town);
    const coordinator = await town.aCoordinator();
    await bind(town, giver, coordinator, 'child');
    const body = { transferId: town.ids.transfer(), receiverId: coordinator.memberId, amountMinutes: 20 };
    expect(await town.ask(coordinator, 'POST', '/api/gifts', { ...body, ...behalf(giver) })).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
  });
});
