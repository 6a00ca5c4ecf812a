/** Commands of the ledger alone: the use cases of the desk where there are any, else plans of the ledger, carried out as the desk does. */
import {
  type AccountId,
  type TransferId,
  accountOf,
  TransferId as Transfers,
} from '@time-bank/contracts/ids';
import { DocumentNumber, type EntryReason, type PoolId } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import { bindFamily, endFamily } from '@time-bank/desk/bind-family';
import { transfer } from '@time-bank/desk/carry-out';
import { chooseOverflow } from '@time-bank/desk/choose-overflow';
import { collectPool } from '@time-bank/desk/collect-pool';
import { derivedTransfer } from '@time-bank/desk/derived-id';
import { donateHours } from '@time-bank/desk/donate-hours';
import { fingerprintOf } from '@time-bank/desk/fingerprint';
import { giveHours } from '@time-bank/desk/give-hours';
import { factsAfter, lapseHolds } from '@time-bank/desk/lapse-holds';
import { type MemberOrder, decisionOf, memberOrder, onceSeen } from '@time-bank/desk/member-order';
import { type TransferReceipt, receiptOf } from '@time-bank/desk/transfer-receipt';
import { grant } from '@time-bank/identity/grant';
import { isOver } from '@time-bank/ledger/account';
import { planBank } from '@time-bank/ledger/bank';
import { POOL_SHARDS } from '@time-bank/ledger/change';
import { type Remainder, planClosing, planMoveIn } from '@time-bank/ledger/closing';
import { planCorrection } from '@time-bank/ledger/correction';
import { planFreeze, planUnfreeze } from '@time-bank/ledger/mark';
import { planDonate, planGrant, planGrantLapse } from '@time-bank/ledger/pool';
import { sightOf } from '@time-bank/ledger/sight';
import type { Order, SimPorts } from './order.ts';
import type { Chance } from './random.ts';
import { POOLS, type Town } from './town.ts';

type Run = (ports: SimPorts) => Promise<Outcome<unknown>>;

const no = refused('not_allowed');
/** So few parts that grants meet. */
const PARTS = POOL_SHARDS;

const minutes = (chance: Chance): number => chance.pick([1, 10, 30, 45, 60, 90, 120, 240]);

/** A movement on a member's account, planned in `plan` and carried out as the desk does. */
const moving =
  (
    who: Pick<Member, 'memberId' | 'communityCode' | 'roles'>,
    transferId: TransferId,
    words: { reason: EntryReason; content: unknown },
    plan: (order: MemberOrder, ports: SimPorts) => Parameters<typeof transfer<TransferReceipt>>[2],
  ): Run =>
  async (ports) => {
    const permit = grant(who, 'read_account');
    if (permit.kind === 'refused') return no;
    const body = { transferId, content: words.content };
    const order = await memberOrder(ports, permit.value, who, { body, reason: words.reason });
    return transfer<TransferReceipt>(ports, order, plan(order, ports), receiptOf);
  };

const order = (
  operation: string,
  accountId: AccountId,
  transferId: TransferId,
  run: Run,
  altered?: Run,
): Order => ({
  operation,
  id: transferId,
  run,
  home: { accountId, transferId },
  refusalAt: () => ({ accountId, transferId }),
  ...(altered === undefined ? {} : { altered }),
});

const give = (town: Town, chance: Chance): Order => {
  const [from, to] = [chance.pick(town.helpers), chance.pick([...town.helpers, ...town.elders])];
  const body = { transferId: town.ids.transfer(), receiverId: to.memberId, amountMinutes: minutes(chance) };
  const run =
    (given: typeof body): Run =>
    async (ports) => {
      const permit = grant(from, 'give_hours', { memberId: from.memberId });
      return permit.kind === 'refused' ? no : giveHours(ports, permit.value, from, given);
    };
  const more = { ...body, amountMinutes: body.amountMinutes + 1 };
  return order('give-hours', accountOf(from.memberId), body.transferId, run(body), run(more));
};

