import {
  type CancellationReason,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { noteVisit } from '@time-bank/care/diary';
import { type RequestFacts, type RequestRecord, planPublish } from '@time-bank/care/request';
import { planAccept } from '@time-bank/care/visit';
import {
  AccountId,
  CommandId,
  MemberId,
  RequestId,
  TransferId,
  VisitId,
  accountOf,
} from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { type Change, Unavailable } from '@time-bank/desk/ports';
import { type HoldEntry, planBank, planCapture, planHold, planVoid } from '@time-bank/ledger/movement';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from './client.ts';
import { dynamoChallenges } from './dynamo-challenges.ts';
import { dynamoJournal } from './dynamo-journal.ts';
import { dynamoPeople } from './dynamo-people.ts';

const connection = connect({ tables: { ledger: 'L', care: 'C' }, endpoint: 'http://127.0.0.1:1' });
const engine = mockClient(connection.client);
const still = () => 0;
const journal = dynamoJournal(connection, still);
beforeEach(() => {
  engine.reset();
});

const START = '2026-11-21T03:00:00.000Z';
const ULID = '01KB2C3D4E5F6G7H8J9KMNPQR';
const ELDER = MemberId.parse(`mem_${ULID}A`);
const VOLUNTEER = MemberId.parse(`mem_${ULID}B`);
const policy = { balanceCapMinutes: 90_000, unfilledAfterMinutes: 0 } as Parameters<
  typeof planBank
>[0]['policy'];

const command = {
  stepId: CommandId.parse(`cmd_${ULID}C`),
  fingerprint: 'f',
  actorId: ELDER,
  channel: 'web' as const,
  at: START,
};
const movement = {
  at: START,
  actorId: ELDER,
  channel: 'web' as const,
  region: CommunityCode.parse('341302001003'),
  policyVersion: 'default-1',
  reason: 'visit confirmed',
  requestId: RequestId.parse(`req_${ULID}D`),
  serviceCode: 'C01' as const,
};
const wanted: Omit<RequestRecord, 'version' | 'state' | 'history'> = {
  requestId: movement.requestId,
  serviceCode: 'C01',
  receiverId: ELDER,
  receiver: { surname: '王', gender: 'female' },
  postedBy: ELDER,
  communityCode: movement.region,
  plannedStartAt: START,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: [] },
  policyVersion: 'default-1',
};
const facts: RequestFacts = { request: { ...wanted, version: 1, state: 'published', history: [] } };
const transferId = TransferId.parse(`trf_${ULID}D`);
const hold: HoldEntry = {
  ...movement,
  kind: 'hold',
  state: 'pending',
  accountId: accountOf(ELDER),
  transferId,
  amountMinutes: 60,
};

const valueOf = <T>(outcome: { kind: string; value?: T }): T => outcome.value as T;
const accepted = valueOf(
  planAccept(policy, facts, command, { visitId: VisitId.parse(`vis_${ULID}E`), volunteerId: VOLUNTEER }),
);
const credit = { policy, facts: movement, transferId, accountId: accountOf(VOLUNTEER) };
const head = { accountId: accountOf(ELDER), availableMinutes: 60, heldMinutes: 0, sequence: 1 };

/** Every kind of plan that the desk makes. */
const plans: Record<string, readonly Change[]> = {
  'a request': planPublish(command, wanted).changes,
  'an acceptance': accepted.changes,
  'a step of a visit': [{ change: 'move_visit', visit: valueOf({ kind: 'done', value: visitOf() }) }],
  'a first visit in a diary': [
    noteVisit({ volunteerId: VOLUNTEER, version: 0, entries: [] }, facts.request, START),
  ],
  'another visit in a diary': [
    noteVisit({ volunteerId: VOLUNTEER, version: 3, entries: [] }, facts.request, START),
  ],
  'a banked visit': planBank({ ...credit, amountMinutes: 60 }),
  'a hold': valueOf(planHold({ facts: movement, transferId, head, amountMinutes: 60 })),
  'a used hold': planCapture({ ...credit, hold, usedMinutes: 30 }),
  'a voided hold': planVoid({ hold, at: START }),
  'a new account': [{ change: 'open_account', accountId: AccountId.parse(`acc_${ULID}A`), at: START }],
};

function visitOf() {
  const put = accepted.changes.find((change) => change.change === 'put_visit');
  if (put?.change !== 'put_visit') throw new Error('an acceptance makes a visit');
  return put.visit;
}

const sent = (): TransactWriteItem[][] =>
  engine.commandCalls(TransactWriteItemsCommand).map(({ args }) => args[0].input.TransactItems ?? []);

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
const conflict = cancelled({ Code: 'None' }, { Code: 'TransactionConflict' });
const named = (name: string) => Object.assign(new Error('no'), { name });

