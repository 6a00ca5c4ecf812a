/**
 * What a region has decided, as it crosses the wire. Which values there are, what each may be and who may decide
 * it is the business of the room `policy`; here a value has a name and is whatever it is.
 */
import * as z from 'zod/mini';
import { AccountId, CommandId } from './ids.ts';
import { RegionCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** A known scheme whose decisions can be adopted. */
export const PresetId = z.enum([
  'nanjing',
  'beijing',
  'shanghai_2026',
  'changning',
  'guangzhou',
  'suzhou_anhui',
]);
export type PresetId = z.infer<typeof PresetId>;

/** How a version of the rules is named, e.g. `20260401.17`. */
const PolicyVersion = z.string().check(z.maxLength(16));

/** The name of a value, e.g. `creditStepMinutes`. */
const ValueName = z.string().check(z.minLength(1), z.maxLength(60));

/** Some values by their names, 1 to 100. */
export const PolicyDecision = z.record(ValueName, z.unknown()).check(
  z.refine((values) => Object.keys(values).length > 0, 'Invalid input: expected at least one value'),
  z.refine((values) => Object.keys(values).length <= 100, 'Invalid input: expected at most 100 values'),
);
export type PolicyDecision = z.infer<typeof PolicyDecision>;

/** Whose rules: a region of any level. */
export const PolicyQuery = z.strictObject({ region: RegionCode });

/**
 * A value in force. `from`: the region whose decision it is, with the number of that decision; both absent where
 * nobody has decided and the default stands. `level`: the lowest level that may decide it; `lock` is nobody.
 * `direction`: which way a lower level may move it.
 */
export const PolicyValueView = z.strictObject({
  name: ValueName,
  value: z.unknown(),
  unit: z.string(),
  level: z.enum(['lock', 'province', 'city', 'county']),
  direction: z.enum(['any', 'only_down', 'only_up', 'only_narrower']),
  from: z.exactOptional(RegionCode),
  number: z.exactOptional(z.int()),
});
export type PolicyValueView = z.infer<typeof PolicyValueView>;

/** The rules of a region on a day, every value in the order of the catalogue. */
export const PolicyView = z.strictObject({
  region: RegionCode,
  date: CivilDate,
  version: PolicyVersion,
  values: z.array(PolicyValueView),
});
export type PolicyView = z.infer<typeof PolicyView>;

const what = {
  region: RegionCode,
  validFrom: CivilDate,
  values: z.exactOptional(PolicyDecision),
  preset: z.exactOptional(PresetId),
};

const eitherOr = z.refine<{ values?: unknown; preset?: unknown }>(
  ({ values, preset }) => (values === undefined) !== (preset === undefined),
  { path: ['values'], error: 'Invalid input: expected either values or a preset' },
);

/** What would a decision do on the day from which it holds? Values, or the name of a preset. */
export const SimulatePolicy = z.strictObject(what).check(eitherOr);
export type SimulatePolicy = z.infer<typeof SimulatePolicy>;

/** A decision that somebody else is to approve: values or a preset, from a day on, and why, 1 to 300 characters. */
export const ProposePolicy = z
  .strictObject({
    proposalId: CommandId,
    ...what,
    reason: z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(300)),
  })
  .check(eitherOr);
export type ProposePolicy = z.infer<typeof ProposePolicy>;

/** A second person publishes a proposal. */
export const ApprovePolicy = z.strictObject({ proposalId: CommandId });
export type ApprovePolicy = z.infer<typeof ApprovePolicy>;

/** A proposal as it was kept. */
export const ProposalReceipt = z.strictObject({
  proposalId: CommandId,
  region: RegionCode,
  validFrom: CivilDate,
  values: PolicyDecision,
  at: Instant,
});
export type ProposalReceipt = z.infer<typeof ProposalReceipt>;

/** A published decision: its number among all of them, and the version of the rules on its first day. */
export const ApprovalReceipt = z.strictObject({
  proposalId: CommandId,
  region: RegionCode,
  validFrom: CivilDate,
  number: z.int(),
  version: PolicyVersion,
  at: Instant,
});
export type ApprovalReceipt = z.infer<typeof ApprovalReceipt>;

/**
 * Whom a decision would touch: `effect` says in what, `turn` how it changes, `name` by which value; at most 100
 * accounts a row, `count` counts on. `isComplete`: false where the region has more people than were looked at.
 */
export const SimulationView = z.strictObject({
  subjectCount: z.int(),
  touchedCount: z.int(),
  isComplete: z.boolean(),
  rows: z.array(
    z.strictObject({
      name: ValueName,
      effect: z.enum(['above_cap', 'may_redeem', 'granted', 'gifts_beyond_cap', 'hold_days']),
      turn: z.enum(['begins', 'ends', 'more', 'less']),
      count: z.int(),
      accountIds: z.array(AccountId).check(z.maxLength(100)),
    }),
  ),
});
export type SimulationView = z.infer<typeof SimulationView>;
