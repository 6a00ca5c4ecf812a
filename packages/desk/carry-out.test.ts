import type { RequestEvent, RequestFacts } from '@time-bank/care/request';
import {
  CommandId,
  MemberId,
  RequestId,
  type TransferId,
  accountOf,
  idMaker,
  isOfService,
} from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import { CommunityCode } from '@time-bank/contracts/region';
import type { Refusal } from '@time-bank/contracts/refusals';
import type { Receipt } from '@time-bank/contracts/request';
import { msOf } from '@time-bank/contracts/time';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import type { LedgerChange, Tombstone } from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  type Found,
  type TransferOrder,
  carryOut,
  ledgerFingerprint,
  publish,
  together,
  transfer,
} from './carry-out.ts';
import { derivedTransfer } from './derived-id.ts';
import { type Change, type Commit, type Line, type Met, type Ports, Unavailable } from './ports.ts';

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const START = '2026-11-21T03:00:00.000Z';
const ids = idMaker(() => msOf(START));
const REQUEST = ids.request();

const order = {
  requestId: REQUEST,
  stepId: ids.command(),
  fingerprint: 'of this command',
  actorId: ELDER,
  channel: 'web' as const,
  at: START,
};
const receipt: Receipt = { requestId: REQUEST, state: 'cancelled', at: START };
const doneBefore: RequestEvent = { ...order, receipt: { ...receipt, at: '2026-11-20T03:00:00.000Z' } };

const factsWith = (...history: RequestEvent[]): RequestFacts => ({
  request: {
    requestId: REQUEST,
    version: 1,
    state: 'published',
    serviceCode: 'C01',
    receiverId: ELDER,
    receiver: { surname: '王', gender: 'female' },
    postedBy: ELDER,
    communityCode: CommunityCode.parse('341302001003'),
    plannedStartAt: START,
    plannedMinutes: 60,
    place: { address: '和平里1号楼' },
    wishes: { languages: [] },
    policyVersion: 'default-1',
    history,
  },
});

const change = { change: 'move_request', fromVersion: 1, request: factsWith().request } as const;
const go: Decision<Receipt> = { kind: 'done', value: { changes: [change], receipt } };
const no: Decision<Receipt> = { kind: 'refused', refusal: { code: 'not_cancellable' } };

const done: Commit = { kind: 'done' };
const stale: Commit = { kind: 'stale' };
const busy: Commit = { kind: 'refused', refusal: { code: 'busy_try_again' } };
const metWith = (met: Partial<Met>): Commit => ({
  kind: 'met',
  met: { heads: new Map(), lines: [], shards: [], refusals: [], ...met },
});
const usedUp: Refusal = { code: 'document_used' };

