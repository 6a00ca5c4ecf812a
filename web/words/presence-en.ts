import type { PresenceCatalogue } from './presence-zh-hans.ts';

/** What is said of showing that one is there and of leaving, in English. */
export const presenceEn: PresenceCatalogue = {
  since: 'Checked in at',
  checkOutSure: 'End this visit?',
  checkOutYes: 'Yes, check out',
  notYet: 'Not yet',
  beside: 'One more proof, if you like',
  besideHint: 'You can check in and out without it.',
  place: 'Note roughly where I am',
  placeHint: 'To about a kilometre, and never which way you went.',
  placing: 'Looking where you are…',
  placed: 'Your rough place is noted and goes along.',
  noPlace: 'Your place could not be found, which is fine: you can check in and out all the same.',
  placeConsent: 'To use your place, agree to it first under “What I agree to”.',
  consents: 'See “What I agree to”',
  photo: 'Take a picture',
  photoHint:
    'Only if the elder agrees. The picture stays on your phone and is sent nowhere; only a number to compare it with goes along.',
  photographed: 'The number of the picture is noted and goes along. Please keep the picture on your phone.',
  noPhoto: 'This picture could not be read. Take another one, or none.',
};
