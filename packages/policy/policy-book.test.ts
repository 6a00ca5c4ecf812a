import { msOf, startOfDay, instantOf } from '@time-bank/contracts/time';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, defaults, valueKeys } from './catalogue.ts';
import { policyBook } from './policy-book.ts';
import type { PolicyChange, PolicyDecision } from './policy-change.ts';
import type { ValueKey } from './policy-values.ts';

const community = '341302001003';

/** Changes in the order of publication, all published on 1 January 2026 unless they say otherwise. */
const changes = (
  ...list: (Pick<PolicyChange, 'region' | 'values' | 'validFrom'> & Partial<PolicyChange>)[]
) =>
  list.map((change, index): PolicyChange => ({
    number: index + 1,
    author: 'mem_a',
    approver: 'mem_b',
    publishedAt: '2026-01-01T01:00:00.000Z',
    reason: 'decided',
    ...change,
  }));

describe('what is in force', () => {
  it('is the defaults where nobody decided anything', () => {
    expect(policyBook([]).inForce(community, '2026-05-01')).toEqual(defaults);
    expect(policyBook([]).inForce(community, '2026-05-01').version).toBe('20260101.0');
  });

  it('comes down the tree: province, city, county, each over the one above', () => {
    const book = policyBook(
      changes(
        { region: '341302', values: { holdDaysMax: 10 }, validFrom: '2026-02-01' },
        {
          region: '34',
          values: { holdDaysMax: 20, redeemAgeYears: 65, heirMonthsMax: 6 },
          validFrom: '2026-02-01',
        },
        { region: '3413', values: { redeemAgeYears: 62, holdDaysMax: 15 }, validFrom: '2026-02-01' },
      ),
    );
    const seen = (region: string) => {
      const { holdDaysMax, redeemAgeYears, heirMonthsMax } = book.inForce(region, '2026-02-01');
      return [holdDaysMax, redeemAgeYears, heirMonthsMax];
    };
    expect(seen(community)).toEqual([10, 62, 6]);
    expect(seen('341302')).toEqual([10, 62, 6]);
    expect(seen('341303')).toEqual([15, 62, 6]);
    expect(seen('3413')).toEqual([15, 62, 6]);
    expect(seen('3401')).toEqual([20, 65, 6]);
    expect(seen('34')).toEqual([20, 65, 6]);
    expect(seen('35')).toEqual([30, 60, 12]);
    expect(seen('')).toEqual([30, 60, 12]);
  });

  it('begins with the day that a decision names, and the later day has the last word', () => {
    const book = policyBook(
      changes(
        { region: '3413', values: { heirMonthsMax: 3 }, validFrom: '2026-04-01' },
        { region: '3413', values: { heirMonthsMax: 6 }, validFrom: '2026-03-01' },
        { region: '3413', values: { heirMonthsMax: 9 }, validFrom: '2026-04-01' },
        { region: '3413', values: { heirMonthsMax: 8 }, validFrom: '2026-03-15' },
      ),
    );
    const seen = (date: string) => {
      const { heirMonthsMax, version } = book.inForce(community, date);
      return [heirMonthsMax, version];
    };
    expect(seen('2026-02-28')).toEqual([12, '20260101.0']);
    expect(seen('2026-03-01')).toEqual([6, '20260301.2']);
    expect(seen('2026-03-14')).toEqual([6, '20260301.2']);
    expect(seen('2026-03-15')).toEqual([8, '20260315.4']);
    expect(seen('2026-04-01')).toEqual([9, '20260401.4']);
    expect(seen('2027-04-01')).toEqual([9, '20260401.4']);
  });

  it('a county that was looser is held by a city that tightens later, and is free again when the city is', () => {
    const book = policyBook(
      changes(
        { region: '341302', values: { correctionSecondPersonFromMinutes: 100 }, validFrom: '2026-02-01' },
        { region: '3413', values: { correctionSecondPersonFromMinutes: 60 }, validFrom: '2026-03-01' },
        { region: '3413', values: { correctionSecondPersonFromMinutes: 120 }, validFrom: '2026-04-01' },
      ),
    );
    const seen = (date: string) => book.inForce('341302', date).correctionSecondPersonFromMinutes;
    expect([seen('2026-01-31'), seen('2026-02-01'), seen('2026-03-01'), seen('2026-04-01')]).toEqual([
      120, 100, 60, 100,
    ]);
  });

  it('takes no notice of what a level may not decide, or nobody may', () => {
    const book = policyBook(
      changes(
        { region: '341302', values: { balanceCapMinutes: 600, holdDaysMax: 9 }, validFrom: '2026-02-01' },
        { region: '341302001', values: { holdDaysMax: 8 }, validFrom: '2026-02-01' },
        { region: '3413', values: { interchangeReach: 'county' }, validFrom: '2026-02-01' },
        { region: '34', values: { openHoldsMax: 99, starHours: [1, 2, 3, 4, 5] }, validFrom: '2026-02-01' },
      ),
    );
    expect(book.inForce(community, '2026-02-01')).toEqual({
      ...defaults,
      holdDaysMax: 9,
      starHours: [1, 2, 3, 4, 5],
      version: '20260201.4',
    });
  });

  it('takes no notice of a value that is left open', () => {
    const open = { heirMonthsMax: undefined } as unknown as PolicyDecision;
    const book = policyBook(changes({ region: '34', values: open, validFrom: '2026-02-01' }));
    expect(book.inForce('34', '2026-02-01').heirMonthsMax).toBe(12);
  });
});