const ACCOUNT = accountOf(ELDER);
const OTHER = accountOf(MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRD'));
const home = { accountId: ACCOUNT, transferId: ids.transfer() };
const headOf = (sequence: number): AccountHead => ({ ...openedAccount(ACCOUNT, 'open'), sequence });

const entryOn = (accountId = ACCOUNT, fingerprint = ledgerFingerprint(order.fingerprint)): Entry => ({
  at: START,
  actorId: ELDER,
  channel: 'web',
  region: factsWith().request.communityCode,
  policyVersion: '20260101.0',
  reason: 'gift',
  accountId,
  transferId: home.transferId,
  kind: 'gift_out',
  counterpart: OTHER,
  minutes: { earned: -30 },
  fingerprint,
});
const lineOn = (accountId = ACCOUNT, fingerprint?: string): Line => ({
  kind: 'entry',
  entry: entryOn(accountId, fingerprint),
});
const tombstoneOf = (fingerprint = ledgerFingerprint(order.fingerprint)): Line => ({
  kind: 'refused',
  tombstone: { ...home, fingerprint, refusal: { code: 'insufficient_hours' }, at: START },
});

/** A desk whose store answers what it is told to, in turn; the last answer stays. `lines`: what stands under ids. */
const aDesk = (
  reads: (RequestFacts | undefined)[],
  commits: (Commit | Error)[] = [],
  { lines = [], heads = [] }: { lines?: Line[]; heads?: AccountHead[] } = {},
) => {
  const written: (readonly Change[])[] = [];
  const kept: Tombstone[] = [];
  const counts = { reads: 0, decisions: 0, lines: 0, heads: 0 };
  const seen: Found[] = [];
  const idsOf = (line: Line) => (line.kind === 'entry' ? line.entry : line.tombstone);
  const lineAt = (accountId: string, transferId: string) =>
    lines.find((line) => idsOf(line).accountId === accountId && idsOf(line).transferId === transferId);
  const ports = {
    clock: { nowMs: () => msOf(START) },
    careBook: {
      readRequestNow: () => {
        counts.reads += 1;
        return Promise.resolve(reads.length > 1 ? reads.shift() : reads[0]);
      },
    },
    journal: {
      commit: (changes: readonly Change[]) => {
        written.push(changes);
        const answer = commits.length > 1 ? commits.shift() : commits[0];
        if (answer instanceof Error) return Promise.reject(answer);
        return answer === undefined
          ? Promise.reject(new Error('nothing was to be written'))
          : Promise.resolve(answer);
      },
      keepRefusal: (tombstone: Tombstone) => {
        const there = lineAt(tombstone.accountId, tombstone.transferId);
        if (there === undefined) kept.push(tombstone);
        return Promise.resolve(there);
      },
      readLineNow: (accountId: string, transferId: string) => {
        counts.lines += 1;
        return Promise.resolve(lineAt(accountId, transferId));
      },
      readAccountNow: (accountId: string) => {
        counts.heads += 1;
        return Promise.resolve(heads.find((head) => head.accountId === accountId));
      },
    },
  } as unknown as Pick<Ports, 'careBook' | 'journal' | 'clock'>;
  const decide =
    <T>(...decisions: Decision<T>[]) =>
    (...given: [Found] | [RequestFacts, Found]): Decision<T> => {
      counts.decisions += 1;
      const found = given.at(-1);
      if (found !== undefined && 'heads' in found) seen.push(found);
      const decision = decisions.length > 1 ? decisions.shift() : decisions[0];
      if (decision === undefined) throw new Error('nothing was to be decided');
      return decision;
    };
  return { ports, written, kept, counts, seen, decide };
};

describe('a command on a request', () => {
  it('is read, decided and written once, and answered with its receipt', async () => {
    const desk = aDesk([factsWith()], [done]);
    expect(await carryOut(desk.ports, order, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
    expect(desk.written).toEqual([[change]]);
    expect(desk.counts).toMatchObject({ reads: 1, decisions: 1 });
  });

  it('on a request that is not there is refused, and nothing is decided', async () => {
    const desk = aDesk([undefined]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'unknown_request' } });
    expect(desk.counts.decisions).toBe(0);
  });

  it('that was done before answers what it answered first, before any look at the state', async () => {
    const desk = aDesk([factsWith(doneBefore)]);
    const outcome = await carryOut(desk.ports, order, desk.decide(no));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts.decisions).toBe(0);
    expect(desk.written).toEqual([]);
  });

  it('that was done before with other content is refused, before any look at the state', async () => {
    const desk = aDesk([factsWith({ ...doneBefore, fingerprint: 'of another' })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(no));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'exists_with_different_content' } });
    expect(desk.counts.decisions).toBe(0);
  });

  it('that is refused writes nothing', async () => {
    const desk = aDesk([factsWith()]);
    expect(await carryOut(desk.ports, order, desk.decide(no))).toEqual(no);
    expect(desk.written).toEqual([]);
  });

  it('that the write refuses by a condition is refused, and not tried again', async () => {
    const desk = aDesk([factsWith()], [metWith({ refusals: [usedUp] })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: usedUp });
    expect(desk.written).toHaveLength(1);
  });

  it('that meets a store which is away says so, and is not tried again', async () => {
    const desk = aDesk([factsWith()], [new Unavailable('away')]);
    await expect(carryOut(desk.ports, order, desk.decide(go))).rejects.toThrow(Unavailable);
    expect(desk.written).toHaveLength(1);
  });
});