const bank = plans['a banked visit'] ?? [];

describe('what is written', () => {
  it.each(Object.entries(plans))('%s: every piece carries a condition', async (_, changes) => {
    engine.on(TransactWriteItemsCommand).resolves({});
    expect(await journal.commit(changes)).toEqual({ kind: 'done' });
    const [items] = sent();
    expect(items?.length).toBeGreaterThan(0);
    for (const item of items ?? []) {
      const [write, ...others] = Object.values(item) as { ConditionExpression?: string }[];
      expect(others).toEqual([]);
      expect(write?.ConditionExpression).toMatch(/\S/);
    }
  });

  it.each(Object.entries(plans))('%s: no item is written twice', async (_, changes) => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await journal.commit(changes);
    const keys = (sent()[0] ?? []).map(({ Put, Update }) => {
      const key = Put?.Item ?? Update?.Key;
      return [Put?.TableName ?? Update?.TableName, key?.['pk']?.S, key?.['sk']?.S].join(' ');
    });
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('of a person: every piece carries a condition too', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await dynamoPeople(connection, still).addMember(aPerson());
    const [items] = sent();
    expect(items).toHaveLength(5);
    for (const { Put } of items ?? []) expect(Put?.ConditionExpression).toBe('attribute_not_exists(pk)');
  });

  it('of a one-time code: the budget and the code carry conditions', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await dynamoChallenges(connection, still).open(aChallenge(), {
      phone: PHONE,
      day: '2026-11-21',
      max: 10,
    });
    expect(sent()[0]?.map(({ Put, Update }) => (Put ?? Update)?.ConditionExpression)).toEqual([
      'attribute_not_exists(#sent) OR #sent < :max',
      'attribute_not_exists(pk)',
    ]);
  });

  it('an account’s line and its balance go in one transaction, with the request they belong to', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await journal.commit([...accepted.changes, ...bank]);
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.map(({ Put, Update }) => Put?.TableName ?? Update?.TableName)).toEqual([
      'C',
      'C',
      'L',
      'L',
    ]);
  });
});

describe('a neighbour on the same item', () => {
  it.each([
    { times: 1, sends: 2 },
    { times: 2, sends: 3 },
  ])('met $times times is waited for: $sends sends, and it is done', async ({ times, sends }) => {
    const answers = engine.on(TransactWriteItemsCommand);
    for (let met = 0; met < times; met += 1) answers.rejectsOnce(conflict);
    answers.resolves({});
    expect(await journal.commit(bank)).toEqual({ kind: 'done' });
    expect(sent()).toHaveLength(sends);
    expect(sent().at(-1)).toEqual(sent()[0]);
  });

  it.each([conflict, named('TransactionConflictException'), named('TransactionInProgressException')])(
    'met three times lets the person try again: %s',
    async (error) => {
      engine.on(TransactWriteItemsCommand).rejects(error);
      expect(await journal.commit(bank)).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
      expect(sent()).toHaveLength(3);
    },
  );

  it('met three times while a person is added is no answer: whether they are there is not known', async () => {
    engine.on(TransactWriteItemsCommand).rejects(conflict);
    await expect(dynamoPeople(connection, still).addMember(aPerson())).rejects.toThrow(Unavailable);
  });

  it('met three times while a code is asked for is no used-up budget', async () => {
    engine.on(TransactWriteItemsCommand).rejects(conflict);
    const opened = dynamoChallenges(connection, still).open(aChallenge(), {
      phone: PHONE,
      day: '2026-11-21',
      max: 10,
    });
    await expect(opened).rejects.toThrow(Unavailable);
  });
});

describe('an answer that was lost', () => {
  it('is Unavailable, for nobody knows whether it is written', async () => {
    engine.on(TransactWriteItemsCommand).rejects(Object.assign(new Error('no'), { code: 'ECONNRESET' }));
    await expect(journal.commit(bank)).rejects.toThrow(Unavailable);
    expect(sent()).toHaveLength(1);
  });

  it('and the command sent again finds its own request there: read again', async () => {
    const changes = [...planPublish(command, wanted).changes, ...(plans['a hold'] ?? [])];
    engine
      .on(TransactWriteItemsCommand)
      .rejectsOnce(named('TimeoutError'))
      .callsFake((input: { TransactItems: TransactWriteItem[] }) => {
        const [request, , entry] = input.TransactItems;
        throw cancelled(
          { Code: 'ConditionalCheckFailed', Item: request?.Put?.Item ?? {} },
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Item: entry?.Put?.Item ?? {} },
        );
      });
    await expect(journal.commit(changes)).rejects.toThrow(Unavailable);
    expect(await journal.commit(changes)).toEqual({ kind: 'stale' });
  });

  it('of a movement alone: its id is there already', async () => {
    engine
      .on(TransactWriteItemsCommand)
      .rejects(cancelled({ Code: 'None' }, { Code: 'ConditionalCheckFailed' }));
    expect(await journal.commit(bank)).toEqual({
      kind: 'refused',
      refusal: { code: 'exists_with_different_content' },
    });
  });
});

