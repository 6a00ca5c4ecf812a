/** All of the store's ports on one connection. */
import type { Clock, Ports } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { dynamoBooks } from './dynamo-books.ts';
import { dynamoCareBook } from './dynamo-care-book.ts';
import { dynamoCaseBook } from './dynamo-case-book.ts';
import { dynamoChallenges } from './dynamo-challenges.ts';
import { dynamoJournal } from './dynamo-journal.ts';
import { dynamoPeople } from './dynamo-people.ts';
import { dynamoPolicies } from './dynamo-policies.ts';
import { dynamoRegions } from './dynamo-regions.ts';
import { dynamoSealBook } from './dynamo-seal-book.ts';
import { dynamoWeekBook } from './dynamo-week-book.ts';

/** The ports that a store implements. */
export type StorePorts = Pick<
  Ports,
  | 'journal'
  | 'careBook'
  | 'people'
  | 'regions'
  | 'challenges'
  | 'weekBook'
  | 'policies'
  | 'caseBook'
  | 'books'
  | 'sealBook'
>;

/** `jitter`: numbers in [0, 1) that spread retries after a conflict. */
export const dynamoPorts = (connection: Connection, clock: Clock, jitter: () => number): StorePorts => ({
  journal: dynamoJournal(connection, jitter),
  careBook: dynamoCareBook(connection),
  people: dynamoPeople(connection, jitter),
  regions: dynamoRegions(connection, clock),
  challenges: dynamoChallenges(connection, jitter),
  weekBook: dynamoWeekBook(connection),
  policies: dynamoPolicies(connection, clock, jitter),
  caseBook: dynamoCaseBook(connection),
  books: dynamoBooks(connection),
  sealBook: dynamoSealBook(connection, jitter),
});
