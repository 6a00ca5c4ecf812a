/** What the pages ask the service after a visit. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const visit = api.requests[':requestId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];

/** What one side says of a visit. */
export type RatingWord = Omit<Sent<typeof visit.ratings.$post>, 'commandId'>;
/** What one side complains of. */
export type Complaint = Omit<Sent<typeof visit.disputes.$post>, 'commandId'>;
/** What one side says in a dispute. */
export type Said = Omit<Sent<typeof visit.dispute.answer.$post>, 'commandId'>;
/** A decision and its reason. */
export type Decision = Omit<Sent<(typeof api.disputes)[':caseId']['decisions']['$post']>, 'commandId'>;
/** What the hotline heard. */
export type Heard = Omit<Sent<(typeof visit)['call-back']['$post']>, 'commandId'>;
/** What was made of an item for review. */
export type Review = Omit<Sent<(typeof api.honesty)[':caseId']['review']['$post']>, 'commandId'>;
/** What was done about a bad rating. */
export type WorkStep = Omit<Sent<(typeof api)['work-orders'][':caseId']['steps']['$post']>, 'commandId'>;

const of = (requestId: string) => ({ requestId: encodeURIComponent(requestId) });
const ofCase = (caseId: string) => ({ caseId: encodeURIComponent(caseId) });

/** The routes of what comes after a visit. Commands take the id that the page made and keeps. */
export const afterClient = {
  listConfirmations: (community: string, kind: 'waiting' | 'call_back') =>
    answerOf(api.confirmations.$get({ query: { community, kind } })),
  confirmByCode: (requestId: string, transferId: string, code: string) =>
    answerOf(visit['confirm-by-card'].$post({ param: of(requestId), json: { transferId, shown: { code } } })),
  makeLink: (requestId: string, linkId: string) =>
    answerOf(visit['confirm-link'].$post({ param: of(requestId), json: { linkId } })),
  lookAtLink: (token: string) => answerOf(api['confirm-links'].look.$post({ json: { token } })),
  confirmByLink: (token: string) => answerOf(api['confirm-links'].confirm.$post({ json: { token } })),
  callBack: (requestId: string, commandId: string, heard: Heard) =>
    answerOf(visit['call-back'].$post({ param: of(requestId), json: { commandId, ...heard } })),
  rate: (requestId: string, commandId: string, word: RatingWord) =>
    answerOf(visit.ratings.$post({ param: of(requestId), json: { commandId, ...word } })),
  complain: (requestId: string, commandId: string, complaint: Complaint) =>
    answerOf(visit.disputes.$post({ param: of(requestId), json: { commandId, ...complaint } })),
  readDispute: (requestId: string) => answerOf(visit.dispute.$get({ param: of(requestId) })),
  answerDispute: (requestId: string, commandId: string, said: Said) =>
    answerOf(visit.dispute.answer.$post({ param: of(requestId), json: { commandId, ...said } })),
  appealDispute: (requestId: string, commandId: string, said: Said) =>
    answerOf(visit.dispute.appeal.$post({ param: of(requestId), json: { commandId, ...said } })),
  listDisputes: (region: string, cursor?: string) =>
    answerOf(api.disputes.$get({ query: { region, cursor } })),
  decide: (caseId: string, commandId: string, decision: Decision) =>
    answerOf(
      api.disputes[':caseId'].decisions.$post({ param: ofCase(caseId), json: { commandId, ...decision } }),
    ),
  listItems: (region: string, cursor?: string) => answerOf(api.honesty.$get({ query: { region, cursor } })),
  review: (caseId: string, commandId: string, review: Review) =>
    answerOf(api.honesty[':caseId'].review.$post({ param: ofCase(caseId), json: { commandId, ...review } })),
  listWorkOrders: (community: string, cursor?: string) =>
    answerOf(api['work-orders'].$get({ query: { community, cursor } })),
  stepWorkOrder: (caseId: string, commandId: string, step: WorkStep) =>
    answerOf(
      api['work-orders'][':caseId'].steps.$post({ param: ofCase(caseId), json: { commandId, ...step } }),
    ),
};
