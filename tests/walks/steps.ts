/** A visit as far along as a test wants it, and what stands in the tables. */
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SYSTEM, accountOf, idMaker } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import type { Planned } from '@time-bank/contracts/refusals';
import { planBank } from '@time-bank/ledger/bank';
import type { LedgerChange } from '@time-bank/ledger/change';
import { planClosing } from '@time-bank/ledger/closing';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { planFreeze, planUnfreeze } from '@time-bank/ledger/mark';
import { firstVersion } from '@time-bank/policy/catalogue';
import { type Town, aRequest, liveVisit } from '../town.ts';

const order = ['posted', 'accepted', 'begun', 'ended', 'settled'] as const;

interface Cast {
  coordinator?: Member;
  elder?: Member;
  volunteer?: Member;
}

/** Brings a request of an hour's company as far as `upTo`; `minutes` is how long the volunteer stays. */
export const aVisit = async (
  town: Town,
  upTo: (typeof order)[number],
  {
    minutes = 60,
    request = {},
    ...cast
  }: Cast & { minutes?: number; request?: Record<string, unknown> } = {},
) => {
  const coordinator = cast.coordinator ?? (await town.aCoordinator());
  const elder = cast.elder ?? (await town.anElder());
  const volunteer = cast.volunteer ?? (await town.aVolunteer());
  const body = aRequest(town, elder, request);
  const path = `/api/requests/${body.requestId}`;
  const ids = {
    visitId: town.ids.visit(),
    checkInId: town.ids.command(),
    checkOutId: town.ids.command(),
    transferId: town.ids.transfer(),
  };
  const steps = {
    posted: () => town.ask(coordinator, 'POST', '/api/requests', body),
    accepted: () => town.ask(volunteer, 'POST', `${path}/accept`, { visitId: ids.visitId }),
    begun: () => {
      town.setClock(body.plannedStartAt);
      return town.ask(volunteer, 'POST', `${path}/check-in`, {
        commandId: ids.checkInId,
        code: elder.visitCode,
      });
    },
    ended: () => {
      town.pass(minutes);
      return town.ask(volunteer, 'POST', `${path}/check-out`, { commandId: ids.checkOutId });
    },
    settled: () => town.ask(elder, 'POST', `${path}/confirm`, { transferId: ids.transferId }),
  };
  for (const step of order.slice(0, order.indexOf(upTo) + 1)) {
    const answer = await steps[step]();
    if (answer.status >= 300) throw new Error(`${step}: ${JSON.stringify(answer.body)}`);
  }
  return { coordinator, elder, volunteer, body, requestId: body.requestId, path, ...ids };
};

/** A woman of 64 who has banked one hour by a visit of her own. */
export const aSaver = async (town: Town): Promise<Member> => {
  const volunteer = await town.aVolunteer();
  await liveVisit(town, { coordinator: await town.aCoordinator(), elder: await town.anElder(), volunteer });
  return volunteer;
};

/** Binds `receiver` to `giver` as `relation` (their parent where it is left out); gives the id of the tie's line. */
export const bind = async (
  town: Town,
  giver: Member,
  receiver: Member,
  relation = 'parent',
): Promise<string> => {
  const transferId = town.ids.transfer();
  const coordinator = await town.aCoordinator(giver.communityCode);
  const tie = {
    transferId,
    giverId: giver.memberId,
    receiverId: receiver.memberId,
    relation,
    proof: '户口簿',
  };
  const answer = await town.ask(coordinator, 'POST', '/api/family-ties', tie);
  if (answer.status !== 201) throw new Error(`not bound: ${JSON.stringify(answer.body)}`);
  return transferId;
};

/** A woman of 64 who has banked one hour and is bound to her mother. */
export const aGiver = async (town: Town): Promise<{ giver: Member; mother: Member }> => {
  const [giver, mother] = [await aSaver(town), await town.anElder()];
  await bind(town, giver, mother);
  return { giver, mother };
};

const staffFacts = (town: Town, { communityCode }: Member, reason: EntryReason): MovementFacts => ({
  at: town.now(),
  actorId: SYSTEM,
  channel: 'job',
  region: communityCode,
  policyVersion: firstVersion,
  reason,
});

