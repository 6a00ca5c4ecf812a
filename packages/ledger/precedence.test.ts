/**
 * Every refusal of the ledger, in its order. Each table begins where all is wrong; each row mends exactly one
 * thing of the row above.
 */
import { type RefusalCode, refusalCodes } from '@time-bank/contracts/refusals';
import { describe, expect, it } from 'vitest';
import { planBank } from './bank.ts';
import { planClosing, planMoveIn } from './closing.ts';
import { planCorrection } from './correction.ts';
import { DocumentNumber, type Hold } from '@time-bank/contracts/ledger';
import {
  EARLIER,
  LATER,
  NOW,
  POOL,
  aHold,
  aLot,
  accountNo,
  anAccount,
  answerOf,
  someFacts,
  transferNo,
} from './examples.ts';
import { planGift } from './gift.ts';
import { planCapture, planHold, planRelease } from './hold.ts';
import { planBond, planBondEnd, planFreeze, planOverflow, planUnfreeze } from './mark.ts';
import { planDonate, planGrant, planGrantLapse } from './pool.ts';

type Example = NonNullable<Parameters<typeof anAccount>[0]>;
/** An account of the tables; undefined is one that is not there. */
type Told = Example | undefined;

const [OWN, OTHER] = [accountNo(1), accountNo(2)];
const facts = someFacts();
const ids = { facts, transferId: transferNo(1), accountId: OWN, fingerprint: 'abcdefghijkl' };
const sight = (told: Told, accountId = OWN) =>
  told === undefined ? 'missing' : anAccount({ accountId, ...told });
const seen = (told: Told, accountId = OWN) =>
  told === undefined ? undefined : anAccount({ accountId, ...told });

interface Table {
  plan: string;
  /** What is mended, and what is answered then. */
  rows: readonly (readonly [mended: string, answer: RefusalCode | 'done'])[];
  /** What each row answers, by its number. */
  answers: () => readonly string[];
}

/** A table of which each row takes over what the rows above have mended. */
const table = <S>(
  plan: string,
  answer: (situation: S) => Parameters<typeof answerOf>[0],
  worst: NoInfer<S>,
  rows: readonly (readonly [mended: string, answer: RefusalCode | 'done', mend: Partial<NoInfer<S>>])[],
): Table => {
  const answers = (): string[] => {
    let situation: S = worst;
    return rows.map(([, , mend]) => {
      situation = { ...situation, ...mend };
      return answerOf(answer(situation));
    });
  };
  return { plan, rows: rows.map(([mended, expected]) => [mended, expected]), answers };
};

const holds = (count: number, hold: Hold = aHold({ earned: 1 })): NonNullable<Example['holds']> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [transferNo(100 + index), hold]));
const lots = (count: number): NonNullable<Example['lots']> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [transferNo(200 + index), aLot(1)]));
const bond = (relation: 'friend' | 'child', from: string): NonNullable<Example['bonds']> => ({
  [OTHER]: { relation, from },
});
const limits = { balanceCapMinutes: 100, dailyCreditMinutesMax: 240 };
const given = aHold({ earned: 60 });
const original = {
  ...facts,
  kind: 'earned',
  accountId: OWN,
  transferId: transferNo(7),
  counterpart: OTHER,
  minutes: { earned: 60 },
} as const;

