/** The routes of what staff do with the ledger: corrections, grants, accounts, organisations, purchases. */
import { Balance, StatementPage, StatementQuery, TransferReceipt } from './account.ts';
import {
  BringHours,
  CloseAccount,
  FreezeAccount,
  MoveAccount,
  MoveReceipt,
  UnfreezeAccount,
} from './closing.ts';
import {
  CaseQuery,
  CorrectionList,
  CorrectionReceipt,
  CorrectionView,
  DecideCase,
  ProposeCorrection,
} from './correction.ts';
import { GrantRoundList, GrantRoundReceipt, GrantRoundView, ProposeGrants } from './granting.ts';
import { BankGroupHours, DonateGroupHours, OpenOrganisation, OrganisationView } from './organisation.ts';
import { EnterPurchase, PurchaseReceipt, PurchaseView, UsePurchase } from './purchase.ts';
import { Receipt } from './request.ts';
import type { Route } from './routes.ts';

const command = { method: 'post', signedIn: true, status: 201 } as const;
const read = { method: 'get', signedIn: true, status: 200 } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const correcting = [
  'unknown_policy_version',
  'unknown_account',
  'account_closed',
  'not_reversible',
  'already_reversed',
  'nothing_to_reverse',
] as const;

/** Corrections of lines. */
const corrections: readonly Route[] = [
  {
    ...command,
    path: '/api/corrections',
    operationId: 'proposeCorrection',
    tag: 'corrections',
    summary: 'A coordinator takes a line back; a large one waits for a second person.',
    body: ProposeCorrection,
    answer: CorrectionReceipt,
    refusals: ['not_allowed', 'unknown_transfer', ...ids, ...correcting],
  },
  {
    ...read,
    path: '/api/corrections',
    operationId: 'listCorrections',
    tag: 'corrections',
    summary: 'The corrections of a township or a community that wait for a second person.',
    query: CaseQuery,
    answer: CorrectionList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/corrections/{correctionId}',
    operationId: 'readCorrection',
    tag: 'corrections',
    summary: 'A correction that a second person decides, or has decided.',
    answer: CorrectionView,
    refusals: ['not_allowed', 'unknown_transfer'],
  },
  {
    ...command,
    path: '/api/corrections/{correctionId}/decision',
    operationId: 'approveCorrection',
    tag: 'corrections',
    summary: 'Another coordinator approves a correction, which is carried out, or declines it.',
    body: DecideCase,
    answer: CorrectionReceipt,
    refusals: ['not_allowed', 'unknown_transfer', ...ids, ...correcting, 'second_person_needed'],
  },
];

/** Grants from pools. */
const grants: readonly Route[] = [
  {
    ...command,
    path: '/api/grants',
    operationId: 'proposeGrants',
    tag: 'grants',
    summary: 'A coordinator collects the elders of a county or township who are granted hours in a month.',
    body: ProposeGrants,
    answer: GrantRoundReceipt,
    refusals: ['not_allowed', 'unknown_region', 'unknown_pool', ...ids],
  },
  {
    ...read,
    path: '/api/grants',
    operationId: 'listGrants',
    tag: 'grants',
    summary: 'The rounds of grants of a region that are not over.',
    query: CaseQuery,
    answer: GrantRoundList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/grants/{roundId}',
    operationId: 'readGrants',
    tag: 'grants',
    summary: 'A round of grants: its elders in the order of need, and who got what.',
    answer: GrantRoundView,
    refusals: ['not_allowed', 'unknown_document'],
  },
  {
    ...command,
    path: '/api/grants/{roundId}/decision',
    operationId: 'approveGrants',
    tag: 'grants',
    summary: 'Another coordinator, of the township or above, approves a round, which begins, or declines it.',
    body: DecideCase,
    answer: GrantRoundReceipt,
    refusals: ['not_allowed', 'unknown_document', ...ids, 'second_person_needed'],
  },
];

