/** The routes of families and helpers, of what helpers see of their elders, and of paper cards. */
import { Balance, StatementPage, StatementQuery } from './account.ts';
import {
  CardBalance,
  CardList,
  CardView,
  IssueCard,
  IssuedCard,
  ReadByCard,
  ReportCardLost,
  UnlockCard,
} from './card.ts';
import {
  BindingList,
  BindingQuery,
  BindingReceipt,
  CheckBinding,
  ConfirmBinding,
  EndBinding,
  HelpedList,
  ProposeBinding,
} from './helping.ts';
import type { Route } from './routes.ts';

const command = { method: 'post', signedIn: true, status: 200 } as const;
const read = { method: 'get', signedIn: true, status: 200 } as const;
const cardRefusals = ['card_locked', 'card_not_accepted'] as const;
const ofBinding = '/api/members/{memberId}/bindings/{bindingId}';

const bindings: readonly Route[] = [
  {
    ...command,
    path: '/api/bindings',
    operationId: 'proposeBinding',
    tag: 'helpers',
    status: 201,
    summary: 'A helper, an elder, or staff for either propose that the helper may act for the elder.',
    body: ProposeBinding,
    answer: BindingReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
      'already_bound',
    ],
  },
  {
    ...read,
    path: '/api/bindings',
    operationId: 'listWaitingBindings',
    tag: 'helpers',
    summary: "A community's bindings that wait for staff or for the elder, oldest first.",
    query: BindingQuery,
    answer: BindingList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...read,
    path: '/api/members/{memberId}/bindings',
    operationId: 'listBindings',
    tag: 'helpers',
    summary: "An elder's helpers: for the elder, for a helper their own, and for staff.",
    answer: BindingList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: `${ofBinding}/check`,
    operationId: 'checkBinding',
    tag: 'helpers',
    summary: 'Staff look at a proposed binding and its proof.',
    body: CheckBinding,
    answer: BindingReceipt,
    refusals: ['not_allowed', 'unknown_member', 'unknown_file', 'binding_not_open'],
  },
  {
    ...command,
    path: `${ofBinding}/confirm`,
    operationId: 'confirmBinding',
    tag: 'helpers',
    summary: 'The elder says yes or no: on their own phone, with their card, or by voice before a witness.',
    body: ConfirmBinding,
    answer: BindingReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_file',
      'binding_not_open',
      ...cardRefusals,
      'second_person_needed',
    ],
  },
  {
    ...command,
    path: `${ofBinding}/end`,
    operationId: 'endBinding',
    tag: 'helpers',
    summary: 'The elder, the helper, or staff for a caller end a binding at once.',
    body: EndBinding,
    answer: BindingReceipt,
    refusals: ['not_allowed', 'unknown_member', 'unknown_file', 'binding_not_open'],
  },
];

const helped: readonly Route[] = [
  {
    ...read,
    path: '/api/helped',
    operationId: 'listHelped',
    tag: 'helpers',
    summary: 'The elders whom I help, and what I may do for each.',
    answer: HelpedList,
    refusals: [],
  },
  {
    ...read,
    path: '/api/members/{memberId}/account',
    operationId: 'readHelpedBalance',
    tag: 'helpers',
    summary: 'The balance of an elder, for a helper who may see it.',
    answer: Balance,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...read,
    path: '/api/members/{memberId}/account/entries',
    operationId: 'listHelpedEntries',
    tag: 'helpers',
    summary: 'The statement of an elder, for a helper who may see it.',
    query: StatementQuery,
    answer: StatementPage,
    refusals: ['not_allowed', 'unknown_member'],
  },
];

const cards: readonly Route[] = [
  {
    ...command,
    path: '/api/cards',
    operationId: 'issueCard',
    tag: 'cards',
    status: 201,
    summary: 'A counter prints a card for an elder, who chooses a PIN; the card before it ends.',
    body: IssueCard,
    answer: IssuedCard,
    refusals: [
      'not_allowed',
      'unknown_member',
      'exists_with_different_content',
      'id_too_old',
      'id_from_the_future',
    ],
  },
  {
    ...command,
    path: '/api/cards/lost',
    operationId: 'reportCardLost',
    tag: 'cards',
    summary: 'A card is lost: it stops at once, and so do its six digits.',
    body: ReportCardLost,
    answer: CardView,
    refusals: ['not_allowed', 'unknown_member', 'id_too_old', 'id_from_the_future'],
  },
  {
    ...command,
    path: '/api/cards/balance',
    operationId: 'readByCard',
    tag: 'cards',
    summary: 'A counter shows the balance of whoever has come with card and PIN.',
    body: ReadByCard,
    answer: CardBalance,
    refusals: ['not_allowed', 'unknown_member', ...cardRefusals],
  },
  {
    ...read,
    path: '/api/members/{memberId}/cards',
    operationId: 'listCards',
    tag: 'cards',
    summary: "A person's cards, without what is on them.",
    answer: CardList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: '/api/members/{memberId}/cards/{cardId}/unlock',
    operationId: 'unlockCard',
    tag: 'cards',
    summary: 'Staff unlock a card after wrong PINs; the elder chooses a new PIN.',
    body: UnlockCard,
    answer: CardView,
    refusals: ['not_allowed', 'unknown_member', 'unknown_file'],
  },
];

/** All of them. */
export const helpingRoutes: readonly Route[] = [...bindings, ...helped, ...cards];
