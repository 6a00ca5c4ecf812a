/** What the page for giving hours away says, in English. */
import type { Relation } from '@time-bank/contracts/ledger';
import type { Gender } from '@time-bank/contracts/member';
import type { GivingCatalogue } from './giving-zh-hans.ts';

const relations: Record<Relation, Record<Gender, string>> = {
  spouse: { female: 'wife', male: 'husband' },
  parent: { female: 'mother', male: 'father' },
  child: { female: 'daughter', male: 'son' },
  grandparent: { female: 'grandmother', male: 'grandfather' },
  grandchild: { female: 'granddaughter', male: 'grandson' },
  friend: { female: 'friend', male: 'friend' },
};

/** The words of giving. */
export const givingEn: GivingCatalogue = {
  relations,
  relative: (relation, surname) => `your ${relation} (${surname} **)`,
  less: (amount) => `${amount} less`,
  more: (amount) => `${amount} more`,
  changeIt: 'Go back and change',
  family: 'Give to family or friends',
  familyHint: 'What you give cannot be taken back, and they cannot pass it on.',
  toWhom: 'To whom?',
  toWhomMissing: 'Choose to whom.',
  twins:
    'More than one person is called this. If you are not sure who is meant, call the service point first.',
  noFamily:
    'Nobody is registered as your family or friend yet. Bring your household register to the service point; then you can give.',
  notYet: 'Who cannot receive yet',
  receivesFrom: (day) => `can receive from ${day}`,
  cannotReceive: 'cannot receive under the local rules',
  giveHowMuch: 'How much?',
  giveAtMost: (amount) => `At most ${amount}: only hours that you have earned can be given.`,
  giveTooFew: 'You have no hours to give now: only hours that you have earned can be given.',
  giveSure: (amount, whom) => `Give ${amount} to ${whom}. This cannot be taken back.`,
  giveAfter: 'They can use the hours or donate them, but not pass them on.',
  giveYes: 'Yes, give',
  given: 'Given',
  givenNews: (amount, whom) => `You gave ${amount} to ${whom}.`,
  donate: 'Donate to a community pool',
  donateHint:
    'Donated hours help elders who need help and have no hours of their own. A donation cannot be taken back.',
  whichPool: 'To which pool?',
  whichPoolMissing: 'Choose a pool.',
  pool: (region) => `Community pool of ${region}`,
  townshipPool: 'Community pool of your township',
  countyPool: 'Community pool of your county',
  poolHas: (amount) => `${amount} now`,
  donateHowMuch: 'How much?',
  donateAtMost: (amount) => `At most ${amount}. What others gave you goes first, then what you earned.`,
  donateTooFew: 'You have no hours to donate now.',
  donateSure: (amount, pool) => `Donate ${amount}: ${pool}. This cannot be taken back.`,
  donateYes: 'Yes, donate',
  donated: 'Donated',
  donatedNews: (amount, pool) => `You donated ${amount}: ${pool}. Thank you!`,
  surplus: 'When your hours are full',
  surplusHint:
    'There is a limit to the hours you can keep. Where should the hours above it go? You can change this later.',
  surplusWhere: 'Hours above the limit',
  honour: 'Keep as honour hours',
  honourHint: 'They count for stars and cannot be used',
  toPool: (pool) => `Donate: ${pool}`,
  save: 'Save',
  saved: (where) => `Saved. From now on: ${where}.`,
  refusals: {
    unknown_pool: 'Community pool not found. Choose again.',
    donation_not_allowed: 'Hours cannot be donated here yet. Your hours will be kept for you.',
    same_account: 'You cannot give to yourself. Choose someone else.',
    not_family:
      'This person is not registered as your family or friend. Call the service point to register them.',
    receiver_too_young: 'This person is not old enough to receive hours yet. Give them later.',
    gift_year_cap_reached:
      'That is more than you can give to family and friends in one year. Give less, or give it next year.',
    debt_open:
      'The account still owes hours. Make them up first, then give. Call the service point if unsure.',
    unknown_receiver: 'The person who should receive was not found. Choose again.',
    receiver_cannot_receive: 'This person cannot receive hours now. Call the service point to ask why.',
    cap_reached: 'This person has nearly all the hours they can keep. Give less, or call the service point.',
  },
};
