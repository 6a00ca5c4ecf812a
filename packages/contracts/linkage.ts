/**
 * The linkage card (联动工单): one need of one elder, and what each of the five societies does about it. And what
 * charity gives for such needs, entered once and drawn from: things and services, never money.
 */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { AccountId, CommandId, MemberId, RequestId } from './ids.ts';
import { MaskedPerson } from './member.ts';
import { CommunityCode, RegionCode } from './region.ts';
import { PostRequest, ServiceCode } from './request.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** The five societies (五社): community, social worker, community organisation, volunteers, charity. */
export const Society = z.enum(['community', 'social_worker', 'organisation', 'volunteer', 'charity']);
export type Society = z.infer<typeof Society>;

/** Where a need was seen or told. */
export const NeedSource = z.enum(['visit', 'family', 'elder', 'counter', 'hotline', 'service_point']);
export type NeedSource = z.infer<typeof NeedSource>;

/**
 * Where a card stands. reported -> opened (the community takes it on and gives out tasks) -> assessed (by a social
 * worker) -> dispatched (a visit is asked for) -> closed; it can be closed from every state.
 */
export const LinkageState = z.enum(['reported', 'opened', 'assessed', 'dispatched', 'closed']);
export type LinkageState = z.infer<typeof LinkageState>;

/** Says that an elder needs something. `requestId`: the visit on which it was seen. */
export const ReportNeed = z.strictObject({
  caseId: CommandId,
  elderId: MemberId,
  source: NeedSource,
  need: text(200),
  requestId: z.exactOptional(RequestId),
});
export type ReportNeed = z.infer<typeof ReportNeed>;

/** What one of the five societies is to do. */
export const LinkageTask = z.strictObject({ society: Society, what: text(100) });
export type LinkageTask = z.infer<typeof LinkageTask>;

/** The community takes a need on and says who does what: one task for each society at most. */
export const OpenLinkage = z.strictObject({
  commandId: CommandId,
  tasks: z.array(LinkageTask).check(
    z.minLength(1),
    z.maxLength(5),
    z.refine(
      (tasks) => new Set(tasks.map(({ society }) => society)).size === tasks.length,
      'one task for each society',
    ),
  ),
});
export type OpenLinkage = z.infer<typeof OpenLinkage>;

/** What a social worker found, and what would help: the service, and how long it takes (15 to 480 minutes). */
export const AssessLinkage = z.strictObject({
  commandId: CommandId,
  finding: text(200),
  serviceCode: ServiceCode,
  plannedMinutes: PostRequest.shape.plannedMinutes,
});
export type AssessLinkage = z.infer<typeof AssessLinkage>;

/** An organisation asks for the visit, for its own or other volunteers to take; `requestId` is made by the sender. */
export const DispatchLinkage = z.strictObject({
  commandId: CommandId,
  requestId: RequestId,
  plannedStartAt: PostRequest.shape.plannedStartAt,
  wishes: PostRequest.shape.wishes,
  note: PostRequest.shape.note,
});
export type DispatchLinkage = z.infer<typeof DispatchLinkage>;

/** How much of a resource: whole units, 1 to 100,000. */
export const ResourceQuantity = z.int().check(z.gte(1), z.lte(100_000));

/** Gives an elder's card something of a resource. */
export const AttachResource = z.strictObject({
  commandId: CommandId,
  resourceId: CommandId,
  quantity: ResourceQuantity,
});
export type AttachResource = z.infer<typeof AttachResource>;

/** Ends a card, with what came of it. */
export const CloseLinkage = z.strictObject({ commandId: CommandId, outcome: text(200) });
export type CloseLinkage = z.infer<typeof CloseLinkage>;

/** What a step on a card answers, the same for ever. */
export const LinkageReceipt = z.strictObject({ caseId: CommandId, state: LinkageState, at: Instant });
export type LinkageReceipt = z.infer<typeof LinkageReceipt>;

/** One step of a card: what was done, when, for which society, by whom. */
export const LinkageStep = z.strictObject({
  step: z.enum(['reported', 'opened', 'assessed', 'dispatched', 'resource', 'closed']),
  at: Instant,
  society: Society,
  by: MaskedPerson,
});
export type LinkageStep = z.infer<typeof LinkageStep>;

