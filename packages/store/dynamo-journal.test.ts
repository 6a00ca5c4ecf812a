import {
  type CancellationReason,
  ConditionalCheckFailedException,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { noteVisit } from '@time-bank/care/diary';
import { type RequestFacts, type RequestRecord, planPublish } from '@time-bank/care/request';
import { planAccept } from '@time-bank/care/visit';
import { CommandId, MemberId, RequestId, TransferId, VisitId, accountOf } from '@time-bank/contracts/ids';
import { DocumentNumber, PoolId, fundOf } from '@time-bank/contracts/ledger';
import { Phone } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import { type Change, Unavailable } from '@time-bank/desk/ports';
import { openedAccount } from '@time-bank/ledger/account';
import { planBank } from '@time-bank/ledger/bank';
import type { Posting } from '@time-bank/ledger/change';
import { planGift } from '@time-bank/ledger/gift';
import { planCapture, planHold, planRelease } from '@time-bank/ledger/hold';
import { planDonate, planGrant } from '@time-bank/ledger/pool';
import { defaults } from '@time-bank/policy/catalogue';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from './client.ts';
import { dynamoChallenges } from './dynamo-challenges.ts';
import { dynamoJournal } from './dynamo-journal.ts';
import { dynamoPeople } from './dynamo-people.ts';
import { encode, values } from './item.ts';
import { accountHeadKey } from './keys.ts';
import { encodeHead } from './ledger-codec.ts';
import { makeVault, parsePersonalKeys } from './vault.ts';

const tables = { ledger: 'L', care: 'C', seals: 'S' };
const connection = connect({ tables, endpoint: 'http://127.0.0.1:1' });
const engine = mockClient(connection.client);
const vault = makeVault(parsePersonalKeys(JSON.stringify({ test: 'x'.repeat(32) })));
const still = () => 0;
const journal = dynamoJournal(connection, vault, still);
beforeEach(() => {
  engine.reset();
});

const START = '2026-11-21T03:00:00.000Z';
const ULID = '01KB2C3D4E5F6G7H8J9KMNPQR';
const PRINT = 'fingerprint0';
const ELDER = MemberId.parse(`mem_${ULID}A`);
const VOLUNTEER = MemberId.parse(`mem_${ULID}B`);
const [payer, payee] = [accountOf(ELDER), accountOf(VOLUNTEER)];
const policy = defaults;

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
  policyVersion: policy.version,
  reason: 'visit_confirmed' as const,
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
  policyVersion: policy.version,
};
const facts: RequestFacts = { request: { ...wanted, version: 1, state: 'published', history: [] } };
const transferId = TransferId.parse(`trf_${ULID}D`);
const poolId = PoolId.parse('pool:341302001');
const document = DocumentNumber.parse('SZ-2026-0117');

const valueOf = <T>(plan: { kind: string; value?: T }): T => plan.value as T;
const accepted = valueOf(
  planAccept(policy, facts, command, { visitId: VisitId.parse(`vis_${ULID}E`), volunteerId: VOLUNTEER }),
);
const order = { policy, facts: movement, transferId, fingerprint: PRINT, amountMinutes: 60 };
const held = valueOf(planHold({ ...order, accountId: payer, lapsesAt: plusMinutes(START, 60) }, 'unseen'));
const end = {
  facts: movement,
  transferId: TransferId.parse(`trf_${ULID}F`),
  accountId: payer,
  holdId: transferId,
  hold: held.hold,
};
const capture = { ...end, usedMinutes: 30, payee: { accountId: payee, credit: { policy } } };
const unseen = { from: 'unseen', to: 'unseen' } as const;
const fund = { fundId: fundOf(document), document, provider: '公司', minutes: 60, leftMinutes: 60 };
const seen = { ...openedAccount(payee, 'open'), sequence: 7 };