describe('a request that has just been read', () => {
  it('is not read again where it has not moved on', async () => {
    const desk = aDesk([undefined], [done]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), factsWith());
    expect(outcome).toEqual({ kind: 'done', value: receipt });
    expect(desk.counts.reads).toBe(0);
  });

  it('is read again where it has', async () => {
    const desk = aDesk([factsWith(doneBefore)], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), factsWith());
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts.reads).toBe(1);
  });
});

describe('where somebody else was faster', () => {
  it('the command is read and decided again', async () => {
    const desk = aDesk([factsWith()], [stale, done]);
    expect(await carryOut(desk.ports, order, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
    expect(desk.counts).toMatchObject({ reads: 2, decisions: 2 });
  });

  it('and it was the same command, it answers the same', async () => {
    const desk = aDesk([factsWith(), factsWith(doneBefore)], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.written).toHaveLength(1);
  });

  it('five times, the person may try again', async () => {
    const versions = [1, 2, 3, 4, 5, 6].map((version) => ({
      request: { ...factsWith().request, version },
    }));
    const desk = aDesk(versions, [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
    expect(desk.written).toHaveLength(5);
  });

  it('with something beside the request, e.g. a diary, the command is decided again and again', async () => {
    const desk = aDesk([factsWith()], [stale, stale, stale, done]);
    expect(await carryOut(desk.ports, order, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
    expect(desk.counts).toMatchObject({ reads: 4, decisions: 4 });
  });

  it('and the id stands on an account for something else, it is refused as another', async () => {
    const desk = aDesk([factsWith()], [metWith({ lines: [lineOn(OTHER)] })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'exists_with_different_content' } });
    expect(desk.written).toHaveLength(1);
  });

  it('and the request is gone, it is unknown', async () => {
    const desk = aDesk([factsWith(), undefined], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'unknown_request' } });
  });
});

describe('a refusal that is counted', () => {
  const counted: Decision<Receipt> = {
    kind: 'refused',
    refusal: { code: 'visit_code_incorrect', triesLeft: 4 },
    write: [change],
  };
  const told = { kind: 'refused', refusal: { code: 'visit_code_incorrect', triesLeft: 4 } };

  it('is written down before it is told', async () => {
    const desk = aDesk([factsWith()], [done]);
    expect(await carryOut(desk.ports, order, desk.decide(counted))).toMatchObject(told);
    expect(desk.written).toEqual([[change]]);
  });

  it('is counted again on what is there now where somebody else was faster', async () => {
    const desk = aDesk([factsWith()], [stale, done]);
    expect(await carryOut(desk.ports, order, desk.decide(counted))).toMatchObject(told);
    expect(desk.written).toHaveLength(2);
  });

  it('is not told where it cannot be counted', async () => {
    const desk = aDesk([factsWith()], [busy]);
    expect(await carryOut(desk.ports, order, desk.decide(counted))).toEqual(busy);
  });

  it('with nothing to write is told at once', async () => {
    const desk = aDesk([factsWith()]);
    expect(await carryOut(desk.ports, order, desk.decide({ ...counted, write: [] }))).toMatchObject(told);
    expect(desk.written).toEqual([]);
  });
});

describe('a request that somebody has just read', () => {
  it('is not read again', async () => {
    const desk = aDesk([undefined], [done]);
    expect(await carryOut(desk.ports, order, desk.decide(go), factsWith())).toEqual({
      kind: 'done',
      value: receipt,
    });
    expect(desk.counts).toMatchObject({ reads: 0, decisions: 1 });
  });

  it('and on which the command was done is not decided again', async () => {
    const desk = aDesk([undefined]);
    const outcome = await carryOut(desk.ports, order, desk.decide(no), factsWith(doneBefore));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts).toMatchObject({ reads: 0, decisions: 0 });
  });

  it('and that has moved on since is read again', async () => {
    const desk = aDesk([factsWith(doneBefore)], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), factsWith());
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts).toMatchObject({ reads: 1, decisions: 1 });
  });
});