const tables: readonly Table[] = [
  table(
    'banking a visit',
    (s: { account: Told }) => planBank({ ...ids, policy: limits, amountMinutes: 60 }, sight(s.account)),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'done', { account: {} }],
    ],
  ),
  table(
    'setting hours aside',
    (s: { account: Told }) =>
      planHold({ ...ids, policy: { openHoldsMax: 2 }, amountMinutes: 60, lapsesAt: LATER }, sight(s.account)),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'donate_only_account', { account: { state: 'donate_only', holds: holds(2) } }],
      ['it is a person', 'account_frozen', { account: { state: 'frozen', holds: holds(2) } }],
      ['it is not frozen', 'account_closed', { account: { state: 'closed', holds: holds(2) } }],
      ['it is open', 'too_many_holds', { account: { holds: holds(2) } }],
      ['a hold has ended', 'insufficient_hours', { account: { holds: holds(1) } }],
      ['there are hours', 'done', { account: { holds: holds(1), earned: 60 } }],
    ],
  ),
  table(
    'releasing a hold',
    (s: { account: Told }) =>
      planRelease({ ...ids, holdId: transferNo(100), hold: given }, false, sight(s.account)),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'hold_not_open', { account: {} }],
      ['there is a hold', 'done', { account: { holds: holds(1) } }],
    ],
  ),
  table(
    'using a hold',
    (s: { payer: Told; payee: Told }) =>
      planCapture(
        {
          ...ids,
          holdId: transferNo(100),
          hold: given,
          usedMinutes: 60,
          payee: { accountId: OTHER, credit: { policy: limits } },
        },
        { payer: sight(s.payer), payee: sight(s.payee, OTHER) },
      ),
    { payer: undefined, payee: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['the payer is there', 'unknown_account', { payer: {} }],
      ['the payee is there', 'account_closed', { payee: { state: 'closed' } }],
      ['the payee is open', 'hold_not_open', { payee: {} }],
      ['there is a hold', 'hold_lapsed', { payer: { holds: holds(1, { ...given, lapsesAt: NOW }) } }],
      ['it is alive', 'done', { payer: { holds: holds(1, given) } }],
    ],
  ),
  table(
    'giving hours to family',
    (s: { to: typeof OWN; from: Told; receiver: Told; year: number }) =>
      planGift(
        {
          ...ids,
          policy: { giftRelations: ['child'], giftYearMinutesMax: s.year, balanceCapMinutes: 100 },
          from: OWN,
          to: s.to,
          amountMinutes: 60,
        },
        { from: sight(s.from), to: sight(s.receiver, OTHER) },
      ),
    { to: OWN, from: undefined, receiver: undefined, year: 59 },
    [
      ['nothing', 'same_account', {}],
      ['it is for somebody else', 'unknown_account', { to: OTHER }],
      ['the giver is there', 'donate_only_account', { from: { state: 'donate_only' } }],
      ['it is a person', 'account_frozen', { from: { state: 'frozen' } }],
      ['it is not frozen', 'account_closed', { from: { state: 'closed' } }],
      ['it is open', 'not_family', { from: { bonds: bond('friend', '2026-11-22') } }],
      ['it is family', 'receiver_too_young', { from: { bonds: bond('child', '2026-11-22') } }],
      ['the receiver is of age', 'gift_year_cap_reached', { from: { bonds: bond('child', '2026-11-21') } }],
      ['the year has room', 'debt_open', { from: { bonds: bond('child', '2026-11-21'), debt: 1 }, year: 60 }],
      ['nothing is owed', 'insufficient_hours', { from: { bonds: bond('child', '2026-11-21') } }],
      ['there are hours', 'unknown_receiver', { from: { bonds: bond('child', '2026-11-21'), earned: 60 } }],
      ['the receiver is there', 'receiver_cannot_receive', { receiver: { state: 'frozen', earned: 41 } }],
      ['they can receive', 'cap_reached', { receiver: { earned: 41 } }],
      ['they have room', 'done', { receiver: { earned: 40 } }],
    ],
  ),
  table(
    'donating hours',
    (s: { donationAllowed: boolean; account: Told }) =>
      planDonate(
        { ...ids, policy: { donationAllowed: s.donationAllowed }, poolId: POOL, amountMinutes: 60 },
        sight(s.account),
      ),
    { donationAllowed: false, account: undefined },
    [
      ['nothing', 'donation_not_allowed', {}],
      ['the region allows it', 'unknown_account', { donationAllowed: true }],
      ['there is an account', 'account_frozen', { account: { state: 'frozen' } }],
      ['it is not frozen', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'debt_open', { account: { debt: 1 } }],
      ['nothing is owed', 'insufficient_hours', { account: {} }],
      ['there are hours', 'done', { account: { earned: 60 } }],
    ],
  ),
  table(
    'granting hours',
    (s: { account: Told; shard: number }) =>
      planGrant(
        {
          ...ids,
          policy: { balanceCapMinutes: 100 },
          poolId: POOL,
          amountMinutes: 60,
          lapsesAt: LATER,
          shard: 0,
        },
        sight(s.account),
        s.shard,
      ),
    { account: undefined, shard: 59 },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'donate_only_account', { account: { state: 'donate_only' } }],
      ['it is a person', 'account_frozen', { account: { state: 'frozen' } }],
      ['it is not frozen', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'too_many_grants', { account: { lots: lots(4), earned: 41 } }],
      ['a grant has ended', 'cap_reached', { account: { lots: lots(3), earned: 41 } }],
      ['there is room', 'pool_short', { account: { lots: lots(3) } }],
      ['the pool has them', 'done', { shard: 60 }],
    ],
  ),
  table(
    'a grant that lapses',
    (s: { account: Told }) => planGrantLapse({ ...ids, grantId: transferNo(9) }, sight(s.account) as never),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'grant_not_open', { account: {} }],
      ['something is left', 'done', { account: { lots: { [transferNo(9)]: aLot(5, EARLIER) } } }],
    ],
  ),
  table(
    'a correction',
    (s: { kind: 'earned' | 'spent'; account: Told; payer: Told; instead: boolean }) =>
      planCorrection(
        {
          ...ids,
          policy: { ...limits, reversalShortfall: 'partial' },
          original: { ...original, kind: s.kind },
          ...(s.instead ? { instead: { transferId: transferNo(8), amountMinutes: 5 } } : {}),
        },
        { account: seen(s.account), payer: seen(s.payer, OTHER) },
      ),
    { kind: 'earned', account: undefined, payer: undefined, instead: true },
    [
      ['nothing', 'unknown_account', {}],
      ['the account is there', 'unknown_account', { account: { state: 'closed' } }],
      ['the payer is there', 'account_closed', { payer: { state: 'closed' } }],
      ['the account is open', 'account_closed', { account: {} }],
      ['the payer is open', 'not_reversible', { payer: {} }],
      ['nothing else is meant', 'nothing_to_reverse', { instead: false }],
      ['something is left', 'done', { account: { earned: 1 } }],
    ],
  ),
  table(
    'a correction of a line that went out',
    (s: { kind: 'earned' | 'spent'; account: Told }) =>
      planCorrection(
        {
          ...ids,
          policy: { ...limits, reversalShortfall: 'debt' },
          original: { ...original, kind: s.kind, counterpart: 'issue' },
        },
        { account: seen(s.account) },
      ),
    { kind: 'spent', account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['the account is there', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'not_reversible', { account: {} }],
      ['it came in', 'done', { kind: 'earned' }],
    ],
  ),
  table('freezing', (s: { account: Told }) => planFreeze(ids, seen(s.account)), { account: undefined }, [
    ['nothing', 'unknown_account', {}],
    ['there is an account', 'donate_only_account', { account: { state: 'donate_only' } }],
    ['it is a person', 'account_frozen', { account: { state: 'frozen' } }],
    ['it is not frozen', 'account_closed', { account: { state: 'closed' } }],
    ['it is open', 'done', { account: {} }],
  ]),
  table('freeing', (s: { account: Told }) => planUnfreeze(ids, seen(s.account)), { account: undefined }, [
    ['nothing', 'unknown_account', {}],
    ['there is an account', 'account_not_frozen', { account: {} }],
    ['it is frozen', 'done', { account: { state: 'frozen' } }],
  ]),
  table(
    'making a family tie',
    (s: { with: typeof OWN; account: Told; relation: 'friend' | 'child' }) =>
      planBond(
        {
          ...ids,
          policy: { giftRelations: ['child'], bondsMax: 1 },
          with: s.with,
          tie: { relation: s.relation, from: '2026-01-01' },
        },
        seen(s.account),
      ),
    { with: OWN, account: undefined, relation: 'friend' },
    [
      ['nothing', 'same_account', {}],
      ['it is with somebody else', 'unknown_account', { with: accountNo(3) }],
      ['there is an account', 'donate_only_account', { account: { state: 'donate_only' } }],
      ['it is a person', 'account_frozen', { account: { state: 'frozen' } }],
      ['it is not frozen', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'not_family', { account: { bonds: bond('child', '2026-01-01') } }],
      ['it is family', 'too_many_bonds', { relation: 'child' }],
      ['there is room', 'done', { account: {} }],
    ],
  ),
  table(
    'ending a family tie',
    (s: { account: Told }) => planBondEnd({ ...ids, with: OTHER }, seen(s.account)),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'not_family', { account: {} }],
      ['there is a tie', 'done', { account: { bonds: bond('child', '2026-01-01') } }],
    ],
  ),
  table(
    'choosing where surplus goes',
    (s: { account: Told }) => planOverflow(ids, seen(s.account)),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'done', { account: {} }],
    ],
  ),
  table(
    'closing an account for an heir who is known',
    (s: { account: Told; heir: Told }) =>
      planClosing(
        {
          ...ids,
          policy: { balanceCapMinutes: 100 },
          closedId: transferNo(2),
          lapseIds: [],
          remainder: { to: 'heir', heir: seen(s.heir, OTHER) },
        },
        seen(s.account),
      ),
    { account: undefined, heir: { state: 'frozen', earned: 50 } },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'donate_only_account', { account: { state: 'donate_only' } }],
      ['it is a person', 'account_closed', { account: { state: 'closed' } }],
      [
        'it is open',
        'not_family',
        { account: { bonds: bond('friend', '2026-01-01'), holds: holds(1), debt: 1, earned: 60 } },
      ],
      [
        'it is family',
        'holds_open',
        { account: { bonds: bond('child', '2026-01-01'), holds: holds(1), debt: 1, earned: 60 } },
      ],
      [
        'no hold is open',
        'debt_open',
        { account: { bonds: bond('child', '2026-01-01'), debt: 1, earned: 60 } },
      ],
      [
        'nothing is owed',
        'receiver_cannot_receive',
        { account: { bonds: bond('child', '2026-01-01'), earned: 60 } },
      ],
      ['the heir can receive', 'cap_reached', { heir: { earned: 50 } }],
      ['the heir has room', 'done', { heir: { earned: 40 } }],
    ],
  ),
  table(
    'closing an account for an heir who is not known',
    (s: { account: Told; heir: Told }) =>
      planClosing(
        {
          ...ids,
          policy: { balanceCapMinutes: 100 },
          closedId: transferNo(2),
          lapseIds: [],
          remainder: { to: 'heir', heir: seen(s.heir, OTHER) },
        },
        seen(s.account),
      ),
    {
      account: { bonds: bond('child', '2026-01-01'), holds: holds(1), debt: 1, earned: 60 },
      heir: undefined,
    },
    [
      ['nothing', 'holds_open', {}],
      [
        'no hold is open',
        'debt_open',
        { account: { bonds: bond('child', '2026-01-01'), debt: 1, earned: 60 } },
      ],
      [
        'nothing is owed',
        'unknown_receiver',
        { account: { bonds: bond('child', '2026-01-01'), earned: 60 } },
      ],
      ['the heir is known', 'done', { heir: {} }],
    ],
  ),
  table(
    'moving in',
    (s: { account: Told }) =>
      planMoveIn(
        {
          ...ids,
          policy: { balanceCapMinutes: 100 },
          facts: { ...facts, document: DocumentNumber.parse('SZ-2026-0117') },
          bank: '邻市时间银行',
          earnedMinutes: 60,
          honourMinutes: 0,
        },
        seen(s.account),
      ),
    { account: undefined },
    [
      ['nothing', 'unknown_account', {}],
      ['there is an account', 'donate_only_account', { account: { state: 'donate_only' } }],
      ['it is a person', 'account_frozen', { account: { state: 'frozen' } }],
      ['it is not frozen', 'account_closed', { account: { state: 'closed' } }],
      ['it is open', 'cap_reached', { account: { earned: 41 } }],
      ['there is room', 'done', { account: { earned: 40 } }],
    ],
  ),
];