const bind = (town: Town, chance: Chance): Order => {
  const [giver, receiver] = [chance.pick(town.helpers), chance.pick([...town.helpers, ...town.elders])];
  const transferId = town.ids.transfer();
  const relation = chance.pick(['spouse', 'parent', 'child', 'friend'] as const);
  const body = {
    transferId,
    giverId: giver.memberId,
    receiverId: receiver.memberId,
    relation,
    proof: '户口本',
  };
  const subject = { communityCode: giver.communityCode };
  const ends = chance.perMille(150);
  const run: Run = async (ports) => {
    const permit = grant(town.coordinator, 'bind_family', subject);
    if (permit.kind === 'refused') return no;
    return ends
      ? endFamily(ports, permit.value, giver, { ...body, reason: '误登记' })
      : bindFamily(ports, permit.value, { giver, receiver }, body);
  };
  return order(ends ? 'end-family' : 'bind-family', accountOf(giver.memberId), transferId, run);
};

const donate = (town: Town, chance: Chance): Order => {
  const who = chance.pick([...town.helpers, ...town.elders]);
  const body = {
    transferId: town.ids.transfer(),
    poolId: chance.pick(POOLS),
    amountMinutes: minutes(chance),
  };
  const run =
    (given: typeof body): Run =>
    async (ports) => {
      const permit = grant(who, 'donate_hours', { memberId: who.memberId });
      return permit.kind === 'refused' ? no : donateHours(ports, permit.value, who, given);
    };
  const more = { ...body, amountMinutes: body.amountMinutes + 1 };
  return order('donate-hours', accountOf(who.memberId), body.transferId, run(body), run(more));
};

const choose = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const body = { transferId: town.ids.transfer(), overflowTo: chance.pick(['honour' as const, ...POOLS]) };
  const run: Run = async (ports) => {
    const permit = grant(who, 'choose_overflow', { memberId: who.memberId });
    return permit.kind === 'refused' ? no : chooseOverflow(ports, permit.value, who, body);
  };
  return order('choose-overflow', accountOf(who.memberId), body.transferId, run);
};

const bank = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const [accountId, transferId] = [accountOf(who.memberId), town.ids.transfer()];
  const given = minutes(chance);
  const run = (amountMinutes: number): Run =>
    moving(
      who,
      transferId,
      { reason: 'visit_confirmed', content: amountMinutes },
      ({ mark, policy }) =>
        ({ heads }) =>
          decisionOf(planBank({ ...mark, policy, amountMinutes }, sightOf(heads, accountId))),
    );
  return order('bank', accountId, transferId, run(given), run(given + 1));
};

/** Hours of a group come in, and go out to a pool. */
const ofGroup = (town: Town, chance: Chance): Order => {
  const accountId = town.group;
  const who = { ...town.coordinator, memberId: `mem_${accountId.slice(4)}` as Member['memberId'] };
  const [transferId, amountMinutes, poolId] = [town.ids.transfer(), minutes(chance), chance.pick(POOLS)];
  const isIn = chance.perMille(500);
  const words = {
    reason: isIn ? ('group_activity' as const) : ('donation' as const),
    content: [amountMinutes, poolId],
  };
  const run = moving(who, transferId, words, ({ mark, policy }) => ({ heads }) => {
    const sight = sightOf(heads, accountId);
    return decisionOf(
      isIn
        ? planBank({ ...mark, policy, amountMinutes, isGroup: true }, sight)
        : planDonate({ ...mark, policy, poolId, amountMinutes }, sight),
    );
  });
  return order(isIn ? 'bank-group' : 'donate-group', accountId, transferId, run);
};

const giveGrant = (town: Town, chance: Chance): Order => {
  const who = chance.pick([...town.elders, ...town.helpers.slice(0, 3)]);
  const [accountId, transferId, poolId] = [accountOf(who.memberId), town.ids.transfer(), chance.pick(POOLS)];
  const [amountMinutes, days] = [chance.pick([10, 30, 60, 120]), chance.pick([1, 3, 30])];
  const first = chance.below(PARTS);
  const run = moving(
    who,
    transferId,
    { reason: 'grant', content: [poolId, amountMinutes, days] },
    ({ mark, policy, at }, ports) => {
      let shard = first;
      return async (found) => {
        const there = found.shards.get(`${poolId}#${String(shard)}`);
        let shardMinutes = there?.minutes;
        if (shardMinutes !== undefined && shardMinutes < amountMinutes) {
          const parts = await ports.journal.readPoolNow(poolId);
          const enough = parts.find((part) => part.minutes >= amountMinutes);
          if (enough !== undefined) ({ shard, minutes: shardMinutes } = enough);
        }
        const lapsesAt = instantOf(Date.parse(at) + days * 86_400_000);
        return decisionOf(
          planGrant(
            { ...mark, policy, poolId, amountMinutes, lapsesAt, shard },
            sightOf(found.heads, accountId),
            shardMinutes,
          ),
        );
      };
    },
  );
  return order('grant', accountId, transferId, run);
};

