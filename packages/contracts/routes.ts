/**
 * The list of everything the service answers over HTTP: the source of the OpenAPI document, and what a test
 * compares with the routes that really exist.
 */
import * as z from 'zod/mini';
import { Balance, StatementPage, StatementQuery, TransferReceipt } from './account.ts';
import { activityRoutes } from './activity-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { confirmingRoutes } from './confirming-routes.ts';
import { AskReceipt, AskVolunteers } from './asking.ts';
import { CandidateList, CandidateQuery } from './candidate.ts';
import { CoverageWeek } from './coverage.ts';
import { Cursor } from './cursor.ts';
import {
  BindFamily,
  ChooseOverflow,
  DonateHours,
  EndFamily,
  FamilyList,
  FamilyQuery,
  GiveHours,
  PoolView,
} from './giving.ts';
import { helpingRoutes } from './helping-routes.ts';
import { MemberId } from './ids.ts';
import { ElderRow, FindMember, Me, ReachablePerson } from './member.ts';
import { mergingRoutes } from './merging-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { CommunityCode, Region } from './region.ts';
import {
  ApprovalReceipt,
  ApprovePolicy,
  PolicyQuery,
  PolicyView,
  ProposalReceipt,
  ProposePolicy,
  SimulatePolicy,
  SimulationView,
} from './policy.ts';
import type { RefusalCode } from './refusals.ts';
import { requestLifeRoutes } from './request-life-routes.ts';
import { emergencyRoutes } from './emergency-routes.ts';
import { linkageRoutes } from './linkage-routes.ts';
import { weekPlanRoutes } from './week-plan-routes.ts';
import { noticesRoutes } from './notices-routes.ts';
import { portraitRoutes } from './portrait-routes.ts';
import { privacyRoutes } from './privacy-routes.ts';
import {
  AcceptRequest,
  CancelRequest,
  CheckIn,
  CheckOut,
  ConfirmVisit,
  PostRequest,
  Receipt,
  RedeemHours,
  RequestPage,
  RequestScope,
  RequestView,
} from './request.ts';
import { AccountProof, CheckpointView } from './seal.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { seriesRoutes } from './series-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { IsoWeek } from './time.ts';
import { visitingRoutes } from './visiting-routes.ts';

/**
 * Which list of requests, of which of my communities (all where it is left out), and from where on. With
 * `scope=received` those of an elder whom I help or look after: `memberId`.
 */
export const RequestQuery = z
  .strictObject({
    scope: RequestScope,
    community: z.exactOptional(CommunityCode),
    memberId: z.exactOptional(MemberId),
    cursor: z.exactOptional(Cursor),
  })
  .check(
    z.refine(({ scope, community }) => community === undefined || scope === 'community', {
      path: ['community'],
      error: 'goes with scope=community only',
    }),
    z.refine(({ scope, memberId }) => memberId === undefined || scope === 'received', {
      path: ['memberId'],
      error: 'goes with scope=received only',
    }),
  );
/** Which week (this one where it is left out) of which community (the first of mine). */
export const CoverageQuery = z.strictObject({
  week: z.exactOptional(IsoWeek),
  community: z.exactOptional(CommunityCode),
});
/** Which community (the first of mine where it is left out). */
export const ElderQuery = z.strictObject({ community: z.exactOptional(CommunityCode) });
/** The elders of a community. */
export const ElderList = z.strictObject({ items: z.array(ElderRow) });
/** Communities, by code. */
export const CommunityList = z.strictObject({ items: z.array(Region) });
/** The service answers, and so do its tables. */
export const Health = z.strictObject({ status: z.literal('ok') });

