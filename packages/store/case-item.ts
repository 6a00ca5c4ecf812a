/**
 * Cases of the staff as they are stored: what lists and conditions need in plain, all else sealed. A card of linkage is
 * about one elder, who is found by it and forgotten with it; other cases are the staff's own.
 */
import { Reason } from '@time-bank/contracts/candidate';
import { AlarmAct, AlarmKind } from '@time-bank/contracts/alarm';
import {
  ComplaintKind,
  DisputeOutcome,
  DisputeState,
  HonestyKind,
  ReviewOutcome,
  VisitSide,
  WorkOrderState,
  WorkOrderStep,
} from '@time-bank/contracts/confirming';
import { CorrectionState } from '@time-bank/contracts/correction';
import { GrantLine, GrantRoundState } from '@time-bank/contracts/granting';
import { AccountId, CommandId, MemberId, RequestId, TransferId, SYSTEM } from '@time-bank/contracts/ids';
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
import { CivilDate, Instant, IsoWeek } from '@time-bank/contracts/time';
import { RatingLevel } from '@time-bank/contracts/visiting';
import { Insurance } from '@time-bank/contracts/volunteering';
import {
  PlanFigures,
  PlanProgress,
  SentState,
  UncoveredReason,
  WeekPlanState,
  WouldCover,
} from '@time-bank/contracts/week-plan';
import { type CaseChange, type StaffCases, isOpen } from '@time-bank/desk/staff-case';
import * as z from 'zod/mini';
import { type Item, values } from './item.ts';
import { caseKey, casesAboutKey, dueSort, openCasesKey } from './keys.ts';
import type { Piece } from './piece.ts';
import { activityMatter, alarmDeviceMatter, emergencyMatter, seriesMatter } from './help-case-schemas.ts';
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

const Actor = z.union([MemberId, z.literal(SYSTEM)]);

