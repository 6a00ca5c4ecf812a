/**
 * Group activities (团体活动): an organisation or a service point invites, people put their names down, whoever came is
 * ticked off, and the hours of the volunteers are banked for the organisation, to be given away. Each volunteer keeps a
 * record of it for certificates.
 */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { AccountId, CommandId, MemberId, TransferId } from './ids.ts';
import { Address, MaskedPerson, ReachablePerson } from './member.ts';
import { PlannedMinutes } from './minutes.ts';
import { OrganisationName } from './organisation.ts';
import { CommunityCode } from './region.ts';
import { Note } from './request.ts';
import { CivilDate, Instant } from './time.ts';
import { Words, wholeCharacters } from './words.ts';

/** The services that groups make: culture and sport, health talks, lectures, activities at a point or an institution. */
export const GroupService = z.enum(['F01', 'G02', 'G03', 'J01', 'J02']);
export type GroupService = z.infer<typeof GroupService>;

/** As whom somebody comes: to serve, or as a guest. */
export const ActivityPart = z.enum(['volunteer', 'guest']);
export type ActivityPart = z.infer<typeof ActivityPart>;

const places = (max: number) => z.int().check(z.gte(0), z.lte(max));

/** Invites to an activity. Places: for volunteers 0 to 50 (at least 1 of either), for guests 0 to 150. */
export const OpenActivity = z
  .strictObject({
    caseId: CommandId,
    organisationId: AccountId,
    communityCode: CommunityCode,
    serviceCode: GroupService,
    title: OrganisationName,
    startAt: Instant,
    plannedMinutes: PlannedMinutes,
    place: Address,
    volunteerPlaces: places(50),
    guestPlaces: places(150),
    note: z.exactOptional(Note),
  })
  .check(
    z.refine(({ volunteerPlaces, guestPlaces }) => volunteerPlaces + guestPlaces > 0, {
      path: ['guestPlaces'],
      error: 'nobody could come',
    }),
  );
export type OpenActivity = z.infer<typeof OpenActivity>;

/**
 * Puts a name down: one's own, or that of `memberId` by staff or a helper. Whoever serves has their papers in order for it;
 * somebody under age has a guardian's consent among them.
 */
export const JoinActivity = z.strictObject({
  commandId: CommandId,
  part: ActivityPart,
  memberId: z.exactOptional(MemberId),
});
export type JoinActivity = z.infer<typeof JoinActivity>;

/** Takes a name off again. */
export const LeaveActivity = z.strictObject({ commandId: CommandId, memberId: z.exactOptional(MemberId) });
export type LeaveActivity = z.infer<typeof LeaveActivity>;

/** Who came, and for how many whole minutes: 0 for who did not. */
export const TickActivity = z.strictObject({
  commandId: CommandId,
  came: z
    .array(z.strictObject({ memberId: MemberId, minutes: z.int().check(z.gte(0), z.lte(480)) }))
    .check(z.minLength(1), z.maxLength(200)),
});
export type TickActivity = z.infer<typeof TickActivity>;

/** Ends an activity after it: the minutes of its volunteers are banked for the organisation under `transferId`. */
export const CloseActivity = z.strictObject({ commandId: CommandId, transferId: TransferId });
export type CloseActivity = z.infer<typeof CloseActivity>;

/** Calls an activity off; everybody on the list is told. */
export const CancelActivity = z.strictObject({
  commandId: CommandId,
  reason: z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200)),
});
export type CancelActivity = z.infer<typeof CancelActivity>;

/** open -> closed, after it; or cancelled. */
export const ActivityState = z.enum(['open', 'closed', 'cancelled']);
export type ActivityState = z.infer<typeof ActivityState>;

/** On the list, waiting for a place, or neither. */
export const Standing = z.enum(['in', 'waiting', 'out']);
export type Standing = z.infer<typeof Standing>;

/** What a command on an activity answers, the same for ever; `standing`: of the name that was put down or taken off. */
export const ActivityReceipt = z.strictObject({
  caseId: CommandId,
  state: ActivityState,
  at: Instant,
  standing: z.exactOptional(Standing),
  bankedMinutes: z.exactOptional(z.int()),
});
export type ActivityReceipt = z.infer<typeof ActivityReceipt>;

/** What everybody sees of an activity. Places left are never below 0. */
const common = {
  caseId: CommandId,
  state: ActivityState,
  organisationId: AccountId,
  organisationName: z.string(),
  communityCode: CommunityCode,
  serviceCode: GroupService,
  serviceWords: Words,
  title: z.string(),
  startAt: Instant,
  plannedMinutes: PlannedMinutes,
  place: Address,
  note: z.exactOptional(z.string()),
  volunteerPlaces: z.int(),
  guestPlaces: z.int(),
  volunteersLeft: z.int(),
  guestsLeft: z.int(),
  waiting: z.int(),
};

/** An activity as everybody of the place sees it; `mine`: how I stand, and as whom. */
export const ActivityView = z.strictObject({
  ...common,
  mine: z.exactOptional(z.strictObject({ part: ActivityPart, standing: z.enum(['in', 'waiting']) })),
});
export type ActivityView = z.infer<typeof ActivityView>;

/** One name on the list, in the order in which they were put down. `minutes` once it was ticked. */
export const ActivityName = z.strictObject({
  person: z.union([ReachablePerson, MaskedPerson]),
  part: ActivityPart,
  standing: z.enum(['in', 'waiting']),
  isMinor: z.boolean(),
  minutes: z.exactOptional(z.int()),
});
export type ActivityName = z.infer<typeof ActivityName>;

/** An activity as those see it who hold it: with the names. */
export const ActivitySheet = z.strictObject({
  ...common,
  names: z.array(ActivityName),
  bankedMinutes: z.exactOptional(z.int()),
});
export type ActivitySheet = z.infer<typeof ActivitySheet>;

/** Of which community; that of one's home where it is left out. */
export const ActivityQuery = z.strictObject({
  community: z.exactOptional(CommunityCode),
  cursor: z.exactOptional(Cursor),
});
/** The activities of a community that are open, the soonest first. */
export const ActivityList = z.strictObject({
  items: z.array(ActivityView),
  cursor: z.exactOptional(z.string()),
});
export type ActivityList = z.infer<typeof ActivityList>;

/** One activity at which somebody served, for a certificate. */
export const ActivityRecordView = z.strictObject({
  caseId: CommandId,
  title: z.string(),
  organisationName: z.string(),
  serviceCode: GroupService,
  serviceWords: Words,
  date: CivilDate,
  minutes: z.int(),
});
export type ActivityRecordView = z.infer<typeof ActivityRecordView>;
/** All of a person's, the oldest first, and the minutes together. */
export const ActivityRecordList = z.strictObject({
  items: z.array(ActivityRecordView),
  totalMinutes: z.int(),
});
export type ActivityRecordList = z.infer<typeof ActivityRecordList>;
