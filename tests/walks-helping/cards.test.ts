import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { aVisit, credit, everythingIn } from '../walks/steps.ts';
import { aBinding, aCard, aDaughter, asNow, onTheLine, rowsOf, staff } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const codeOf = (answer: { body: { error?: { code: string } } }) => answer.body.error?.code ?? 'done';
const read = (who: Member, card: object) => town.ask(who, 'POST', '/api/cards/balance', { card });
const lost = (who: Member, change: object = {}) =>
  town.ask(who, 'POST', '/api/cards/lost', { reportId: town.ids.file(), ...change });
/** The same text with its last character changed. */
const other = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;

describe('a card', () => {
  it('is printed once: the same command again has no QR any more', async () => {
    const elder = await town.anElder();
    const { counter, body, token, code } = await aCard(town, elder);
    expect(token).toMatch(/^[\w-]{74}$/);
    expect((await asNow(town, elder.memberId)).visitCode).toBe(code);
    expect(code).not.toBe(elder.visitCode);
    const again = await town.ask(counter, 'POST', '/api/cards', body);
    expect(again.body).toMatchObject({ cardId: body.cardId, code });
    expect(again.body).not.toHaveProperty('token');
    const by = await staff(town, 'counter');
    expect(codeOf(await town.ask(by, 'POST', '/api/cards', body))).toBe('exists_with_different_content');
  });

  it('leaves neither its token nor its PIN in the tables or the log', async () => {
    const elder = await town.anElder();
    const { counter, token, pin } = await aCard(town, elder, '135790');
    await read(counter, { token, pin });
    const stored = JSON.stringify(await everythingIn(town));
    expect(stored).not.toContain(token.slice(52));
    expect(stored).not.toContain('135790');
    expect(JSON.stringify(town.log)).not.toContain(token.slice(52));
  });

  it('shows a balance at a counter, with its QR or with its digits', async () => {
    const elder = await town.anElder();
    await credit(town, elder, 90);
    const { counter, token, code, pin } = await aCard(town, elder);
    const byQr = await read(counter, { token, pin });
    expect(byQr.body).toMatchObject({ person: { surname: '王' }, balance: { availableMinutes: 90 } });
    expect(byQr.body.person).not.toHaveProperty('name');
    expect((await read(counter, { memberId: elder.memberId, code, pin })).body.balance.availableMinutes).toBe(
      90,
    );
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 50 });
    expect(
      items.filter(({ action, outcome }) => action === 'read_by_card' && outcome === 'done'),
    ).toHaveLength(2);
  });

  it('is locked after five wrong PINs, also for the right one, until staff unlock it with a new PIN', async () => {
    const elder = await town.anElder();
    const { counter, cardId, token, code, pin } = await aCard(town, elder);
    const tries: unknown[] = [];
    for (const card of [
      { token, pin: '0000' },
      { memberId: elder.memberId, code, pin: '00000' },
      { memberId: elder.memberId, code: other(code), pin },
      { token, pin: '000000' },
      { token, pin: '1111' },
    ]) {
      tries.push((await read(counter, card)).body.error.triesLeft);
    }
    expect(tries).toEqual([4, 3, 2, 1, 0]);
    expect(await read(counter, { token, pin })).toMatchObject({
      status: 409,
      body: { error: { code: 'card_locked' } },
    });
    const list = `/api/members/${elder.memberId}/cards`;
    expect((await town.ask(elder, 'GET', list)).body.items).toMatchObject([
      { state: 'active', isLocked: true },
    ]);
    const unlock = { pin: '8642', check: 'id_document' };
    const unlocked = await town.ask(counter, 'POST', `${list}/${cardId}/unlock`, unlock);
    expect(unlocked.body).toMatchObject({ isLocked: false });
    expect((await read(counter, { token, pin: '8642' })).status).toBe(200);
    expect(codeOf(await read(counter, { token, pin }))).toBe('card_not_accepted');
  });

  it('bears five wrong PINs however many come at once', async () => {
    const elder = await town.anElder();
    const { counter, token } = await aCard(town, elder);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => read(counter, { token, pin: String(9000 + n) })),
    );
    const counted = answers.filter(({ body }) => body.error.triesLeft !== undefined);
    expect(counted.length).toBeLessThanOrEqual(5);
    expect(answers.every(({ status }) => status >= 400)).toBe(true);
  });

  it('a right PIN sets the count of wrong ones back', async () => {
    const elder = await town.anElder();
    const { counter, token, pin } = await aCard(town, elder);
    for (let n = 0; n < 2; n += 1) {
      for (const wrong of ['0000', '1111', '2222', '3333']) await read(counter, { token, pin: wrong });
      expect((await read(counter, { token, pin })).status).toBe(200);
    }
  });

  it.each([
    [
      'a QR that somebody made up',
      (card: { token: string; pin: string }) => ({ token: other(card.token), pin: card.pin }),
    ],
  ])('%s is not accepted and does not lock it', async (_what, change) => {
    const elder = await town.anElder();
    const card = await aCard(town, elder);
    for (let n = 0; n < 6; n += 1)
      expect(codeOf(await read(card.counter, change(card)))).toBe('card_not_accepted');
    expect((await read(card.counter, { token: card.token, pin: card.pin })).status).toBe(200);
  });

  it.each([
    ['a volunteer', () => town.aVolunteer(), 'not_allowed'],
    ['the elder', undefined, 'not_allowed'],
    ['the hotline', () => staff(town, 'hotline'), 'not_allowed'],
    ['a counter of another county', () => staff(town, 'counter', FAR_AWAY), 'unknown_member'],
  ])('%s neither prints one nor reads a balance with one', async (_who, someone, code) => {
    const elder = await town.anElder();
    const { token, pin, body } = await aCard(town, elder);
    const who = someone === undefined ? elder : await someone();
    expect(codeOf(await town.ask(who, 'POST', '/api/cards', { ...body, cardId: town.ids.file() }))).toBe(
      code,
    );
    expect(codeOf(await read(who, { token, pin }))).toBe(code);
  });

  it('nobody prints one for themselves', async () => {
    const counter = await staff(town, 'counter');
    const body = { cardId: town.ids.file(), memberId: counter.memberId, pin: '2468', check: 'id_document' };
    expect(codeOf(await town.ask(counter, 'POST', '/api/cards', body))).toBe('not_allowed');
  });
});

