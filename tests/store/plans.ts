/** One of every plan that the ledger makes, on an account that was seen and on one that was not. */
import { DocumentNumber, FundId, type PoolId } from '@time-bank/contracts/ledger';
import { plusMinutes } from '@time-bank/contracts/time';
import type { AccountId } from '@time-bank/contracts/ids';
import type { LedgerChange } from '@time-bank/ledger/change';
import { planClosing, planMoveIn } from '@time-bank/ledger/closing';
import { planCorrection } from '@time-bank/ledger/correction';
import { planGift } from '@time-bank/ledger/gift';
import { type Capture, planCapture, planRelease } from '@time-bank/ledger/hold';
import { planBond, planBondEnd, planFreeze, planOverflow, planUnfreeze } from '@time-bank/ledger/mark';
import { planDonate, planGrant, planGrantLapse } from '@time-bank/ledger/pool';
import {
  PRINT,
  TODAY,
  type TestStore,
  aBond,
  aGift,
  aGrant,
  aHold,
  anAccount,
  banked,
  donated,
  frozen,
  given,
  granted,
  holding,
  nowOf,
  plainFacts,
  planned,
  policy,
  postingOf,
  roomy,
  see,
  stocked,
  write,
} from './store.ts';

type Make = (store: TestStore, poolId: PoolId) => Promise<readonly LedgerChange[]>;

const DAY = 24 * 60;

const markOf = (store: TestStore, accountId: AccountId, reason: 'dispute' | 'choice' | 'family_tie') => ({
  facts: plainFacts(store, reason),
  transferId: store.ids.transfer(),
  accountId,
  fingerprint: PRINT,
});

/** 60 granted, 30 given and 100 earned minutes. */
const mixed = async (store: TestStore, poolId: PoolId): Promise<AccountId> => {
  const accountId = await anAccount(store, 100);
  await granted(store, accountId, 60, { poolId });
  await given(store, accountId, 30);
  return accountId;
};

const captureOf = async (
  store: TestStore,
  payer: AccountId,
  usedMinutes: number,
  payee?: Capture['payee'],
): Promise<Capture> => ({
  ...(await aHold(store, payer, 90)),
  usedMinutes,
  payee: payee ?? { accountId: await anAccount(store), credit: { policy: roomy, serviceDay: TODAY } },
  fingerprint: PRINT,
});

const closingOf = (store: TestStore, accountId: AccountId, lots = 0) => ({
  policy,
  facts: plainFacts(store, 'closing'),
  transferId: store.ids.transfer(),
  lapseIds: Array.from({ length: lots }, () => store.ids.transfer()),
  closedId: store.ids.transfer(),
  accountId,
  fingerprint: PRINT,
});

const correcting = async (
  store: TestStore,
  spent: number,
  reversalShortfall: 'debt' | 'partial',
  insteadMinutes?: number,
): Promise<LedgerChange[]> => {
  const accountId = await anAccount(store);
  const visit = banked(store, accountId, 60);
  await write(store, visit);
  if (spent > 0) await write(store, donated(store, accountId, spent));
  const transferId = store.ids.transfer();
  const correction = {
    policy: { ...roomy, reversalShortfall },
    facts: plainFacts(store, 'correction'),
    transferId,
    original: postingOf(visit).entries[0],
    fingerprint: PRINT,
    ...(insteadMinutes === undefined
      ? {}
      : { instead: { transferId: store.ids.transfer(), amountMinutes: insteadMinutes } }),
  };
  return planned(planCorrection(correction, { account: await see(store, accountId) }));
};