/** One route. `body` and `query` are strict: an unknown field is refused. */
export interface Route {
  method: 'get' | 'post';
  path: string;
  operationId: string;
  summary: string;
  tag:
    | 'service'
    | 'sign-in'
    | 'people'
    | 'roles'
    | 'volunteers'
    | 'requests'
    | 'request-life'
    | 'visits'
    | 'visiting'
    | 'hours'
    | 'giving'
    | 'policies'
    | 'coverage'
    | 'seals'
    | 'corrections'
    | 'grants'
    | 'accounts'
    | 'organisations'
    | 'purchases'
    | 'helpers'
    | 'cards'
    | 'audit'
    | 'linkage'
    | 'emergencies'
    | 'series'
    | 'activities'
    | 'week-plans'
    | 'notices'
    | 'after'
    | 'privacy';
  signedIn: boolean;
  body?: z.core.$ZodType;
  query?: z.core.$ZodObject;
  status: 200 | 201 | 202 | 204;
  answer?: z.core.$ZodType;
  /** The media type of an answer that is not JSON. */
  media?: string;
  /** Refusals beside those every route may give, in order of precedence. */
  refusals: readonly RefusalCode[];
}

const command = { method: 'post', signedIn: true } as const;
const read = { method: 'get', signedIn: true, status: 200 } as const;

