/** Organisations and the hours of their groups: banked together, and only ever given away. */
import * as z from 'zod/mini';
import { AccountId, TransferId } from './ids.ts';
import { PoolId } from './ledger.ts';
import { CommunityCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** The most that a group banks or an organisation gives at once: a hundred days of one person. */
const GROUP_MINUTES_MAX = 144_000;

/** Minutes of all people of a group together, 1 to 144,000. */
export const GroupMinutes = z.int().check(z.gte(1), z.lte(GROUP_MINUTES_MAX));
export type GroupMinutes = z.infer<typeof GroupMinutes>;

/** A name or an activity as it is written, 1 to 60 characters. */
export const OrganisationName = z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(60));

/** Opens an account for the group hours of an organisation. `accountId` is made by whoever opens it. */
export const OpenOrganisation = z.strictObject({
  accountId: AccountId,
  name: OrganisationName,
  communityCode: CommunityCode,
});
export type OpenOrganisation = z.infer<typeof OpenOrganisation>;

/** An organisation. */
export const OrganisationView = z.strictObject({
  accountId: AccountId,
  name: OrganisationName,
  communityCode: CommunityCode,
  openedAt: Instant,
});
export type OrganisationView = z.infer<typeof OrganisationView>;

/** Banks what a group did on a day: the minutes of all its people together, at most a day of each. */
export const BankGroupHours = z
  .strictObject({
    transferId: TransferId,
    activity: OrganisationName,
    date: CivilDate,
    participants: z.int().check(z.gte(1), z.lte(10_000)),
    totalMinutes: GroupMinutes,
  })
  .check(
    z.refine(({ participants, totalMinutes }) => totalMinutes <= participants * 1440, {
      path: ['totalMinutes'],
      error: 'nobody serves more than a day in a day',
    }),
  );
export type BankGroupHours = z.infer<typeof BankGroupHours>;

/** Gives group hours to a pool of the organisation's home. */
export const DonateGroupHours = z.strictObject({
  transferId: TransferId,
  poolId: PoolId,
  totalMinutes: GroupMinutes,
});
export type DonateGroupHours = z.infer<typeof DonateGroupHours>;
