/** Accounts, movements and a day to try the rules on. The people are made up. */
import { AccountId, MemberId, TransferId } from '@time-bank/contracts/ids';
import { type Hold, type Lot, PoolId } from '@time-bank/contracts/ledger';
import type { Planned, Refusal } from '@time-bank/contracts/refusals';
import { CommunityCode } from '@time-bank/contracts/region';
import { type AccountHead, openedAccount, sizeOf } from './account.ts';
import type { LedgerChange, Posting } from './change.ts';
import type { MovementFacts } from './entry.ts';
import type { LookFirst } from './hold.ts';

/** A Saturday morning in China: 10:00 on 21 November 2026. */
export const NOW = '2026-11-21T02:00:00.000Z';
/** An instant a month after `NOW`. */
export const LATER = '2026-12-21T02:00:00.000Z';
/** An instant a month before `NOW`. */
export const EARLIER = '2026-10-21T02:00:00.000Z';

/** The account with this number, 0 to 999,999. */
export const accountNo = (number: number): AccountId =>
  AccountId.parse(`acc_01KB2C3D4E5F6G7H8J9K${String(number).padStart(6, '0')}`);

/** The transfer with this number, 0 to 999,999; a higher number is a later id. */
export const transferNo = (number: number): TransferId =>
  TransferId.parse(`trf_01KB2C3D4E5F6G7H8J9K${String(number).padStart(6, '0')}`);

/** The pool of a township. */
export const POOL = PoolId.parse('pool:341302001');
/** A named project of a county. */
export const PROJECT = PoolId.parse('pool:341302:winter-visits');

/** What every movement says of itself, with what a test says otherwise. */
export const someFacts = (change: Partial<MovementFacts> = {}): MovementFacts => ({
  at: NOW,
  actorId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9K000001'),
  channel: 'web',
  region: CommunityCode.parse('341302001003'),
  policyVersion: '20260101.0',
  reason: 'visit_confirmed',
  ...change,
});

/** A lot of so many minutes. */
export const aLot = (minutes: number, lapsesAt = LATER, poolId = POOL): Lot => ({
  minutes,
  lapsesAt,
  poolId,
});

/** A hold, of earned minutes unless it is said otherwise. */
export const aHold = (change: Partial<Hold> = {}): Hold => ({
  lapsesAt: LATER,
  earned: 0,
  gift: 0,
  lots: {},
  ...change,
});

/** What a test says of an account; what follows from holds and lots is counted here. */
export type AccountExample = Partial<Omit<AccountHead, 'minutes'>> & {
  earned?: number;
  gift?: number;
  honour?: number;
  debt?: number;
};

/** An account that is whole: held and granted minutes are those of its holds and lots. */
export const anAccount = (example: AccountExample = {}): AccountHead => {
  const { earned = 0, gift = 0, honour = 0, debt = 0, ...rest } = example;
  const { holds = {}, lots = {} } = rest;
  const held = Object.values(holds).reduce((sum, hold) => sum + sizeOf(hold), 0);
  const granted = Object.values(lots).reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    ...openedAccount(accountNo(1), 'open'),
    ...rest,
    minutes: { earned, gift, granted, held, honour, debt },
  };
};

/** What a plan answers, in a word: its refusal's code, `done`, or `look`. */
export const answerOf = (plan: Planned<unknown> | LookFirst): Refusal['code'] | 'done' | 'look' =>
  plan.kind === 'refused' ? plan.refusal.code : plan.kind;

/** What a plan writes. Throws where it writes nothing. */
export const changesOf = (plan: Planned<LedgerChange[]> | LookFirst): LedgerChange[] => {
  if (plan.kind === 'done') return plan.value;
  throw new Error(`nothing is written: ${answerOf(plan)}`);
};

/** What is posted on an account. Throws where nothing is. */
export const postingOn = (changes: readonly LedgerChange[], accountId = accountNo(1)): Posting => {
  for (const change of changes) {
    if (change.change === 'post' && change.entries[0].accountId === accountId) return change;
  }
  throw new Error(`nothing is posted on ${accountId}`);
};
