import { MemberId, FileId } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { BindingState, HelperTerms } from '@time-bank/contracts/helping';
import type { Outcome } from '@time-bank/contracts/refusals';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Binding,
  isBindingInForce,
  lastDayOf,
  planCheck,
  planConfirm,
  planEnd,
  planPropose,
  refusedSpending,
  spendingOf,
} from './binding.ts';
import { grant } from './grant.ts';
import type { Action } from './rules.ts';

const idOf = (last: string) => MemberId.parse(`mem_01KB2C3D4E5F6G7H8J9KMNPQR${last}`);
const [ELDER, HELPER, STAFF, WITNESS] = [idOf('A'), idOf('B'), idOf('C'), idOf('D')];
const BINDING = FileId.parse('fil_01KB2C3D4E5F6G7H8J9KMNPQRE');
const TODAY = '2026-11-21';
const NOW = '2026-11-21T02:00:00.000Z';

const terms = (change: Partial<HelperTerms> = {}): HelperTerms => ({
  kind: 'family_proxy',
  scopes: ['order', 'spend'],
  spendMinutesMax: 120,
  until: '2027-11-21',
  proof: '户口簿',
  ...change,
});
const guardian = (change: Partial<HelperTerms> = {}) =>
  terms({
    kind: 'guardian',
    scopes: ['order'],
    spendMinutesMax: 0,
    document: DocumentNumber.parse('JH-2026-01'),
    ...change,
  });
const binding = (change: Partial<Binding> = {}): Binding => ({
  memberId: ELDER,
  otherId: HELPER,
  state: 'proposed',
  terms: terms(),
  proposedBy: HELPER,
  spentMinutes: 0,
  ...change,
});
const wanted = (change: object = {}) => ({
  memberId: ELDER,
  otherId: HELPER,
  terms: terms(),
  proposedBy: HELPER,
  ...change,
});
const facts = (change: object = {}) => ({
  today: TODAY,
  termDaysMax: 365,
  helperBirthDate: '1980-01-01',
  others: [],
  ...change,
});
const ended = (outcome: Outcome<Binding>): string =>
  outcome.kind === 'refused'
    ? (outcome.refusal.details?.[0]?.property ?? outcome.refusal.code)
    : outcome.value.state;

describe('a proposal', () => {
  it.each([
    ['a year to the day', {}, {}, 'proposed'],
    ['a day more than a year', { terms: terms({ until: '2027-11-22' }) }, {}, 'terms.until'],
    [
      'a shorter term of the region, kept',
      { terms: terms({ until: '2026-12-21' }) },
      { termDaysMax: 30 },
      'proposed',
    ],
    [
      'a shorter term of the region, broken',
      { terms: terms({ until: '2026-12-22' }) },
      { termDaysMax: 30 },
      'terms.until',
    ],
    ['until today', { terms: terms({ until: TODAY }) }, {}, 'proposed'],
    ['until yesterday', { terms: terms({ until: '2026-11-20' }) }, {}, 'terms.until'],
    ['a guardian for thirty years', { terms: guardian({ until: '2056-11-21' }) }, {}, 'proposed'],
    ['oneself', { otherId: ELDER }, {}, 'helperId'],
    ['a helper on their eighteenth birthday', {}, { helperBirthDate: '2008-11-21' }, 'proposed'],
    ['a helper a day before it', {}, { helperBirthDate: '2008-11-22' }, 'helperId'],
    [
      'while another one is bound',
      {},
      { others: [binding({ otherId: WITNESS, state: 'bound' })] },
      'proposed',
    ],
    ['after an ended one', {}, { others: [binding({ state: 'ended' })] }, 'proposed'],
    [
      'after one whose term is over',
      {},
      { others: [binding({ state: 'bound', terms: terms({ until: '2026-11-20' }) })] },
      'proposed',
    ],
    ['while one is proposed', {}, { others: [binding()] }, 'already_bound'],
    ['while one is bound', {}, { others: [binding({ state: 'bound' })] }, 'already_bound'],
  ])('%s: %s', (_what, change, more, end) => {
    expect(ended(planPropose(wanted(change), facts(more)))).toBe(end);
  });
});

