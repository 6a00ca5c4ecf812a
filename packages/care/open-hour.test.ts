import { CommandId, MemberId, RequestId, VisitId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { RequestState } from '@time-bank/contracts/request';
import { plusMinutes } from '@time-bank/contracts/time';
import { defaults as policy } from '@time-bank/policy/catalogue';
import { describe, expect, it } from 'vitest';
import { planAgree } from './agree.ts';
import { openUntil, planHour } from './open-hour.ts';
import type { Command, RequestFacts, RequestRecord } from './request.ts';
import { planPublishAgain } from './unfilled.ts';

const ELDER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const START = '2026-11-23T01:00:00.000Z';
const UNTIL = '2026-11-27T09:30:00.000Z';

const command: Command = {
  stepId: CommandId.parse('cmd_01KB2C3D4E5F6G7H8J9KMNPQRG'),
  fingerprint: 'of a plan',
  actorId: ELDER,
  channel: 'job',
  at: plusMinutes(START, -60),
};

/** A visit that a plan has posted, and nobody has. */
const aRequest = (change: Partial<RequestRecord> = {}): RequestFacts => ({
  request: {
    requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRD'),
    version: 3,
    state: 'published',
    serviceCode: 'B01',
    receiverId: ELDER,
    receiver: { surname: '王', gender: 'female' },
    postedBy: ELDER,
    communityCode: CommunityCode.parse('341302001003'),
    plannedStartAt: START,
    plannedMinutes: 60,
    place: { address: '和平里1号楼' },
    wishes: { languages: [] },
    policyVersion: policy.version,
    hourOpenUntil: UNTIL,
    history: [],
    ...change,
  },
});
const later = plusMinutes(START, 2 * 24 * 60);

describe('the hour of a visit that a plan has posted', () => {
  it('can be another one while nobody has the visit, and each choice is an event', () => {
    const step = planHour(aRequest(), command, later);
    expect(step).toMatchObject({
      kind: 'done',
      value: {
        changes: [
          {
            change: 'move_request',
            fromVersion: 3,
            request: { state: 'published', plannedStartAt: later, hourOpenUntil: UNTIL, version: 4 },
          },
        ],
      },
    });
  });

  it('is one at which the visit is over in time', () => {
    const last = plusMinutes(UNTIL, -60);
    expect(planHour(aRequest(), command, last).kind).toBe('done');
    expect(planHour(aRequest(), command, plusMinutes(last, 1))).toMatchObject({
      refusal: { code: 'wrong_state' },
    });
  });

  it('stands while volunteers are asked for it, somebody has it, or it was never open', () => {
    const { hourOpenUntil: _open, ...fixed } = aRequest().request;
    const standing: RequestFacts[] = [
      { request: fixed },
      aRequest({ volunteerId: VOLUNTEER, persons: 2 }),
      aRequest({ asked: { wave: 1, at: command.at, to: [VOLUNTEER] } }),
      ...RequestState.options.filter((state) => state !== 'published').map((state) => aRequest({ state })),
    ];
    for (const facts of standing) {
      expect(openUntil(facts.request)).toBeUndefined();
      expect(planHour(facts, command, later)).toMatchObject({ refusal: { code: 'wrong_state' } });
    }
  });

  it('stands for good once the elder has agreed, or the desk has found another one with them', () => {
    const visitId = VisitId.parse('vis_01KB2C3D4E5F6G7H8J9KMNPQRE');
    const agreed = planAgree(
      policy,
      aRequest({ state: 'accepted', volunteerId: VOLUNTEER, visitId }),
      command,
    );
    const again = planPublishAgain(aRequest({ state: 'unfilled', dueAt: START }), command, {
      plannedStartAt: later,
      reason: '与老人另约',
    });
    for (const step of [agreed, again]) {
      if (step.kind === 'refused') throw new Error(step.refusal.code);
      const [change] = step.value.changes;
      if (change?.change !== 'move_request') throw new Error('no request moved');
      expect(change.request).not.toHaveProperty('hourOpenUntil');
    }
  });
});
