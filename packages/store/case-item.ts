/** Cases of the staff as they are stored. */
import { CorrectionState } from '@time-bank/contracts/correction';
import { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import { AccountId, CommandId, MemberId, TransferId } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import { RefusalCode } from '@time-bank/contracts/refusals';
import { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import { Instant } from '@time-bank/contracts/time';
import { type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import * as z from 'zod/mini';
import { type Item, decode, encode } from './item.ts';
import { caseKey, dueSort, openCasesKey } from './keys.ts';
import { BY_OPENING } from './table.ts';

const StoredDecision = z.object({
  commandId: CommandId,
  fingerprint: z.string(),
  actorId: MemberId,
  at: Instant,
  isApproved: z.boolean(),
});

const kept = {
  version: z.int(),
  region: RegionCode,
  openedBy: MemberId,
  openedAt: Instant,
  dueAt: Instant,
  fingerprint: z.string(),
};

const stored: { [K in keyof StaffCases]: z.ZodMiniType<StaffCases[K]> } = {
  correction: z.object({
    ...kept,
    kind: z.literal('correction'),
    caseId: TransferId,
    communityCode: CommunityCode,
    accountId: AccountId,
    concerns: z.array(AccountId),
    lineId: TransferId,
    insteadMinutes: z.exactOptional(z.int()),
    amountMinutes: z.int(),
    reason: z.string(),
    state: CorrectionState,
    decision: z.exactOptional(StoredDecision),
    refusal: z.exactOptional(RefusalCode),
  }),
  granting: z.object({
    ...kept,
    kind: z.literal('granting'),
    caseId: CommandId,
    poolId: PoolId,
    month: z.string(),
    lines: z.array(GrantLine),
    next: z.int(),
    state: GrantRoundState,
    decision: z.exactOptional(StoredDecision),
  }),
  estate: z.object({
    ...kept,
    kind: z.literal('estate'),
    caseId: AccountId,
    communityCode: CommunityCode,
    freezeId: TransferId,
    state: z.enum(['open', 'ended']),
  }),
  organisation: z.object({
    ...kept,
    kind: z.literal('organisation'),
    caseId: AccountId,
    communityCode: CommunityCode,
    name: z.string(),
    state: z.literal('open'),
  }),
};

/** A case as an item; while it is open it stands in its region's list. */
export const encodeCase = (record: StaffCases[keyof StaffCases]): Item =>
  encode(
    {
      ...caseKey(record.kind, record.caseId),
      ...(isOpen(record)
        ? {
            [BY_OPENING.partitionKey]: openCasesKey(record.kind, record.region),
            [BY_OPENING.sortKey]: dueSort(record.dueAt, record.caseId),
          }
        : {}),
    },
    record,
  );

/** A case of a kind as it was stored. Throws where the item is not one. */
export const decodeCase = <K extends keyof StaffCases>(kind: K, item: Item): StaffCases[K] =>
  decode<StaffCases[K]>(stored[kind], item);