/** The id of a movement as a clock would make it that is `days` ahead; behind, where it is below zero. */
export const idOfAnotherDay = (town: Town, days: number): string =>
  idMaker(() => Date.parse(town.now()) + days * 24 * 60 * 60 * 1000).transfer();

/** Writes a plan of the ledger as it is; throws where it is refused or the ledger stands otherwise. */
export const write = async (town: Town, plan: Planned<LedgerChange[]>): Promise<void> => {
  if (plan.kind === 'refused') throw new Error(plan.refusal.code);
  const commit = await town.ports.journal.commit(plan.value);
  if (commit.kind !== 'done') throw new Error(commit.kind);
};

const headOf = ({ memberId }: Member, town: Town) => town.ports.journal.readAccountNow(accountOf(memberId));

/** Credits minutes as a group's, so that no daily limit counts: what takes years to bank, at once. */
export const credit = async (town: Town, member: Member, amountMinutes: number): Promise<void> => {
  const policy = (await town.ports.policies.readBook()).inForce(member.communityCode, '2026-11-21');
  await write(
    town,
    planBank(
      {
        policy,
        facts: staffFacts(town, member, 'group_activity'),
        transferId: town.ids.transfer(),
        accountId: accountOf(member.memberId),
        amountMinutes,
        serviceDay: '2026-01-05',
        isGroup: true,
      },
      (await headOf(member, town)) ?? 'missing',
    ),
  );
};

/** Freezes an account, or frees it again. */
export const setFrozen = async (town: Town, member: Member, isFrozen: boolean): Promise<void> => {
  const mark = {
    facts: staffFacts(town, member, 'dispute'),
    transferId: town.ids.transfer(),
    accountId: accountOf(member.memberId),
    fingerprint: 'AAAAAAAAAAAA',
  };
  const head = await headOf(member, town);
  await write(town, isFrozen ? planFreeze(mark, head) : planUnfreeze(mark, head));
};

/** Closes an account; what is left on it is forfeited. */
export const close = async (town: Town, member: Member): Promise<void> => {
  const policy = (await town.ports.policies.readBook()).inForce(member.communityCode, '2026-11-21');
  await write(
    town,
    planClosing(
      {
        policy,
        facts: staffFacts(town, member, 'closing'),
        transferId: town.ids.transfer(),
        closedId: town.ids.transfer(),
        lapseIds: [],
        accountId: accountOf(member.memberId),
        fingerprint: 'AAAAAAAAAAAA',
        remainder: { to: 'nobody' },
      },
      await headOf(member, town),
    ),
  );
};

/** Both tables without the refusals that are kept: what a refused command must leave as it was. */
export const booksIn = async (town: Pick<Town, 'connection'>) =>
  Object.fromEntries(Object.entries(await everythingIn(town)).filter(([, item]) => !('re' in item)));

/** How many refusals are kept. */
export const keptRefusalsIn = async (town: Pick<Town, 'connection'>): Promise<number> =>
  Object.values(await everythingIn(town)).filter((item) => 're' in item).length;

/** The body of a request paid with one's own hours, an hour from now, for an hour. */
export const aRedemption = (town: Town, change: Record<string, unknown> = {}) => ({
  requestId: town.ids.request(),
  serviceCode: 'C01',
  plannedStartAt: town.soon(60),
  plannedMinutes: 60,
  wishes: { languages: [] },
  ...change,
});

/** Begin the partitions of what is written of every call: how many there were, and who was refused what. */
export const OF_CALLS: readonly string[] = ['RATE#', 'AUDIT#'];

/** Both tables, item by item under their keys; `without` leaves out partitions that begin so: what is written of calls if not said. */
export const everythingIn = async (
  { connection: { client, tables } }: Pick<Town, 'connection'>,
  without: readonly string[] = OF_CALLS,
): Promise<Record<string, Record<string, AttributeValue>>> => {
  const found: Record<string, Record<string, AttributeValue>> = {};
  for (const TableName of [tables.ledger, tables.care]) {
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      );
      for (const item of page.Items ?? []) {
        const partition = item['pk']?.S ?? '';
        if (without.some((start) => partition.startsWith(start))) continue;
        found[`${TableName} ${partition} ${item['sk']?.S ?? ''}`] = item;
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return found;
};
