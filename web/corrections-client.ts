/** What the coordinator's pages on corrections ask the service. */
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const account = api.accounts[':accountId'];

/** What is taken back of an account, what was meant instead, and why. */
export interface Wrong {
  accountId: string;
  lineId: string;
  insteadMinutes?: number;
  reason: string;
}

/** The routes of corrections, of those that wait for a second person, and of what is needed to write one. */
export const correctionsClient = {
  listCorrections: (region: string, cursor?: string) =>
    answerOf(api.corrections.$get({ query: { region, cursor } })),
  decide: (correctionId: string, commandId: string, decision: 'approve' | 'decline') =>
    answerOf(
      api.corrections[':correctionId'].decision.$post({
        param: { correctionId },
        json: { commandId, decision },
      }),
    ),
  findMember: (phone: string) => answerOf(api.members.find.$post({ json: { phone } })),
  readAccount: (accountId: string) => answerOf(account.$get({ param: { accountId } })),
  listEntries: (accountId: string, cursor?: string) =>
    answerOf(account.entries.$get({ param: { accountId }, query: { cursor } })),
  propose: (transferId: string, wrong: Wrong) =>
    answerOf(api.corrections.$post({ json: { transferId, ...wrong } })),
};