/** What staff see of an account, and do to it. */
const accounts: readonly Route[] = [
  {
    ...read,
    path: '/api/accounts/{accountId}',
    operationId: 'readMemberAccount',
    tag: 'accounts',
    summary: 'The balance of an account, for the coordinators of its home.',
    answer: Balance,
    refusals: ['not_allowed', 'unknown_account'],
  },
  {
    ...read,
    path: '/api/accounts/{accountId}/entries',
    operationId: 'listMemberEntries',
    tag: 'accounts',
    summary: 'The statement of an account, newest first, 25 lines a page, for the coordinators of its home.',
    query: StatementQuery,
    answer: StatementPage,
    refusals: ['not_allowed', 'unknown_account'],
  },
  {
    ...command,
    path: '/api/accounts/{accountId}/freeze',
    operationId: 'freezeAccount',
    tag: 'accounts',
    summary: 'After a death or in a dispute nothing goes out any more.',
    body: FreezeAccount,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      ...ids,
      'unknown_account',
      'donate_only_account',
      'account_frozen',
      'account_closed',
    ],
  },
  {
    ...command,
    path: '/api/accounts/{accountId}/unfreeze',
    operationId: 'unfreezeAccount',
    tag: 'accounts',
    summary: 'The account is free again.',
    body: UnfreezeAccount,
    answer: TransferReceipt,
    refusals: ['not_allowed', ...ids, 'unknown_account', 'account_not_frozen'],
  },
  {
    ...command,
    path: '/api/accounts/{accountId}/close',
    operationId: 'closeAccount',
    tag: 'accounts',
    summary: 'Closes an account for ever; what is left goes to a pool, an heir or, in writing, nobody.',
    body: CloseAccount,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_pool',
      ...ids,
      'unknown_account',
      'donate_only_account',
      'account_closed',
      'not_family',
      'holds_open',
      'debt_open',
      'unknown_receiver',
      'receiver_cannot_receive',
      'cap_reached',
    ],
  },
  {
    ...command,
    path: '/api/accounts/{accountId}/move',
    operationId: 'moveAccount',
    tag: 'accounts',
    summary: 'Inside the area of interchange the account stays; outside it leaves with a signed document.',
    body: MoveAccount,
    answer: MoveReceipt,
    refusals: [
      'not_allowed',
      ...ids,
      'unknown_account',
      'account_closed',
      'holds_open',
      'debt_open',
      'document_used',
      'unavailable',
    ],
  },
  {
    ...command,
    path: '/api/accounts/{accountId}/bring',
    operationId: 'bringHours',
    tag: 'accounts',
    summary: "Brings in the hours of another bank's signed document, once.",
    body: BringHours,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_document',
      ...ids,
      'unknown_account',
      'donate_only_account',
      'account_frozen',
      'account_closed',
      'cap_reached',
      'document_used',
      'unavailable',
    ],
  },
];

/** Organisations and their groups. */
const organisations: readonly Route[] = [
  {
    ...command,
    path: '/api/organisations',
    operationId: 'openOrganisation',
    tag: 'organisations',
    summary: 'Opens an account for the group hours of an organisation.',
    body: OpenOrganisation,
    answer: OrganisationView,
    refusals: ['not_allowed', 'unknown_region', ...ids],
  },
  {
    ...read,
    path: '/api/organisations/{accountId}',
    operationId: 'readOrganisation',
    tag: 'organisations',
    summary: 'An organisation.',
    answer: OrganisationView,
    refusals: ['not_allowed', 'unknown_account'],
  },
  {
    ...command,
    path: '/api/organisations/{accountId}/hours',
    operationId: 'bankGroupHours',
    tag: 'organisations',
    summary: 'Banks what a group did on a day, all people together.',
    body: BankGroupHours,
    answer: TransferReceipt,
    refusals: ['not_allowed', ...ids, 'unknown_account', 'account_closed'],
  },
  {
    ...command,
    path: '/api/organisations/{accountId}/donations',
    operationId: 'donateGroupHours',
    tag: 'organisations',
    summary: 'Gives group hours to a pool.',
    body: DonateGroupHours,
    answer: TransferReceipt,
    refusals: [
      'not_allowed',
      'unknown_pool',
      ...ids,
      'donation_not_allowed',
      'unknown_account',
      'account_frozen',
      'account_closed',
      'debt_open',
      'insufficient_hours',
    ],
  },
];

/** Purchases of paid service. */
const purchases: readonly Route[] = [
  {
    ...command,
    path: '/api/purchases',
    operationId: 'enterPurchase',
    tag: 'purchases',
    summary: 'Enters hours of paid service that a fund has bought, by the number of their document.',
    body: EnterPurchase,
    answer: PurchaseReceipt,
    refusals: ['not_allowed', 'unknown_region', 'document_used'],
  },
  {
    ...read,
    path: '/api/purchases/{document}',
    operationId: 'readPurchase',
    tag: 'purchases',
    summary: 'A purchase and what is left of it.',
    answer: PurchaseView,
    refusals: ['not_allowed', 'unknown_document'],
  },
  {
    ...command,
    path: '/api/purchases/{document}/uses',
    operationId: 'usePurchase',
    tag: 'purchases',
    summary: 'A provider has served a request that nobody took: the hours set aside go to the purchase.',
    body: UsePurchase,
    answer: Receipt,
    refusals: [
      'not_allowed',
      'unknown_request',
      'unknown_document',
      ...ids,
      'request_not_open',
      'fallback_off',
      'unknown_policy_version',
      'unknown_account',
      'hold_not_open',
      'hold_lapsed',
      'purchase_used_up',
    ],
  },
];

/** All of them. */
export const staffRoutes: readonly Route[] = [
  ...corrections,
  ...grants,
  ...accounts,
  ...organisations,
  ...purchases,
];
