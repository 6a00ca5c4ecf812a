/** DynamoDB does what every store does. */
import { describeCareBook } from './care-book-suite.ts';
import { describeChallenges } from './challenges-suite.ts';
import { describeJournal } from './journal-suite.ts';
import { describePeople } from './people-suite.ts';
import { describeRegions } from './regions-suite.ts';
import { dynamoStore } from './store.ts';
import { describeWeekBook } from './week-book-suite.ts';

describeJournal('on DynamoDB', dynamoStore);
describeCareBook('on DynamoDB', dynamoStore);
describePeople('on DynamoDB', dynamoStore);
describeRegions('on DynamoDB', dynamoStore);
describeChallenges('on DynamoDB', dynamoStore);
describeWeekBook('on DynamoDB', dynamoStore);
