/**
 * The list of everything the service answers over HTTP: the source of the OpenAPI document, and what a test
 * compares with the routes that really exist.
 */
import * as z from 'zod/mini';
import { Balance, StatementPage } from './account.ts';
import { CandidateList } from './candidate.ts';
import { CoverageWeek } from './coverage.ts';
import { ElderRow, Me } from './member.ts';
import { CommunityCode, Region } from './region.ts';
import type { RefusalCode } from './refusals.ts';
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
import { AskForCode, CodeSent, SignedIn, SignIn } from './sign-in.ts';
import { IsoWeek } from './time.ts';

/** An opaque place to go on reading from; comes from the page before. */
export const Cursor = z.string().check(z.maxLength(1024), z.regex(/^[A-Za-z0-9_-]+$/));

/** Which list of requests, of which of my communities (all where it is left out), and from where on. */
export const RequestQuery = z
  .strictObject({
    scope: RequestScope,
    community: z.exactOptional(CommunityCode),
    cursor: z.exactOptional(Cursor),
  })
  .check(
    z.refine(({ scope, community }) => community === undefined || scope === 'community', {
      path: ['community'],
      error: 'goes with scope=community only',
    }),
  );
/** From where on to read the statement. */
export const StatementQuery = z.strictObject({ cursor: z.exactOptional(Cursor) });
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
  tag: 'service' | 'sign-in' | 'people' | 'requests' | 'visits' | 'hours' | 'coverage';
  signedIn: boolean;
  body?: z.core.$ZodType;
  query?: z.core.$ZodObject;
  status: 200 | 201 | 202 | 204;
  answer?: z.core.$ZodType;
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
  {
    ...command,
    path: '/api/sign-in/codes',
    operationId: 'askForCode',
    tag: 'sign-in',
    signedIn: false,
    status: 202,
    summary: 'Sends a one-time code to a telephone number.',
    body: AskForCode,
    answer: CodeSent,
    refusals: ['too_many_codes', 'unavailable'],
  },
  {
    ...command,
    path: '/api/sign-in',
    operationId: 'signIn',
    tag: 'sign-in',
    signedIn: false,
    status: 200,
    summary: 'Signs in with the code.',
    body: SignIn,
    answer: SignedIn,
    refusals: ['code_not_accepted'],
  },
  {
    ...command,
    path: '/api/sign-out',
    operationId: 'signOut',
    tag: 'sign-in',
    signedIn: false,
    status: 204,
    summary: 'Takes the cookie back.',
    refusals: [],
  },
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
      'starts_in_past',
      'starts_too_late',
      'not_receiving_care',
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
      'starts_in_past',
      'starts_too_late',
      'too_young_to_redeem',
      'unknown_account',
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
  {
    ...read,
    path: '/api/requests/{requestId}/candidates',
    operationId: 'listCandidates',
    tag: 'requests',
    summary: 'Eligible volunteers, best first, each with reasons in words.',
    answer: CandidateList,
    refusals: ['not_allowed', 'unknown_request', 'request_not_open'],
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
      'not_cancellable',
      'hold_not_open',
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
      'request_not_open',
      'own_request',
      'not_eligible',
      'overlapping_visit',
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
      'not_accepted',
      'too_early_to_check_in',
      'too_late_to_check_in',
      'visit_code_locked',
      'visit_code_incorrect',
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
    refusals: ['unknown_request', 'exists_with_different_content', 'not_in_service', 'busy_try_again'],
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
      'not_awaiting_confirmation',
      'unknown_account',
      'cap_reached',
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
