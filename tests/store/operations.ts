/** The operations whose cost is promised, each ready to be carried out once: what was prepared is not measured. */
import type { AccountId } from '@time-bank/contracts/ids';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Change } from '@time-bank/desk/ports';
import { planCorrection } from '@time-bank/ledger/correction';
import { planGift } from '@time-bank/ledger/gift';
import { planCapture, planRelease } from '@time-bank/ledger/hold';
import { planGrant } from '@time-bank/ledger/pool';
import {
  PRINT,
  type TestStore,
  aBond,
  aGift,
  aGrant,
  aHold,
  anAccount,
  banked,
  donated,
  holding,
  nowOf,
  plainFacts,
  planned,
  postingOf,
  roomy,
  stocked,
  write,
} from './store.ts';

type Act = () => Promise<unknown>;
type Ready = (store: TestStore) => Promise<Act>;

const committing = (store: TestStore, changes: readonly Change[]): Act => {
  return () => write(store, changes);
};

const aPayer = (store: TestStore): Promise<AccountId> => anAccount(store, 90);

/** Reads the line and its account at once, decides, writes: two round trips. */
const reversing = (store: TestStore, accountId: AccountId, visit: readonly Change[]): Act => {
  const { transferId } = postingOf(visit.filter((change) => change.change === 'post')).entries[0];
  return async () => {
    const { line, head } = await store.ports.journal.readLineAndAccountNow(accountId, transferId);
    if (line?.kind !== 'entry') throw new Error('there is such a line');
    const correction = {
      policy: { ...roomy, reversalShortfall: 'debt' as const },
      facts: plainFacts(store, 'correction'),
      transferId: store.ids.transfer(),
      original: line.entry,
      fingerprint: PRINT,
    };
    await write(store, planned(planCorrection(correction, { account: head })));
  };
};

/** Operations by their names in the report of the bench. */
export const operations = {
  bank: async (store) => committing(store, banked(store, await anAccount(store), 60, { fingerprint: PRINT })),
  hold: async (store) => committing(store, holding(store, await aPayer(store), 60).changes),
  capture: async (store) => {
    const end = await aHold(store, await aPayer(store), 60);
    const payee = { accountId: await anAccount(store), credit: { policy: roomy } };
    const plan = planCapture({ ...end, usedMinutes: 45, payee }, { payer: 'unseen' });
    return committing(store, planned(plan));
  },
  captureSink: async (store) => {
    const end = await aHold(store, await aPayer(store), 60);
    const capture = { ...end, usedMinutes: 60, payee: 'issue' as const };
    return committing(store, planned(planCapture(capture, { payer: 'unseen' })));
  },
  void: async (store) => {
    const end = await aHold(store, await aPayer(store), 60);
    return committing(store, planned(planRelease(end, false, 'unseen')));
  },
  lapse: async (store) => {
    const lapsesAt = plusMinutes(nowOf(store), 60);
    const { changes, end } = holding(store, await aPayer(store), 60, 'unseen', lapsesAt);
    await write(store, changes);
    const late = { ...end, facts: { ...end.facts, at: lapsesAt }, fingerprint: PRINT };
    return committing(store, planned(planRelease(late, true, 'unseen')));
  },
  gift: async (store) => {
    const [from, to] = [await aPayer(store), await anAccount(store)];
    await aBond(store, from, to);
    const sights = { from: 'unseen', to: 'unseen' } as const;
    return committing(store, planned(planGift(aGift(store, from, to, 60), sights)));
  },
  donate: async (store) => committing(store, donated(store, await aPayer(store), 60)),
  grant: async (store) => {
    await stocked(store, 60);
    return committing(store, planned(planGrant(aGrant(store, await anAccount(store), 60), 'unseen')));
  },
  reverse: async (store) => {
    const accountId = await anAccount(store);
    const visit = banked(store, accountId, 60);
    await write(store, visit);
    return reversing(store, accountId, visit);
  },
  balance: async (store) => {
    const accountId = await aPayer(store);
    return () => store.ports.journal.readAccountNow(accountId);
  },
  statement25: async (store) => {
    const accountId = await anAccount(store);
    for (let lines = 0; lines < 60; lines += 1) {
      await write(store, banked(store, accountId, 30, { fingerprint: PRINT }));
    }
    return () => store.ports.journal.listEntriesNow(accountId, { limit: 25 });
  },
} as const satisfies Record<string, Ready>;

/** The name of an operation. */
export type Operation = keyof typeof operations;
/** All names, in the order of the report. */
export const operationNames: readonly Operation[] = [
  'bank',
  'hold',
  'capture',
  'captureSink',
  'void',
  'lapse',
  'gift',
  'donate',
  'grant',
  'reverse',
  'balance',
  'statement25',
];
