import type { RequestEvent, RequestFacts } from '@time-bank/care/request';
import { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import type { Receipt } from '@time-bank/contracts/request';
import { describe, expect, it } from 'vitest';
import { type Decision, carryOut, publish, together } from './carry-out.ts';
import { type Change, type Commit, type Ports, Unavailable } from './ports.ts';

const REQUEST = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRA');
const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const START = '2026-11-21T03:00:00.000Z';

const order = {
  requestId: REQUEST,
  stepId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRC'),
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
const go: Decision = { kind: 'done', value: { changes: [change], receipt } };
const no: Decision = { kind: 'refused', refusal: { code: 'not_cancellable' } };

const done: Commit = { kind: 'done' };
const stale: Commit = { kind: 'stale' };
const capped: Commit = { kind: 'refused', refusal: { code: 'cap_reached' } };

/** A desk whose store answers what it is told to, in turn; the last answer stays. */
const aDesk = (reads: (RequestFacts | undefined)[], commits: (Commit | Error)[] = []) => {
  const written: (readonly Change[])[] = [];
  const counts = { reads: 0, decisions: 0 };
  const ports = {
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
    },
  } as unknown as Pick<Ports, 'careBook' | 'journal'>;
  const decide = (decision: Decision) => () => {
    counts.decisions += 1;
    return decision;
  };
  return { ports, written, counts, decide };
};

describe('a command on a request', () => {
  it('is read, decided and written once, and answered with its receipt', async () => {
    const desk = aDesk([factsWith()], [done]);
    expect(await carryOut(desk.ports, order, desk.decide(go))).toEqual({ kind: 'done', value: receipt });
    expect(desk.written).toEqual([[change]]);
    expect(desk.counts).toEqual({ reads: 1, decisions: 1 });
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

  it('that the write refuses is refused, and not tried again', async () => {
    const desk = aDesk([factsWith()], [capped]);
    expect(await carryOut(desk.ports, order, desk.decide(go))).toEqual(capped);
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
    expect(desk.counts).toEqual({ reads: 2, decisions: 2 });
  });

  it('and it was the same command, it answers the same', async () => {
    const desk = aDesk([factsWith(), factsWith(doneBefore)], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.written).toHaveLength(1);
  });

  it('three times, the person may try again', async () => {
    const desk = aDesk([factsWith()], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
    expect(desk.written).toHaveLength(3);
  });

  it('and the request is gone, it is unknown', async () => {
    const desk = aDesk([factsWith(), undefined], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'unknown_request' } });
  });
});

describe('a refusal that is counted', () => {
  const counted: Decision = {
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
    const busy: Commit = { kind: 'refused', refusal: { code: 'busy_try_again' } };
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
    expect(desk.counts).toEqual({ reads: 0, decisions: 1 });
  });

  it('and on which the command was done is not decided again', async () => {
    const desk = aDesk([undefined]);
    const outcome = await carryOut(desk.ports, order, desk.decide(no), factsWith(doneBefore));
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts).toEqual({ reads: 0, decisions: 0 });
  });

  it('and that has moved on since is read again', async () => {
    const desk = aDesk([factsWith(doneBefore)], [stale]);
    const outcome = await carryOut(desk.ports, order, desk.decide(go), factsWith());
    expect(outcome).toEqual({ kind: 'replayed', value: doneBefore.receipt });
    expect(desk.counts).toEqual({ reads: 1, decisions: 1 });
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
    const spent = aDesk([factsWith(doneBefore)], [capped]);
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
    const desk = aDesk([undefined], [capped]);
    expect(await publish(desk.ports, order, desk.decide(go))).toEqual(capped);
    expect(desk.written).toHaveLength(1);
  });

  it('that cannot be written, and is not there either, may be tried again', async () => {
    const desk = aDesk([undefined], [stale]);
    const outcome = await publish(desk.ports, order, desk.decide(go));
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'busy_try_again' } });
  });
});

it('a step and its movements are one thing to write', () => {
  const release = {
    change: 'open_account',
    accountId: 'acc_01KB2C3D4E5F6G7H8J9KMNPQRA',
    at: START,
  } as Change;
  const step = { changes: [change], receipt };
  expect(together(step, [release])).toEqual({ kind: 'done', value: { changes: [change, release], receipt } });
});
