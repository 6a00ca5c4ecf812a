/** What one's own pages ask the service: sign-ins, devices, passkeys, one's own data. */
import type { InferRequestType } from 'hono/client';
import { answerOf, answerWith } from './answer.ts';
import { readJpegAddress } from './base64.ts';
import { api } from './client.ts';
import { provenApi } from './proven-api.ts';

const { sessions, devices, me } = api;

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];

/** What is agreed to or not. */
export type Consent = Omit<Sent<typeof me.consents.$post>, 'consentId'>;
/** What is wished for one's data. */
export type Wish = Omit<Sent<(typeof me)['data-wishes']['$post']>, 'wishId'>;

/** The routes of one's own pages. Commands take the id that the page made and keeps. */
export const meClient = {
  listSessions: () => answerOf(sessions.$get()),
  endSession: (commandId: string, sessionId: string) =>
    answerOf(
      sessions[':sessionId'].end.$post({
        param: { sessionId: encodeURIComponent(sessionId) },
        json: { commandId },
      }),
    ),
  endOthers: (commandId: string) => answerOf(sessions['end-others'].$post({ json: { commandId } })),
  approveDevice: (deviceId: string) => answerOf(provenApi.devices.approve.$post({ json: { deviceId } })),
  removeDevice: (commandId: string, deviceId: string) =>
    answerOf(devices.remove.$post({ json: { commandId, deviceId } })),
  listPasskeys: () => answerOf(me.passkeys.$get()),
  removePasskey: (passkeyId: string) =>
    answerOf(
      me.passkeys[':passkeyId'].remove.$post({
        param: { passkeyId: encodeURIComponent(passkeyId) },
        json: {},
      }),
    ),
  listReaders: (cursor?: string) => answerOf(me.readers.$get({ query: { cursor } })),
  listConsents: () => answerOf(me.consents.$get({ query: {} })),
  giveConsent: (consentId: string, consent: Consent) =>
    answerOf(me.consents.$post({ json: { consentId, ...consent } })),
  /** As an address that a page can show. */
  readPortrait: () => answerWith(me.portrait.$get(), readJpegAddress),
  givePortrait: (jpeg: string) => answerOf(me.portrait.$post({ json: { jpeg } })),
  readCopy: (cursor?: string) => answerOf(me.copy.$get({ query: { cursor } })),
  listWishes: () => answerOf(me['data-wishes'].$get({ query: {} })),
  askAboutData: (wishId: string, wish: Wish) =>
    answerOf(me['data-wishes'].$post({ json: { wishId, ...wish } })),
};
