/** The routes of the portraits of volunteers. */
import { GivePortrait, PortraitQuery, PortraitReceipt } from './portrait.ts';
import type { Route } from './routes.ts';

const own = { path: '/api/me/portrait', signedIn: true, status: 200, tag: 'privacy' } as const;

/** All of them. */
export const portraitRoutes: readonly Route[] = [
  {
    ...own,
    method: 'get',
    operationId: 'readOwnPortrait',
    summary: 'One’s own portrait.',
    media: 'image/jpeg',
    refusals: ['not_allowed', 'unknown_file'],
  },
  {
    ...own,
    method: 'post',
    operationId: 'givePortrait',
    summary: 'A volunteer gives a small portrait, which those see whom they visit.',
    body: GivePortrait,
    answer: PortraitReceipt,
    refusals: ['not_allowed', 'consent_needed', 'not_a_portrait', 'busy_try_again'],
  },
  {
    method: 'get',
    signedIn: true,
    status: 200,
    tag: 'requests',
    path: '/api/requests/{requestId}/portrait',
    operationId: 'readPortrait',
    summary: 'Who comes: the portrait of a volunteer who has taken the visit, until it is closed.',
    query: PortraitQuery,
    media: 'image/jpeg',
    refusals: ['unknown_request'],
  },
];
