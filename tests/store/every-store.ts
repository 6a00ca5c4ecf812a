/** What every implementation of the store's ports does. */
import { describeAuditLog } from './audit-log-suite.ts';
import { describeCareBook } from './care-book-suite.ts';
import { describeCaseBook } from './case-book-suite.ts';
import { describeCaseChanges } from './case-change-suite.ts';
import { describeChallenges } from './challenges-suite.ts';
import { describeConditions } from './condition-suite.ts';
import { describeHelperSpending } from './helper-spending-suite.ts';
import { describeJournal } from './journal-suite.ts';
import { describeNotices } from './notices-suite.ts';
import { describeNumbersBook } from './numbers-book-suite.ts';
import { describePeople } from './people-suite.ts';
import { describePersonFiles } from './person-files-suite.ts';
import { describePolicies } from './policies-suite.ts';
import { describeRateLimits } from './rate-limits-suite.ts';
import { describeRegions } from './regions-suite.ts';
import { describeSessions } from './sessions-suite.ts';
import type { MakeStore } from './store.ts';
import { describeWeekBook } from './week-book-suite.ts';

/** Asks an implementation of all ports everything. */
export const describeEveryStore = (name: string, makeStore: MakeStore): void => {
  describeJournal(name, makeStore);
  describeHelperSpending(name, makeStore);
  describeConditions(name, makeStore);
  describeCareBook(name, makeStore);
  describePeople(name, makeStore);
  describeRegions(name, makeStore);
  describeChallenges(name, makeStore);
  describeWeekBook(name, makeStore);
  describePolicies(name, makeStore);
  describeCaseBook(name, makeStore);
  describeCaseChanges(name, makeStore);
  describePersonFiles(name, makeStore);
  describeSessions(name, makeStore);
  describeAuditLog(name, makeStore);
  describeRateLimits(name, makeStore);
  describeNumbersBook(name, makeStore);
  describeNotices(name, makeStore);
};
