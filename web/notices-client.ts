/** What the pages of notices and coming visits ask the service. */
import type { InferRequestType } from 'hono/client';
import { answerOf, answerWith } from './answer.ts';
import { readJpegAddress } from './base64.ts';
import { api } from './client.ts';

const { inbox, me, notices } = api;

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];

/** Language and stops, as they are from now on. */
export type Settings = Sent<typeof me.notices.$post>;
/** Which line. */
export type Line = Sent<typeof inbox.read.$post>['lines'][number];

/** The routes of notices. */
export const noticesClient = {
  listInbox: (cursor?: string) => answerOf(inbox.$get({ query: { cursor } })),
  markRead: (lines: Line[]) => answerOf(inbox.read.$post({ json: { lines } })),
  readSettings: () => answerOf(me.notices.$get()),
  changeSettings: (json: Settings) => answerOf(me.notices.$post({ json })),
  changeAddress: (commandId: string, address?: string) =>
    answerOf(
      me.notices.address.$post({ json: { commandId, ...(address === undefined ? {} : { address }) } }),
    ),
  addPush: (json: Sent<typeof me.push.$post>) => answerOf(me.push.$post({ json })),
  removePush: (endpoint: string) => answerOf(me.push.remove.$post({ json: { endpoint } })),
  makeCalendar: () => answerOf(me.calendar.$post({ json: {} })),
  endCalendar: () => answerOf(me.calendar.end.$post({ json: {} })),
  followLink: (token: string) => answerOf(notices.links.$post({ json: { token } })),
  listToTell: (communityCode: string, cursor?: string) =>
    answerOf(notices['to-tell'].$get({ query: { communityCode, cursor } })),
  markTold: (memberId: string, line: Line) =>
    answerOf(
      api.members[':memberId'].told.$post({ param: { memberId: encodeURIComponent(memberId) }, json: line }),
    ),
  /** Who comes, as an address that a page can show. */
  readPortrait: (requestId: string, memberId: string) =>
    answerWith(
      api.requests[':requestId'].portrait.$get({
        param: { requestId: encodeURIComponent(requestId) },
        query: { memberId },
      }),
      readJpegAddress,
    ),
  listNext: (as: 'receiver' | 'volunteer', memberId?: string) =>
    answerOf(api['next-visits'].$get({ query: { as, memberId } })),
};