describe('at the door', () => {
  it.each(['token', 'code'] as const)('the %s checks a volunteer in', async (what) => {
    const elder = await town.anElder();
    const card = await aCard(town, elder);
    const { path, volunteer } = await aVisit(town, 'accepted', { elder });
    town.pass(60);
    const body = { commandId: town.ids.command(), code: card[what] };
    expect((await town.ask(volunteer, 'POST', `${path}/check-in`, body)).body.state).toBe('in_service');
  });

  it('a QR of a lost card, or the digits of before, count as wrong codes; somebody else’s card as none', async () => {
    const [elder, neighbour] = [await town.anElder(), await town.anElder()];
    const before = await aCard(town, elder);
    const theirs = await aCard(town, neighbour);
    await lost(elder);
    const { path, volunteer } = await aVisit(town, 'accepted', { elder });
    town.pass(60);
    const refusals: unknown[] = [];
    for (const code of [theirs.token, before.token, before.code, theirs.token, other(before.token)]) {
      const body = { commandId: town.ids.command(), code };
      const { error } = (await town.ask(volunteer, 'POST', `${path}/check-in`, body)).body;
      refusals.push([error.code, error.triesLeft]);
    }
    expect(refusals).toEqual([
      ['card_of_another_person', undefined],
      ['visit_code_incorrect', 4],
      ['visit_code_incorrect', 3],
      ['card_of_another_person', undefined],
      ['visit_code_incorrect', 2],
    ]);
    const { code } = await aCard(town, elder);
    const right = { commandId: town.ids.command(), code };
    expect((await town.ask(volunteer, 'POST', `${path}/check-in`, right)).status).toBe(200);
  });
});

