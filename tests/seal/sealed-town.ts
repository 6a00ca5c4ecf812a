/** A small town with every kind of line that the ledger knows, and its seals: on the engine or in memory. */
import { type AccountId, type TransferId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { type EntryReason, DocumentNumber, PoolId, fundOf } from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import type { Change, Ports } from '@time-bank/desk/ports';
import type { SealWork } from '@time-bank/desk/seal-accounts';
import { planBank } from '@time-bank/ledger/bank';
import { type Remainder, planClosing, planMoveIn } from '@time-bank/ledger/closing';
import { planCorrection } from '@time-bank/ledger/correction';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { planGift } from '@time-bank/ledger/gift';
import { planCapture, planHold, planRelease } from '@time-bank/ledger/hold';
import { planBond, planFreeze, planOverflow, planUnfreeze } from '@time-bank/ledger/mark';
import { planDonate, planGrant, planGrantLapse } from '@time-bank/ledger/pool';
import { ed25519Signer, newKeyPem } from '@time-bank/seal/signer';
import { printVerifierKey } from '@time-bank/seal/verifier-key';

const HOME = CommunityCode.parse('341302001003');
const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-21T02:00:00.000Z');
/** A fingerprint as lines keep it: 9 bytes. */
const FINGERPRINT = 'AAECAwQFBgcI';

/** The rules of this town; the ledger asks for nothing else. */
export const rules = {
  balanceCapMinutes: 90_000,
  dailyCreditMinutesMax: 480,
  openHoldsMax: 5,
  giftRelations: ['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'friend'] as const,
  giftYearMinutesMax: 3000,
  donationAllowed: true,
  reversalShortfall: 'debt' as const,
  bondsMax: 5,
};

type TownPorts = Pick<Ports, 'journal' | 'books' | 'sealBook'>;

/** What sealing works with here: a key of its own, and checkpoints kept in a list. */
export const aSealer = (ports: TownPorts, nowMs: () => number = () => START) => {
  const signer = ed25519Signer({ name: 'time-bank/test', privateKeyPem: newKeyPem() });
  const outside: string[] = [];
  const work: SealWork = {
    ...ports,
    clock: { nowMs },
    signer,
    keep: (note) => {
      if (!outside.includes(note)) outside.push(note);
      return Promise.resolve();
    },
    pause: () => Promise.resolve(),
  };
  return { work, outside, verifierKey: printVerifierKey(signer) };
};

type PlanOf = { kind: string; value?: unknown };

/** Lives in the town: opens accounts and moves minutes, each through the real plans. */
export const aTown = (ports: TownPorts) => {
  let nowMs = START;
  const ids = idMaker(() => nowMs);
  const { journal } = ports;
  const facts = (reason: EntryReason, more: Partial<MovementFacts> = {}): MovementFacts => ({
    at: instantOf(nowMs),
    actorId: 'system',
    channel: 'counter',
    region: HOME,
    policyVersion: '2026.1',
    reason,
    ...more,
  });
  const commit = async (changes: readonly Change[]): Promise<void> => {
    const done = await journal.commit(changes);
    if (done.kind !== 'done') throw new Error(`not done: ${JSON.stringify(done)}`);
    nowMs += 1000;
  };
  const carry = async (plan: PlanOf): Promise<void> => {
    if (plan.kind !== 'done') throw new Error(`not planned: ${JSON.stringify(plan)}`);
    const value = plan.value as Change[] | { changes: Change[] };
    await commit(Array.isArray(value) ? value : value.changes);
  };
  const seen = async (accountId: AccountId) => {
    const head = await journal.readAccountNow(accountId);
    if (head === undefined) throw new Error('no such account');
    return head;
  };
  const order = (transferId: TransferId) => ({ transferId, fingerprint: FINGERPRINT });
  return {
    ids,
    facts,
    seen,
    commit,
    now: (): Instant => instantOf(nowMs),
    pass: (ms: number): void => {
      nowMs += ms;
    },
    open: async (state: 'open' | 'donate_only' = 'open'): Promise<AccountId> => {
      const accountId = accountOf(ids.member());
      await commit([{ change: 'open_account', accountId, state, at: instantOf(nowMs) }]);
      return accountId;
    },
    bank: async (accountId: AccountId, amountMinutes: number): Promise<TransferId> => {
      const transferId = ids.transfer();
      const credit = {
        policy: rules,
        facts: facts('visit_confirmed'),
        ...order(transferId),
        accountId,
        amountMinutes,
      };
      await carry(planBank(credit, await seen(accountId)));
      return transferId;
    },
    hold: async (accountId: AccountId, amountMinutes: number, days = 45): Promise<TransferId> => {
      const transferId = ids.transfer();
      const lapsesAt = instantOf(nowMs + days * DAY_MS);
      const wanted = {
        policy: rules,
        facts: facts('set_aside'),
        ...order(transferId),
        accountId,
        amountMinutes,
        lapsesAt,
      };
      await carry(planHold(wanted, await seen(accountId)));
      return transferId;
    },
    release: async (accountId: AccountId, holdId: TransferId): Promise<void> => {
      const head = await seen(accountId);
      const hold = head.holds[holdId]!;
      const end = { facts: facts('request_cancelled'), transferId: ids.transfer(), accountId, holdId, hold };
      await carry(planRelease(end, false, head));
    },
    spend: async (
      accountId: AccountId,
      holdId: TransferId,
      usedMinutes: number,
      to: AccountId | 'issue' | ReturnType<typeof fundOf>,
    ): Promise<TransferId> => {
      const transferId = ids.transfer();
      const head = await seen(accountId);
      const hold = head.holds[holdId]!;
      const isAccount = to.startsWith('acc_');
      const payee = isAccount ? { accountId: to as AccountId, credit: { policy: rules } } : (to as 'issue');
      const capture = {
        facts: facts('visit_confirmed'),
        transferId,
        accountId,
        holdId,
        hold,
        usedMinutes,
        payee,
      };
      const payeeHead = isAccount ? { payee: await seen(to as AccountId) } : {};
      const plan = planCapture(capture, { payer: head, ...payeeHead });
      if (plan.kind !== 'done') throw new Error('not planned');
      const fund = !isAccount && to !== 'issue' ? to : undefined;
      const draw: Change[] =
        fund === undefined
          ? []
          : [{ change: 'draw_fund', fundId: fund as ReturnType<typeof fundOf>, minutes: usedMinutes }];
      await commit([...plan.value, ...draw]);
      return transferId;
    },
    bind: async (from: AccountId, to: AccountId): Promise<void> => {
      const mark = { facts: facts('family_tie'), ...order(ids.transfer()), accountId: from };
      const tie = { relation: 'parent' as const, from: '2020-01-01' };
      await carry(planBond({ ...mark, policy: rules, with: to, tie }, await seen(from)));
    },
    give: async (from: AccountId, to: AccountId, amountMinutes: number): Promise<void> => {
      const gift = { policy: rules, facts: facts('gift'), ...order(ids.transfer()), from, to, amountMinutes };
      await carry(planGift(gift, { from: await seen(from), to: await seen(to) }));
    },
    donate: async (accountId: AccountId, poolId: PoolId, amountMinutes: number): Promise<TransferId> => {
      const transferId = ids.transfer();
      const donation = {
        policy: rules,
        facts: facts('donation'),
        ...order(transferId),
        accountId,
        poolId,
        amountMinutes,
      };
      await carry(planDonate(donation, await seen(accountId)));
      return transferId;
    },
    collect: (poolId: PoolId, shard: number, transferIds: TransferId[], minutes: number): Promise<void> =>
      commit([{ change: 'collect', poolId, shard, transferIds, minutes }]),
    grant: async (
      accountId: AccountId,
      poolId: PoolId,
      { minutes, shard, days = 90 }: { minutes: number; shard: number; days?: number },
    ): Promise<TransferId> => {
      const transferId = ids.transfer();
      const lapsesAt = instantOf(nowMs + days * DAY_MS);
      const grant = {
        policy: rules,
        facts: facts('grant'),
        ...order(transferId),
        accountId,
        poolId,
        amountMinutes: minutes,
        lapsesAt,
        shard,
      };
      await carry(planGrant(grant, await seen(accountId)));
      return transferId;
    },
    lapse: async (accountId: AccountId, grantId: TransferId): Promise<void> => {
      const lapse = { facts: facts('period_over'), transferId: ids.transfer(), accountId, grantId };
      await carry(planGrantLapse(lapse, await seen(accountId)));
    },
    takeBack: async (
      accountId: AccountId,
      transferId: TransferId,
      insteadMinutes?: number,
    ): Promise<void> => {
      const line = await journal.readLineNow(accountId, transferId);
      if (line?.kind !== 'entry') throw new Error('no such line');
      const payer = line.entry.counterpart;
      const instead =
        insteadMinutes === undefined
          ? {}
          : { instead: { transferId: ids.transfer(), amountMinutes: insteadMinutes } };
      const correction = {
        policy: rules,
        facts: facts('correction', { note: '记错了' }),
        ...order(ids.transfer()),
        original: line.entry,
        ...instead,
      };
      const payers = payer.startsWith('acc_') ? { payer: await seen(payer as AccountId) } : {};
      await carry(planCorrection(correction, { account: await seen(accountId), ...payers }));
    },
    freezeAndThaw: async (accountId: AccountId): Promise<void> => {
      const mark = () => ({ facts: facts('dispute'), ...order(ids.transfer()), accountId });
      await carry(planFreeze(mark(), await seen(accountId)));
      await carry(planUnfreeze(mark(), await seen(accountId)));
    },
    choosePool: async (accountId: AccountId, poolId: PoolId): Promise<void> => {
      const mark = { facts: facts('choice'), ...order(ids.transfer()), accountId, poolId };
      await carry(planOverflow(mark, await seen(accountId)));
    },
    close: async (accountId: AccountId, remainder: Remainder): Promise<void> => {
      const head = await seen(accountId);
      const closing = {
        policy: rules,
        facts: facts('closing'),
        ...order(ids.transfer()),
        closedId: ids.transfer(),
        lapseIds: Object.keys(head.lots).map(() => ids.transfer()),
        accountId,
        remainder,
      };
      await carry(planClosing(closing, head));
    },
    moveIn: async (accountId: AccountId, document: DocumentNumber): Promise<void> => {
      const move = {
        policy: rules,
        facts: { ...facts('move'), document },
        bank: '邻市时间银行',
        ...order(ids.transfer()),
        accountId,
        earnedMinutes: 120,
        honourMinutes: 30,
      };
      await carry(planMoveIn(move, await seen(accountId)));
    },
    refuse: async (accountId: AccountId): Promise<void> => {
      await journal.keepRefusal({
        accountId,
        ...order(ids.transfer()),
        refusal: { code: 'insufficient_hours', availableMinutes: 0, neededMinutes: 60 },
        at: instantOf(nowMs),
      });
    },
    purchase: async (minutes: number) => {
      const document = DocumentNumber.parse('SZ-2026-0117');
      const fundId = fundOf(document);
      const fund = {
        fundId,
        document,
        provider: '和平家政',
        minutes,
        leftMinutes: minutes,
        facts: facts('purchase'),
      };
      await commit([{ change: 'put_fund', fund }]);
      return fundId;
    },
    /** A provider serves somebody whose visit the community pays: it costs nobody hours. */
    serveForCommunity: (fundId: ReturnType<typeof fundOf>, minutes: number): Promise<void> =>
      commit([{ change: 'draw_fund', fundId, minutes, isForCommunity: true }]),
  };
};

/** Every kind of line at least once. Gives whose books changed, as the stream would tell. */
export const liveEverything = async (ports: TownPorts) => {
  const town = aTown(ports);
  const poolId = PoolId.parse('pool:341302001');
  const [elder, volunteer, daughter, group, leaving, moving] = [
    await town.open(),
    await town.open(),
    await town.open(),
    await town.open('donate_only'),
    await town.open(),
    await town.open(),
  ];
  const first = await town.bank(volunteer, 120);
  await town.bank(volunteer, 90);
  await town.bank(elder, 100);
  const [kept, used, bought] = [
    await town.hold(elder, 20),
    await town.hold(elder, 30),
    await town.hold(elder, 25),
  ];
  await town.release(elder, kept);
  const paid = await town.spend(elder, used, 30, volunteer);
  const fundId = await town.purchase(600);
  await town.spend(elder, bought, 20, fundId);
  await town.serveForCommunity(fundId, 45);
  await town.takeBack(volunteer, first, 60);
  await town.takeBack(volunteer, paid);
  await town.bind(volunteer, daughter);
  await town.give(volunteer, daughter, 15);
  const given = await town.donate(volunteer, poolId, 40);
  await town.bank(group, 200);
  const givenByGroup = await town.donate(group, poolId, 150);
  await town.collect(poolId, 3, [givenByGroup], 150);
  await town.collect(poolId, 5, [given], 40);
  const grantId = await town.grant(elder, poolId, { minutes: 60, shard: 3, days: 1 });
  await town.grant(daughter, poolId, { minutes: 30, shard: 3 });
  town.pass(2 * DAY_MS);
  await town.lapse(elder, grantId);
  await town.freezeAndThaw(daughter);
  await town.choosePool(volunteer, poolId);
  // Two banks have given their documents one number.
  const document = DocumentNumber.parse('QH-2026-001');
  await town.moveIn(daughter, document);
  await town.refuse(elder);
  await town.bank(leaving, 45);
  await town.close(leaving, { to: 'pool', poolId });
  await town.bank(moving, 50);
  await town.close(moving, { to: 'elsewhere', document });
  const held = await town.hold(elder, 10);
  const subjects = [elder, volunteer, daughter, group, leaving, moving, poolId, fundId] as const;
  return { town, subjects, elder, volunteer, daughter, group, leaving, poolId, fundId, held };
};