const states: readonly BindingState[] = ['proposed', 'checked', 'bound', 'ended', 'declined'];

describe('the steps', () => {
  const check = (given: Binding, decision: 'accept' | 'decline' = 'accept', by = STAFF, at = NOW) =>
    ended(planCheck(given, { by, at, decision }));
  const confirm = (given: Binding, change: object = {}) =>
    ended(planConfirm(given, { by: 'own_phone', actorId: ELDER, at: NOW, decision: 'accept', ...change }));

  it.each([
    ['proposed', 'checked', 'binding_not_open', 'ended'],
    ['checked', 'binding_not_open', 'bound', 'ended'],
    ['bound', 'binding_not_open', 'binding_not_open', 'ended'],
    ['ended', 'binding_not_open', 'binding_not_open', 'binding_not_open'],
    ['declined', 'binding_not_open', 'binding_not_open', 'binding_not_open'],
  ] as const)('from %s: check %s, word %s, end %s', (state, checked, confirmed, over) => {
    const given = binding({ state });
    expect([
      check(given),
      confirm(given),
      ended(planEnd(given, { by: ELDER, at: NOW, reason: '不用了' })),
    ]).toEqual([checked, confirmed, over]);
  });

  it.each([
    ['the helper checks', () => check(binding(), 'accept', HELPER), 'not_allowed'],
    ['the elder checks', () => check(binding(), 'accept', ELDER), 'not_allowed'],
    ['staff decline', () => check(binding(), 'decline'), 'declined'],
    [
      'staff check after its term',
      () => check(binding(), 'accept', STAFF, '2027-11-21T16:00:00.000Z'),
      'binding_not_open',
    ],
  ])('%s: %s', (_what, step, end) => {
    expect(step()).toBe(end);
  });

  const checked = binding({ state: 'checked', checkedBy: STAFF });
  it.each([
    ['the elder declines', {}, { decision: 'decline' }, 'declined'],
    ['staff say it is their own phone', {}, { actorId: STAFF }, 'not_allowed'],
    ['the helper has the card', {}, { by: 'card', actorId: HELPER }, 'not_allowed'],
    ['the elder has the card on their own phone', {}, { by: 'card', actorId: ELDER }, 'not_allowed'],
    ['who checked has the card before them', {}, { by: 'card', actorId: STAFF }, 'bound'],
    ['who checked is the witness', {}, { by: 'voice', actorId: STAFF }, 'second_person_needed'],
    ['a second person is the witness', {}, { by: 'voice', actorId: WITNESS }, 'bound'],
    ['its term is over', {}, { at: '2027-11-21T16:00:00.000Z' }, 'binding_not_open'],
  ])('%s', (_what, change, word, end) => {
    expect(confirm({ ...checked, ...change }, word)).toBe(end);
  });

  it('the witness is named, and who confirms on their own phone needs none', () => {
    const voice = planConfirm(checked, { by: 'voice', actorId: WITNESS, at: NOW, decision: 'accept' });
    const phone = planConfirm(checked, { by: 'own_phone', actorId: ELDER, at: NOW, decision: 'accept' });
    expect(voice).toMatchObject({ value: { confirmed: { by: 'voice', witnessId: WITNESS } } });
    expect(phone).toMatchObject({ value: { confirmed: { by: 'own_phone', at: NOW } } });
  });

  it('is in force only while bound and until its last day', () => {
    const days = states.map((state) => isBindingInForce(binding({ state }), TODAY));
    expect(days).toEqual([false, false, true, false, false]);
    const last = binding({ state: 'bound', terms: terms({ until: TODAY }) });
    expect([isBindingInForce(last, TODAY), isBindingInForce(last, '2026-11-22')]).toEqual([true, false]);
  });
});