/** Known only to the write, to a use case, or to the policy's book: they have their place in the order all the same. */
const decidedElsewhere: readonly RefusalCode[] = [
  'unknown_policy_version',
  'already_reversed',
  'second_person_needed',
  'document_used',
  'purchase_used_up',
];

describe.each(tables)('$plan', ({ rows, answers }) => {
  it.each(rows.map(([mended, expected], index) => ({ mended, expected, index })))(
    '$mended: $expected',
    ({ expected, index }) => {
      expect(answers()[index]).toBe(expected);
    },
  );

  it('refuses in the order of the list, and goes through in the end', () => {
    const codes = rows.flatMap(([, answer]) => (answer === 'done' ? [] : [refusalCodes.indexOf(answer)]));
    expect([...codes].sort((one, other) => one - other)).toEqual(codes);
    expect(rows.at(-1)?.[1]).toBe('done');
  });
});

it('every refusal of the ledger is given by some plan, or is decided elsewhere', () => {
  const ledger = refusalCodes.slice(
    refusalCodes.indexOf('unknown_policy_version'),
    refusalCodes.indexOf('busy_try_again'),
  );
  const told = new Set(tables.flatMap(({ rows }) => rows.map(([, answer]) => answer)));
  expect(ledger.filter((code) => !told.has(code))).toEqual(decidedElsewhere);
  expect([...told].filter((code) => code !== 'done' && !ledger.includes(code))).toEqual([]);
});
