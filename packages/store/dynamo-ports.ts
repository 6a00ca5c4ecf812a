/** All of the store's ports on one connection. */
import type { Clock, Ports } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { dynamoAuditLog } from './dynamo-audit-log.ts';
import { dynamoBooks } from './dynamo-books.ts';
import { dynamoCareBook } from './dynamo-care-book.ts';
import { dynamoInbox } from './dynamo-inbox.ts';
import { dynamoOutbox } from './dynamo-outbox.ts';
import { dynamoCaseBook } from './dynamo-case-book.ts';
import { dynamoChallenges } from './dynamo-challenges.ts';
import { dynamoJournal } from './dynamo-journal.ts';
import { dynamoNumbersBook } from './dynamo-numbers-book.ts';
import { dynamoPeople } from './dynamo-people.ts';
import { dynamoPersonFiles } from './dynamo-person-files.ts';
import { dynamoPolicies } from './dynamo-policies.ts';
import { dynamoRateLimits } from './dynamo-rate-limits.ts';
import { dynamoRegions } from './dynamo-regions.ts';
import { dynamoSealBook } from './dynamo-seal-book.ts';
import { dynamoSessions } from './dynamo-sessions.ts';
import { dynamoWeekBook } from './dynamo-week-book.ts';
import type { Vault } from './vault.ts';

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
  | 'personFiles'
  | 'sessions'
  | 'auditLog'
  | 'rateLimits'
  | 'numbersBook'
  | 'outbox'
  | 'inbox'
  | 'books'
  | 'sealBook'
>;

/** `vault` seals what is personal. `jitter`: numbers in [0, 1) that spread retries after a conflict. */
export const dynamoPorts = (
  connection: Connection,
  vault: Vault,
  clock: Clock,
  jitter: () => number,
): StorePorts => ({
  journal: dynamoJournal(connection, vault, jitter),
  careBook: dynamoCareBook(connection, vault),
  people: dynamoPeople(connection, vault, jitter),
  regions: dynamoRegions(connection, clock),
  challenges: dynamoChallenges(connection),
  weekBook: dynamoWeekBook(connection, vault),
  policies: dynamoPolicies(connection, clock, jitter),
  caseBook: dynamoCaseBook(connection, vault),
  personFiles: dynamoPersonFiles(connection, vault),
  sessions: dynamoSessions(connection),
  auditLog: dynamoAuditLog(connection),
  rateLimits: dynamoRateLimits(connection, vault),
  numbersBook: dynamoNumbersBook(connection),
  outbox: dynamoOutbox(connection),
  inbox: dynamoInbox(connection),
  books: dynamoBooks(connection),
  sealBook: dynamoSealBook(connection, jitter),
});
