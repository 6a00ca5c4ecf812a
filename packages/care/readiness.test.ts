import type { Volunteering } from '@time-bank/contracts/volunteering';
import { defaults as rules } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type VisitAsked, readinessOf, runningOutBy, stateOn } from './readiness.ts';
import { type ServiceTraits, services } from './service.ts';

const DAY = '2026-11-21';
const plain: ServiceTraits = services.C01;
const risky: ServiceTraits = { ...plain, risk: 2 };

const aVisit = (change: Partial<VisitAsked> = {}): VisitAsked => ({
  service: plain,
  day: DAY,
  weekMinutes: 60,
  isApart: false,
  ...change,
});

const ready: Volunteering = {
  state: 'active',
  since: '2026-01-05',
  recordCheck: { isPassed: true, on: '2026-01-04' },
  trainings: [{ course: '岗前培训', minutes: 120, on: '2026-01-05' }],
  licences: [],
};

const asked = (volunteering: Partial<Volunteering> = {}, birthDate = '1962-05-01') => ({
  birthDate,
  volunteering: { ...ready, ...volunteering },
});

describe('a volunteer can be sent to a plain visit', () => {
  it('who is active, checked and trained', () => {
    expect(readinessOf(rules, asked(), aVisit())).toEqual([]);
  });

  it('also of risk, while the insurance holds', () => {
    const insurance = { insurer: '平安保险', number: 'A1', from: '2026-01-01', until: DAY };
    expect(readinessOf(rules, asked({ insurance }), aVisit({ service: risky }))).toEqual([]);
  });

  it('whose check is not asked for by the region', () => {
    const { recordCheck: _none, ...unchecked } = ready;
    const free = { ...rules, recordCheckRequired: false };
    expect(readinessOf(free, { birthDate: '1962-05-01', volunteering: unchecked }, aVisit())).toEqual([]);
  });

  it('for every service of the catalogue of least risk that wants no licence', () => {
    const simple = Object.values(services).filter(({ risk, licence }) => risk === 1 && licence === undefined);
    expect(simple.length).toBeGreaterThan(20);
    for (const service of simple) expect(readinessOf(rules, asked(), aVisit({ service }))).toEqual([]);
  });
});

describe('a volunteer is not sent', () => {
  const { recordCheck: _check, ...unchecked } = ready;
  const training = { course: '岗前培训', minutes: 120, on: '2026-01-05' };
  const insurance = { insurer: '平安保险', number: 'A1', from: '2026-01-01', until: '2026-11-20' };
  const licence = { name: '社会工作者', from: '2026-01-01', until: '2026-11-20' };
  const licensed: ServiceTraits = { ...plain, licence: '社会工作者' };

  it.each([
    ['who has no papers at all', { birthDate: '1962-05-01' }, {}, ['not_active']],
    ['who has only applied', asked({ state: 'applied' }), {}, ['not_active']],
    ['who has left', asked({ state: 'left' }), {}, ['not_active']],
    ['who pauses', asked({ state: 'paused' }), {}, ['paused']],
    ['who pauses up to that day', asked({ state: 'paused', pausedUntil: DAY }), {}, ['paused']],
    [
      'who was to be trained once more and has not been',
      asked({ retrainFrom: '2026-01-06' }),
      {},
      ['training_expired'],
    ],
    [
      'whose record was never checked',
      { birthDate: '1962-05-01', volunteering: unchecked },
      {},
      ['record_check_missing'],
    ],
    [
      'whose record is checked after the visit',
      asked({ recordCheck: { isPassed: true, on: '2026-11-22' } }),
      {},
      ['record_check_missing'],
    ],
    [
      'whose check was failed',
      asked({ recordCheck: { isPassed: false, on: '2026-01-04' } }),
      {},
      ['record_check_failed'],
    ],
    [
      'whose check has run out the day before',
      asked({ recordCheck: { isPassed: true, on: '2025-01-04', until: '2026-11-20' } }),
      {},
      ['record_check_expired'],
    ],
    ['who was never trained', asked({ trainings: [] }), {}, ['training_missing']],
    [
      'who was trained too little',
      asked({ trainings: [{ ...training, minutes: 119 }] }),
      {},
      ['training_missing'],
    ],
    [
      'whose training has run out',
      asked({ trainings: [{ ...training, until: '2026-11-20' }] }),
      {},
      ['training_expired'],
    ],
    ['to what is risky without insurance', asked(), { service: risky }, ['insurance_expired']],
    ['to what is risky after the insurance', asked({ insurance }), { service: risky }, ['insurance_expired']],
    ['without the licence', asked(), { service: licensed }, ['licence_missing']],
    [
      'with a licence that has run out',
      asked({ licences: [licence] }),
      { service: licensed },
      ['licence_missing'],
    ],
    ['who is not of age', asked({}, '2008-11-22'), {}, ['minor_group_only']],
    [
      'who is not of age, to a home, also with the consent of a guardian',
      asked(
        {
          guardianConsent: {
            guardianId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRA' as never,
            on: '2026-01-01',
            until: '2027-01-01',
          },
        },
        '2010-05-01',
      ),
      {},
      ['minor_group_only'],
    ],
    ['of 70, to more than ten hours a week', asked({}, '1956-11-21'), { weekMinutes: 601 }, ['load_limit']],
    [
      'of 70, to what is heavy',
      asked({}, '1956-11-21'),
      { service: { ...plain, isHeavy: true } },
      ['load_limit'],
    ],
    ['to whom they must not be sent', asked(), { isApart: true }, ['do_not_pair']],
  ] as const)('%s', (_, who, visit, reasons) => {
    expect(readinessOf(rules, who, aVisit(visit))).toEqual(reasons);
  });

  it('for every reason that there is, in order', () => {
    const worst = {
      birthDate: '2015-01-01',
      volunteering: { ...unchecked, state: 'applied' as const, trainings: [] },
    };
    const visit = aVisit({ service: { ...risky, licence: '护士' }, isApart: true });
    expect(readinessOf(rules, worst, visit)).toEqual([
      'not_active',
      'record_check_missing',
      'training_missing',
      'insurance_expired',
      'licence_missing',
      'minor_group_only',
      'do_not_pair',
    ]);
  });
});

