import { CommandId, MemberId, RequestId } from '@time-bank/contracts/ids';
import type { LinkageState } from '@time-bank/contracts/linkage';
import { describe, expect, it } from 'vitest';
import {
  type LinkageCommand,
  type LinkageFacts,
  isTaskDone,
  planAssess,
  planClose,
  planDispatch,
  planGift,
  planOpen,
  stepDone,
} from './linkage.ts';

const CASE = CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRS');
const REQUEST = RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRS');
const WORKER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');

let steps = 0;
const command = (change: Partial<LinkageCommand> = {}): LinkageCommand => ({
  commandId: CommandId.parse(`cmd_01KB2C3D4E5F6G7H8J9KMNP${String((steps += 1)).padStart(3, '0')}`),
  fingerprint: 'f',
  society: 'community',
  actorId: WORKER,
  at: '2026-11-21T02:00:00.000Z',
  ...change,
});

const card = (state: LinkageState): LinkageFacts => ({
  elderId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB'),
  source: 'visit',
  need: '腿脚不便,买菜困难',
  state,
  tasks: [],
  gifts: [],
  history: [],
});

const plans = {
  opened: (facts: LinkageFacts) => planOpen(facts, command(), [{ society: 'charity', what: '餐券' }]),
  assessed: (facts: LinkageFacts) =>
    planAssess(facts, command(), { finding: '可自理', serviceCode: 'C01', plannedMinutes: 60 }),
  dispatched: (facts: LinkageFacts) => planDispatch(facts, command(), REQUEST),
  gift: (facts: LinkageFacts) =>
    planGift(facts, command(), { resourceId: CASE, name: '餐券', unit: '张', quantity: 10 }),
  closed: (facts: LinkageFacts) => planClose(facts, command(), '已解决'),
};
const states = ['reported', 'opened', 'assessed', 'dispatched', 'closed'] as const;

const expected: Record<keyof typeof plans, Record<LinkageState, string>> = {
  opened: {
    reported: 'opened',
    opened: 'wrong_step',
    assessed: 'wrong_step',
    dispatched: 'wrong_step',
    closed: 'case_closed',
  },
  assessed: {
    reported: 'wrong_step',
    opened: 'assessed',
    assessed: 'assessed',
    dispatched: 'wrong_step',
    closed: 'case_closed',
  },
  dispatched: {
    reported: 'wrong_step',
    opened: 'wrong_step',
    assessed: 'dispatched',
    dispatched: 'dispatched',
    closed: 'case_closed',
  },
  gift: {
    reported: 'reported',
    opened: 'opened',
    assessed: 'assessed',
    dispatched: 'dispatched',
    closed: 'case_closed',
  },
  closed: {
    reported: 'closed',
    opened: 'closed',
    assessed: 'closed',
    dispatched: 'closed',
    closed: 'case_closed',
  },
};

describe('a linkage card', () => {
  const cells = (Object.keys(plans) as (keyof typeof plans)[]).flatMap((plan) =>
    states.map((state) => [plan, state, expected[plan][state]] as const),
  );
  it.each(cells)('%s from %s: %s', (plan, state, end) => {
    const planned = plans[plan](card(state));
    expect(planned.kind === 'done' ? planned.value.state : planned.refusal.code).toBe(end);
    if (planned.kind === 'done') expect(planned.value.history).toHaveLength(1);
  });

  it('knows a command again, and refuses another content under its id', () => {
    const given = command();
    const opened = planOpen(card('reported'), given, [{ society: 'charity', what: '餐券' }]);
    if (opened.kind !== 'done') throw new Error(opened.refusal.code);
    expect(stepDone(CASE, opened.value.history, given)).toMatchObject({
      kind: 'replayed',
      value: { caseId: CASE, state: 'opened' },
    });
    expect(stepDone(CASE, opened.value.history, { ...given, fingerprint: 'g' })).toMatchObject({
      refusal: { code: 'exists_with_different_content' },
    });
    expect(stepDone(CASE, opened.value.history, command())).toBeUndefined();
  });

  it('takes sixty steps and not one more', () => {
    let facts = card('opened');
    for (let step = 0; step < 60; step += 1) {
      const planned = plans.gift(facts);
      if (planned.kind !== 'done') throw new Error(planned.refusal.code);
      facts = planned.value;
    }
    expect(plans.gift(facts)).toMatchObject({ refusal: { code: 'case_closed' } });
  });

  it('shows whose part is done; a volunteer has done theirs once the visit was made', () => {
    const planned = plans.assessed(card('opened'));
    if (planned.kind !== 'done') throw new Error(planned.refusal.code);
    expect(isTaskDone(planned.value, 'social_worker', false)).toBe(true);
    expect(isTaskDone(planned.value, 'organisation', false)).toBe(false);
    expect(isTaskDone(planned.value, 'volunteer', false)).toBe(false);
    expect(isTaskDone(planned.value, 'volunteer', true)).toBe(true);
  });
});