/**
 * A card as one of the five societies sees it. `need`, `finding` and `outcome` are for the community, social workers
 * and care commissioners; an organisation sees `need`. The elder is masked for all: the visit shows the way there.
 */
export const LinkageView = z.strictObject({
  caseId: CommandId,
  state: LinkageState,
  elder: MaskedPerson,
  communityCode: CommunityCode,
  source: NeedSource,
  need: z.exactOptional(z.string()),
  tasks: z.array(z.strictObject({ ...LinkageTask.shape, isDone: z.boolean() })),
  serviceCode: z.exactOptional(ServiceCode),
  plannedMinutes: z.exactOptional(z.int()),
  finding: z.exactOptional(z.string()),
  requestId: z.exactOptional(RequestId),
  resources: z.array(
    z.strictObject({
      resourceId: CommandId,
      name: z.string(),
      unit: z.string(),
      quantity: ResourceQuantity,
      at: Instant,
    }),
  ),
  outcome: z.exactOptional(z.string()),
  steps: z.array(LinkageStep),
});
export type LinkageView = z.infer<typeof LinkageView>;

/** The open cards of a community. */
export const LinkageQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });
/** A page of cards, the oldest first. */
export const LinkageList = z.strictObject({
  items: z.array(LinkageView),
  cursor: z.exactOptional(z.string()),
});
export type LinkageList = z.infer<typeof LinkageList>;

/** What charity gives: goods, coupons, a room, insurance, a service. Money is given elsewhere (慈善法 Arts 22, 27). */
export const ResourceKind = z.enum(['goods', 'coupons', 'venue', 'insurance', 'service']);
export type ResourceKind = z.infer<typeof ResourceKind>;

/**
 * Enters what a donor gives to a region: `quantity` whole units; from `from` to `until`, both included; `useLimit` in
 * the donor's own words. `organisationId`: whose gift it is, where the donor is an organisation here.
 */
export const RegisterResource = z
  .strictObject({
    resourceId: CommandId,
    region: RegionCode.check(z.regex(/^(\d{6}|\d{9}|\d{12})$/)),
    kind: ResourceKind,
    name: text(40),
    donor: text(60),
    quantity: ResourceQuantity,
    unit: text(10),
    useLimit: z.exactOptional(text(100)),
    from: CivilDate,
    until: CivilDate,
    organisationId: z.exactOptional(AccountId),
  })
  .check(z.refine(({ from, until }) => from <= until, { path: ['until'], error: 'ends before it begins' }));
export type RegisterResource = z.infer<typeof RegisterResource>;

/** A resource and what is left of it. */
export const ResourceView = z.strictObject({
  resourceId: CommandId,
  region: RegionCode,
  kind: ResourceKind,
  name: z.string(),
  donor: z.string(),
  quantity: ResourceQuantity,
  leftQuantity: z.int(),
  unit: z.string(),
  useLimit: z.exactOptional(z.string()),
  from: CivilDate,
  until: CivilDate,
});
export type ResourceView = z.infer<typeof ResourceView>;

/** Whose resources: those of the region and of what it lies in, down from the county. */
export const ResourceQuery = z.strictObject({ region: RegionCode.check(z.regex(/^(\d{6}|\d{9}|\d{12})$/)) });
/** Resources of which something is left, those that end soonest first. */
export const ResourceList = z.strictObject({ items: z.array(ResourceView) });
export type ResourceList = z.infer<typeof ResourceList>;

/** Which region. */
export const NumbersQuery = z.strictObject({ region: RegionCode });

/**
 * A region in numbers, nobody's name among them. `eldersVisited`: this week, by a visit that has ended. Above the
 * county the numbers are of `day`; up to the county they are of now.
 */
export const RegionNumbers = z.strictObject({
  region: RegionCode,
  day: CivilDate,
  communities: z.int(),
  elders: z.int(),
  eldersAlone: z.int(),
  eldersVisited: z.int(),
  eldersPlanned: z.int(),
  openCards: z.int(),
  cardsDispatched: z.int(),
  resourceUnitsLeft: z.int(),
});
export type RegionNumbers = z.infer<typeof RegionNumbers>;