describe('age', () => {
  it.each([
    ['of 69, more than ten hours a week are nobody else’s business', '1956-11-22', 601, []],
    ['of 70, ten hours are enough', '1956-11-21', 600, []],
    ['of 70, a minute more is too much', '1956-11-21', 601, ['load_limit']],
  ] as const)('%s', (_, birthDate, weekMinutes, reasons) => {
    expect(readinessOf(rules, asked({}, birthDate), aVisit({ weekMinutes }))).toEqual(reasons);
  });

  it('a minor serves in a group while the consent of a guardian holds', () => {
    const guardianConsent = {
      guardianId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRA' as never,
      on: '2026-01-01',
      until: DAY,
    };
    const service = { ...plain, isGroup: true };
    const minor = asked({ guardianConsent }, '2010-05-01');
    expect(readinessOf(rules, minor, aVisit({ service }))).toEqual([]);
    expect(readinessOf(rules, minor, aVisit({ service, day: '2026-11-22' }))).toEqual(['minor_group_only']);
  });
});

const aDay = fc
  .integer({ min: 0, max: 1_000 })
  .map((days) => new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

it('what has run out stays run out: whoever is stopped by a date is stopped on every later day', () => {
  const expired = ['record_check_expired', 'training_expired', 'insurance_expired'];
  fc.assert(
    fc.property(
      aDay,
      aDay,
      aDay,
      fc.array(aDay, { minLength: 2, maxLength: 5 }),
      (check, course, cover, days) => {
        const volunteering = {
          recordCheck: { isPassed: true, on: '2024-01-01', until: check },
          trainings: [{ course: '岗前培训', minutes: 120, on: '2024-01-01', until: course }],
          insurance: { insurer: '平安保险', number: 'A1', from: '2024-01-01', until: cover },
        };
        const seen = days
          .sort()
          .map((day) =>
            readinessOf(rules, asked(volunteering), aVisit({ service: risky, day })).filter((reason) =>
              expired.includes(reason),
            ),
          );
        for (const [at, reasons] of seen.entries()) {
          expect(seen.slice(at).every((later) => reasons.every((reason) => later.includes(reason)))).toBe(
            true,
          );
        }
      },
    ),
  );
});

it('a pause ends by itself after its last day', () => {
  const pausing: Volunteering = { ...ready, state: 'paused', pausedUntil: DAY };
  expect(stateOn(pausing, DAY)).toBe('paused');
  expect(stateOn(pausing, '2026-11-22')).toBe('active');
  expect(stateOn({ ...ready, state: 'paused' }, '2099-01-01')).toBe('paused');
});

it('what runs out is told, soonest first, and what lasts is not', () => {
  const volunteering: Volunteering = {
    ...ready,
    recordCheck: { isPassed: true, on: '2026-01-04', until: '2026-12-21' },
    trainings: [
      { course: '岗前培训', minutes: 120, on: '2026-01-05' },
      { course: '急救', minutes: 60, on: '2026-01-05', until: '2026-11-30' },
    ],
    licences: [{ name: '护士', until: '2026-12-22' }],
    insurance: { insurer: '平安保险', number: 'A1', from: '2025-01-01', until: '2026-10-01' },
  };
  expect(runningOutBy(volunteering, '2026-12-21')).toEqual([
    { what: 'insurance', until: '2026-10-01' },
    { what: 'training', name: '急救', until: '2026-11-30' },
    { what: 'record_check', until: '2026-12-21' },
  ]);
});
