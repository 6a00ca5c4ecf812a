import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '@time-bank/contracts/member';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { aBinding, aCard, aDaughter, guardianTerms, onTheLine, rowsOf, staff, terms } from './steps.ts';

let town: Town;
let elder: Member;
let daughter: Member;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const people = async () => {
  elder = await town.anElder();
  daughter = await aDaughter(town);
};
const proposal = (change: Record<string, unknown> = {}) => ({
  bindingId: town.ids.file(),
  elderId: elder.memberId,
  helperId: daughter.memberId,
  terms: terms(),
  ...change,
});
const codeOf = (answer: { body: { error?: { code: string } } }) => answer.body.error?.code ?? 'done';
const yes = { decision: 'accept' };
const onPhone = { by: 'own_phone', decision: 'accept' };
const byVoice = { by: 'voice', decision: 'accept' };

describe('a binding', () => {
  it('is proposed by the helper, checked by staff, and holds once the elder has said yes on their phone', async () => {
    await people();
    const { bindingId, path, checkedBy } = await aBinding(town, { elder, helper: daughter }, 'checked');
    const waiting = await town.ask(checkedBy, 'GET', `/api/bindings?community=${elder.communityCode}`);
    expect(waiting.body.items).toContainEqual(
      expect.objectContaining({
        bindingId,
        state: 'checked',
        proof: '户口簿，母女',
        helper: expect.objectContaining({ name: daughter.name, phone: daughter.phone }),
      }),
    );
    expect((await town.ask(daughter, 'GET', '/api/helped')).body.items).toEqual([
      expect.not.objectContaining({ elder: expect.anything() }),
    ]);
    const bound = await town.ask(elder, 'POST', `${path}/confirm`, onPhone);
    expect(bound).toMatchObject({ status: 200, body: { bindingId, state: 'bound' } });
    const [helped] = (await town.ask(daughter, 'GET', '/api/helped')).body.items;
    expect(helped).toMatchObject({ isInForce: true, elder: { name: elder.name }, spendMinutesMax: 120 });
    const [mine] = (await town.ask(elder, 'GET', `/api/members/${elder.memberId}/bindings`)).body.items;
    expect(mine).toMatchObject({ isInForce: true, confirmedBy: 'own_phone', helper: { surname: '王' } });
    expect(mine).not.toHaveProperty('proof');
    const again = await town.ask(checkedBy, 'GET', `/api/bindings?community=${elder.communityCode}`);
    expect(rowsOf(again).map((each) => each.bindingId)).not.toContain(bindingId);
  });

  it('is confirmed with the card and its PIN at a counter', async () => {
    await people();
    const { path } = await aBinding(town, { elder, helper: daughter }, 'checked');
    const { counter, token, pin } = await aCard(town, elder);
    const wrong = { by: 'card', decision: 'accept', card: { token, pin: '0000' } };
    expect(await town.ask(counter, 'POST', `${path}/confirm`, wrong)).toMatchObject({
      status: 422,
      body: { error: { code: 'card_not_accepted', triesLeft: 4 } },
    });
    const right = { by: 'card', decision: 'accept', card: { token, pin } };
    expect((await town.ask(counter, 'POST', `${path}/confirm`, right)).body.state).toBe('bound');
  });

  it('is not checked and confirmed by one person alone with a card whose PIN they set themselves', async () => {
    await people();
    const coordinator = await town.aCoordinator();
    const card = { memberId: elder.memberId, pin: '1357', check: 'id_document' };
    const print = await town.ask(coordinator, 'POST', '/api/cards', { cardId: town.ids.file(), ...card });
    const { token, cardId } = print.body as { token: string; cardId: string };
    const { path } = await aBinding(town, { elder, helper: daughter, checker: coordinator }, 'checked');
    const word = (pin: string) => ({ by: 'card', decision: 'accept', card: { token, pin } });
    expect(codeOf(await town.ask(coordinator, 'POST', `${path}/confirm`, word('1357')))).toBe(
      'second_person_needed',
    );
    const counter = await staff(town, 'counter');
    expect((await town.ask(counter, 'POST', `${path}/confirm`, word('1357'))).body.state).toBe('bound');
    const other = await aDaughter(town);
    const next = await aBinding(town, { elder, helper: other, checker: coordinator }, 'checked');
    const unlock = { pin: '8642', check: 'id_document' };
    await town.ask(counter, 'POST', `/api/members/${elder.memberId}/cards/${cardId}/unlock`, unlock);
    expect((await town.ask(coordinator, 'POST', `${next.path}/confirm`, word('8642'))).body.state).toBe(
      'bound',
    );
  });

  it('is confirmed by voice before a witness, who is not the one who checked', async () => {
    await people();
    const { path, checkedBy } = await aBinding(town, { elder, helper: daughter }, 'checked');
    expect(codeOf(await town.ask(checkedBy, 'POST', `${path}/confirm`, byVoice))).toBe(
      'second_person_needed',
    );
    const witness = await staff(town, 'social_worker');
    expect((await town.ask(witness, 'POST', `${path}/confirm`, byVoice)).body.state).toBe('bound');
    const [row] = (await town.ask(witness, 'GET', `/api/members/${elder.memberId}/bindings`)).body.items;
    expect(row).toMatchObject({ confirmedBy: 'voice', state: 'bound' });
  });

  it('was checked once: the same word again answers the same after the elder has said yes', async () => {
    await people();
    const { path, bindingId, checkedBy } = await aBinding(town, { elder, helper: daughter });
    const again = await town.ask(checkedBy, 'POST', `${path}/check`, yes);
    expect(again).toMatchObject({ status: 200, body: { bindingId, state: 'checked' } });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const no = { decision: 'decline' };
    expect(codeOf(await town.ask(checkedBy, 'POST', `${path}/check`, no))).toBe('binding_not_open');
  });

  it('is declined by staff or by the elder, and taken back by the helper', async () => {
    await people();
    const coordinator = await town.aCoordinator();
    const one = await aBinding(town, { elder, helper: daughter }, 'proposed');
    expect(
      (await town.ask(coordinator, 'POST', `${one.path}/check`, { decision: 'decline' })).body.state,
    ).toBe('declined');
    const two = await aBinding(town, { elder, helper: daughter }, 'checked');
    const no = { by: 'own_phone', decision: 'decline' };
    expect((await town.ask(elder, 'POST', `${two.path}/confirm`, no)).body.state).toBe('declined');
    const three = await aBinding(town, { elder, helper: daughter }, 'proposed');
    expect((await town.ask(daughter, 'POST', `${three.path}/end`, { reason: '填错了' })).body.state).toBe(
      'ended',
    );
  });

  it.each([
    ['the elder', () => elder, { reason: '不用了' }],
    ['the helper', () => daughter, { reason: '搬走了' }],
  ])('is ended at once by %s', async (_who, who, body) => {
    await people();
    const { path } = await aBinding(town, { elder, helper: daughter });
    expect((await town.ask(who(), 'POST', `${path}/end`, body)).body.state).toBe('ended');
    const again = await town.ask(who(), 'POST', `${path}/end`, body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const account = `/api/members/${elder.memberId}/account`;
    expect((await town.ask(daughter, 'GET', account)).status).toBe(403);
  });

  it('is not ended, nor seen to be there, by another helper of the elder', async () => {
    await people();
    const son = await aDaughter(town);
    await aBinding(town, { elder, helper: son });
    const { path } = await aBinding(town, { elder, helper: daughter });
    const end = { reason: '只要我来办' };
    expect(codeOf(await town.ask(son, 'POST', `${path}/end`, end))).toBe('unknown_member');
    const none = `/api/members/${elder.memberId}/bindings/${town.ids.file()}`;
    expect(codeOf(await town.ask(son, 'POST', `${none}/end`, end))).toBe('unknown_member');
    expect((await town.ask(daughter, 'GET', '/api/helped')).body.items).toMatchObject([{ isInForce: true }]);
  });

  it('is ended by staff for an elder who calls, with how they were known on record', async () => {
    await people();
    const { path, bindingId } = await aBinding(town, { elder, helper: daughter });
    const hotline = await staff(town, 'hotline');
    expect(codeOf(await town.ask(hotline, 'POST', `${path}/end`, { reason: '来电' }))).toBe('invalid_fields');
    const body = { reason: '来电', forWhom: onTheLine(elder) };
    expect((await town.ask(hotline, 'POST', `${path}/end`, body)).body.state).toBe('ended');
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 50 });
    expect(items).toContainEqual(
      expect.objectContaining({
        action: 'end_binding',
        actorId: hotline.memberId,
        subject: bindingId,
        check: 'call_back',
        recording: 'LY-2026-0042',
      }),
    );
  });
});

