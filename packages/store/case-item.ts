/**
 * Cases of the staff as they are stored: what lists and conditions need in plain, all else sealed. A card of linkage is
 * about one elder, who is found by it and forgotten with it; other cases are the staff's own.
 */
import { CorrectionState } from '@time-bank/contracts/correction';
import { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import { AccountId, CommandId, MemberId, RequestId, TransferId } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import {
  LinkageState,
  LinkageStep,
  LinkageTask,
  NeedSource,
  RegisterResource,
  Society,
} from '@time-bank/contracts/linkage';
import { OrganisationKind } from '@time-bank/contracts/organisation';
import { RefusalCode } from '@time-bank/contracts/refusals';
import { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import { ServiceCode } from '@time-bank/contracts/request';
import { Instant } from '@time-bank/contracts/time';
import { Insurance } from '@time-bank/contracts/volunteering';
import { type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import * as z from 'zod/mini';
import type { Item } from './item.ts';
import { caseKey, casesAboutKey, dueSort, openCasesKey } from './keys.ts';
import { encodeSealed, openItem } from './sealed-item.ts';
import { BY_OPENING, BY_PERSON } from './table.ts';
import type { Vault } from './vault.ts';

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

const { resourceId: _resourceId, region: _region, ...given } = RegisterResource.shape;

const organisationPapers = {
  name: z.string(),
  organisationKind: z.exactOptional(OrganisationKind),
  registration: z.exactOptional(z.string()),
  insurance: z.exactOptional(Insurance),
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
    ...organisationPapers,
    changes: z.exactOptional(
      z.array(
        z.object({
          commandId: CommandId,
          fingerprint: z.string(),
          actorId: MemberId,
          at: Instant,
          was: z.object(organisationPapers),
        }),
      ),
    ),
    state: z.literal('open'),
  }),
  linkage: z.object({
    ...kept,
    kind: z.literal('linkage'),
    caseId: CommandId,
    communityCode: CommunityCode,
    elderId: MemberId,
    source: NeedSource,
    need: z.string(),
    seenOn: z.exactOptional(RequestId),
    state: LinkageState,
    tasks: z.array(LinkageTask),
    finding: z.exactOptional(z.string()),
    serviceCode: z.exactOptional(ServiceCode),
    plannedMinutes: z.exactOptional(z.int()),
    requestId: z.exactOptional(RequestId),
    gifts: z.array(
      z.object({
        resourceId: CommandId,
        name: z.string(),
        unit: z.string(),
        quantity: z.int(),
        at: Instant,
      }),
    ),
    outcome: z.exactOptional(z.string()),
    history: z.array(
      z.object({
        commandId: CommandId,
        fingerprint: z.string(),
        step: LinkageStep.shape.step,
        society: Society,
        actorId: MemberId,
        at: Instant,
        state: LinkageState,
      }),
    ),
  }),
  resource: z.object({
    ...kept,
    kind: z.literal('resource'),
    caseId: CommandId,
    resource: z.object(given),
    leftQuantity: z.int(),
    draws: z.array(
      z.object({
        commandId: CommandId,
        fingerprint: z.string(),
        linkageId: CommandId,
        quantity: z.int(),
        at: Instant,
      }),
    ),
    state: z.enum(['open', 'ended']),
  }),
};

/** What stands outside the seal of every case: ids, places, times and states. */
const everyPlain = [
  ...['kind', 'caseId', 'version', 'state'],
  ...['region', 'communityCode', 'openedBy', 'openedAt', 'dueAt'],
];

const part = (record: object, isIn: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => isIn(name)));

/** Begins with the instant, as every list of a person's. */
const aboutElder = (record: StaffCases[keyof StaffCases]): Record<string, string> =>
  record.kind === 'linkage'
    ? {
        [BY_PERSON.partitionKey]: casesAboutKey(record.kind, record.elderId),
        [BY_PERSON.sortKey]: dueSort(record.openedAt, record.caseId),
      }
    : {};

/** A case as an item; while it is open it stands in its region's list. */
export const encodeCase = (vault: Vault, record: StaffCases[keyof StaffCases]): Item =>
  encodeSealed(
    vault,
    {
      ...caseKey(record.kind, record.caseId),
      ...aboutElder(record),
      ...(isOpen(record)
        ? {
            [BY_OPENING.partitionKey]: openCasesKey(record.kind, record.region),
            [BY_OPENING.sortKey]: dueSort(record.dueAt, record.caseId),
          }
        : {}),
    },
    {
      plain: part(record, (name) => everyPlain.includes(name)),
      personal: { matter: part(record, (name) => !everyPlain.includes(name)) },
    },
  );

const Matter = z.object({ matter: z.looseObject({}) });

/** A case of a kind as it was stored; undefined where whom it is about was erased. Throws where the item is not one. */
export const decodeCase = <K extends keyof StaffCases>(
  vault: Vault,
  kind: K,
  item: Item,
): StaffCases[K] | undefined => {
  const { plain, personal } = openItem(vault, item);
  if (personal === undefined) return undefined;
  const schema: z.ZodMiniType<StaffCases[K]> = stored[kind];
  return schema.parse({ ...plain, ...Matter.parse(personal).matter });
};
