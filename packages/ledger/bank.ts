/**
 * Hours come in for a visit: from the issue account, or from the member who set them aside. Debt is repaid first;
 * what is above the day's limit or the balance cap goes where the member has chosen: to a pool, or to honour
 * minutes. The record of what was served is never cut, only the credit.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import { type Counterpart, PoolId } from '@time-bank/contracts/ledger';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import { townshipOf } from '@time-bank/contracts/region';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, type Minutes, dayTally, totalOf } from './account.ts';
import { DAY_MINUTES, assertAmount } from './amount.ts';
import { type LedgerChange, TALLIES_MAX } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { type Sight, refusedByState } from './sight.ts';

/** What is to be credited, to whom, and under which limits. */
export interface Credit {
  policy: Pick<Policy, 'balanceCapMinutes' | 'dailyCreditMinutesMax'> &
    Partial<Pick<Policy, 'overflowDefault'>>;
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  amountMinutes: number;
  /** The day of the visit: the daily limit counts by it. That of `at` where it is left out. */
  serviceDay?: CivilDate;
  /** The content of the command, where this line is the one by which it is known again. */
  fingerprint?: string;
  /** Group hours of an organisation: a day's limit is a person's. */
  isGroup?: boolean;
  /** The line that this one replaces. */
  corrects?: TransferId;
}

const lineOf = (credit: Credit, counterpart: Counterpart, minutes: Minutes): Entry => {
  const { facts, transferId, accountId, serviceDay, fingerprint, corrects } = credit;
  return {
    ...facts,
    kind: 'earned',
    accountId,
    transferId,
    counterpart,
    minutes,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(corrects === undefined ? {} : { corrects }),
    ...(serviceDay === undefined || serviceDay === civilDateOf(facts.at) ? {} : { serviceDay }),
  };
};

const unlooked = (credit: Credit, counterpart: Counterpart): LedgerChange[] => {
  const { policy, amountMinutes } = credit;
  return [
    {
      change: 'post',
      entries: [lineOf(credit, counterpart, { earned: amountMinutes })],
      assuming: {
        states: ['open', 'donate_only', 'frozen'],
        none: ['debt'],
        totalAtMost: policy.balanceCapMinutes - amountMinutes,
        fewerTallies: TALLIES_MAX,
        ...(credit.isGroup === true || credit.corrects !== undefined
          ? {}
          : {
              tally: {
                key: dayTally(credit.serviceDay ?? civilDateOf(credit.facts.at)),
                atMost: policy.dailyCreditMinutesMax - amountMinutes,
              },
            }),
      },
    },
  ];
};

const shares = (credit: Credit, head: AccountHead): { repaid: number; earned: number; surplus: number } => {
  const { policy, amountMinutes } = credit;
  const day = dayTally(credit.serviceDay ?? civilDateOf(credit.facts.at));
  const ofDay =
    credit.isGroup === true || credit.corrects !== undefined
      ? amountMinutes
      : Math.max(0, policy.dailyCreditMinutesMax - (head.tallies[day] ?? 0));
  const creditable = Math.min(amountMinutes, ofDay);
  const repaid = Math.min(head.minutes.debt, creditable);
  const room = Math.max(0, policy.balanceCapMinutes - totalOf(head));
  const earned = Math.min(creditable - repaid, room);
  return { repaid, earned, surplus: amountMinutes - repaid - earned };
};

/** The pool that takes what is above a cap: the member's choice, else the township's where the region says so. */
const overflowPoolOf = ({ policy, facts }: Credit, head: AccountHead): PoolId | undefined =>
  head.overflowChosen === true || policy.overflowDefault !== 'pool'
    ? head.overflowPool
    : PoolId.parse(`pool:${townshipOf(facts.region)}`);

const looked = (credit: Credit, counterpart: Counterpart, head: AccountHead): LedgerChange[] => {
  const { repaid, earned, surplus } = shares(credit, head);
  const pool = surplus === 0 ? undefined : overflowPoolOf(credit, head);
  const honour = pool === undefined ? surplus : 0;
  const line = lineOf(credit, counterpart, {
    ...(earned === 0 ? {} : { earned }),
    ...(repaid === 0 ? {} : { debt: -repaid }),
    ...(honour === 0 ? {} : { honour }),
  });
  if (pool === undefined) return [{ change: 'post', entries: [line], seen: head }];
  const { facts, transferId, accountId } = credit;
  return [
    {
      change: 'post',
      entries: [{ ...line, overflow: { poolId: pool, minutes: surplus } }],
      seen: head,
    },
    {
      change: 'pool_in',
      row: { ...facts, poolId: pool, transferId, counterpart: accountId, minutes: surplus },
    },
  ];
};

/**
 * Credits 1 to 1,440 minutes, a group's up to 100 days of people. `counterpart`: who gives them.
 * Refuses: unknown_account, account_closed.
 */
export const planCredit = (
  credit: Credit,
  counterpart: Counterpart,
  sight: Sight,
): Planned<LedgerChange[]> => {
  assertAmount(credit.amountMinutes, 'a credit', credit.isGroup === true ? 100 * DAY_MINUTES : DAY_MINUTES);
  if (counterpart === credit.accountId) throw new Error('payer and payee are different accounts');
  if (sight === 'missing') return refused('unknown_account');
  if (sight === 'unseen') return done(unlooked(credit, counterpart));
  return refusedByState(sight, ['open', 'donate_only', 'frozen']) ?? done(looked(credit, counterpart, sight));
};

/** Banks a confirmed visit that the community pays: from the issue account. Refuses: unknown_account, account_closed. */
export const planBank = (credit: Credit, sight: Sight): Planned<LedgerChange[]> =>
  planCredit(credit, 'issue', sight);
