/** Hours from a pool for elders who cannot earn them: a round of grants for a month, proposed by one person and approved by another. */
import * as z from 'zod/mini';
import { CommandId, MemberId } from './ids.ts';
import { PoolId } from './ledger.ts';
import { BalanceMinutes } from './minutes.ts';
import { RefusalCode } from './refusals.ts';
import { RegionCode } from './region.ts';
import { Instant } from './time.ts';

/** A calendar month in China, e.g. `2026-11`. */
export const CivilMonth = z.string().check(z.regex(/^2\d{3}-(0[1-9]|1[0-2])$/));
export type CivilMonth = z.infer<typeof CivilMonth>;

/** The period of a grant: a month, or a quarter as `2026-Q4`. */
export const GrantPeriod = z.string().check(z.regex(/^2\d{3}-(0[1-9]|1[0-2]|Q[1-4])$/));
export type GrantPeriod = z.infer<typeof GrantPeriod>;

/**
 * Collects the elders of a county (6 digits) or township (9) who are granted hours in a month, by the rules of the
 * region. `poolId`: out of which pool, that of the region where it is left out.
 */
export const ProposeGrants = z.strictObject({
  roundId: CommandId,
  region: RegionCode.check(z.regex(/^(\d{6}|\d{9})$/)),
  month: CivilMonth,
  poolId: z.exactOptional(PoolId),
});
export type ProposeGrants = z.infer<typeof ProposeGrants>;

/**
 * Where a round stands. proposed -> approved -> carried_out -> ended (what was not used has gone back);
 * proposed -> declined.
 */
export const GrantRoundState = z.enum(['proposed', 'approved', 'carried_out', 'ended', 'declined']);
export type GrantRoundState = z.infer<typeof GrantRoundState>;

/** How it went with one elder: granted, granted by an earlier round, or why not. */
export const GrantResult = z.union([z.enum(['granted', 'had_already']), RefusalCode]);
export type GrantResult = z.infer<typeof GrantResult>;

/** What a grant is about: 1 to 30,000 minutes. */
export const GrantMinutes = z.int().check(z.gte(1), z.lte(30_000));
export type GrantMinutes = z.infer<typeof GrantMinutes>;

/** What one elder is to be granted, under which rule, for which period, and when the rest of it goes back. */
export const GrantLine = z.strictObject({
  memberId: MemberId,
  amountMinutes: GrantMinutes,
  ruleId: z.string(),
  period: GrantPeriod,
  lapsesAt: Instant,
  result: z.exactOptional(GrantResult),
});
export type GrantLine = z.infer<typeof GrantLine>;

/** What a command on a round answers, the same for ever. */
export const GrantRoundReceipt = z.strictObject({
  roundId: CommandId,
  state: GrantRoundState,
  elders: z.int(),
  totalMinutes: BalanceMinutes,
  at: Instant,
});
export type GrantRoundReceipt = z.infer<typeof GrantRoundReceipt>;

/** A round with its elders, in the order of need. */
export const GrantRoundView = z.strictObject({
  roundId: CommandId,
  region: RegionCode,
  month: CivilMonth,
  poolId: PoolId,
  state: GrantRoundState,
  openedBy: MemberId,
  openedAt: Instant,
  decidedBy: z.exactOptional(MemberId),
  decidedAt: z.exactOptional(Instant),
  grantedMinutes: BalanceMinutes,
  lines: z.array(GrantLine),
});
export type GrantRoundView = z.infer<typeof GrantRoundView>;

/** A round in a list: without its elders. */
export const GrantRoundRow = z.omit(GrantRoundView, { lines: true });
export type GrantRoundRow = z.infer<typeof GrantRoundRow>;

/** The rounds of a region that are not over yet. */
export const GrantRoundList = z.strictObject({
  items: z.array(GrantRoundRow),
  cursor: z.exactOptional(z.string()),
});
export type GrantRoundList = z.infer<typeof GrantRoundList>;