describe('a proposal', () => {
  it.each([
    ['for oneself', () => ({ helperId: elder.memberId }), () => elder, 'invalid_fields'],
    [
      'for more than a year',
      () => ({ terms: terms({ until: '2027-11-22' }) }),
      () => daughter,
      'invalid_fields',
    ],
    ['until yesterday', () => ({ terms: terms({ until: '2026-11-20' }) }), () => daughter, 'invalid_fields'],
    [
      'of a guardian without a document',
      () => ({ terms: { ...terms(), kind: 'guardian' } }),
      () => daughter,
      'invalid_fields',
    ],
    [
      'with minutes and no leave to spend',
      () => ({ terms: terms({ scopes: ['order'] }) }),
      () => daughter,
      'invalid_fields',
    ],
    [
      'for an elder whom nobody has',
      () => ({ elderId: town.ids.member() }),
      () => daughter,
      'unknown_member',
    ],
    ['of a helper whom nobody has', () => ({ helperId: town.ids.member() }), () => elder, 'unknown_member'],
    ['by a stranger', () => ({}), () => town.aVolunteer(), 'unknown_member'],
    ['by staff of another county', () => ({}), () => staff(town, 'counter', FAR_AWAY), 'unknown_member'],
    ['by the counter', () => ({}), () => staff(town, 'counter'), 'done'],
    ['by the hotline', () => ({}), () => staff(town, 'hotline'), 'done'],
    ['by the elder', () => ({}), () => elder, 'done'],
    ['of a guardian for ten years', () => ({ terms: guardianTerms() }), () => daughter, 'done'],
  ] as const)('%s: %s', async (_what, change, who, code) => {
    await people();
    expect(codeOf(await town.ask(await who(), 'POST', '/api/bindings', proposal(change())))).toBe(code);
  });

  it('sent again answers the same; with other content under its id, or while another is open, it is refused', async () => {
    await people();
    const body = proposal();
    const first = await town.ask(daughter, 'POST', '/api/bindings', body);
    const again = await town.ask(daughter, 'POST', '/api/bindings', body);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = { ...body, terms: terms({ spendMinutesMax: 600 }) };
    expect(codeOf(await town.ask(daughter, 'POST', '/api/bindings', other))).toBe(
      'exists_with_different_content',
    );
    expect(codeOf(await town.ask(daughter, 'POST', '/api/bindings', proposal()))).toBe('already_bound');
  });
});