/** Every kind of plan that the desk makes. */
const plans: Record<string, readonly Change[]> = {
  'a request': planPublish(command, wanted).changes,
  'an acceptance': accepted.changes,
  'a step of a visit': [{ change: 'move_visit', visit: visitOf() }],
  'a first visit in a diary': [
    noteVisit({ volunteerId: VOLUNTEER, version: 0, entries: [] }, facts.request, START),
  ],
  'another visit in a diary': [
    noteVisit({ volunteerId: VOLUNTEER, version: 3, entries: [] }, facts.request, START),
  ],
  'a banked visit': valueOf(planBank({ ...order, accountId: payee }, 'unseen')),
  'a visit banked on an account that was seen': valueOf(planBank({ ...order, accountId: payee }, seen)),
  'a hold': held.changes,
  'a used hold': valueOf(planCapture(capture, { payer: 'unseen' })),
  'a released hold': valueOf(planRelease(end, false, 'unseen')),
  'a lapsed hold': valueOf(
    planRelease({ ...end, facts: { ...movement, at: plusMinutes(START, 60) } }, true, 'unseen'),
  ),
  'a gift': valueOf(planGift({ ...order, from: payer, to: payee }, unseen)),
  'a gift where the region knows no family': valueOf(
    planGift({ ...order, policy: { ...policy, giftRelations: [] }, from: payer, to: payee }, unseen),
  ),
  'a donation': valueOf(planDonate({ ...order, accountId: payer, poolId }, 'unseen')),
  'a grant': valueOf(
    planGrant({ ...order, accountId: payee, poolId, shard: 3, lapsesAt: plusMinutes(START, 60) }, 'unseen'),
  ),
  'a collection': [{ change: 'collect', poolId, shard: 3, transferIds: [transferId], minutes: 60 }],
  'a mark': [{ change: 'mark_reversed', accountId: payee, transferId, by: end.transferId }],
  'a purchase': [{ change: 'put_fund', fund: { ...fund, facts: movement } }],
  'a draw': [{ change: 'draw_fund', fundId: fund.fundId, minutes: 60 }],
  'a document': [{ change: 'put_document', document, transferId }],
  'a new account': [{ change: 'open_account', accountId: payee, state: 'open', at: START }],
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

  it('of a person: every piece carries a condition too, but the row on the board, which goes with the profile', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await dynamoPeople(connection, vault, still).addMember(aPerson());
    const [items] = sent();
    expect(items).toHaveLength(6);
    const conditions = (items ?? []).map(({ Put, Update }) => (Put ?? Update)?.ConditionExpression);
    // Pointers lead to somebody while they name them: one that was freed is there and free.
    const [free, once] = ['attribute_not_exists(memberId)', 'attribute_not_exists(pk)'];
    expect(conditions).toEqual([free, once, free, once, undefined, once]);
    const board = items?.flatMap(({ Update }) => Update?.Key?.['pk']?.S ?? []);
    expect(board).toEqual([expect.stringMatching(/^BOARD#/)]);
  });

  it('of a one-time code and of what guards it: both carry conditions', async () => {
    engine.on(PutItemCommand).resolves({});
    const challenges = dynamoChallenges(connection);
    await challenges.open(aChallenge());
    const guard = { day: '2026-11-21', sent: 1, wrongAt: [], failed: 0 };
    await challenges.moveGuard('x', { ...guard, version: 1 }, START);
    await challenges.moveGuard('x', { ...guard, version: 2 }, START);
    expect(engine.commandCalls(PutItemCommand).map(({ args }) => args[0].input.ConditionExpression)).toEqual([
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
      'version = :before',
    ]);
  });

  it('carries no token of its own: what happens once is known by its line', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    await journal.commit(bank);
    const [call] = engine.commandCalls(TransactWriteItemsCommand);
    expect(Object.keys(call?.args[0].input ?? {})).toEqual(['TransactItems']);
  });

  it('asks for what stood in the way of every piece of the ledger', async () => {
    engine.on(TransactWriteItemsCommand).resolves({});
    for (const plan of ['a used hold', 'a gift', 'a grant', 'a draw', 'a mark']) {
      await journal.commit(plans[plan] ?? []);
    }
    for (const { Put, Update } of sent().flat()) {
      expect((Put ?? Update)?.ReturnValuesOnConditionCheckFailure).toBe('ALL_OLD');
    }
  });

  it('an account that nobody has looked at is never given what cannot be added to it', async () => {
    const [change] = bank;
    if (change?.change !== 'post') throw new Error('a banked visit has a line');
    const [entry] = change.entries;
    const { assuming } = change;
    if (assuming === undefined) throw new Error('nobody has looked');
    const posting = (entries: Posting['entries']): Posting => ({ change: 'post', entries, assuming });
    const frozen = { ...entry, kind: 'frozen' as const, state: 'frozen' as const };
    const more: Posting['entries'][] = [
      [entry, entry],
      [frozen],
      [{ ...entry, lots: {} }],
      [{ ...entry, returned: {} }],
      [{ ...entry, bond: { with: payer } }],
      [{ ...entry, kind: 'overflow_chosen' }],
    ];
    const committing = (entries: Posting['entries']) => async () => journal.commit([posting(entries)]);
    for (const entries of more) await expect(committing(entries)()).rejects.toThrow('must be seen');
    expect(sent()).toEqual([]);
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
  it('is waited for a little longer each time, and never twice the same by chance', async () => {
    const asked: number[] = [];
    const restless = dynamoJournal(connection, vault, () => asked.push(0) * 0);
    engine.on(TransactWriteItemsCommand).rejects(conflict);
    await restless.commit(bank);
    expect(asked).toHaveLength(2);
  });

  it('leaves no refusal behind', async () => {
    engine.on(TransactWriteItemsCommand).rejects(conflict);
    await journal.commit(bank);
    expect(engine.commandCalls(PutItemCommand)).toEqual([]);
  });

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
    await expect(dynamoPeople(connection, vault, still).addMember(aPerson())).rejects.toThrow(Unavailable);
  });
});