describe('a refusal', () => {
  const cases = [
    { plan: 'a request', at: 0, code: undefined },
    { plan: 'an acceptance', at: 0, code: undefined },
    { plan: 'an acceptance', at: 1, code: undefined },
    { plan: 'a step of a visit', at: 0, code: undefined },
    { plan: 'a first visit in a diary', at: 0, code: undefined },
    { plan: 'another visit in a diary', at: 0, code: undefined },
    { plan: 'a banked visit', at: 0, code: 'unknown_account' },
    { plan: 'a banked visit', at: 1, code: 'exists_with_different_content' },
    { plan: 'a hold', at: 0, code: 'unknown_account' },
    { plan: 'a hold', at: 1, code: 'exists_with_different_content' },
    { plan: 'a used hold', at: 0, code: 'unknown_account' },
    { plan: 'a used hold', at: 1, code: 'hold_not_open' },
    { plan: 'a used hold', at: 2, code: 'unknown_account' },
    { plan: 'a used hold', at: 3, code: 'exists_with_different_content' },
    { plan: 'a voided hold', at: 0, code: 'unknown_account' },
    { plan: 'a voided hold', at: 1, code: 'hold_not_open' },
    { plan: 'a new account', at: 0, code: undefined },
  ] as const;

  it.each(cases)(
    'of $plan at piece $at means $code, and is never tried again',
    async ({ plan, at, code }) => {
      const reasons = Array<CancellationReason>(4).fill({ Code: 'None' });
      engine
        .on(TransactWriteItemsCommand)
        .rejects(cancelled(...reasons.with(at, { Code: 'ConditionalCheckFailed' })));
      expect(await journal.commit(plans[plan] ?? [])).toEqual(
        code === undefined ? { kind: 'stale' } : { kind: 'refused', refusal: { code } },
      );
      expect(sent()).toHaveLength(1);
    },
  );

  const old = (availableMinutes: number, heldMinutes: number): NonNullable<CancellationReason['Item']> => ({
    accountId: { S: head.accountId },
    availableMinutes: { N: String(availableMinutes) },
    heldMinutes: { N: String(heldMinutes) },
    sequence: { N: '7' },
  });

  it.each([
    { plan: 'a banked visit', at: 0, refusal: { code: 'cap_reached' } },
    {
      plan: 'a hold',
      at: 0,
      refusal: { code: 'insufficient_hours', availableMinutes: 15, neededMinutes: 60 },
    },
    { plan: 'a voided hold', at: 0, refusal: { code: 'hold_not_open' } },
  ] as const)(
    'of $plan on an account that is there tells what stood there',
    async ({ plan, at, refusal }) => {
      const reasons: CancellationReason[] = [{ Code: 'None' }, { Code: 'None' }];
      const failed = { Code: 'ConditionalCheckFailed', Item: old(15, 0) };
      engine.on(TransactWriteItemsCommand).rejects(cancelled(...reasons.with(at, failed)));
      expect(await journal.commit(plans[plan] ?? [])).toEqual({ kind: 'refused', refusal });
    },
  );
});

it('a store that is too busy does not answer', async () => {
  engine.on(TransactWriteItemsCommand).rejects(cancelled({ Code: 'ThrottlingError' }));
  await expect(journal.commit(bank)).rejects.toThrow(Unavailable);
});

it('what nobody foresaw is thrown as it is', async () => {
  const error = named('ValidationException');
  engine.on(TransactWriteItemsCommand).rejects(error);
  await expect(journal.commit(bank)).rejects.toBe(error);
  expect(sent()).toHaveLength(1);
});

const PHONE = Phone.parse('+8610000000001');

function aPerson() {
  return {
    naturalKey: 'k',
    fingerprint: 'f',
    at: START,
    member: {
      memberId: ELDER,
      name: '王试',
      phone: PHONE,
      birthDate: '1950-03-08',
      gender: 'female' as const,
      communityCode: movement.region,
      address: '和平里1号楼',
      languages: [],
      roles: [{ role: 'resident' as const, region: movement.region }],
      skills: [],
      freeTimes: [],
    },
  };
}

function aChallenge() {
  return {
    challengeId: `chl_${ULID}F` as Parameters<ReturnType<typeof dynamoChallenges>['close']>[0],
    codeHash: 'h',
    expiresAt: START,
    triesLeft: 5,
  };
}
