/** Organisations and the hours of their groups: banked together, and only ever given away. */
import * as z from 'zod/mini';
import { AccountId, CommandId, TransferId } from './ids.ts';
import { PoolId } from './ledger.ts';
import { CommunityCode } from './region.ts';
import { HolderRow } from './role.ts';
import { CivilDate, Instant } from './time.ts';
import { Insurance } from './volunteering.ts';
import { nameCharacters, wholeCharacters } from './words.ts';

/** The most that a group banks or an organisation gives at once: a hundred days of one person. */
const GROUP_MINUTES_MAX = 144_000;

/** Minutes of all people of a group together, 1 to 144,000. */
export const GroupMinutes = z.int().check(z.gte(1), z.lte(GROUP_MINUTES_MAX));
export type GroupMinutes = z.infer<typeof GroupMinutes>;

/** A name or an activity as it is written, 1 to 60 characters. */
export const OrganisationName = z.string().check(z.trim(), nameCharacters, z.minLength(1), z.maxLength(60));

/** 老年协会, 志愿服务队伍, 社会组织, 服务机构, 慈善组织. */
export const OrganisationKind = z.enum([
  'elders_association',
  'volunteer_team',
  'social_organisation',
  'provider',
  'charity',
]);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** What an organisation shows of itself: its kind, its number in the register, the insurance of those whom it sends. */
const papers = {
  kind: z.exactOptional(OrganisationKind),
  registration: z.exactOptional(z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(40))),
  insurance: z.exactOptional(Insurance),
};

/** Opens an account for the group hours of an organisation. `accountId` is made by whoever opens it. */
export const OpenOrganisation = z.strictObject({
  accountId: AccountId,
  name: OrganisationName,
  communityCode: CommunityCode,
  ...papers,
});
export type OpenOrganisation = z.infer<typeof OpenOrganisation>;

/** Writes an organisation as it is from now on over the version that was read: what is left out is taken out. */
export const ChangeOrganisation = z.strictObject({
  commandId: CommandId,
  version: z.int().check(z.gte(1)),
  name: OrganisationName,
  ...papers,
});
export type ChangeOrganisation = z.infer<typeof ChangeOrganisation>;

/** An organisation. `isInsured`: whether its insurance holds today. */
export const OrganisationView = z.strictObject({
  accountId: AccountId,
  name: OrganisationName,
  communityCode: CommunityCode,
  openedAt: Instant,
  version: z.int(),
  ...papers,
  isInsured: z.boolean(),
});
export type OrganisationView = z.infer<typeof OrganisationView>;

/** Of which community. */
export const OrganisationQuery = z.strictObject({ community: CommunityCode });
export type OrganisationQuery = z.infer<typeof OrganisationQuery>;

/** The organisations of a community, oldest first. */
export const OrganisationList = z.strictObject({ items: z.array(OrganisationView) });
export type OrganisationList = z.infer<typeof OrganisationList>;

/** Those who act for an organisation. */
export const OrganisationMembers = z.strictObject({ items: z.array(HolderRow) });
export type OrganisationMembers = z.infer<typeof OrganisationMembers>;

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