/** All routes, sign-in first. */
export const routes: readonly Route[] = [
  {
    ...read,
    path: '/api/health',
    operationId: 'readHealth',
    tag: 'service',
    signedIn: false,
    summary: 'Whether the service and its tables answer.',
    answer: Health,
    refusals: ['unavailable'],
  },
  ...signInRoutes,
  ...sessionRoutes,
  {
    ...read,
    path: '/api/me',
    operationId: 'readMe',
    tag: 'people',
    summary: "Oneself: roles, home, and the code on one's own card.",
    answer: Me,
    refusals: [],
  },
  {
    ...read,
    path: '/api/communities',
    operationId: 'listCommunities',
    tag: 'people',
    summary: 'The communities that a coordinator looks after.',
    answer: CommunityList,
    refusals: ['not_allowed'],
  },
  {
    ...read,
    path: '/api/elders',
    operationId: 'listElders',
    tag: 'people',
    summary: 'The elders of a community, for its coordinator.',
    query: ElderQuery,
    answer: ElderList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...command,
    path: '/api/members/find',
    operationId: 'findMember',
    tag: 'people',
    status: 200,
    summary: 'The person of a telephone number, for a coordinator of their home.',
    body: FindMember,
    answer: ReachablePerson,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: '/api/requests',
    operationId: 'postRequest',
    tag: 'requests',
    status: 201,
    summary: 'A coordinator asks for a companionship visit to an elder.',
    body: PostRequest,
    answer: Receipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'starts_in_past',
      'starts_too_late',
      'not_receiving_care',
      'service_not_offered',
      'service_not_suited',
      'outside_service_hours',
      'minutes_out_of_bounds',
      'home_visit_due',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/redemptions',
    operationId: 'redeemHours',
    tag: 'hours',
    status: 201,
    summary: 'A member asks for help and sets hours of their own aside for it.',
    body: RedeemHours,
    answer: Receipt,
    refusals: [
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'starts_in_past',
      'starts_too_late',
      'service_not_offered',
      'service_not_suited',
      'outside_service_hours',
      'minutes_out_of_bounds',
      'too_young_to_redeem',
      'unknown_account',
      'donate_only_account',
      'account_frozen',
      'account_closed',
      'too_many_holds',
      'insufficient_hours',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/requests',
    operationId: 'listRequests',
    tag: 'requests',
    summary: 'Requests: open ones near me, mine, those I visit, or those of my communities.',
    query: RequestQuery,
    answer: RequestPage,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/requests/{requestId}',
    operationId: 'readRequest',
    tag: 'requests',
    summary: 'One request, as far as the person asking may see it.',
    answer: RequestView,
    refusals: ['unknown_request'],
  },
  ...requestLifeRoutes,
  {
    ...read,
    path: '/api/requests/{requestId}/candidates',
    operationId: 'listCandidates',
    tag: 'requests',
    summary:
      'Eligible volunteers, best first, each with reasons in words; with about, why that one or why not.',
    query: CandidateQuery,
    answer: CandidateList,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_request',
      'request_not_open',
      'unknown_policy_version',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/ask',
    operationId: 'askVolunteers',
    tag: 'requests',
    status: 200,
    summary: 'Asks the most likely volunteers to take the visit; the clock asks more until somebody does.',
    body: AskVolunteers,
    answer: AskReceipt,
    refusals: [
      'not_allowed',
      'unknown_request',
      'request_not_open',
      'unknown_policy_version',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/cancel',
    operationId: 'cancelRequest',
    tag: 'requests',
    status: 200,
    summary: 'Takes a request back before the visit begins; hours set aside are free again.',
    body: CancelRequest,
    answer: Receipt,
    refusals: [
      'unknown_request',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'not_cancellable',
      'unknown_account',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/accept',
    operationId: 'acceptRequest',
    tag: 'visits',
    status: 201,
    summary: 'A volunteer takes an open request.',
    body: AcceptRequest,
    answer: Receipt,
    refusals: [
      'not_allowed',
      'unknown_request',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'not_ready_to_serve',
      'request_not_open',
      'own_request',
      'not_eligible',
      'overlapping_visit',
      'unknown_policy_version',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/check-in',
    operationId: 'checkIn',
    tag: 'visits',
    status: 200,
    summary: "The volunteer is there: with the six digits on the elder's card.",
    body: CheckIn,
    answer: Receipt,
    refusals: [
      'unknown_request',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'not_accepted',
      'already_checked_in',
      'too_early_to_check_in',
      'too_late_to_check_in',
      'visit_code_locked',
      'card_of_another_person',
      'visit_code_incorrect',
      'unknown_policy_version',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/check-out',
    operationId: 'checkOut',
    tag: 'visits',
    status: 200,
    summary: 'The volunteer leaves.',
    body: CheckOut,
    answer: Receipt,
    refusals: [
      'unknown_request',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'not_in_service',
      'visit_code_locked',
      'card_of_another_person',
      'visit_code_incorrect',
      'unknown_policy_version',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/confirm',
    operationId: 'confirmVisit',
    tag: 'visits',
    status: 200,
    summary: 'The elder, or the coordinator of an elder without a phone, confirms; the hours are banked.',
    body: ConfirmVisit,
    answer: Receipt,
    refusals: [
      'unknown_request',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'not_awaiting_confirmation',
      'unknown_policy_version',
      'unknown_account',
      'account_closed',
      'hold_not_open',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/account',
    operationId: 'readBalance',
    tag: 'hours',
    summary: "One's own balance.",
    answer: Balance,
    refusals: ['unknown_account'],
  },
  {
    ...read,
    path: '/api/account/entries',
    operationId: 'listEntries',
    tag: 'hours',
    summary: "One's own statement, newest first, 25 lines a page.",
    query: StatementQuery,
    answer: StatementPage,
    refusals: ['unknown_account'],
  },
  {
    ...command,
    path: '/api/gifts',
    operationId: 'giveHours',
    tag: 'giving',
    status: 201,
    summary: 'Earned hours for a bound relative; a coordinator may write it for a member.',
    body: GiveHours,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'same_account',
      'unknown_account',
      'donate_only_account',
      'account_frozen',
      'account_closed',
      'not_family',
      'receiver_too_young',
      'gift_year_cap_reached',
      'debt_open',
      'insufficient_hours',
      'unknown_receiver',
      'receiver_cannot_receive',
      'cap_reached',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/donations',
    operationId: 'donateHours',
    tag: 'giving',
    status: 201,
    summary: "Hours for a pool of one's home; a coordinator may write it for a member.",
    body: DonateHours,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_pool',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'donation_not_allowed',
      'unknown_account',
      'account_frozen',
      'account_closed',
      'debt_open',
      'insufficient_hours',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/account/overflow',
    operationId: 'chooseOverflow',
    tag: 'giving',
    status: 200,
    summary: 'Where hours above a cap go from now on; a coordinator may write it for a member.',
    body: ChooseOverflow,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_pool',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'unknown_account',
      'account_closed',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/pools/{poolId}',
    operationId: 'readPool',
    tag: 'giving',
    summary: 'What a pool can grant, and what moved it last, without names.',
    answer: PoolView,
    refusals: ['unknown_pool'],
  },
  {
    ...read,
    path: '/api/family',
    operationId: 'listFamily',
    tag: 'giving',
    summary: "The relatives to whom one can give; a member's for their coordinator.",
    query: FamilyQuery,
    answer: FamilyList,
    refusals: ['unknown_member', 'unknown_account'],
  },
  {
    ...command,
    path: '/api/family-ties',
    operationId: 'bindFamily',
    tag: 'giving',
    status: 201,
    summary: 'A coordinator binds a relative to a giver, on a proof.',
    body: BindFamily,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'same_account',
      'unknown_account',
      'donate_only_account',
      'account_frozen',
      'account_closed',
      'not_family',
      'too_many_bonds',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/family-ties/end',
    operationId: 'endFamily',
    tag: 'giving',
    status: 200,
    summary: 'A coordinator ends a family tie; what was given stays given.',
    body: EndFamily,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'unknown_account',
      'account_closed',
      'not_family',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/policies',
    operationId: 'readPolicy',
    tag: 'policies',
    summary: 'The rules of a region as they are in force today, each with whose decision it is.',
    query: PolicyQuery,
    answer: PolicyView,
    refusals: ['unknown_region'],
  },
  {
    ...command,
    path: '/api/policies/simulations',
    operationId: 'simulatePolicy',
    tag: 'policies',
    status: 200,
    summary: 'Which accounts a decision would touch, and how; nothing is written.',
    body: SimulatePolicy,
    answer: SimulationView,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...command,
    path: '/api/policies',
    operationId: 'proposePolicy',
    tag: 'policies',
    status: 201,
    summary: 'A coordinator proposes a decision of a region: values, or a preset by its name.',
    body: ProposePolicy,
    answer: ProposalReceipt,
    refusals: [
      'not_allowed',
      'unknown_region',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/policies/approvals',
    operationId: 'approvePolicy',
    tag: 'policies',
    status: 201,
    summary: 'Another coordinator of that region, or of one above it, publishes a proposal.',
    body: ApprovePolicy,
    answer: ApprovalReceipt,
    refusals: [
      'not_allowed',
      'unknown_document',
      'exists_with_different_content',
      'second_person_needed',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/account/proof',
    operationId: 'readProof',
    tag: 'seals',
    summary: "The proof that one's own account stands in the sealed log, unchanged.",
    answer: AccountProof,
    refusals: ['unknown_account', 'unavailable'],
  },
  {
    ...read,
    path: '/api/checkpoint',
    operationId: 'readCheckpoint',
    tag: 'seals',
    signedIn: false,
    summary: 'The newest signed checkpoint of the log, and the key that checks it; for everybody.',
    answer: CheckpointView,
    refusals: ['unavailable'],
  },
  ...peopleRoutes,
  ...mergingRoutes,
  ...staffRoutes,
  ...helpingRoutes,
  ...auditRoutes,
  ...linkageRoutes,
  ...emergencyRoutes,
  ...seriesRoutes,
  ...activityRoutes,
  ...weekPlanRoutes,
  ...visitingRoutes,
  ...privacyRoutes,
  ...portraitRoutes,
  ...confirmingRoutes,
  ...noticesRoutes,
  {
    ...read,
    path: '/api/coverage',
    operationId: 'readCoverage',
    tag: 'coverage',
    summary: "A community's week: every elder, visited or not, gaps first.",
    query: CoverageQuery,
    answer: CoverageWeek,
    refusals: ['not_allowed', 'unknown_region'],
  },
];
