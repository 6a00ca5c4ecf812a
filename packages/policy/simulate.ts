/** Whom a decision would touch, before it is published. */
import type { RegionCode } from '@time-bank/contracts/region';
import { grantFor, type GrantSubject, quarterMinutesOf } from './grant-for.ts';
import { redeemAgeFor } from './may-redeem.ts';
import { policyBook, type PolicyBook } from './policy-book.ts';
import type { PolicyChange } from './policy-change.ts';
import type { Policy } from './policy.ts';
import type { ValueKey } from './policy-values.ts';

/** A person as the simulation sees them. The tag `hardship` marks special hardship. Whole minutes, completed years. */
export interface SimulationSubject extends GrantSubject {
  readonly accountId: string;
  readonly region: RegionCode;
  readonly spendableMinutes: number;
  readonly heldMinutes: number;
  readonly hasOpenHolds: boolean;
  readonly giftedThisYearMinutes: number;
}

/**
 * What is measured in a person: minutes above the cap (what is held counts), leave to redeem by age, minutes
 * granted a quarter, minutes given beyond the year's cap, days until an open hold lapses.
 */
export type Effect = 'above_cap' | 'may_redeem' | 'granted' | 'gifts_beyond_cap' | 'hold_days';

/** How it changes: from nothing, to nothing, to more, to less. */
export type Turn = 'begins' | 'ends' | 'more' | 'less';

/** How many people one value touches in one way; the first of their accounts, in the order given. */
export interface TouchedRow {
  readonly key: ValueKey;
  readonly effect: Effect;
  readonly turn: Turn;
  readonly count: number;
  readonly accountIds: readonly string[];
}

/** What a decision does: how many people were looked at, how many are touched by anything, and by what. */
export interface Simulation {
  readonly subjectCount: number;
  readonly touchedCount: number;
  readonly rows: readonly TouchedRow[];
}

/** The most accounts that a row names; `count` counts on. */
export const accountsNamedMax = 100;

type Measure = (policy: Policy, subject: SimulationSubject) => number;

interface Gauge {
  readonly effect: Effect;
  readonly keys: readonly ValueKey[];
  readonly measure: Measure;
}

/** Each effect and the values that move it. Where several do, they are moved one after the other, in this order. */
const gauges: readonly Gauge[] = [
  {
    effect: 'above_cap',
    keys: ['balanceCapMinutes'],
    measure: (policy, { spendableMinutes, heldMinutes }) =>
      Math.max(0, spendableMinutes + heldMinutes - policy.balanceCapMinutes),
  },
  {
    effect: 'hold_days',
    keys: ['holdDaysMax'],
    measure: (policy, { hasOpenHolds }) => (hasOpenHolds ? policy.holdDaysMax : 0),
  },
  {
    effect: 'may_redeem',
    keys: ['redeemAgeYears', 'redeemHardshipAgeYears'],
    measure: (policy, { ageYears, tags }) =>
      Number(ageYears >= redeemAgeFor(policy, tags?.includes('hardship') ?? false)),
  },
  {
    effect: 'gifts_beyond_cap',
    keys: ['giftYearMinutesMax'],
    measure: (policy, { giftedThisYearMinutes }) =>
      Math.max(0, giftedThisYearMinutes - policy.giftYearMinutesMax),
  },
  {
    effect: 'granted',
    keys: ['grantRules', 'grantLevelFactorPercent'],
    measure: (policy, subject) =>
      quarterMinutesOf(grantFor(policy, subject) ?? { minutes: 0, period: 'quarter' }),
  },
];

const turns = ['begins', 'ends', 'more', 'less'] as const;

const turnOf = (before: number, after: number): Turn | undefined => {
  if (before === after) return undefined;
  if (before === 0) return 'begins';
  if (after === 0) return 'ends';
  return after > before ? 'more' : 'less';
};

const remembered = (policyIn: (region: RegionCode) => Policy): ((region: RegionCode) => Policy) => {
  const known = new Map<RegionCode, Policy>();
  return (region) => {
    const policy = known.get(region) ?? policyIn(region);
    known.set(region, policy);
    return policy;
  };
};

/** How each value of a gauge turns a person, one value after the other. */
const turnsOf = (gauge: Gauge, before: Policy, after: Policy, subject: SimulationSubject) => {
  let policy = before;
  return gauge.keys.map((key) => {
    const next: Policy = { ...policy, [key]: after[key] };
    const turn = turnOf(gauge.measure(policy, subject), gauge.measure(next, subject));
    policy = next;
    return { key, turn };
  });
};

/**
 * Tells whom the step from one policy to another touches and by which value. `before` and `after` give the
 * policy of a region, so that a person is judged by what holds where they live. Rows come in the catalogue's
 * order, then begins, ends, more, less; a row that would count nobody is left out.
 */
export const simulate = ({
  before,
  after,
  subjects,
}: {
  before: (region: RegionCode) => Policy;
  after: (region: RegionCode) => Policy;
  subjects: readonly SimulationSubject[];
}): Simulation => {
  const [was, willBe] = [remembered(before), remembered(after)];
  const touched = new Map<string, string[]>();
  const people = new Set<string>();
  for (const subject of subjects) {
    for (const gauge of gauges) {
      for (const { key, turn } of turnsOf(gauge, was(subject.region), willBe(subject.region), subject)) {
        if (turn === undefined) continue;
        const place = `${key} ${turn}`;
        const accountIds = touched.get(place) ?? [];
        accountIds.push(subject.accountId);
        touched.set(place, accountIds);
        people.add(subject.accountId);
      }
    }
  }
  const rows = gauges.flatMap(({ effect, keys }) =>
    keys.flatMap((key) =>
      turns.flatMap((turn) => {
        const accountIds = touched.get(`${key} ${turn}`) ?? [];
        return accountIds.length === 0
          ? []
          : [
              {
                key,
                effect,
                turn,
                count: accountIds.length,
                accountIds: accountIds.slice(0, accountsNamedMax),
              },
            ];
      }),
    ),
  );
  return { subjectCount: subjects.length, touchedCount: people.size, rows };
};

/** What a checked change would do on the first day of its validity, against the book as it is. */
export const simulateChange = (
  book: PolicyBook,
  change: PolicyChange,
  subjects: readonly SimulationSubject[],
): Simulation => {
  const changed = policyBook([...book.changes, change]);
  return simulate({
    before: (region) => book.inForce(region, change.validFrom),
    after: (region) => changed.inForce(region, change.validFrom),
    subjects,
  });
};