describe('a command that makes a request', () => {
  it('is written without a look where there is none yet', async () => {
    const desk = aDesk([undefined], [done]);
    expect(await publish(desk.ports, order, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
    expect(desk.counts.reads).toBe(0);
  });

  it('answers the same where it was carried out before, even where it would be refused by now', async () => {
    const same = { kind: 'replayed', value: doneBefore.receipt };
    const written = aDesk([factsWith(doneBefore)], [stale]);
    expect(await publish(written.ports, order, written.decide(go))).toEqual(same);
    const late = aDesk([factsWith(doneBefore)]);
    expect(await publish(late.ports, order, late.decide(no))).toEqual(same);
    const spent = aDesk([factsWith(doneBefore)], [metWith({ refusals: [usedUp] })]);
    expect(await publish(spent.ports, order, spent.decide(go))).toEqual(same);
  });

  it('is refused where the id was used for another, whatever else speaks against it', async () => {
    const taken = { kind: 'refused', refusal: { code: 'exists_with_different_content' } };
    const elsewhere = [factsWith(), factsWith({ ...doneBefore, fingerprint: 'of another' })];
    for (const facts of elsewhere) {
      const desk = aDesk([facts], [stale]);
      expect(await publish(desk.ports, order, desk.decide(go))).toEqual(taken);
      expect(await publish(desk.ports, order, desk.decide(no))).toEqual(taken);
    }
  });

  it('that is refused is refused, and writes nothing', async () => {
    const desk = aDesk([undefined]);
    expect(await publish(desk.ports, order, desk.decide(no))).toEqual(no);
    expect(desk.written).toEqual([]);
  });

  it('that the write refuses is refused, and not tried again', async () => {
    const desk = aDesk([undefined], [metWith({ refusals: [usedUp] })]);
    const outcome = await publish(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: usedUp });
    expect(desk.written).toHaveLength(1);
  });

  it('that cannot be written, and is not there either, may be tried again', async () => {
    const desk = aDesk([undefined], [stale]);
    const outcome = await publish(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
  });
});

describe('a command on a request that has its line on an account', () => {
  const homeOf = () => home;
  const short: Decision<Receipt> = {
    kind: 'refused',
    refusal: { code: 'insufficient_hours', availableMinutes: 0, neededMinutes: 60 },
  };

  it('keeps a refusal for a reason of state under its id', async () => {
    const desk = aDesk([factsWith()]);
    expect(await carryOut(desk.ports, order, desk.decide(short), undefined, homeOf)).toEqual(short);
    expect(desk.kept).toMatchObject([
      { ...home, refusal: short.refusal, fingerprint: ledgerFingerprint(order.fingerprint), at: START },
    ]);
  });

  it('that was refused before is refused like that again, whatever holds now', async () => {
    const desk = aDesk([factsWith()], [metWith({ lines: [tombstoneOf()] })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), undefined, homeOf);
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'insufficient_hours' }, isReplay: true });
  });

  it('that meets the refusal of another command under its id is refused as another', async () => {
    const desk = aDesk([factsWith()], [metWith({ lines: [tombstoneOf('of another')] })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), undefined, homeOf);
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'exists_with_different_content' } });
  });

  it('that meets its own line is read again, and answers as the request remembers it', async () => {
    const desk = aDesk([factsWith(), factsWith(doneBefore)], [metWith({ lines: [lineOn()] })]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), undefined, homeOf);
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
  });

  it('without an account of its own keeps nothing', async () => {
    const desk = aDesk([factsWith()]);
    expect(await carryOut(desk.ports, order, desk.decide(short))).toEqual(short);
    expect(desk.kept).toEqual([]);
  });
});

