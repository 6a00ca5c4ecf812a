/** What the coordinator's pages on the accounts of members say, in English. */
import type { AccountsCatalogue } from './accounts-zh-hans.ts';

/** The words of the accounts. */
export const accountsEn: AccountsCatalogue = {
  title: 'Corrections',
  intro:
    'What colleagues proposed, for you to approve or decline. Once approved, the reason stands on the statements of both sides.',
  empty: 'No corrections wait to be approved.',
  unnamed: 'Another member',
  takenBack: 'Taken back',
  instead: 'Entered instead',
  nothing: 'Nothing',
  reason: 'Reason',
  openedAt: 'Proposed on',
  own: 'You proposed this yourself; a colleague has to approve it.',
  states: {
    proposed: 'Waits for approval',
    approved: 'Approved, not finished yet',
    carried_out: 'Corrected',
    refused: 'Could not be done',
    declined: 'Declined',
  },
  approve: 'Approve',
  approveSure: 'It is corrected at once and cannot be undone. Approve it?',
  approveYes: 'Yes, approve',
  approved: 'Approved and corrected.',
  decline: 'Decline',
  declineSure: 'The accounts stay as they are. Decline it?',
  declineYes: 'Yes, decline',
  declined: 'Declined; the accounts stay as they are.',
  notNow: 'Not now',
  refusals: {
    too_many_bonds:
      'No more family or friends can be registered. Remove one person first, then register the other.',
    unknown_transfer: 'Record not found. Look at your history on the home page.',
    unknown_document: 'Document not found. Compare the number with the paper and enter it again.',
    account_not_frozen: 'This account is not on hold. Go back to the list.',
    too_many_grants: 'This account has too many open grants. Grant again when one is used or has run out.',
    hold_lapsed:
      'The hours were set aside for too long and cannot be used now. Call the service point; we will help.',
    holds_open:
      'Some hours are still set aside. Finish or cancel the bookings first, then close the account.',
    grant_not_open: 'This grant was used or has gone back. Go back to the list.',
    not_reversible: 'This record cannot be corrected like that. Choose another, or call the service point.',
    already_reversed: 'This record was corrected already. Look at the history.',
    nothing_to_reverse:
      'The hours of this record are used up; there is nothing to take back. Call the service point to settle it.',
    second_person_needed: 'Another member of staff has to decide this. Please pass it to a colleague.',
    debt_open:
      'The account still owes hours and cannot be closed like that. Make them up first, or call the service point.',
    pool_short: 'There are not enough hours in the community pool. Grant fewer, or try again in a few days.',
    document_used: 'This document was used already. Check the number and enter it again.',
    purchase_used_up: 'This purchase does not have enough hours left. Use fewer, or choose another purchase.',
  },
};