describe('a version', () => {
  const book = policyBook(
    changes(
      { region: '3413', values: { heirMonthsMax: 3 }, validFrom: '2026-04-01' },
      { region: '3401', values: { heirMonthsMax: 6 }, validFrom: '2026-03-01' },
    ),
  );

  it('gives the values again for every region', () => {
    expect(book.byVersion('3401', '20260301.2')).toEqual({
      ...defaults,
      heirMonthsMax: 6,
      version: '20260301.2',
    });
    expect(book.byVersion('3413', '20260301.2')?.heirMonthsMax).toBe(12);
    expect(book.byVersion('3413', '20260401.2')?.heirMonthsMax).toBe(3);
    expect(book.byVersion('3413', '20260101.0')).toEqual(defaults);
  });

  it.each([
    '',
    'default-1',
    '20260101',
    '20260101.1',
    '20260301.0',
    '20260301.1',
    '20260301.3',
    '20260301.02',
    '20260302.2',
    '2026-03-01.2',
    '20260301.2.1',
    ' 20260301.2',
    '20260401.x',
    '20991231.2',
  ])('"%s" is unknown', (version) => {
    expect(book.byVersion('3413', version)).toBeUndefined();
  });
});

describe('a book', () => {
  const one = { region: '34', values: { heirMonthsMax: 3 }, validFrom: '2026-01-01' };

  it('shows its changes', () => {
    const list = changes(one, one);
    expect(policyBook(list).changes).toEqual(list);
  });

  it.each([
    ['a gap', changes({ ...one, number: 2 }), 'Change 2 stands where 1 belongs'],
    ['a number twice', changes(one, { ...one, number: 1 }), 'Change 1 stands where 2 belongs'],
    ['no region', changes({ ...one, region: '' }), 'Change 1 is about no region'],
    ['half a region', changes({ ...one, region: '341' }), 'Change 1 is about no region'],
    [
      'a day before the publication',
      changes({ ...one, publishedAt: '2026-01-01T16:00:00.000Z' }),
      'Change 1 holds from the past',
    ],
  ])('is not made with %s', (_name, list, message) => {
    expect(() => policyBook(list)).toThrow(message);
  });

  it('is made with a change of the same day, by the clocks of China', () => {
    expect(() => policyBook(changes({ ...one, publishedAt: '2026-01-01T15:59:59.999Z' }))).not.toThrow();
  });
});

/** Any value of a key that its own bounds accept; numbers, choices and sets only. */
const valueOf = (key: ValueKey): fc.Arbitrary<unknown> => {
  const { bounds } = catalogue[key];
  if (bounds.kind === 'whole') return fc.integer({ min: bounds.min, max: bounds.max });
  if (bounds.kind === 'choice') return fc.constantFrom(...bounds.choices);
  if (bounds.kind === 'set') return fc.shuffledSubarray([...bounds.choices], { minLength: bounds.sizeMin });
  return fc.constant(catalogue[key].default);
};

const plain = valueKeys.filter((key) => ['whole', 'choice', 'set'].includes(catalogue[key].bounds.kind));
const directed = plain.filter((key) => catalogue[key].direction !== 'any');
const places = ['34', '3413', '341302', '341302001', community, '3401', '340102', '35'];
const dayOf = (offset: number): string => instantOf(Date.UTC(2026, 0, 1) + offset * 86_400_000).slice(0, 10);

