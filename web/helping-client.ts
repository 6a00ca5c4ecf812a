/** What the pages of helpers, elders and staff ask of bindings and cards. */
import type { InferRequestType } from 'hono/client';
import { answerOf } from './answer.ts';
import { api } from './client.ts';

const { bindings, cards } = api;
const member = api.members[':memberId'];
const binding = member.bindings[':bindingId'];

type Sent<Door> = Extract<InferRequestType<Door>, { json: object }>['json'];
type Decision = 'accept' | 'decline';

/** For whom something is proposed, by whom it is done, and on what terms. */
export type Proposal = Omit<Sent<typeof bindings.$post>, 'bindingId'>;
/** How an elder said yes or no. */
export type Confirmation = Sent<typeof binding.confirm.$post>;
/** Staff act for a caller. */
export type OnBehalf = Exclude<Sent<typeof binding.end.$post>['forWhom'], undefined>;
/** A card that lies on the counter, with its PIN. */
export type CardShown = Sent<typeof cards.balance.$post>['card'];

const one = (memberId: string, bindingId: string) => ({
  memberId: encodeURIComponent(memberId),
  bindingId: encodeURIComponent(bindingId),
});

/** The routes of helpers and cards. Commands take the id that the page made and keeps. */
export const helpingClient = {
  propose: (bindingId: string, proposal: Proposal) =>
    answerOf(bindings.$post({ json: { bindingId, ...proposal } })),
  listWaiting: (community: string, cursor?: string) =>
    answerOf(bindings.$get({ query: { community, cursor } })),
  listBindings: (memberId: string) =>
    answerOf(member.bindings.$get({ param: { memberId: encodeURIComponent(memberId) } })),
  check: (memberId: string, bindingId: string, decision: Decision) =>
    answerOf(binding.check.$post({ param: one(memberId, bindingId), json: { decision } })),
  confirm: (memberId: string, bindingId: string, json: Confirmation) =>
    answerOf(binding.confirm.$post({ param: one(memberId, bindingId), json })),
  end: (memberId: string, bindingId: string, reason: string, forWhom?: OnBehalf) =>
    answerOf(
      binding.end.$post({
        param: one(memberId, bindingId),
        json: { reason, ...(forWhom === undefined ? {} : { forWhom }) },
      }),
    ),
  listHelped: () => answerOf(api.helped.$get()),
  readBalance: (memberId: string) =>
    answerOf(member.account.$get({ param: { memberId: encodeURIComponent(memberId) } })),
  listEntries: (memberId: string, cursor?: string) =>
    answerOf(
      member.account.entries.$get({ param: { memberId: encodeURIComponent(memberId) }, query: { cursor } }),
    ),
  listCards: (memberId: string) =>
    answerOf(member.cards.$get({ param: { memberId: encodeURIComponent(memberId) } })),
  reportLost: (reportId: string, forWhom?: Sent<typeof cards.lost.$post>['forWhom']) =>
    answerOf(cards.lost.$post({ json: { reportId, ...(forWhom === undefined ? {} : { forWhom }) } })),
  issueCard: (cardId: string, card: Omit<Sent<typeof cards.$post>, 'cardId'>) =>
    answerOf(cards.$post({ json: { cardId, ...card } })),
};
