/** What the coordinator's page on corrections asks the service. */
import { answerOf } from './answer.ts';
import { api } from './client.ts';

/** The routes of corrections that wait for a second person. `township`: 9 digits. */
export const correctionsClient = {
  listCorrections: (township: string, cursor?: string) =>
    answerOf(api.corrections.$get({ query: { region: township, cursor } })),
  decide: (correctionId: string, commandId: string, decision: 'approve' | 'decline') =>
    answerOf(
      api.corrections[':correctionId'].decision.$post({
        param: { correctionId },
        json: { commandId, decision },
      }),
    ),
};
