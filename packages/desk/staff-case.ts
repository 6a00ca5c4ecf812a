/**
 * What staff have begun and not ended yet, as it is kept: a correction that waits for a second person, a round of
 * grants, an account whose owner has died; and the organisations, whose accounts stay open. A case moves on only from
 * the version that was read.
 */
import type { CorrectionState } from '@time-bank/contracts/correction';
import type { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import type { AccountId, CommandId, MemberId, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { RefusalCode } from '@time-bank/contracts/refusals';
import type { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import type { Instant } from '@time-bank/contracts/time';

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

/** An organisation, under the id of its account. */
export interface OrganisationRecord extends Kept {
  kind: 'organisation';
  caseId: AccountId;
  communityCode: CommunityCode;
  name: string;
  state: 'open';
}

/** Any of them. */
export type StaffCase = CorrectionCase | GrantRound | EstateCase | OrganisationRecord;
/** The kinds of cases, and what each is. */
export interface StaffCases {
  correction: CorrectionCase;
  granting: GrantRound;
  estate: EstateCase;
  organisation: OrganisationRecord;
}
/** What names one case among those of its kind. */
export type CaseKey<K extends keyof StaffCases> = StaffCases[K]['caseId'];

const over: readonly string[] = ['declined', 'refused', 'ended'];

/** True while somebody, or the schedule, still has to do something about a case, and for an organisation always. */
export const isOpen = (record: Pick<StaffCase, 'kind' | 'state'>): boolean =>
  !over.includes(record.state) && !(record.kind === 'correction' && record.state === 'carried_out');
