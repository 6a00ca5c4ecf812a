/**
 * The three tables: their key attributes, indexes and streams. No SDK here, so that the stack reads the same
 * words as the code. `ledger` holds accounts and entries and nothing else; `seals` holds what shows that nobody
 * changed them; `care` holds everything else.
 */

/** Key attributes, the same in all tables. */
export const PARTITION_KEY = 'pk';
/** The sort key, the same in all tables. */
export const SORT_KEY = 'sk';

/** DynamoDB's time to live, seconds since 1970. Codes, sessions, audit events and counts of calls carry it; nothing is decided by it. */
export const EXPIRY = 'expiresAtSeconds';

/** `ledger` and `care` stream what changes to the consumers, with the item before and after. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';

/** An index by another pair of keys. It holds keys only: it changes when those do, and what it finds is read from the table. */
export interface IndexShape {
  name: string;
  partitionKey: string;
  sortKey: string;
}

/** A table, as far as code and stack must agree on it. */
export interface TableShape {
  /** The last part of the table's name; a prefix names the installation. */
  name: string;
  indexes: readonly IndexShape[];
  expiry?: typeof EXPIRY;
  /** True where what changes goes to a consumer. */
  streams: boolean;
}

/** Accounts and entries. No index: nothing on the money path waits for one. */
export const ledgerTable: TableShape = { name: 'ledger', indexes: [], streams: true };

/** Requests by receiver, visits by volunteer, leaves of files by the other person whom they name. */
export const BY_PERSON = {
  name: 'by-person',
  partitionKey: 'personKey',
  sortKey: 'personSort',
} as const satisfies IndexShape;

/** Requests and people of a community, volunteers of a county, audit events of a county's day. */
export const BY_REGION = {
  name: 'by-region',
  partitionKey: 'regionKey',
  sortKey: 'regionSort',
} as const satisfies IndexShape;

/** Requests, cases and leaves of files that wait for somebody; sparse: the keys go when they wait no longer. */
export const BY_OPENING = {
  name: 'by-opening',
  partitionKey: 'openKey',
  sortKey: 'openSort',
} as const satisfies IndexShape;

/** Members and their files, requests, visits, codes, sessions, the audit log, regions, the week's coverage. */
export const careTable: TableShape = {
  name: 'care',
  indexes: [BY_PERSON, BY_REGION, BY_OPENING],
  expiry: EXPIRY,
  streams: true,
};

/** Links, leaves and checkpoints: written by the sealer alone, which in turn writes nothing else. Nobody waits for it. */
export const sealsTable: TableShape = { name: 'seals', indexes: [], streams: false };