/** What jobs do, each with ids that follow from their cause. */
const lapseGrants = (town: Town, chance: Chance): Order => {
  const all = [...town.elders, ...town.helpers].map(({ memberId }) => accountOf(memberId));
  const having = all.filter((id) => Object.keys(town.memory.ledger.heads.get(id)?.lots ?? {}).length > 0);
  const accountId = chance.pick(having.length === 0 ? all : having);
  const run: Run = async (ports) => {
    const head = await ports.journal.readAccountNow(accountId);
    let count = 0;
    for (const [id, lot] of Object.entries(head?.lots ?? {})) {
      const at = instantOf(ports.clock.nowMs());
      if (!isOver(lot.lapsesAt, at)) continue;
      const grantId = Transfers.parse(id);
      const line = await ports.journal.readLineNow(accountId, grantId);
      if (line?.kind !== 'entry') continue;
      const cause = ['grant_lapsed', accountId, grantId];
      // Lots come back from holds: what is left over is given back under an id of its own state.
      const transferId = derivedTransfer(lot.lapsesAt, [...cause, String(head?.sequence)]);
      const facts = factsAfter(line.entry, at, 'period_over');
      const outcome = await transfer<TransferReceipt>(
        ports,
        { fingerprint: fingerprintOf(cause), at, channel: 'job', home: { accountId, transferId } },
        (found) =>
          onceSeen(found, accountId, (seen) =>
            planGrantLapse({ facts, transferId, accountId, grantId }, seen ?? 'missing'),
          ),
        receiptOf,
      );
      if (outcome.kind === 'done') count += 1;
    }
    return { kind: 'done', value: count };
  };
  return { operation: 'lapse-grants', id: town.ids.command(), run };
};

const lapse = (town: Town, chance: Chance): Order => {
  const accountId = accountOf(chance.pick(town.helpers).memberId);
  return {
    operation: 'lapse-holds',
    id: town.ids.command(),
    run: async (ports) => {
      const head = await ports.journal.readAccountNow(accountId);
      return { kind: 'done', value: head === undefined ? 0 : await lapseHolds(ports, head) };
    },
  };
};

/** Brings what came into a pool to its parts. */
export const collectOrder = (town: Town, poolId: PoolId, since?: Instant): Order => ({
  operation: 'collect-pool',
  id: town.ids.command(),
  run: async (ports) => ({ kind: 'done', value: await collectPool(ports, poolId, since) }),
});

const correct = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const [accountId, transferId, insteadId] = [
    accountOf(who.memberId),
    town.ids.transfer(),
    town.ids.transfer(),
  ];
  const lines = [...(town.memory.ledger.lines.get(accountId)?.values() ?? [])].slice(-12);
  const entries = lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
  const likely = entries.filter(({ kind }) => kind === 'earned' || kind === 'gift_in');
  if (entries.length === 0) return bank(town, chance);
  const original = chance.perMille(900) && likely.length > 0 ? chance.pick(likely) : chance.pick(entries);
  const instead = chance.perMille(300)
    ? { transferId: insteadId, amountMinutes: chance.pick([15, 30, 60]) }
    : undefined;
  const payerId = original.counterpart.startsWith('acc_') ? (original.counterpart as AccountId) : undefined;
  const run = moving(
    who,
    transferId,
    { reason: 'correction', content: [original.transferId, instead] },
    ({ mark, policy }) =>
      (found) => {
        const account = sightOf(found.heads, accountId);
        const payer = payerId === undefined ? 'missing' : sightOf(found.heads, payerId);
        if (account === 'unseen') return { kind: 'look', accountId };
        if (payer === 'unseen') return { kind: 'look', accountId: payerId ?? accountId };
        return decisionOf(
          planCorrection(
            { ...mark, policy, original, ...(instead === undefined ? {} : { instead }) },
            {
              account: account === 'missing' ? undefined : account,
              payer: payer === 'missing' ? undefined : payer,
            },
          ),
        );
      },
  );
  return order('correct', accountId, transferId, run);
};