describe('each step', () => {
  it('is for those who may, in its turn', async () => {
    await people();
    const { path, checkedBy } = await aBinding(town, { elder, helper: daughter }, 'proposed');
    expect(codeOf(await town.ask(elder, 'POST', `${path}/confirm`, onPhone))).toBe('binding_not_open');
    expect(codeOf(await town.ask(daughter, 'POST', `${path}/check`, yes))).toBe('not_allowed');
    expect(
      codeOf(await town.ask(await staff(town, 'coordinator', FAR_AWAY), 'POST', `${path}/check`, yes)),
    ).toBe('unknown_member');
    expect(codeOf(await town.ask(checkedBy, 'POST', `${path}/check`, yes))).toBe('done');
    expect(codeOf(await town.ask(checkedBy, 'POST', `${path}/check`, yes))).toBe('done');
    expect(codeOf(await town.ask(await town.aCoordinator(), 'POST', `${path}/check`, yes))).toBe(
      'binding_not_open',
    );
    expect(codeOf(await town.ask(daughter, 'POST', `${path}/confirm`, onPhone))).toBe('unknown_member');
    const counter = await staff(town, 'counter');
    expect(codeOf(await town.ask(counter, 'POST', `${path}/confirm`, onPhone))).toBe('not_allowed');
    const missing = path.replace(/fil_\w+$/, town.ids.file());
    expect(codeOf(await town.ask(elder, 'POST', `${missing}/confirm`, onPhone))).toBe('unknown_file');
  });

  it('nobody on the staff checks or witnesses a binding of their own', async () => {
    elder = await town.anElder();
    const own = await town.aCoordinator();
    const { path } = await aBinding(town, { elder, helper: own }, 'proposed');
    expect(codeOf(await town.ask(own, 'POST', `${path}/check`, yes))).toBe('not_allowed');
    expect(codeOf(await town.ask(await town.aCoordinator(), 'POST', `${path}/check`, yes))).toBe('done');
    expect(codeOf(await town.ask(own, 'POST', `${path}/confirm`, byVoice))).toBe('not_allowed');
  });

  it('two confirmations at once bind once', async () => {
    await people();
    const { path } = await aBinding(town, { elder, helper: daughter }, 'checked');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => town.ask(elder, 'POST', `${path}/confirm`, onPhone)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.filter(({ headers }) => headers.get('Idempotency-Hit') !== 'true')).toHaveLength(1);
  });
});