describe('an answer that was lost', () => {
  const lines = (items: readonly TransactWriteItem[]): CancellationReason[] =>
    items.map(({ Put }) =>
      Put?.TableName === 'L' ? { Code: 'ConditionalCheckFailed', Item: Put.Item ?? {} } : { Code: 'None' },
    );

  it('is Unavailable, for nobody knows whether it is written', async () => {
    engine.on(TransactWriteItemsCommand).rejects(Object.assign(new Error('no'), { code: 'ECONNRESET' }));
    await expect(journal.commit(bank)).rejects.toThrow(Unavailable);
    expect(sent()).toHaveLength(1);
  });

  it.each(['a banked visit', 'a hold', 'a gift', 'a used hold'])(
    'of %s: what is sent again finds its own lines there',
    async (name) => {
      const changes = plans[name] ?? [];
      engine
        .on(TransactWriteItemsCommand)
        .rejectsOnce(named('TimeoutError'))
        .callsFake((input: { TransactItems: TransactWriteItem[] }) => {
          throw cancelled(...lines(input.TransactItems));
        });
      await expect(journal.commit(changes)).rejects.toThrow(Unavailable);
      const entries = changes.flatMap((change) => (change.change === 'post' ? change.entries : []));
      expect(await journal.commit(changes)).toEqual({
        kind: 'met',
        met: {
          heads: new Map(),
          lines: entries.map((entry) => ({ kind: 'entry', entry })),
          shards: [],
          refusals: [],
        },
      });
      expect(sent()).toHaveLength(2);
    },
  );

  it('is no line where the engine does not tell what stood there: that is a bug', async () => {
    engine
      .on(TransactWriteItemsCommand)
      .rejects(cancelled({ Code: 'None' }, { Code: 'ConditionalCheckFailed' }));
    await expect(journal.commit(bank)).rejects.toThrow('is not told');
  });
});