/** Histories as they can happen: published one day after another, each to hold from that day or later. */
const history = (keys: readonly ValueKey[]): fc.Arbitrary<PolicyChange[]> =>
  fc
    .array(
      fc.record({
        region: fc.constantFrom(...places),
        values: fc
          .uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 4 })
          .chain((some) => fc.record(Object.fromEntries(some.map((key) => [key, valueOf(key)])))),
        wait: fc.integer({ min: 0, max: 3 }),
        ahead: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 12 },
    )
    .map((steps) => {
      let day = 0;
      return steps.map(({ region, values, wait, ahead }, index): PolicyChange => {
        day += wait;
        return {
          number: index + 1,
          region,
          values: values,
          validFrom: dayOf(day + ahead),
          author: 'mem_a',
          approver: 'mem_b',
          publishedAt: instantOf(msOf(startOfDay(dayOf(day))) + 3_600_000),
          reason: 'decided',
        };
      });
    });

/** True where `own` is no looser than `above`, said without the catalogue's own judgement. */
const isNoLooser = (key: ValueKey, above: unknown, own: unknown): boolean => {
  const { bounds, direction } = catalogue[key];
  if (bounds.kind === 'set') return (own as string[]).every((member) => (above as string[]).includes(member));
  const rank = (value: unknown) =>
    bounds.kind === 'choice' ? bounds.choices.indexOf(value as string) : Number(value);
  return direction === 'only_up' ? rank(own) >= rank(above) : rank(own) <= rank(above);
};

describe('for every history', () => {
  const day = fc.integer({ min: 0, max: 40 }).map(dayOf);

  it('a lower level is never looser than the one above', () => {
    fc.assert(
      fc.property(history(directed), day, (list, date) => {
        const book = policyBook(list);
        for (const [above, own] of [
          ['', '34'],
          ['34', '3413'],
          ['3413', '341302'],
          ['341302', community],
          ['34', '340102'],
        ] as const) {
          for (const key of directed) {
            const [high, low] = [book.inForce(above, date)[key], book.inForce(own, date)[key]];
            expect(isNoLooser(key, high, low), `${key} at ${own}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('every value in force lies within its bounds, and what nobody decided is inherited', () => {
    fc.assert(
      fc.property(history(plain), day, (list, date) => {
        const book = policyBook(list);
        const [above, own] = [book.inForce('3413', date), book.inForce('341302', date)];
        const decided = new Set(
          list
            .filter((change) => change.region === '341302' && change.validFrom <= date)
            .flatMap((change) => Object.keys(change.values)),
        );
        for (const key of valueKeys) {
          expect(catalogue[key].accepts(own[key])).toBe(true);
          if (!decided.has(key)) expect(own[key]).toEqual(above[key]);
        }
      }),
    );
  });

  it('a version, once seen, means the same for ever, whatever is published later', () => {
    fc.assert(
      fc.property(
        history(plain),
        fc.nat(12),
        day,
        fc.constantFrom(...places),
        (list, length, date, region) => {
          const seen = policyBook(list.slice(0, length)).inForce(region, date);
          expect(policyBook(list).byVersion(region, seen.version)).toEqual(seen);
          expect(seen.version).toMatch(/^\d{8}\.\d{1,7}$/);
          expect(seen.version.length).toBeLessThanOrEqual(16);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('two regions have the same version on the same day, and one version has one set of values', () => {
    fc.assert(
      fc.property(history(plain), day, day, (list, one, another) => {
        const book = policyBook(list);
        const [first, second] = [book.inForce(community, one), book.inForce(community, another)];
        expect(book.inForce('35', one).version).toBe(first.version);
        if (first.version === second.version) expect(first).toEqual(second);
      }),
    );
  });

  it('what held on a day that is past stays as it was', () => {
    fc.assert(
      fc.property(history(plain), fc.nat(12), (list, length) => {
        const next = list[length];
        if (next === undefined) return;
        const publishedOn =
          (Date.parse(next.publishedAt) + 8 * 3_600_000 - Date.UTC(2026, 0, 1)) / 86_400_000;
        const past = dayOf(Math.floor(publishedOn) - 1);
        const then = policyBook(list.slice(0, length)).inForce(community, past);
        expect(policyBook(list).inForce(community, past)).toEqual(then);
      }),
    );
  });
});
