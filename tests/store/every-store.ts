/** What every implementation of the store's ports does. */
import { describeCareBook } from './care-book-suite.ts';
import { describeCaseBook } from './case-book-suite.ts';
import { describeChallenges } from './challenges-suite.ts';
import { describeConditions } from './condition-suite.ts';
import { describeJournal } from './journal-suite.ts';
import { describePeople } from './people-suite.ts';
import { describePolicies } from './policies-suite.ts';
import { describeRegions } from './regions-suite.ts';
import type { MakeStore } from './store.ts';
import { describeWeekBook } from './week-book-suite.ts';

/** Asks an implementation of all ports everything. */
export const describeEveryStore = (name: string, makeStore: MakeStore): void => {
  describeJournal(name, makeStore);
  describeConditions(name, makeStore);
  describeCareBook(name, makeStore);
  describePeople(name, makeStore);
  describeRegions(name, makeStore);
  describeChallenges(name, makeStore);
  describeWeekBook(name, makeStore);
  describePolicies(name, makeStore);
  describeCaseBook(name, makeStore);
};