describe('what stood in the way', () => {
  it.each([
    'a request',
    'an acceptance',
    'a step of a visit',
    'another visit in a diary',
    'a collection',
    'a new account',
  ])('of %s, at each of its places: read again, and it is never tried again', async (name) => {
    const changes = plans[name] ?? [];
    engine.on(TransactWriteItemsCommand).resolvesOnce({});
    await journal.commit(changes);
    const count = sent()[0]?.length ?? 0;
    for (let place = 0; place < count; place += 1) {
      engine.reset();
      const reasons = Array<CancellationReason>(count).fill({ Code: 'None' });
      const failed = { Code: 'ConditionalCheckFailed' };
      engine.on(TransactWriteItemsCommand).rejects(cancelled(...reasons.with(place, failed)));
      expect(await journal.commit(changes)).toEqual({ kind: 'stale' });
      expect(sent()).toHaveLength(1);
    }
  });

  it.each([
    { plan: 'a mark', item: values({ pk: 'x' }), code: 'already_reversed' },
    { plan: 'a purchase', item: values({ pk: 'x' }), code: 'document_used' },
    { plan: 'a document', item: values({ pk: 'x' }), code: 'document_used' },
    { plan: 'a draw', item: values({ pk: 'x' }), code: 'purchase_used_up' },
    { plan: 'a draw', item: undefined, code: 'unknown_document' },
  ])('of $plan is $code', async ({ plan, item, code }) => {
    const failed = { Code: 'ConditionalCheckFailed', ...(item === undefined ? {} : { Item: item }) };
    engine.on(TransactWriteItemsCommand).rejects(cancelled(failed));
    expect(await journal.commit(plans[plan] ?? [])).toEqual({
      kind: 'met',
      met: { heads: new Map(), lines: [], shards: [], refusals: [{ code }] },
    });
    expect(sent()).toHaveLength(1);
  });

  it('is the account as it stood in that very moment, without another read', async () => {
    const Item = encode({ ...accountHeadKey(payee) }, encodeHead(seen));
    const failed = { Code: 'ConditionalCheckFailed', Item };
    engine.on(TransactWriteItemsCommand).rejects(cancelled(failed, { Code: 'None' }));
    expect(await journal.commit(bank)).toEqual({
      kind: 'met',
      met: { heads: new Map([[payee, seen]]), lines: [], shards: [], refusals: [] },
    });
    expect(engine.calls()).toHaveLength(1);
  });

  it('of an account that is not what it should be is thrown: nothing is guessed', async () => {
    const Item = encode({ ...accountHeadKey(payee) }, { ...encodeHead(seen), e: 60 });
    engine.on(TransactWriteItemsCommand).rejects(cancelled({ Code: 'ConditionalCheckFailed', Item }));
    await expect(journal.commit(bank)).rejects.toThrow('sum of its parts');
  });
});

describe('a refusal that is kept', () => {
  const tombstone = {
    accountId: payee,
    transferId,
    fingerprint: PRINT,
    refusal: { code: 'cap_reached' as const },
    at: START,
  };
  const puts = () => engine.commandCalls(PutItemCommand);

  it('is put where nothing stands, under that condition', async () => {
    engine.on(PutItemCommand).resolves({});
    expect(await journal.keepRefusal(tombstone)).toBeUndefined();
    expect(puts()[0]?.args[0].input.ConditionExpression).toBe('attribute_not_exists(pk)');
  });

  it('waits for a neighbour, three times at most, and then it is not known', async () => {
    const busy = named('TransactionConflictException');
    engine.on(PutItemCommand).rejectsOnce(busy).rejectsOnce(busy).resolves({});
    expect(await journal.keepRefusal(tombstone)).toBeUndefined();
    expect(puts()).toHaveLength(3);
    engine.reset();
    engine.on(PutItemCommand).rejects(busy);
    await expect(journal.keepRefusal(tombstone)).rejects.toThrow(Unavailable);
    expect(puts()).toHaveLength(3);
  });

  it('that the engine does not explain is thrown as it is', async () => {
    const error = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    engine.on(PutItemCommand).rejects(error);
    await expect(journal.keepRefusal(tombstone)).rejects.toBe(error);
    expect(puts()).toHaveLength(1);
  });
});

it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'])(
  'a store that is too busy (%s) does not answer, at whatever place, and no refusal is kept for it',
  async (Code) => {
    for (const place of [0, 1]) {
      engine.reset();
      const reasons: CancellationReason[] = [{ Code: 'None' }, { Code: 'None' }];
      engine.on(TransactWriteItemsCommand).rejects(cancelled(...reasons.with(place, { Code })));
      await expect(journal.commit(bank)).rejects.toThrow(Unavailable);
      expect(engine.calls()).toHaveLength(1);
    }
  },
);

it('reasons that nobody knows are thrown as they are, and not tried again', async () => {
  const error = cancelled({ Code: 'ValidationError' }, { Code: 'None' });
  engine.on(TransactWriteItemsCommand).rejects(error);
  await expect(journal.commit(bank)).rejects.toBe(error);
  expect(sent()).toHaveLength(1);
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