describe('an id of another time', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const madeAt = (ms: number) => idMaker(() => msOf(START) + ms);

  it.each([
    ['31 days ago', -31 * DAY_MS, undefined],
    ['a millisecond more than 31 days ago', -31 * DAY_MS - 1, 'id_too_old'],
    ['a day ahead', DAY_MS, undefined],
    ['a millisecond more than a day ahead', DAY_MS + 1, 'id_from_the_future'],
  ])('made %s', async (_, ms, code) => {
    const stepId = madeAt(ms).command();
    const requestId = madeAt(ms).request();
    const outcome =
      code === undefined ? { kind: 'done', value: receipt } : { kind: 'refused', refusal: { code } };
    const onRequest = aDesk([factsWith()], [done]);
    expect(await carryOut(onRequest.ports, { ...order, stepId }, onRequest.decide(go))).toEqual(outcome);
    const published = aDesk([undefined], [done]);
    expect(await publish(published.ports, { ...order, requestId }, published.decide(go))).toEqual(outcome);
    expect(onRequest.kept).toEqual([]);
  });

  it('of a command that was done is no reason to refuse it', async () => {
    const stepId = madeAt(-40 * DAY_MS).command();
    const desk = aDesk([factsWith({ ...doneBefore, stepId })]);
    const outcome = await carryOut(desk.ports, { ...order, stepId }, desk.decide(no));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    const requestId = madeAt(-40 * DAY_MS).request();
    const posted = aDesk([factsWith(doneBefore)]);
    const again = await publish(posted.ports, { ...order, requestId }, posted.decide(no));
    expect(again).toEqual({ kind: 'replayed', value: doneBefore.receipt });
  });

  it('is nothing to a job, whose ids are made of their causes', async () => {
    const stepId = madeAt(-400 * DAY_MS).command();
    const desk = aDesk([factsWith()], [done]);
    const outcome = await carryOut(desk.ports, { ...order, stepId, channel: 'job' }, desk.decide(go));
    expect(outcome).toEqual({ kind: 'done', value: receipt });
  });
});

