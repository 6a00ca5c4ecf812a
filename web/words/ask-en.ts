import type { AskCatalogue } from './ask-zh-hans.ts';

/** What is said of asking volunteers to take a visit, in English. */
export const askEn: AskCatalogue = {
  ask: 'Ask these volunteers',
  askMore: 'Ask a few more',
  askHint:
    'The most likely few are asked first, more where nobody takes it. They get a message; whoever says yes first goes.',
  askedNow: (count) => `Sent. Asked in all: ${String(count)}.`,
  nobody: 'There is nobody to ask now. Please telephone, or try another time.',
  asked: 'Who was asked',
  askedAt: (moment) => `Last: ${moment}`,
  nextAt: (moment) => `Unless somebody takes it, more are asked on ${moment}.`,
  noMore: 'Nobody else will be asked. If nobody has taken it, please telephone.',
  whyNot: 'Why is somebody not in the list?',
  whyNotHint: 'Choose a volunteer to see why they are not in the list above.',
  search: 'Find a volunteer',
  searchHint: 'Part of the name',
  volunteer: 'Volunteer',
  found: (count) => `Found: ${String(count)}`,
  others: 'A volunteer of another community',
  notVolunteer: 'This is not a volunteer of the county.',
  against: (name) => `${name} cannot make this visit:`,
  place: (name, place) => `${name} can go, and is number ${String(place)} in the list.`,
};
