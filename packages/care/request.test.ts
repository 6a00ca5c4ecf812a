import { CommandId, MemberId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { RequestState } from '@time-bank/contracts/request';
import { defaults as policy } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import {
  type Command,
  type RequestEvent,
  type RequestFacts,
  type RequestRecord,
  type VisitRecord,
  alreadyDone,
  moved,
  planCancel,
  planPublish,
  planUnfilled,
} from './request.ts';
import { planAccept, planConfirm } from './visit.ts';
import { planCheckIn, planCheckOut } from './presence.ts';

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const COORDINATOR = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRC');
const REQUEST = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD');
const VISIT = VisitId.parse('vis_01KB2C3D4E5F6G7H8J9KMNPQRE');
const TRANSFER = TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRF');
const START = '2026-11-21T03:00:00.000Z';

const wanted = {
  requestId: REQUEST,
  serviceCode: 'C01',
  receiverId: ELDER,
  receiver: { surname: '王', gender: 'female' },
  postedBy: COORDINATOR,
  communityCode: CommunityCode.parse('341302001003'),
  plannedStartAt: START,
  plannedMinutes: 60,
  place: { address: '和平里1号楼' },
  wishes: { languages: [] },
  policyVersion: policy.version,
} as const satisfies Partial<RequestRecord>;

const commandOf = (stepId: Command['stepId'], change: Partial<Command> = {}): Command => ({
  stepId,
  fingerprint: `of ${stepId}`,
  actorId: COORDINATOR,
  channel: 'web',
  at: START,
  ...change,
});
const command = commandOf(CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRG'));

const visit: VisitRecord = {
  visitId: VISIT,
  state: 'joined',
  requestId: REQUEST,
  volunteerId: VOLUNTEER,
  plannedStartAt: START,
  acceptedAt: START,
  checkedInAt: START,
  checkedOutAt: START,
  servedMinutes: 60,
  wrongCodes: 0,
};

/** A request in a state, with a visit that lacks nothing. */
const factsIn = (state: RequestState, change: Partial<RequestRecord> = {}): RequestFacts => ({
  request: { ...wanted, version: 4, state, history: [], volunteerId: VOLUNTEER, ...change },
  visit,
});

describe('a new request', () => {
  const { changes, receipt } = planPublish(command, { ...wanted, note: '请' }, { heldMinutes: 60 });

  it('is published at once, in its first version, with the step in its history', () => {
    expect(receipt).toEqual({ requestId: REQUEST, state: 'published', at: START, heldMinutes: 60 });
    expect(changes).toEqual([
      {
        change: 'put_request',
        request: {
          ...wanted,
          note: '请',
          version: 1,
          state: 'published',
          history: [{ ...command, receipt }],
        },
      },
    ]);
  });
});

describe('a step', () => {
  const before = factsIn('accepted', { history: [{ ...commandOf(REQUEST), receipt: wantedReceipt() }] });
  const { change, receipt } = moved(
    before.request,
    { command, to: 'cancelled', facts: { releasedMinutes: 60 }, reason: 'ill' },
    { note: 'x' },
  );

  it('moves from the version that was read to the next', () => {
    expect(change.fromVersion).toBe(4);
    expect(change.request).toMatchObject({ version: 5, state: 'cancelled', note: 'x' });
  });

  it('adds one event with the command, where the request came from, and its receipt', () => {
    expect(receipt).toEqual({ requestId: REQUEST, state: 'cancelled', at: START, releasedMinutes: 60 });
    expect(change.request.history).toEqual([
      ...before.request.history,
      { ...command, from: 'accepted', receipt, reason: 'ill' },
    ]);
  });

  it('leaves what was read as it was', () => {
    expect(before.request).toMatchObject({ version: 4, state: 'accepted' });
    expect(before.request.history).toHaveLength(1);
  });
});

function wantedReceipt(): RequestEvent['receipt'] {
  return { requestId: REQUEST, state: 'published', at: START };
}

const shown = { volunteerId: VOLUNTEER, beside: [] };
const { checkedInAt: _in, checkedOutAt: _out, servedMinutes: _served, ...bare } = visit;
/** The part of somebody who is to come, and of somebody who is there. */
const toCome: VisitRecord = { ...bare, state: 'joined' };
const there: VisitRecord = { ...bare, state: 'checked_in', checkedInAt: START };

/** What each command does to a request in each state: the new state, or the name of the refusal. */
const commands: Record<
  string,
  (facts: RequestFacts) => { kind: string; value?: unknown; refusal?: unknown }
> = {
  cancel: (facts) => planCancel(facts, command, 'ill', { by: 'byReceiver' }),
  'cancel as coordinator': (facts) => planCancel(facts, command, 'ill', { by: 'byCoordinator' }),
  unfilled: (facts) => planUnfilled(facts, command),
  accept: ({ request: { volunteerId: _has, ...request } }) =>
    planAccept(policy, { request }, command, { visitId: VISIT, volunteerId: VOLUNTEER }),
  'check in': (facts) =>
    planCheckIn(policy, { ...facts, visit: toCome }, command, {
      ...shown,
      key: { kind: 'code', isGood: true },
    }),
  'check out': (facts) => planCheckOut(policy, { ...facts, visit: there }, command, shown),
  confirm: (facts) => planConfirm(policy, facts, command, { transferId: TRANSFER }),
};

/** What a state refuses where it is not said otherwise. */
const refusedBy: Record<keyof typeof commands, string> = {
  cancel: 'not_cancellable',
  'cancel as coordinator': 'not_cancellable',
  unfilled: 'not_cancellable',
  accept: 'request_not_open',
  'check in': 'not_accepted',
  'check out': 'not_in_service',
  confirm: 'not_awaiting_confirmation',
};

const table: Record<RequestState, Record<keyof typeof commands, string>> = {
  draft: { ...refusedBy, cancel: 'void', 'cancel as coordinator': 'void' },
  void: refusedBy,
  submitted: { ...refusedBy, cancel: 'void', 'cancel as coordinator': 'void' },
  rejected: { ...refusedBy, cancel: 'void', 'cancel as coordinator': 'void' },
  published: {
    ...refusedBy,
    cancel: 'cancelled',
    'cancel as coordinator': 'cancelled',
    unfilled: 'unfilled',
    accept: 'accepted',
  },
  accepted: {
    ...refusedBy,
    cancel: 'cancelled',
    'cancel as coordinator': 'cancelled',
    'check in': 'in_service',
  },
  confirmed: {
    ...refusedBy,
    cancel: 'cancelled',
    'cancel as coordinator': 'cancelled',
    'check in': 'in_service',
  },
  in_service: {
    ...refusedBy,
    'cancel as coordinator': 'cancelled',
    // The second of two.
    'check in': 'in_service',
    'check out': 'pending_confirm',
  },
  aborted: refusedBy,
  pending_confirm: {
    ...refusedBy,
    confirm: 'settled',
  },
  callback: {
    ...refusedBy,
    confirm: 'settled',
  },
  settled: refusedBy,
  rated: refusedBy,
  rectify: refusedBy,
  disputed: { ...refusedBy, confirm: 'settled' },
  reversed: refusedBy,
  unfilled: refusedBy,
  fallback: refusedBy,
  no_show_volunteer: refusedBy,
  no_show_elder: refusedBy,
  cancelled: refusedBy,
  cancelled_by_volunteer: refusedBy,
  cancelled_by_service: refusedBy,
  closed: refusedBy,
};

const rows = RequestState.options.flatMap((state) =>
  Object.entries(table[state]).map(([name, outcome]) => ({ state, name, outcome })),
);

describe('the life of a request', () => {
  it('the table says what every command does in every state', () => {
    expect(rows).toHaveLength(RequestState.options.length * Object.keys(commands).length);
  });

  it.each(rows)('$state, $name: $outcome', ({ state, name, outcome }) => {
    const plan = commands[name]?.(factsIn(state));
    if (plan?.kind === 'done') expect(plan).toMatchObject({ value: { receipt: { state: outcome } } });
    else expect(plan).toEqual({ kind: 'refused', refusal: { code: outcome } });
  });

  it.each(rows.filter(({ state, outcome }) => RequestState.safeParse(outcome).success && state !== outcome))(
    'from $state by $name: one move, under the version that was read',
    ({ state, name, outcome }) => {
      const plan = commands[name]?.(factsIn(state));
      const { changes } = plan?.value as { changes: { change: string; fromVersion?: number }[] };
      const moves = changes.filter(({ change }) => change === 'move_request');
      expect(moves).toMatchObject([{ fromVersion: 4, request: { state: outcome, version: 5 } }]);
    },
  );
});

describe('a command that was done before', () => {
  const receipt = { ...wantedReceipt(), state: 'accepted' as const, visitId: VISIT };
  const history: RequestEvent[] = [
    { ...commandOf(REQUEST), receipt: wantedReceipt() },
    { ...commandOf(VISIT), from: 'published', receipt },
  ];

  it('is answered with its first receipt', () => {
    expect(alreadyDone(history, commandOf(VISIT))).toEqual({ kind: 'replayed', value: receipt });
  });

  it('is answered so whoever asks and whenever, for the content decides', () => {
    const later = commandOf(VISIT, { actorId: ELDER, at: '2027-11-21T03:00:00.000Z', channel: 'counter' });
    expect(alreadyDone(history, later)).toEqual({ kind: 'replayed', value: receipt });
  });

  it('with other content is refused', () => {
    expect(alreadyDone(history, commandOf(VISIT, { fingerprint: 'another' }))).toEqual({
      kind: 'refused',
      refusal: { code: 'exists_with_different_content' },
    });
  });

  it('and was not is new', () => {
    expect(alreadyDone(history, command)).toBeUndefined();
    expect(alreadyDone([], commandOf(VISIT))).toBeUndefined();
  });
});

describe('what is released', () => {
  it.each([
    {
      name: 'a cancelled request',
      plan: planCancel(factsIn('accepted'), command, 'ill', { by: 'byReceiver', releasedMinutes: 60 }),
    },
    { name: 'an unfilled request', plan: planUnfilled(factsIn('published'), command, 60) },
  ])('is on the receipt of $name', ({ plan }) => {
    expect(plan).toMatchObject({ kind: 'done', value: { receipt: { releasedMinutes: 60 } } });
  });

  it.each([
    {
      name: 'a cancelled request',
      plan: planCancel(factsIn('accepted'), command, 'ill', { by: 'byReceiver' }),
    },
    { name: 'an unfilled request', plan: planUnfilled(factsIn('published'), command) },
  ])('is not spoken of where nothing was held: $name', ({ plan }) => {
    if (plan.kind !== 'done') throw new Error('the step is possible');
    expect(plan.value.receipt).not.toHaveProperty('releasedMinutes');
  });

  it('the reason of a cancellation is kept in the history', () => {
    const plan = planCancel(factsIn('accepted'), command, 'ill', { by: 'byReceiver' });
    expect(plan).toMatchObject({ value: { changes: [{ request: { history: [{ reason: 'ill' }] } }] } });
  });
});
