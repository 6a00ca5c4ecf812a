/** What the page for giving hours away asks the service. */
import { answerOf } from './answer.ts';
import { api } from './client.ts';
import { provenApi } from './proven-api.ts';

/** The routes of giving, each with what it needs. Commands take the id that the page made and keeps. */
export const givingClient = {
  listFamily: () => answerOf(api.family.$get({ query: {} })),
  readPool: (poolId: string) => answerOf(api.pools[':poolId'].$get({ param: { poolId } })),
  giveHours: (transferId: string, receiverId: string, amountMinutes: number) =>
    answerOf(provenApi.gifts.$post({ json: { transferId, receiverId, amountMinutes } })),
  donateHours: (transferId: string, poolId: string, amountMinutes: number) =>
    answerOf(provenApi.donations.$post({ json: { transferId, poolId, amountMinutes } })),
  chooseOverflow: (transferId: string, overflowTo: string) =>
    answerOf(provenApi.account.overflow.$post({ json: { transferId, overflowTo } })),
};