/** Plans by what they do. Each makes its own accounts; `poolId` is a pool that nobody else uses. */
export const plans: Readonly<Record<string, Make>> = {
  'a visit is banked, unseen': async (store) => banked(store, await anAccount(store), 60),
  'a visit is banked, seen': async (store) => {
    const accountId = await anAccount(store);
    return banked(store, accountId, 60, { serviceDay: '2026-11-20' }, await see(store, accountId));
  },
  'a visit is banked with a fingerprint': async (store) =>
    banked(store, await anAccount(store), 60, { fingerprint: PRINT }),
  'a surplus becomes honour': async (store) => {
    const accountId = await anAccount(store, 60);
    const tight = { ...roomy, balanceCapMinutes: 90 };
    return banked(store, accountId, 60, { policy: tight }, await see(store, accountId));
  },
  'a surplus goes to a pool': async (store, poolId) => {
    const accountId = await anAccount(store, 60);
    const mark = { ...markOf(store, accountId, 'choice'), poolId };
    await write(store, planned(planOverflow(mark, await see(store, accountId))));
    const tight = { ...roomy, balanceCapMinutes: 90 };
    return banked(store, accountId, 60, { policy: tight }, await see(store, accountId));
  },
  'a debt is repaid': async (store) => {
    const changes = await correcting(store, 60, 'debt');
    await write(store, changes);
    const [{ accountId }] = postingOf(changes).entries;
    return banked(store, accountId, 90, {}, await see(store, accountId));
  },
  'group hours are banked': async (store) =>
    banked(store, await anAccount(store, 0, 'donate_only'), 3000, { isGroup: true }),
  'hours are held, unseen': async (store) => holding(store, await anAccount(store, 90), 60).changes,
  'hours are held, seen, of all kinds': async (store, poolId) => {
    const accountId = await mixed(store, poolId);
    return holding(store, accountId, 120, await see(store, accountId)).changes;
  },
  'a hold is released, unseen': async (store) =>
    planned(planRelease(await aHold(store, await anAccount(store, 90), 60), false, 'unseen')),
  'a hold of all kinds is released, seen': async (store, poolId) => {
    const accountId = await mixed(store, poolId);
    const end = await aHold(store, accountId, 120);
    return planned(planRelease(end, false, await see(store, accountId)));
  },
  'a hold lapses': async (store) => {
    const lapsesAt = plusMinutes(nowOf(store), 60);
    const { changes, end } = holding(store, await anAccount(store, 90), 60, 'unseen', lapsesAt);
    await write(store, changes);
    return planned(planRelease({ ...end, facts: { ...end.facts, at: lapsesAt } }, true, 'unseen'));
  },
  'a hold is used by a person, unseen': async (store) =>
    planned(planCapture(await captureOf(store, await anAccount(store, 90), 90), { payer: 'unseen' })),
  'a hold is used in part, unseen': async (store) =>
    planned(planCapture(await captureOf(store, await anAccount(store, 90), 45), { payer: 'unseen' })),
  'a hold of all kinds is used in part, seen': async (store, poolId) => {
    const payer = await mixed(store, poolId);
    const capture = await captureOf(store, payer, 45);
    return planned(planCapture(capture, { payer: await see(store, payer) }));
  },
  'a hold is used for a benefit': async (store) =>
    planned(
      planCapture(await captureOf(store, await anAccount(store, 90), 90, 'issue'), { payer: 'unseen' }),
    ),
  'a hold is used for a purchase': async (store) => {
    const document = DocumentNumber.parse(`P-${store.ids.transfer().slice(4)}`);
    const fundId = FundId.parse(`fund:${document}`);
    const bought = { fundId, document, provider: '宿州居家服务公司', minutes: 600, leftMinutes: 600 };
    await write(store, [{ change: 'put_fund', fund: { ...bought, facts: plainFacts(store, 'purchase') } }]);
    const capture = await captureOf(store, await anAccount(store, 90), 90, fundId);
    return [
      ...planned(planCapture(capture, { payer: 'unseen' })),
      { change: 'draw_fund', fundId, minutes: 90 },
    ];
  },
  'hours are given, unseen': async (store) => {
    const [from, to] = [await anAccount(store, 90), await anAccount(store)];
    await aBond(store, from, to);
    return planned(planGift(aGift(store, from, to, 60), { from: 'unseen', to: 'unseen' }));
  },
  'hours are given, seen': async (store) => {
    const [from, to] = [await anAccount(store, 90), await anAccount(store)];
    await aBond(store, from, to);
    const sights = { from: await see(store, from), to: await see(store, to) };
    return planned(planGift(aGift(store, from, to, 90), sights));
  },
  'hours are donated, unseen': async (store, poolId) =>
    donated(store, await anAccount(store, 90), 60, poolId),
  'hours are donated, seen, gifts first': async (store, poolId) => {
    const accountId = await anAccount(store, 90);
    await given(store, accountId, 30);
    const donation = {
      policy,
      facts: plainFacts(store, 'donation'),
      transferId: store.ids.transfer(),
      accountId,
      poolId,
      amountMinutes: 60,
      fingerprint: PRINT,
    };
    return planned(planDonate(donation, await see(store, accountId)));
  },
  'a pool grants, unseen': async (store, poolId) => {
    await stocked(store, 90, { poolId, shard: 5 });
    const grant = aGrant(store, await anAccount(store), 90, { poolId, shard: 5 });
    return planned(planGrant(grant, 'unseen'));
  },
  'a pool grants, seen': async (store, poolId) => {
    await stocked(store, 90, { poolId });
    const accountId = await anAccount(store, 30);
    return planned(planGrant(aGrant(store, accountId, 60, { poolId }), await see(store, accountId), 90));
  },
  'a grant lapses': async (store, poolId) => {
    const accountId = await mixed(store, poolId);
    const { lots } = await see(store, accountId);
    const [grantId] = Object.keys(lots);
    const facts = { ...plainFacts(store, 'period_over'), at: plusMinutes(nowOf(store), 30 * DAY) };
    const lapse = { facts, transferId: store.ids.transfer(), accountId, grantId: grantId as never };
    return planned(planGrantLapse(lapse, await see(store, accountId)));
  },
  'a visit is corrected': (store) => correcting(store, 0, 'debt'),
  'a visit is corrected to another length': (store) => correcting(store, 0, 'debt', 45),
  'a visit is corrected whose hours are spent, and a debt stays': (store) => correcting(store, 40, 'debt'),
  'a visit is corrected in part': (store) => correcting(store, 40, 'partial'),
  'a visit that a member paid is corrected': async (store) => {
    const payer = await anAccount(store, 90);
    const capture = await captureOf(store, payer, 90);
    const paid = planned(planCapture(capture, { payer: 'unseen' }));
    await write(store, paid);
    const original = paid.flatMap((change) => (change.change === 'post' ? change.entries : []))[1];
    if (original === undefined) throw new Error('a capture has two lines');
    const correction = {
      policy: { ...roomy, reversalShortfall: 'debt' as const },
      facts: plainFacts(store, 'correction'),
      transferId: store.ids.transfer(),
      original,
      fingerprint: PRINT,
    };
    const account = await see(store, original.accountId);
    return planned(planCorrection(correction, { account, payer: await see(store, payer) }));
  },
  'an account is frozen': async (store) => {
    const accountId = await anAccount(store, 60);
    return planned(planFreeze(markOf(store, accountId, 'dispute'), await see(store, accountId)));
  },
  'an account is free again': async (store) => {
    const accountId = await anAccount(store, 60);
    await frozen(store, accountId);
    return planned(planUnfreeze(markOf(store, accountId, 'dispute'), await see(store, accountId)));
  },
  'a family tie is made': async (store) => {
    const accountId = await anAccount(store, 60);
    const tie = { relation: 'parent' as const, from: '2030-01-01' };
    const mark = { ...markOf(store, accountId, 'family_tie'), policy, with: await anAccount(store), tie };
    return planned(planBond(mark, await see(store, accountId)));
  },
  'a family tie is ended': async (store) => {
    const [accountId, other] = [await anAccount(store, 60), await anAccount(store)];
    await aBond(store, accountId, other);
    const mark = { ...markOf(store, accountId, 'family_tie'), with: other };
    return planned(planBondEnd(mark, await see(store, accountId)));
  },
  'where surplus goes is chosen': async (store, poolId) => {
    const accountId = await anAccount(store, 60);
    const mark = { ...markOf(store, accountId, 'choice'), poolId };
    return planned(planOverflow(mark, await see(store, accountId)));
  },
  'where surplus goes is chosen again': async (store, poolId) => {
    const accountId = await anAccount(store, 60);
    const mark = () => markOf(store, accountId, 'choice');
    await write(store, planned(planOverflow({ ...mark(), poolId }, await see(store, accountId))));
    return planned(planOverflow(mark(), await see(store, accountId)));
  },
  'an account is closed to a pool, with a grant on it': async (store, poolId) => {
    const accountId = await mixed(store, poolId);
    const closing = { ...closingOf(store, accountId, 1), remainder: { to: 'pool' as const, poolId } };
    return planned(planClosing(closing, await see(store, accountId)));
  },
  'an account is closed to an heir': async (store) => {
    const [accountId, heir] = [await anAccount(store, 60), await anAccount(store)];
    await aBond(store, accountId, heir, 'child');
    const remainder = { to: 'heir' as const, heir: await see(store, heir) };
    return planned(planClosing({ ...closingOf(store, accountId), remainder }, await see(store, accountId)));
  },
  'an account is closed to nobody, with a debt': async (store) => {
    const changes = await correcting(store, 60, 'debt');
    await write(store, changes);
    const [{ accountId }] = postingOf(changes).entries;
    const closing = { ...closingOf(store, accountId), remainder: { to: 'nobody' as const } };
    return planned(planClosing(closing, await see(store, accountId)));
  },
  'an account is closed and moves to another bank': async (store) => {
    const accountId = await anAccount(store, 60);
    const document = DocumentNumber.parse(`M-${store.ids.transfer().slice(4)}`);
    const closing = { ...closingOf(store, accountId), remainder: { to: 'elsewhere' as const, document } };
    return planned(planClosing(closing, await see(store, accountId)));
  },
  'hours come from another bank': async (store) => {
    const accountId = await anAccount(store, 60);
    const document = DocumentNumber.parse(`M-${store.ids.transfer().slice(4)}`);
    const move = {
      policy,
      facts: { ...plainFacts(store, 'move'), document },
      bank: '合肥某区时间银行',
      transferId: store.ids.transfer(),
      accountId,
      earnedMinutes: 3000,
      honourMinutes: 60,
      fingerprint: PRINT,
    };
    return planned(planMoveIn(move, await see(store, accountId)));
  },
};