describe('spending', () => {
  const day = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('never goes over the limit, and a guardian has none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_440 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 12_000 }),
        fc.constantFrom(...states),
        day,
        (amounts, spendMinutesMax, state, on) => {
          for (const kind of ['family_proxy', 'guardian'] as const) {
            const given = terms({ kind, spendMinutesMax, until: '2027-06-30' });
            let spentMinutes = 0;
            for (const amountMinutes of amounts) {
              const spending = spendingOf(
                { memberId: ELDER, terms: given },
                { bindingId: BINDING, amountMinutes, on },
              );
              const code = refusedSpending({ state, spentMinutes, until: given.until }, spending);
              if (code === undefined) spentMinutes += amountMinutes;
              const isOpen = state === 'bound' && on <= given.until;
              expect(code === 'binding_not_open').toBe(!isOpen);
            }
            if (kind === 'family_proxy') expect(spentMinutes).toBeLessThanOrEqual(spendMinutesMax);
            else if (state === 'bound' && on <= given.until) {
              expect(spentMinutes).toBe(amounts.reduce((sum, each) => sum + each, 0));
            }
          }
        },
      ),
    );
  });

  it('of a binding that is not there is refused', () => {
    const spending = spendingOf(binding(), { bindingId: BINDING, amountMinutes: 30, on: TODAY });
    expect(refusedSpending(undefined, spending)).toBe('binding_not_open');
  });
});

describe('a family helper is not a guardian', () => {
  const everything: HelperTerms['scopes'] = ['order', 'confirm', 'see_balance', 'spend'];
  const may = (kind: HelperTerms['kind'], scopes: HelperTerms['scopes'], action: Action): boolean =>
    grant({ memberId: HELPER, roles: [] }, action, {
      memberId: ELDER,
      communityCode: '341302001003' as never,
      concerns: [ELDER],
      bindings: [{ bindingId: BINDING, helperId: HELPER, kind, scopes }],
    }).kind !== 'refused';

  it.each(['read_own_file', 'give_consent', 'ask_about_data', 'read_elder_file'] as const)(
    '%s is for a guardian, and for no family helper whatever their scope',
    (action) => {
      expect(may('guardian', ['order'], action)).toBe(true);
      expect(may('family_proxy', everything, action)).toBe(false);
    },
  );

  it.each([
    ['order_for_elder', 'order'],
    ['spend_for_elder', 'spend'],
    ['read_helped', 'see_balance'],
    ['confirm_visit', 'confirm'],
    ['cancel_request', 'order'],
    ['read_request', 'order'],
  ] as const)('%s asks a family helper for the scope %s, and a guardian for none', (action, scope) => {
    expect(may('family_proxy', [scope], action)).toBe(true);
    expect(
      may(
        'family_proxy',
        everything.filter((each) => each !== scope),
        action,
      ),
    ).toBe(false);
    expect(may('guardian', ['order'], action)).toBe(true);
  });

  it.each([
    'manage_sign_in',
    'confirm_binding',
    'give_hours',
    'donate_hours',
    'act_for_member',
    'issue_card',
  ] as const)('%s is for neither', (action) => {
    for (const kind of ['family_proxy', 'guardian'] as const) {
      const leave = grant({ memberId: HELPER, roles: [] }, action, {
        memberId: ELDER,
        communityCode: '341302001003' as never,
        bindings: [{ bindingId: BINDING, helperId: HELPER, kind, scopes: everything }],
      });
      expect(leave.kind === 'refused' || leave.value.via.relation !== 'bound').toBe(true);
    }
  });
});

it('the last day is a civil day of China', () => {
  expect([lastDayOf('2026-11-21', 0), lastDayOf('2026-11-21', 365), lastDayOf('2027-12-31', 365)]).toEqual([
    '2026-11-21',
    '2027-11-21',
    '2028-12-30',
  ]);
});