const stored: { [K in keyof StaffCases]: z.ZodMiniType<StaffCases[K]> } = {
  back_entry: z.object({
    ...kept,
    kind: z.literal('back_entry'),
    caseId: CommandId,
    communityCode: CommunityCode,
    elderId: MemberId,
    volunteerId: MemberId,
    serviceCode: ServiceCode,
    startedAt: Instant,
    servedMinutes: z.int(),
    evidence: z.string(),
    state: z.enum(['waiting', 'ended', 'declined', 'refused']),
    decision: z.exactOptional(StoredDecision),
    requestId: z.exactOptional(RequestId),
    refusal: z.exactOptional(RefusalCode),
  }),
  alarm: z.object({
    ...kept,
    kind: z.literal('alarm'),
    caseId: CommandId,
    communityCode: CommunityCode,
    openedBy: Actor,
    alarm: AlarmKind,
    elderId: MemberId,
    requestId: z.exactOptional(RequestId),
    told: z.int(),
    state: z.enum(['open', 'closed']),
    acts: z.array(AlarmAct),
  }),
  rectify: z.object({
    ...kept,
    kind: z.literal('rectify'),
    caseId: CommandId,
    communityCode: CommunityCode,
    elderId: MemberId,
    requestId: RequestId,
    by: VisitSide,
    raterId: MemberId,
    concerns: z.array(MemberId),
    level: RatingLevel,
    words: z.exactOptional(z.string()),
    contactBy: Instant,
    fixBy: Instant,
    state: WorkOrderState,
    steps: z.array(
      z.object({
        commandId: CommandId,
        fingerprint: z.string(),
        step: WorkOrderStep,
        words: z.string(),
        actorId: MemberId,
        at: Instant,
        state: WorkOrderState,
      }),
    ),
  }),
  dispute: z.object({
    ...kept,
    kind: z.literal('dispute'),
    caseId: CommandId,
    communityCode: CommunityCode,
    elderId: MemberId,
    requestId: RequestId,
    concerns: z.array(MemberId),
    by: VisitSide,
    complaint: ComplaintKind,
    words: z.string(),
    level: z.union([z.literal(1), z.literal(2)]),
    state: DisputeState,
    credits: z.array(
      z.object({
        accountId: AccountId,
        lineId: TransferId,
        minutes: z.int(),
        frozen: z.exactOptional(z.object({ holdId: TransferId, minutes: z.int() })),
      }),
    ),
    answer: z.exactOptional(z.object({ words: z.string(), at: Instant })),
    appeal: z.exactOptional(z.object({ by: VisitSide, words: z.string(), at: Instant })),
    decisions: z.array(
      z.object({
        level: z.union([z.literal(1), z.literal(2)]),
        outcome: DisputeOutcome,
        reason: z.string(),
        actorId: MemberId,
        at: Instant,
      }),
    ),
    acts: z.array(
      z.object({ commandId: CommandId, fingerprint: z.string(), state: DisputeState, at: Instant }),
    ),
  }),
  honesty: z.object({
    ...kept,
    kind: z.literal('honesty'),
    caseId: CommandId,
    openedBy: z.literal(SYSTEM),
    finding: z.exactOptional(
      z.object({
        kind: HonestyKind,
        subjects: z.array(MemberId),
        requestIds: z.array(RequestId),
        figures: z.record(z.string(), z.int()),
        from: CivilDate,
        until: CivilDate,
      }),
    ),
    review: z.exactOptional(
      z.object({
        commandId: CommandId,
        fingerprint: z.string(),
        outcome: ReviewOutcome,
        reason: z.string(),
        actorId: MemberId,
        at: Instant,
      }),
    ),
    state: z.enum(['open', 'ended']),
  }),
  emergency: z.object({ ...kept, ...emergencyMatter }),
  alarm_device: z.object({ ...kept, ...alarmDeviceMatter }),
  series: z.object({ ...kept, ...seriesMatter }),
  activity: z.object({ ...kept, ...activityMatter }),
  week_plan: z.object({
    ...kept,
    kind: z.literal('week_plan'),
    caseId: CommandId,
    communityCode: CommunityCode,
    week: IsoWeek,
    state: WeekPlanState,
    askedBy: z.object({ commandId: CommandId, actorId: MemberId, at: Instant }),
    done: z.array(
      z.object({ commandId: CommandId, fingerprint: z.string(), state: WeekPlanState, at: Instant }),
    ),
    progress: z.object(PlanProgress.shape),
    leaseUntil: z.exactOptional(Instant),
    figures: z.exactOptional(PlanFigures),
    pairs: z.array(
      z.object({
        visitKey: z.string(),
        elderId: MemberId,
        volunteerId: MemberId,
        serviceCode: ServiceCode,
        startMinute: z.int(),
        minutes: z.int(),
        persons: z.union([z.literal(1), z.literal(2)]),
        untilMinute: z.exactOptional(z.int()),
        reasons: z.array(Reason),
        sent: SentState,
        requestId: z.exactOptional(RequestId),
      }),
    ),
    uncovered: z.array(
      z.object({ visitKey: z.string(), elderId: MemberId, reason: UncoveredReason, would: WouldCover }),
    ),
    locked: z.array(z.object({ elderId: MemberId, volunteerId: MemberId })),
    forbidden: z.array(z.object({ elderId: MemberId, volunteerId: MemberId })),
  }),
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

/** Kinds of cases that are about one elder, and are forgotten with them. */
export const casesAboutElders = [
  'linkage',
  'alarm',
  'back_entry',
  'rectify',
  'dispute',
  'emergency',
  'series',
] as const;

/** Begins with the instant, as every list of a person's. */
const aboutElder = (record: StaffCases[keyof StaffCases]): Record<string, string> =>
  record.kind === 'linkage' ||
  record.kind === 'alarm' ||
  record.kind === 'back_entry' ||
  record.kind === 'rectify' ||
  record.kind === 'dispute' ||
  record.kind === 'emergency' ||
  record.kind === 'series'
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

/** The piece that writes a case together with something else. */
export const casePiece = (table: string, vault: Vault, { change, record }: CaseChange): Piece => ({
  item: {
    Put: {
      TableName: table,
      Item: encodeCase(vault, record),
      ...(change === 'put_case'
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: values({ ':before': record.version - 1 }),
          }),
    },
  },
  failed: () => ({ kind: 'stale' }),
});

const Order = z.object({
  kind: z.object({ S: z.literal('week_plan') }),
  caseId: z.object({ S: CommandId }),
  state: z.object({ S: z.enum(['queued', 'sending']) }),
});

/** The plan that a changed item asks somebody to work on; undefined where it asks for nothing. */
export const weekPlanOrderOf = (item: Item): CommandId | undefined => {
  const order = Order.safeParse(item);
  return order.success ? order.data.caseId.S : undefined;
};

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
