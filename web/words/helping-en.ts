/** What is said of families, helpers and cards, in English. */
import type { HelpingCatalogue } from './helping-zh-hans.ts';

/** The words of helpers and cards. */
export const helpingEn: HelpingCatalogue = {
  scopes: {
    order: 'book and cancel help',
    confirm: 'confirm visits',
    see_balance: 'see balance and statement',
    spend: 'book help with hours',
  },
  kinds: { family_proxy: 'family', guardian: 'guardian' },
  states: {
    proposed: 'Waits for the staff',
    checked: 'Waits for the elder to agree',
    bound: 'May act for the elder',
    ended: 'Ended',
    declined: 'Declined',
  },
  confirmedBy: {
    own_phone: 'agreed on their own phone',
    card: 'agreed with their card',
    voice: 'agreed by voice, with staff as witness',
  },
  called: (surname, gender) => `${gender === 'female' ? 'Ms' : 'Mr'} ${surname}`,
  asHelper: (name, kind) => `${name} (${kind})`,
  may: 'May',
  until: 'Until',
  untilDay: (day) => day,
  spendMax: 'At most',
  spendLeft: (left, all) => `${all}, ${left} left`,
  state: 'State',
  consent: 'Agreed how',
  proof: 'Proof',
  document: 'Document number',
  notNow: 'Not now',
  cardLost: 'The card is lost',
  cardLostSure: 'This card and its 6 digits will stop working at once. Are you sure?',
  cardLostYes: 'Yes, stop the card',
  cardLostDone: 'The card has stopped working. Come to the service point for a new one.',
  cardStates: { active: 'In use', lost: 'Reported lost', replaced: 'Replaced' },
  cardSince: (day) => `from ${day}`,
  cardLocked: 'The card is locked: too many wrong PINs. Bring your identity card to the service point.',
  noCard: 'No card yet. Come to the service point to get one.',
  refusals: {
    home_visit_due: 'The last visits were telephone calls. This time somebody has to go there.',
    service_not_offered:
      'This service is not offered here in this way. Choose another one, or call the service point.',
    service_not_suited:
      'This service is not meant for how much help the person needs. Call the service point.',
    outside_service_hours: 'This service is not offered at that hour. Choose a time by day.',
    minutes_out_of_bounds: 'This service takes more or less time than that. Change how long.',
    unknown_file: 'This was not found. Go back to the list.',
    already_bound: 'There is such a bond already, or it waits to be confirmed. Look at the list.',
    binding_not_open: 'This was dealt with already, or has run out. Look at the list.',
    helper_limit_reached: 'That is more than was agreed. Use less, or ask the elder to agree again.',
    card_locked: 'The card is locked: too many wrong PINs. Bring your identity card to the service point.',
    card_not_accepted: ({ triesLeft }) =>
      triesLeft === undefined
        ? 'Card or PIN is wrong. Look at the card and try again.'
        : `Card or PIN is wrong. Look at the card and try again. Tries left: ${triesLeft}.`,
    changed_meanwhile: 'This was changed a moment ago. Open it again and do it once more.',
    wrong_step: 'This step cannot be taken now. Look where things stand.',
  },
};