describe('a lost card', () => {
  it.each([
    ['its owner', (elder: Member) => Promise.resolve({ who: elder, forWhom: undefined })],
    [
      'a bound helper',
      async (elder: Member) => {
        const helper = await aDaughter(town);
        await aBinding(town, { elder, helper });
        return { who: helper, forWhom: { memberId: elder.memberId } };
      },
    ],
    [
      'the hotline',
      async (elder: Member) => ({ who: await staff(town, 'hotline'), forWhom: onTheLine(elder) }),
    ],
  ])('reported by %s in one step is good for nothing at once', async (_who, caller) => {
    const elder = await town.anElder();
    const card = await aCard(town, elder);
    const { who, forWhom } = await caller(elder);
    const answer = await lost(who, forWhom === undefined ? {} : { forWhom });
    expect(answer).toMatchObject({ status: 200, body: { cardId: card.cardId, state: 'lost' } });
    expect(codeOf(await read(card.counter, { token: card.token, pin: card.pin }))).toBe('card_not_accepted');
    const byDigits = { memberId: elder.memberId, code: card.code, pin: card.pin };
    expect(codeOf(await read(card.counter, byDigits))).toBe('card_not_accepted');
    expect((await asNow(town, elder.memberId)).visitCode).not.toBe(card.code);
  });

  it('said twice is lost once: a card that was printed meanwhile stays good', async () => {
    const elder = await town.anElder();
    await aCard(town, elder);
    const reportId = town.ids.file();
    await lost(elder, { reportId });
    town.pass(1);
    const next = await aCard(town, elder);
    const again = await lost(elder, { reportId });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect((await read(next.counter, { token: next.token, pin: next.pin })).status).toBe(200);
    const cards = rowsOf(await town.ask(elder, 'GET', `/api/members/${elder.memberId}/cards`));
    expect(cards.map(({ state }) => state)).toEqual(['active', 'lost']);
  });

  it('of somebody who never had one printed changes the digits all the same, once', async () => {
    const elder = await town.anElder();
    const reportId = town.ids.file();
    expect((await lost(elder, { reportId })).body.state).toBe('lost');
    const { visitCode } = await asNow(town, elder.memberId);
    expect(visitCode).not.toBe(elder.visitCode);
    await lost(elder, { reportId });
    expect((await asNow(town, elder.memberId)).visitCode).toBe(visitCode);
  });

  it('is replaced by a new one, and the one before it is none any more', async () => {
    const elder = await town.anElder();
    const first = await aCard(town, elder);
    const second = await aCard(town, elder, '9753');
    expect(codeOf(await read(first.counter, { token: first.token, pin: first.pin }))).toBe(
      'card_not_accepted',
    );
    expect((await read(first.counter, { token: second.token, pin: '9753' })).status).toBe(200);
  });

  it('of two that are printed at the same moment one is good', async () => {
    const elder = await town.anElder();
    const { personFiles } = town.ports;
    const { put } = personFiles;
    let between: Promise<unknown> | undefined;
    personFiles.put = async (leaf) => {
      if (leaf.kind !== 'card') return put(leaf);
      personFiles.put = put;
      between = aCard(town, elder, '9753');
      await between;
      return put(leaf);
    };
    await aCard(town, elder);
    personFiles.put = put;
    expect(between).toBeDefined();
    const cards = await personFiles.listNow('card', elder.memberId);
    expect(cards.map(({ state }) => state).sort()).toEqual(['active', 'replaced']);
  });

  it('a stranger reports nobody else’s, and hears the same of nobody', async () => {
    const elder = await town.anElder();
    const stranger = await town.aVolunteer();
    const answers = [elder.memberId, town.ids.member()].map((memberId) =>
      lost(stranger, { forWhom: { memberId } }),
    );
    expect((await Promise.all(answers)).map(codeOf)).toEqual(['unknown_member', 'unknown_member']);
  });
});
