/** The routes of sign-ins that last and of the devices that may move hours. */
import {
  ApproveDevice,
  DeviceRow,
  EndMemberSessions,
  EndSessions,
  RefreshSession,
  RemoveDevice,
  SessionList,
  SessionsEnded,
  SignedInSession,
} from './session.ts';
import type { Route } from './routes.ts';

const command = { method: 'post', signedIn: true, status: 200, tag: 'sign-in' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const ending = [...ids, 'unknown_account', 'busy_try_again'] as const;

/** All of them. */
export const sessionRoutes: readonly Route[] = [
  {
    ...command,
    path: '/api/sessions/refresh',
    operationId: 'refreshSession',
    signedIn: false,
    summary: 'The next refresh token and a new access token, for clients without cookies.',
    body: RefreshSession,
    answer: SignedInSession,
    refusals: ['not_signed_in', 'sign_in_expired', 'session_ended'],
  },
  {
    ...command,
    path: '/api/sign-out',
    operationId: 'signOut',
    signedIn: false,
    status: 204,
    summary: 'Ends this sign-in for good.',
    refusals: ['missing_request_header'],
  },
  {
    ...command,
    method: 'get',
    path: '/api/sessions',
    operationId: 'listSessions',
    summary: "One's own sign-ins and devices.",
    answer: SessionList,
    refusals: [],
  },
  {
    ...command,
    path: '/api/sessions/{sessionId}/end',
    operationId: 'endSession',
    summary: "Ends one of one's own sign-ins.",
    body: EndSessions,
    answer: SessionsEnded,
    refusals: ['unknown_session', ...ending],
  },
  {
    ...command,
    path: '/api/sessions/end-others',
    operationId: 'endOtherSessions',
    summary: "Ends all of one's own sign-ins but this one.",
    body: EndSessions,
    answer: SessionsEnded,
    refusals: ending,
  },
  {
    ...command,
    path: '/api/members/{memberId}/sessions/end',
    operationId: 'endMemberSessions',
    summary: 'Staff end all sign-ins of a member, with the reason.',
    body: EndMemberSessions,
    answer: SessionsEnded,
    refusals: ['not_allowed', 'unknown_member', ...ending],
  },
  {
    ...command,
    path: '/api/devices/approve',
    operationId: 'approveDevice',
    summary: 'A device that may move hours lets another one of the same person do so.',
    body: ApproveDevice,
    answer: DeviceRow,
    refusals: ['device_proof_needed', 'device_not_trusted', 'unknown_file', 'busy_try_again'],
  },
  {
    ...command,
    path: '/api/devices/remove',
    operationId: 'removeDevice',
    summary: "Takes one of one's own devices away.",
    body: RemoveDevice,
    answer: SessionsEnded,
    refusals: ['unknown_file', ...ending],
  },
];
