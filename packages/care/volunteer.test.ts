import { MemberId } from '@time-bank/contracts/ids';
import {
  CheckVolunteer,
  RecordCheck,
  type Volunteering,
  VolunteerState,
} from '@time-bank/contracts/volunteering';
import { defaults as rules } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type StepFacts,
  type VolunteerStep,
  planApplication,
  planCheck,
  planPapers,
  planPause,
  planPauseOfMissing,
  planStart,
  planVolunteerStep,
  volunteerSteps,
} from './volunteer.ts';

const TODAY = '2026-11-21';
const REVIEWER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA');
const VOLUNTEER = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRB');
const FILE = 'fil_01KB2C3D4E5F6G7H8J9KMNPQRA' as never;
const facts: StepFacts = { by: REVIEWER, on: TODAY };
const training = { course: '岗前培训', minutes: 120, on: '2026-11-20' };

const inState = (state: VolunteerState, change: Partial<Volunteering> = {}): Volunteering => ({
  state,
  since: '2026-11-01',
  trainings: [],
  licences: [],
  ...change,
});
const valueOf = <T>(planned: { kind: 'done'; value: T } | { kind: 'refused' }): T => {
  if (planned.kind === 'refused') throw new Error(JSON.stringify(planned));
  return planned.value;
};
const codeOf = (planned: { kind: string; refusal?: { code: string } }) => planned.refusal?.code;

/** The life cycle, said a second time and by hand: from where each step is taken. */
const lawful: Record<VolunteerStep, Partial<Record<VolunteerState, VolunteerState>>> = {
  approve_site: { applied: 'site_checked' },
  decline_site: { applied: 'declined' },
  approve_county: { site_checked: 'county_checked' },
  decline_county: { site_checked: 'declined' },
  start: { trained: 'active' },
  pause: { active: 'paused' },
  resume: { paused: 'active' },
  leave: {
    applied: 'left',
    site_checked: 'left',
    county_checked: 'left',
    trained: 'left',
    active: 'left',
    paused: 'left',
  },
};

describe('a step', () => {
  const cells = (Object.keys(lawful) as VolunteerStep[]).flatMap((step) =>
    VolunteerState.options.map((from) => ({ step, from, to: lawful[step][from] })),
  );

  it.each(cells)('$step from $from leads to $to', ({ step, from, to }) => {
    const planned = planVolunteerStep(inState(from), step, facts);
    if (to === undefined) expect(codeOf(planned)).toBe('wrong_step');
    else expect(valueOf(planned)).toMatchObject({ state: to, since: TODAY, by: REVIEWER });
  });

  it('is taken by nobody who never applied', () => {
    for (const step of Object.keys(volunteerSteps) as VolunteerStep[]) {
      expect(codeOf(planVolunteerStep(undefined, step, facts))).toBe('wrong_step');
    }
  });
});

describe('an application', () => {
  it.each(VolunteerState.options)('of somebody who is %s', (state) => {
    const planned = planApplication(inState(state, { trainings: [training] }), facts);
    if (state === 'left' || state === 'declined') {
      expect(valueOf(planned)).toMatchObject({ state: 'applied', trainings: [training] });
    } else expect(codeOf(planned)).toBe('wrong_step');
  });

  it('of somebody new', () => {
    expect(valueOf(planApplication(undefined, facts))).toEqual({
      state: 'applied',
      since: TODAY,
      by: REVIEWER,
      trainings: [],
      licences: [],
    });
  });
});

describe('the county', () => {
  const approve = (recordCheck?: { isPassed: boolean; on: string }) => ({
    fileId: FILE,
    stage: 'county' as const,
    decision: 'approve' as const,
    ...(recordCheck === undefined ? {} : { recordCheck }),
  });

  it('is another person than the one who approved for the site, whatever offices one person holds', () => {
    const own = inState('site_checked', { by: REVIEWER });
    const passed = approve({ isPassed: true, on: TODAY });
    expect(codeOf(planCheck(rules, own, passed, facts))).toBe('second_person_needed');
    const other = inState('site_checked', { by: VOLUNTEER });
    expect(valueOf(planCheck(rules, other, passed, facts)).state).toBe('county_checked');
    const decline = { ...passed, decision: 'decline' as const };
    expect(valueOf(planCheck(rules, own, decline, facts)).state).toBe('declined');
  });

  it('approves with a record check that was passed', () => {
    const planned = planCheck(rules, inState('site_checked'), approve({ isPassed: true, on: TODAY }), facts);
    expect(valueOf(planned)).toMatchObject({
      state: 'county_checked',
      recordCheck: { isPassed: true, on: TODAY, checkedBy: REVIEWER },
    });
  });

  it.each([
    ['without a check', undefined, 'record_check_missing'],
    ['on a check that was failed', { isPassed: false, on: TODAY }, 'record_check_failed'],
  ])('does not approve %s', (_, recordCheck, reason) => {
    expect(planCheck(rules, inState('site_checked'), approve(recordCheck), facts)).toEqual({
      kind: 'refused',
      refusal: { code: 'not_ready_to_serve', reasons: [reason] },
    });
  });

  it('declines, and keeps that the check was failed, by whom and when, and nothing else', () => {
    const decline = { ...approve({ isPassed: false, on: TODAY }), decision: 'decline' as const };
    const planned = valueOf(planCheck(rules, inState('site_checked'), decline, facts));
    expect(planned).toMatchObject({ state: 'declined' });
    expect(planned.recordCheck).toEqual({ isPassed: false, on: TODAY, checkedBy: REVIEWER });
  });

  it('whoever was trained before is trained at once', () => {
    const back = inState('site_checked', { trainings: [training] });
    expect(valueOf(planCheck(rules, back, approve({ isPassed: true, on: TODAY }), facts)).state).toBe(
      'trained',
    );
  });

  it.each(['county_checked', 'trained', 'active', 'paused'] as const)('checks again who is %s', (state) => {
    const again = { fileId: FILE, stage: 'record' as const, recordCheck: { isPassed: false, on: TODAY } };
    expect(valueOf(planCheck(rules, inState(state), again, facts))).toMatchObject({
      state,
      recordCheck: { isPassed: false },
    });
    expect(codeOf(planCheck(rules, inState('applied'), again, facts))).toBe('wrong_step');
  });
});

