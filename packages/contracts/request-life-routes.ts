/** The routes that move a request along beside the visit itself. */
import { Receipt } from './request.ts';
import {
  AnswerPerson,
  AskForHelp,
  DecideNoShow,
  DecideUnfilled,
  ReviewList,
  ReviewQuery,
  ReviewRequest,
  ReviseRequest,
  ServiceList,
  ServiceQuery,
  WithdrawVisit,
} from './request-life.ts';
import type { Route } from './routes.ts';

const step = { method: 'post', signedIn: true, status: 200, tag: 'request-life', answer: Receipt } as const;
const read = { method: 'get', signedIn: true, status: 200, tag: 'request-life' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const ofOne = ['not_allowed', 'unknown_request', ...ids] as const;
const orders = [
  'starts_in_past',
  'starts_too_late',
  'not_receiving_care',
  'service_not_offered',
  'service_not_suited',
  'outside_service_hours',
  'minutes_out_of_bounds',
] as const;

/** All of them. */
export const requestLifeRoutes: readonly Route[] = [
  {
    ...read,
    path: '/api/services',
    operationId: 'listServices',
    summary: 'What can be asked for in a community: names, minutes, risk, who makes it and who pays.',
    query: ServiceQuery,
    answer: ServiceList,
    refusals: ['unknown_region'],
  },
  {
    ...step,
    path: '/api/submissions',
    operationId: 'askForHelp',
    status: 201,
    summary: 'An elder, or their helper, asks for help without hours; the staff look at it first.',
    body: AskForHelp,
    refusals: ['not_allowed', 'unknown_member', ...ids, ...orders, 'busy_try_again'],
  },
  {
    ...read,
    path: '/api/reviews',
    operationId: 'listReviews',
    summary: 'What waits for a review in a community.',
    query: ReviewQuery,
    answer: ReviewList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/revise',
    operationId: 'reviseRequest',
    summary: 'Changes a request that is not published yet; keeps it as a draft or hands it in.',
    body: ReviseRequest,
    refusals: [...ofOne, ...orders, 'wrong_state', 'busy_try_again'],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/review',
    operationId: 'reviewRequest',
    summary: 'Publishes what was handed in, or turns it down with a reason.',
    body: ReviewRequest,
    refusals: [
      'not_allowed',
      'unknown_request',
      'unknown_document',
      ...ids,
      'starts_in_past',
      'service_not_offered',
      'wrong_state',
      'unknown_policy_version',
      'unknown_account',
      'purchase_used_up',
      'busy_try_again',
    ],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/person',
    operationId: 'answerPerson',
    summary: "The elder's side agrees to whoever is to come, or asks for somebody else.",
    body: AnswerPerson,
    refusals: [...ofOne, 'wrong_state', 'unknown_policy_version', 'busy_try_again'],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/withdraw',
    operationId: 'withdrawVisit',
    summary: 'A volunteer cannot come: somebody else is looked for, or it is over.',
    body: WithdrawVisit,
    refusals: [...ofOne, 'wrong_state', 'unknown_account', 'busy_try_again'],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/no-show',
    operationId: 'decideNoShow',
    summary: 'The desk has checked who was not there; an elder who was not met is looked for at once.',
    body: DecideNoShow,
    refusals: [
      ...ofOne,
      'starts_in_past',
      'starts_too_late',
      'wrong_state',
      'unknown_policy_version',
      'unknown_account',
      'busy_try_again',
    ],
  },
  {
    ...step,
    path: '/api/requests/{requestId}/unfilled',
    operationId: 'decideUnfilled',
    summary: 'What is done about a request that nobody took.',
    body: DecideUnfilled,
    refusals: [
      'not_allowed',
      'unknown_request',
      'unknown_document',
      ...ids,
      'starts_in_past',
      'starts_too_late',
      'wrong_state',
      'fallback_off',
      'unknown_policy_version',
      'unknown_account',
      'purchase_used_up',
      'busy_try_again',
    ],
  },
];
