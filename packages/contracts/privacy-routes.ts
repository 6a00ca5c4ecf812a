/** The routes of what people may decide and know about their own data. */
import {
  AnswerDataWish,
  AskAboutData,
  ConsentList,
  ConsentView,
  CopyQuery,
  DataWishList,
  DataWishQuery,
  DataWishView,
  GiveConsent,
  OwnCopy,
  OwnerQuery,
} from './privacy.ts';
import type { Route } from './routes.ts';

const command = { method: 'post', signedIn: true, status: 201, tag: 'privacy' } as const;
const read = { method: 'get', signedIn: true, status: 200, tag: 'privacy' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;

/** All of them. */
export const privacyRoutes: readonly Route[] = [
  {
    ...read,
    path: '/api/me/consents',
    operationId: 'listConsents',
    summary: 'What one has said yes and no to; for a guardian, what their ward has.',
    query: OwnerQuery,
    answer: ConsentList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: '/api/me/consents',
    operationId: 'giveConsent',
    summary: 'Says yes or no to a purpose; the newest word counts.',
    body: GiveConsent,
    answer: ConsentView,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'busy_try_again'],
  },
  {
    ...read,
    path: '/api/me/copy',
    operationId: 'readOwnCopy',
    summary: 'Everything that the service knows of oneself.',
    query: CopyQuery,
    answer: OwnCopy,
    refusals: ['not_allowed', 'unknown_member', 'unknown_account'],
  },
  {
    ...read,
    path: '/api/me/data-wishes',
    operationId: 'listOwnDataWishes',
    summary: 'What one has asked about one’s data, and what became of it.',
    query: OwnerQuery,
    answer: DataWishList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: '/api/me/data-wishes',
    operationId: 'askAboutData',
    summary: 'Asks for a correction, or for everything to be erased.',
    body: AskAboutData,
    answer: DataWishView,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'busy_try_again'],
  },
  {
    ...read,
    path: '/api/data-wishes',
    operationId: 'listDataWishes',
    summary: 'The wishes of a community’s people that wait for an answer.',
    query: DataWishQuery,
    answer: DataWishList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...command,
    path: '/api/members/{memberId}/data-wishes/{wishId}/answer',
    operationId: 'answerDataWish',
    summary: 'Staff answer a wish; an erasure that is done destroys the key under which the person is kept.',
    body: AnswerDataWish,
    answer: DataWishView,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_file',
      ...ids,
      'changed_meanwhile',
      'erasure_blocked',
      'busy_try_again',
    ],
  },
];
