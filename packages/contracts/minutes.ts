/** Minutes for machines; people read hours. Always whole: no fraction of a minute is ever stored. */
import * as z from 'zod/mini';

/** An amount that moves: 1 to 1,440 minutes (one day). */
export const AmountMinutes = z.int().check(z.gte(1), z.lte(1440));
export type AmountMinutes = z.infer<typeof AmountMinutes>;

/** What stands on an account: 0 to 2^53-1 minutes, far above any cap. */
export const BalanceMinutes = z.int().check(z.gte(0));
export type BalanceMinutes = z.infer<typeof BalanceMinutes>;

/** How long a visit is planned to last: 15 to 480 minutes. */
export const PlannedMinutes = z.int().check(z.gte(15), z.lte(480));
export type PlannedMinutes = z.infer<typeof PlannedMinutes>;