describe('an id of the service', () => {
  const ofAJob = derivedTransfer(START, ['grant', ELDER, '2026-11']);
  const ulid = ofAJob.slice(4);
  const taken = { kind: 'refused', refusal: { code: 'exists_with_different_content' } };

  it('is not for a command of a person: nothing is decided, written or kept', async () => {
    const stepId = CommandId.parse(`cmd_${ulid}`);
    const onRequest = aDesk([factsWith()]);
    expect(await carryOut(onRequest.ports, { ...order, stepId }, onRequest.decide(go))).toEqual(taken);
    const published = aDesk([undefined]);
    const requestId = RequestId.parse(`req_${ulid}`);
    expect(await publish(published.ports, { ...order, requestId }, published.decide(go))).toEqual(taken);
    const moved = aDesk([]);
    const movement = { ...order, home: { accountId: ACCOUNT, transferId: ofAJob } };
    expect(await transfer(moved.ports, movement, moved.decide<string>(), String)).toEqual(taken);
    for (const { counts, written, kept } of [onRequest, published, moved]) {
      expect([counts.decisions, written, kept]).toEqual([0, [], []]);
    }
  });

  it('is told from every id that a person may make, however much of it is the same', () => {
    const command = CommandId.parse(`cmd_${ulid.slice(0, 15)}Y${ulid.slice(16)}`);
    expect([ofAJob, ids.transfer(), command].map(isOfService)).toEqual([true, false, false]);
  });

  it('is free for the job that it is made for', async () => {
    const desk = aDesk([factsWith()], [done]);
    const job = { ...order, stepId: CommandId.parse(`cmd_${ulid}`), channel: 'job' as const };
    expect(await carryOut(desk.ports, job, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
  });
});

describe('a movement that belongs to no request', () => {
  const movement: TransferOrder = { fingerprint: order.fingerprint, at: START, channel: 'web', home };
  const post: LedgerChange = { change: 'post', entries: [entryOn()], assuming: { states: ['open'] } };
  const give: Decision<string> = { kind: 'done', value: { changes: [post], receipt: 'given' } };
  const short: Decision<string> = {
    kind: 'refused',
    refusal: { code: 'insufficient_hours', availableMinutes: 0, neededMinutes: 30 },
  };
  const look: Decision<string> = { kind: 'look', accountId: ACCOUNT };
  const told = (entry: Entry) => `as in ${entry.transferId}`;
  const asBefore = `as in ${home.transferId}`;
  const other = { kind: 'refused', refusal: { code: 'exists_with_different_content' } };

  it('is decided and written in one go, and nothing is read', async () => {
    const desk = aDesk([], [done]);
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'done', value: 'given' });
    expect(desk.written).toEqual([[post]]);
    expect(desk.counts).toEqual({ reads: 0, decisions: 1, lines: 0, heads: 0 });
  });

  it('is planned again with the account that stood in the way, without another read', async () => {
    const heads = new Map([[ACCOUNT, headOf(7)]]);
    const desk = aDesk([], [metWith({ heads }), done]);
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'done', value: 'given' });
    expect(desk.seen.map((found) => [...found.heads])).toEqual([[], [[ACCOUNT, headOf(7)]]]);
    expect(desk.counts.heads).toBe(0);
  });

  it('keeps what it has learnt of each account, and takes the latest of one', async () => {
    const desk = aDesk(
      [],
      [
        metWith({ heads: new Map([[ACCOUNT, headOf(7)]]) }),
        metWith({ heads: new Map([[OTHER, undefined]]) }),
        metWith({ heads: new Map([[ACCOUNT, headOf(8)]]) }),
        done,
      ],
    );
    await transfer(desk.ports, movement, desk.decide(give), told);
    expect([...(desk.seen.at(-1)?.heads ?? [])]).toEqual([
      [ACCOUNT, headOf(8)],
      [OTHER, undefined],
    ]);
  });

  it('learns what a part of a pool has', async () => {
    const shard = { poolId: PoolId.parse('pool:341302001'), shard: 3, minutes: 10 };
    const desk = aDesk([], [metWith({ shards: [shard] }), done]);
    await transfer(desk.ports, movement, desk.decide(give), told);
    expect([...(desk.seen.at(-1)?.shards.values() ?? [])]).toEqual([shard]);
  });

  it('looks at an account where the decision asks for it', async () => {
    const desk = aDesk([], [done], { heads: [headOf(3)] });
    const outcome = await transfer(desk.ports, movement, desk.decide(look, give), told);
    expect(outcome).toEqual({ kind: 'done', value: 'given' });
    expect(desk.seen.at(-1)?.heads.get(ACCOUNT)).toEqual(headOf(3));
    expect(desk.written).toHaveLength(1);
  });

  it('looks at an account that is not there, and knows it then', async () => {
    const desk = aDesk([], [done]);
    await transfer(desk.ports, movement, desk.decide(look, give), told);
    expect([...(desk.seen.at(-1)?.heads ?? [])]).toEqual([[ACCOUNT, undefined]]);
  });

  it('that meets its own line was done before, and answers from it', async () => {
    const desk = aDesk([], [metWith({ lines: [lineOn()], heads: new Map([[ACCOUNT, headOf(9)]]) })]);
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'replayed', value: asBefore });
    expect(desk.written).toHaveLength(1);
  });

  it('that was done before is done also where it would be refused by now', async () => {
    const desk = aDesk([], [], { lines: [lineOn()] });
    const outcome = await transfer(desk.ports, movement, desk.decide(short), told);
    expect(outcome).toEqual({ kind: 'replayed', value: asBefore });
    expect(desk.kept).toEqual([]);
  });

  it('with other content than the line is refused, whether it could be done or not', async () => {
    const taken = lineOn(ACCOUNT, 'of another');
    const could = aDesk([], [metWith({ lines: [taken] })]);
    expect(await transfer(could.ports, movement, could.decide(give), told)).toEqual(other);
    const couldNot = aDesk([], [], { lines: [taken] });
    expect(await transfer(couldNot.ports, movement, couldNot.decide(short), told)).toEqual(other);
  });

  it('whose id stands on the other account for something else is refused', async () => {
    const desk = aDesk([], [metWith({ lines: [lineOn(OTHER)] })]);
    expect(await transfer(desk.ports, movement, desk.decide(give), told)).toEqual(other);
    expect(desk.kept).toEqual([]);
  });

  it('that meets the other half of itself answers from its own', async () => {
    const desk = aDesk([], [metWith({ lines: [lineOn(OTHER)] })], { lines: [lineOn()] });
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'replayed', value: asBefore });
  });

  it('keeps a refusal, tells it as new, and tells it as old when it is sent again', async () => {
    const first = aDesk([]);
    expect(await transfer(first.ports, movement, first.decide(short), told)).toEqual(short);
    expect(first.kept).toHaveLength(1);
    const lines = first.kept.map((tombstone): Line => ({ kind: 'refused', tombstone }));
    for (const [decision, commits] of [
      [short, []],
      [give, [metWith({ lines })]],
    ] as const) {
      const again = aDesk([], [...commits], { lines });
      const outcome = await transfer(again.ports, movement, again.decide(decision), told);
      expect(outcome).toEqual({ ...short, isReplay: true });
    }
  });

  it.each(['second_person_needed', 'busy_try_again', 'not_allowed'] as const)(
    'does not keep %s: the same may go through later',
    async (code) => {
      const desk = aDesk([]);
      const refusal: Decision<string> = { kind: 'refused', refusal: { code } };
      expect(await transfer(desk.ports, movement, desk.decide(refusal), told)).toEqual(refusal);
      expect(desk.kept).toEqual([]);
    },
  );

  it('keeps what a condition of the write refuses, the first by precedence', async () => {
    const desk = aDesk([], [metWith({ refusals: [usedUp, { code: 'already_reversed' }] })]);
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'already_reversed' } });
    expect(desk.kept).toMatchObject([{ refusal: { code: 'already_reversed' } }]);
  });

  it('among neighbours who are always faster may be tried again after five times', async () => {
    const desk = aDesk([], [metWith({ heads: new Map([[ACCOUNT, headOf(1)]]) })]);
    const outcome = await transfer(desk.ports, movement, desk.decide(give), told);
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
    expect([desk.written.length, desk.kept.length]).toEqual([5, 0]);
  });

  it('on a store that is busy may be tried again, and nothing is kept', async () => {
    const desk = aDesk([], [busy]);
    expect(await transfer(desk.ports, movement, desk.decide(give), told)).toEqual(busy);
    expect([desk.written.length, desk.kept.length]).toEqual([1, 0]);
  });

  describe('under an id of another time', () => {
    const old = idMaker(() => msOf(START) - 32 * 24 * 60 * 60 * 1000).transfer();
    const ahead = idMaker(() => msOf(START) + 2 * 24 * 60 * 60 * 1000).transfer();
    const under = (transferId: TransferId): TransferOrder => ({
      ...movement,
      home: { accountId: ACCOUNT, transferId },
    });

    it.each([
      ['long ago', old, 'id_too_old'],
      ['to come', ahead, 'id_from_the_future'],
    ])('%s nothing is decided, written or kept', async (_, transferId, code) => {
      const desk = aDesk([]);
      const outcome = await transfer(desk.ports, under(transferId), desk.decide(give), told);
      expect(outcome).toEqual({ kind: 'refused', refusal: { code } });
      expect([desk.counts.decisions, desk.written.length, desk.kept.length]).toEqual([0, 0, 0]);
    });

    it('that was done answers from its line', async () => {
      const entry = { ...entryOn(), transferId: old };
      const desk = aDesk([], [], { lines: [{ kind: 'entry', entry }] });
      const outcome = await transfer(desk.ports, under(old), desk.decide(give), told);
      expect(outcome).toEqual({ kind: 'replayed', value: `as in ${old}` });
      const another = { ...under(old), fingerprint: 'of something else' };
      expect(await transfer(desk.ports, another, desk.decide(give), told)).toEqual(other);
    });

    it('a job is carried out: its ids are made of their causes', async () => {
      const desk = aDesk([], [done]);
      const job = { ...under(old), channel: 'job' as const };
      expect(await transfer(desk.ports, job, desk.decide(give), told)).toMatchObject({ kind: 'done' });
    });
  });
});

it('a step and its movements are one thing to write', () => {
  const release: Change = { change: 'open_account', accountId: ACCOUNT, state: 'open', at: START };
  const step = { changes: [change], receipt };
  expect(together(step, [release])).toEqual({ kind: 'done', value: { changes: [change, release], receipt } });
});
