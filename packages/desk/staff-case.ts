/**
 * What staff have begun and not ended yet, as it is kept: a correction that waits for a second person, a round of
 * grants, an account whose owner has died, a linkage card; and the organisations and gifts of charity. A case moves on only from
 * the version that was read.
 */
import type { AlarmFacts } from '@time-bank/care/alarm';
import type { ActivityFacts } from '@time-bank/care/activity';
import type { EmergencyFacts } from '@time-bank/care/emergency';
import type { SeriesFacts } from '@time-bank/care/series';
import type { LinkageFacts } from '@time-bank/care/linkage';
import type { DisputeFacts } from '@time-bank/care/dispute';
import type { HonestyFinding, HonestyReview } from '@time-bank/care/honesty';
import type { WorkOrderFacts } from '@time-bank/care/rating';
import type { DeviceProvider } from '@time-bank/contracts/emergency';
import type { CorrectionState } from '@time-bank/contracts/correction';
import type { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import type { AccountId, CommandId, MemberId, RequestId, SYSTEM, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { RegisterResource } from '@time-bank/contracts/linkage';
import type { OrganisationKind } from '@time-bank/contracts/organisation';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import type { ServiceCode } from '@time-bank/contracts/request';
import type { Instant, IsoWeek } from '@time-bank/contracts/time';
import type { Insurance } from '@time-bank/contracts/volunteering';
import type {
  PlanFigures,
  PlanProgress,
  SentState,
  UncoveredReason,
  WeekPlanState,
  WouldCover,
} from '@time-bank/contracts/week-plan';
import type { Reason } from '@time-bank/contracts/candidate';

/** The word of a second person. `fingerprint` is that of their command. */
export interface CaseDecision {
  commandId: CommandId;
  fingerprint: string;
  actorId: MemberId;
  at: Instant;
  isApproved: boolean;
}

/** What every case has: `version` counts from 1; `region` is that of its list; `dueAt` is when it is looked at next. */
interface Kept {
  version: number;
  region: RegionCode;
  openedBy: MemberId;
  openedAt: Instant;
  dueAt: Instant;
  fingerprint: string;
}

/** A correction. `concerns`: the accounts that it changes; nobody decides on one of their own. */
export interface CorrectionCase extends Kept {
  kind: 'correction';
  caseId: TransferId;
  communityCode: CommunityCode;
  accountId: AccountId;
  concerns: AccountId[];
  lineId: TransferId;
  insteadMinutes?: number;
  amountMinutes: number;
  reason: string;
  state: CorrectionState;
  decision?: CaseDecision;
  refusal?: RefusalCode;
}

/** A round of grants. `next`: the first line that nobody has tried yet. */
export interface GrantRound extends Kept {
  kind: 'granting';
  caseId: CommandId;
  poolId: PoolId;
  month: string;
  lines: GrantLine[];
  next: number;
  state: GrantRoundState;
  decision?: CaseDecision;
}

/** The hours of somebody who has died; `dueAt` is when the heirs' time is over. `freezeId`: the line that froze them. */
export interface EstateCase extends Kept {
  kind: 'estate';
  caseId: AccountId;
  communityCode: CommunityCode;
  freezeId: TransferId;
  state: 'open' | 'ended';
}

/** What an organisation shows of itself. */
export interface OrganisationPapers {
  name: string;
  organisationKind?: OrganisationKind;
  registration?: string;
  insurance?: Insurance;
}

/** A change of an organisation, and how it stood before: up to `at`. */
export interface OrganisationChange {
  commandId: CommandId;
  fingerprint: string;
  actorId: MemberId;
  at: Instant;
  was: OrganisationPapers;
}

/** An organisation, under the id of its account, with its last 20 changes. */
export interface OrganisationRecord extends Kept, OrganisationPapers {
  kind: 'organisation';
  caseId: AccountId;
  communityCode: CommunityCode;
  changes?: OrganisationChange[];
  state: 'open';
}

/** A linkage card, in the list of its community. */
export interface LinkageRecord extends Kept, LinkageFacts {
  kind: 'linkage';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** Something of a resource that went to a card, under the command that gave it. */
export interface ResourceDraw {
  commandId: CommandId;
  fingerprint: string;
  linkageId: CommandId;
  quantity: number;
  at: Instant;
}

/** A visit that is entered afterwards, from paper; it counts once a second person has said so, as `requestId`. */
export interface BackEntryRecord extends Kept {
  kind: 'back_entry';
  caseId: CommandId;
  communityCode: CommunityCode;
  elderId: MemberId;
  volunteerId: MemberId;
  serviceCode: ServiceCode;
  startedAt: Instant;
  servedMinutes: number;
  evidence: string;
  state: 'waiting' | 'ended' | 'declined' | 'refused';
  decision?: CaseDecision;
  requestId?: RequestId;
  refusal?: RefusalCode;
}

/** A safety alarm, in the list of its community. */
export interface AlarmRecord extends Omit<Kept, 'openedBy' | 'openedAt' | 'dueAt'>, AlarmFacts {
  kind: 'alarm';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** What a donor has given, in the list of its region while something is left of it. */
export interface ResourceRecord extends Kept {
  kind: 'resource';
  caseId: CommandId;
  resource: Omit<RegisterResource, 'resourceId' | 'region'>;
  leftQuantity: number;
  draws: ResourceDraw[];
  state: 'open' | 'ended';
}

/**
 * A visit that a plan gives a volunteer. `untilMinute`: of the week, by which it is to be over, whatever its hour; `sent`:
 * how it went out; `requestId`: as which request.
 */
export interface PlannedVisit {
  visitKey: string;
  elderId: MemberId;
  volunteerId: MemberId;
  serviceCode: ServiceCode;
  startMinute: number;
  minutes: number;
  persons: 1 | 2;
  untilMinute?: number;
  reasons: Reason[];
  sent: SentState;
  requestId?: RequestId;
}

/** A pair that a coordinator has settled. */
export interface SettledPair {
  elderId: MemberId;
  volunteerId: MemberId;
}

/**
 * The plan of a community's week; one case a week, made anew as often as somebody asks. `askedBy`: the command that
 * asked for it as it is; `leaseUntil`: somebody is at work on it until then; `dueAt`: when the schedule looks after it.
 */
export interface WeekPlanCase extends Kept {
  kind: 'week_plan';
  caseId: CommandId;
  communityCode: CommunityCode;
  week: IsoWeek;
  state: WeekPlanState;
  askedBy: { commandId: CommandId; actorId: MemberId; at: Instant };
  done: CommandDone[];
  progress: PlanProgress;
  leaseUntil?: Instant;
  figures?: PlanFigures;
  pairs: PlannedVisit[];
  uncovered: { visitKey: string; elderId: MemberId; reason: UncoveredReason; would: WouldCover }[];
  locked: SettledPair[];
  forbidden: SettledPair[];
}

/** A command that a case has seen, and what it was answered. */
export interface CommandDone {
  commandId: CommandId;
  fingerprint: string;
  state: WeekPlanState;
  at: Instant;
}

/** A bad rating that is to be put right, in the list of its community. */
export interface RectifyRecord extends Kept, WorkOrderFacts {
  kind: 'rectify';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** A dispute, in the list of its community, and after an appeal in that of its county. */
export interface DisputeRecord extends Kept, DisputeFacts {
  kind: 'dispute';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/**
 * What a look at many visits has found, in the list of a community, or of a county where it is about those who run the
 * visits. `finding` is absent for the mark of a night on which a county was looked at.
 */
export interface HonestyRecord extends Omit<Kept, 'openedBy'> {
  kind: 'honesty';
  caseId: CommandId;
  openedBy: typeof SYSTEM;
  finding?: HonestyFinding;
  review?: HonestyReview;
  state: 'open' | 'ended';
}

/** A call for help, in the list of the elder's county: there are few at a time. `dueAt`: when the next rung is told. */
export interface EmergencyCase extends Kept, EmergencyFacts {
  kind: 'emergency';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** A device that calls for help, under an id that follows from its provider and number; `elderId`: who has it, or had it last. */
export interface AlarmDeviceCase extends Kept {
  kind: 'alarm_device';
  caseId: CommandId;
  communityCode: CommunityCode;
  provider: DeviceProvider;
  serial: string;
  model?: string;
  elderId: MemberId;
  boundAt: Instant;
  state: 'bound' | 'ended';
  history: {
    commandId: CommandId;
    fingerprint: string;
    actorId: MemberId;
    elderId: MemberId;
    at: Instant;
    state: 'bound' | 'ended';
  }[];
}

/** Help that comes again and again, in the list of the elder's community; `dueAt`: when dates are posted next. */
export interface SeriesCase extends Kept, SeriesFacts {
  kind: 'series';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** A group activity, in the list of its community; `dueAt`: when it begins. */
export interface ActivityCase extends Kept, ActivityFacts {
  kind: 'activity';
  caseId: CommandId;
  communityCode: CommunityCode;
}

/** A case to be written together with something else: its first version, or the next one over the one before it. */
export type CaseChange =
  { change: 'put_case'; record: StaffCase } | { change: 'move_case'; record: StaffCase };

/** Any of them. */
export type StaffCase =
  | EmergencyCase
  | AlarmDeviceCase
  | SeriesCase
  | ActivityCase
  | AlarmRecord
  | BackEntryRecord
  | CorrectionCase
  | GrantRound
  | EstateCase
  | OrganisationRecord
  | LinkageRecord
  | ResourceRecord
  | WeekPlanCase
  | RectifyRecord
  | DisputeRecord
  | HonestyRecord;
/** The kinds of cases, and what each is. */
export interface StaffCases {
  alarm: AlarmRecord;
  back_entry: BackEntryRecord;
  correction: CorrectionCase;
  granting: GrantRound;
  estate: EstateCase;
  organisation: OrganisationRecord;
  linkage: LinkageRecord;
  resource: ResourceRecord;
  week_plan: WeekPlanCase;
  rectify: RectifyRecord;
  dispute: DisputeRecord;
  honesty: HonestyRecord;
  emergency: EmergencyCase;
  alarm_device: AlarmDeviceCase;
  series: SeriesCase;
  activity: ActivityCase;
}
/** What names one case among those of its kind. */
export type CaseKey<K extends keyof StaffCases> = StaffCases[K]['caseId'];

const over: readonly string[] = ['declined', 'refused', 'ended', 'stopped', 'cancelled', 'closed'];
/** A plan waits for somebody to work on it; one that is made waits for nobody. */
const inWork: readonly string[] = ['queued', 'planning', 'sending'];

/** True while somebody, or the schedule, still has to do something about a case, and for an organisation always. */
export const isOpen = (record: Pick<StaffCase, 'kind' | 'state'>): boolean =>
  !over.includes(record.state) &&
  !(record.kind === 'correction' && record.state === 'carried_out') &&
  (record.kind !== 'week_plan' || inWork.includes(record.state));
