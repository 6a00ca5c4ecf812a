import { answerOf } from './answer.ts';
import type { Wanted } from './client.ts';
import { provenApi } from './proven-api.ts';

/** Asks for help that is paid with hours: one's own, or with `forWhom` those of an elder whom one helps. */
export const redeemHours = (requestId: string, wanted: Wanted) =>
  answerOf(provenApi.redemptions.$post({ json: { requestId, ...wanted } }));