describe('the record check', () => {
  it('takes the result, the day, its end and who checked, and no word of what was found', () => {
    expect(Object.keys(RecordCheck.def.shape).sort()).toEqual(['checkedBy', 'isPassed', 'on', 'until']);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (key, value) => {
        const known = ['isPassed', 'on', 'until', 'checkedBy'];
        fc.pre(!known.includes(key) && key !== '__proto__');
        const said = { isPassed: true, on: TODAY, [key]: value };
        expect(RecordCheck.safeParse(said).success).toBe(false);
        const command = { fileId: FILE, stage: 'county', decision: 'approve', recordCheck: said };
        expect(CheckVolunteer.safeParse(command).success).toBe(false);
      }),
    );
  });
});

describe('papers', () => {
  const papers = (minutes: number) => ({ fileId: FILE, training: { ...training, minutes } });

  it('make whoever was trained enough trained, and no sooner', () => {
    const checked = inState('county_checked');
    const half = valueOf(planPapers(rules, checked, papers(60), facts));
    expect(half.state).toBe('county_checked');
    expect(valueOf(planPapers(rules, half, papers(60), facts))).toMatchObject({
      state: 'trained',
      by: REVIEWER,
    });
  });

  it.each(['applied', 'site_checked', 'declined', 'left'] as const)(
    'of a training are not for who is %s',
    (state) => {
      expect(codeOf(planPapers(rules, inState(state), papers(120), facts))).toBe('wrong_step');
    },
  );

  it('let the oldest training go when there are more than twenty', () => {
    let volunteering = inState('active');
    for (let count = 1; count <= 21; count += 1) {
      volunteering = valueOf(planPapers(rules, volunteering, papers(count), facts));
    }
    expect(volunteering.trainings.map(({ minutes }) => minutes)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 2),
    );
  });
});

it('a trained volunteer begins only with every paper for a plain visit', () => {
  const trained = inState('trained', {
    trainings: [training],
    recordCheck: { isPassed: true, on: '2026-11-01' },
  });
  expect(valueOf(planStart(rules, trained, facts))).toMatchObject({ state: 'active', since: TODAY });
  const late = { ...trained, recordCheck: { isPassed: true, on: '2026-11-01', until: '2026-11-20' } };
  expect(planStart(rules, late, facts)).toMatchObject({ refusal: { reasons: ['record_check_expired'] } });
});

describe('a pause', () => {
  const own = { by: VOLUNTEER, on: TODAY, isOwn: true };
  const byStaff = { ...facts, isOwn: false };

  it('has an end, or none; whoever serves again has none', () => {
    const paused = valueOf(planPause(inState('active'), { step: 'pause', until: '2026-12-31' }, own));
    expect(paused).toMatchObject({ state: 'paused', pausedUntil: '2026-12-31', by: VOLUNTEER });
    expect(valueOf(planPause(paused, { step: 'resume' }, own))).not.toHaveProperty('pausedUntil');
    expect(valueOf(planPause(inState('active'), { step: 'pause' }, own))).not.toHaveProperty('pausedUntil');
  });

  it('by staff is not ended by the volunteer', () => {
    const paused = valueOf(planPause(inState('active'), { step: 'pause' }, byStaff));
    expect(codeOf(planPause(paused, { step: 'resume' }, own))).toBe('wrong_step');
    expect(valueOf(planPause(paused, { step: 'resume' }, byStaff)).state).toBe('active');
  });

  it('for missed visits is nobody’s decision, asks for a training, and is ended by staff alone', () => {
    const pause = { on: TODAY, until: '2026-12-21' };
    const active = inState('active', { by: VOLUNTEER });
    const paused = valueOf(planPauseOfMissing(active, pause));
    expect(paused).toMatchObject({ state: 'paused', pausedUntil: '2026-12-21', retrainFrom: TODAY });
    expect(paused).not.toHaveProperty('by');
    expect(codeOf(planPause(paused, { step: 'resume' }, own))).toBe('wrong_step');
    expect(valueOf(planPause(paused, { step: 'resume' }, byStaff))).not.toHaveProperty('retrainFrom');
    for (const other of [undefined, ...VolunteerState.options.filter((state) => state !== 'active')]) {
      const before = other === undefined ? undefined : inState(other);
      expect(codeOf(planPauseOfMissing(before, pause))).toBe('wrong_step');
    }
  });

  it('that somebody takes of their own accord does not end what a pause for missed visits asked for', () => {
    const back = inState('active', { retrainFrom: '2026-10-01' });
    const paused = valueOf(planPause(back, { step: 'pause' }, own));
    expect(valueOf(planPause(paused, { step: 'resume' }, own)).retrainFrom).toBe('2026-10-01');
  });

  it('that is over can be followed by another', () => {
    const over = inState('paused', { pausedUntil: '2026-11-20' });
    expect(valueOf(planPause(over, { step: 'pause' }, own)).state).toBe('paused');
    expect(codeOf(planPause(over, { step: 'resume' }, own))).toBe('wrong_step');
  });
});
