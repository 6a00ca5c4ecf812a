/**
 * What staff have begun and not ended yet, as it is kept: a correction that waits for a second person, a round of
 * grants, an account whose owner has died, a linkage card; and the organisations and gifts of charity. A case moves on only from
 * the version that was read.
 */
import type { LinkageFacts } from '@time-bank/care/linkage';
import type { CorrectionState } from '@time-bank/contracts/correction';
import type { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import type { AccountId, CommandId, MemberId, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { RegisterResource } from '@time-bank/contracts/linkage';
import type { OrganisationKind } from '@time-bank/contracts/organisation';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import type { Instant } from '@time-bank/contracts/time';
import type { Insurance } from '@time-bank/contracts/volunteering';

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

/** What a donor has given, in the list of its region while something is left of it. */
export interface ResourceRecord extends Kept {
  kind: 'resource';
  caseId: CommandId;
  resource: Omit<RegisterResource, 'resourceId' | 'region'>;
  leftQuantity: number;
  draws: ResourceDraw[];
  state: 'open' | 'ended';
}

/** Any of them. */
export type StaffCase =
  CorrectionCase | GrantRound | EstateCase | OrganisationRecord | LinkageRecord | ResourceRecord;
/** The kinds of cases, and what each is. */
export interface StaffCases {
  correction: CorrectionCase;
  granting: GrantRound;
  estate: EstateCase;
  organisation: OrganisationRecord;
  linkage: LinkageRecord;
  resource: ResourceRecord;
}
/** What names one case among those of its kind. */
export type CaseKey<K extends keyof StaffCases> = StaffCases[K]['caseId'];

const over: readonly string[] = ['declined', 'refused', 'ended', 'closed'];

/** True while somebody, or the schedule, still has to do something about a case, and for an organisation always. */
export const isOpen = (record: Pick<StaffCase, 'kind' | 'state'>): boolean =>
  !over.includes(record.state) && !(record.kind === 'correction' && record.state === 'carried_out');