describe('a list of bindings', () => {
  it('tells a helper where the elder lives once the binding is in force, and not before', async () => {
    await people();
    const own = async () => {
      const { body } = await town.ask(daughter, 'GET', '/api/helped');
      const [row]: { communityCode?: string }[] = body.items;
      return row;
    };
    await aBinding(town, { elder, helper: daughter }, 'checked');
    expect(await own()).not.toHaveProperty('communityCode');
    await people();
    await aBinding(town, { elder, helper: daughter });
    expect(await own()).toMatchObject({ isInForce: true, communityCode: elder.communityCode });
  });

  it('shows a helper their own alone, and a stranger nothing', async () => {
    await people();
    const son = await aDaughter(town);
    await aBinding(town, { elder, helper: daughter });
    await aBinding(town, { elder, helper: son });
    const list = `/api/members/${elder.memberId}/bindings`;
    expect((await town.ask(elder, 'GET', list)).body.items).toHaveLength(2);
    expect((await town.ask(son, 'GET', list)).body.items).toHaveLength(1);
    const stranger = await town.aVolunteer();
    expect(codeOf(await town.ask(stranger, 'GET', list))).toBe('unknown_member');
    const none = `/api/members/${town.ids.member()}/bindings`;
    expect(codeOf(await town.ask(stranger, 'GET', none))).toBe('unknown_member');
  });

  it('over its term a binding allows nothing more', async () => {
    await people();
    await aBinding(town, { elder, helper: daughter, terms: terms({ until: '2026-11-22' }) });
    const account = `/api/members/${elder.memberId}/account`;
    expect((await town.ask(daughter, 'GET', account)).status).toBe(200);
    town.setClock('2026-11-22T16:00:00.000Z');
    expect((await town.ask(daughter, 'GET', account)).status).toBe(403);
    expect((await town.ask(daughter, 'GET', '/api/helped')).body.items).toMatchObject([{ isInForce: false }]);
    town.setClock('2026-11-21T02:00:00.000Z');
  });
});