const freeze = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const [accountId, transferId] = [accountOf(who.memberId), town.ids.transfer()];
  const isFrozen = town.memory.ledger.heads.get(accountId)?.state === 'frozen';
  const plan = isFrozen ? planUnfreeze : planFreeze;
  const run = moving(
    who,
    transferId,
    { reason: 'dispute', content: isFrozen },
    ({ mark }) =>
      (found) =>
        onceSeen(found, accountId, (head) => plan(mark, head)),
  );
  return order(isFrozen ? 'unfreeze' : 'freeze', accountId, transferId, run);
};

const close = (town: Town, chance: Chance): Order => {
  // Two of them stay, whatever happens.
  const who = chance.pick(town.helpers.slice(2));
  const accountId = accountOf(who.memberId);
  const [transferId, closedId] = [town.ids.transfer(), town.ids.transfer()];
  // Holds may bring back more grants than an account is ever given at once.
  const lapseIds = Array.from({ length: 90 }, () => town.ids.transfer());
  const heirId = accountOf(chance.pick(town.helpers).memberId);
  const to = chance.pick(['pool', 'heir', 'nobody', 'elsewhere'] as const);
  const document = DocumentNumber.parse(`OUT-${String(100 + chance.below(20))}`);
  const run = moving(
    who,
    transferId,
    { reason: 'closing', content: [to, heirId, document] },
    ({ mark, policy }) =>
      (found) => {
        const heir = to === 'heir' ? sightOf(found.heads, heirId) : 'missing';
        if (heir === 'unseen') return { kind: 'look', accountId: heirId };
        const remainder: Remainder =
          to === 'heir'
            ? { to, heir: heir === 'missing' ? undefined : heir }
            : to === 'pool'
              ? { to, poolId: POOLS[0]! }
              : to === 'nobody'
                ? { to }
                : { to, document };
        return onceSeen(found, accountId, (head) =>
          planClosing({ ...mark, policy, closedId, lapseIds, remainder }, head),
        );
      },
  );
  return order('close', accountId, transferId, run);
};

const moveIn = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const [accountId, transferId] = [accountOf(who.memberId), town.ids.transfer()];
  const document = DocumentNumber.parse(`IN-${String(100 + chance.below(40))}`);
  const earnedMinutes = chance.pick([30, 120, 300]);
  const run = moving(
    who,
    transferId,
    { reason: 'move', content: [document, earnedMinutes] },
    ({ mark, policy }) =>
      (found) =>
        onceSeen(found, accountId, (head) =>
          planMoveIn(
            {
              ...mark,
              facts: { ...mark.facts, document },
              bank: '邻市时间银行',
              policy,
              earnedMinutes,
              honourMinutes: 15,
            },
            head,
          ),
        ),
  );
  return order('move-in', accountId, transferId, run);
};

const weights: readonly [number, (town: Town, chance: Chance) => Order][] = [
  [14, bank],
  [12, give],
  [7, bind],
  [10, donate],
  [3, choose],
  [5, ofGroup],
  [12, giveGrant],
  [5, lapseGrants],
  [5, lapse],
  [10, (town, chance) => collectOrder(town, chance.pick(POOLS))],
  [8, correct],
  [4, freeze],
  [1, close],
  [3, moveIn],
];
const allWeights = weights.reduce((sum, [weight]) => sum + weight, 0);

/** A command of the ledger alone. */
export const movementOrder = (town: Town, chance: Chance): Order => {
  let left = chance.below(allWeights);
  for (const [weight, make] of weights) {
    left -= weight;
    if (left < 0) return make(town, chance);
  }
  return bank(town, chance);
};
