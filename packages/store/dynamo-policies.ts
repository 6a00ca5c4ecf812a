/**
 * What the regions have decided, on DynamoDB: one small list, a change under its number. What was read is good
 * for a minute, for a record keeps the version under which it was accepted and every version stays in the book.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CommandId, MemberId } from '@time-bank/contracts/ids';
import { RegionCode } from '@time-bank/contracts/region';
import { CivilDate, Instant } from '@time-bank/contracts/time';
import type { Clock, KeptProposal, Policies } from '@time-bank/desk/ports';
import { type PolicyBook, policyBook } from '@time-bank/policy/policy-book';
import { type PolicyChange, type PolicyDecision, decisionOf } from '@time-bank/policy/policy-change';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { wasWritten, writePieces } from './dynamo-journal.ts';
import { type Item, decode, encode, values } from './item.ts';
import { POLICIES, policyChangeKey, policyProposalKey } from './keys.ts';
import type { Piece } from './piece.ts';
import { queryAll } from './query.ts';

const decided = {
  region: RegionCode,
  values: z.record(z.string(), z.unknown()),
  validFrom: CivilDate,
  reason: z.string(),
};

const StoredChange = z.object({
  ...decided,
  number: z.int(),
  author: z.string(),
  approver: z.string(),
  publishedAt: Instant,
});

const StoredProposal = z.object({
  ...decided,
  proposalId: CommandId,
  author: MemberId,
  proposedAt: Instant,
  fingerprint: z.string(),
  publishedAs: z.exactOptional(z.int()),
});

const REMEMBERED_MS = 60 * 1000;
/** Thousands of counties that decide something every year reach this in a decade; then the list needs an end. */
const CHANGES_MAX = 50_000;

/** Values that nobody could have published are a broken store, not a choice: throws. */
const decisionIn = (stored: { values: Record<string, unknown> }): PolicyDecision => {
  const decision = decisionOf(stored.values);
  if (decision === undefined)
    throw new Error('a stored decision has values that the catalogue does not take');
  return decision;
};

const changeOf = (item: Item): PolicyChange => {
  const stored = decode(StoredChange, item);
  return { ...stored, values: decisionIn(stored) };
};

const proposalOf = (item: Item): KeptProposal => {
  const stored = decode(StoredProposal, item);
  return { ...stored, values: decisionIn(stored) };
};

const isNew = 'attribute_not_exists(pk)';
const isKept = 'attribute_exists(pk)';
const isNotPublished = 'attribute_not_exists(publishedAs)';

const putOnce = (TableName: string, Item: Item): Piece => ({
  item: { Put: { TableName, Item, ConditionExpression: isNew } },
  failed: () => ({ kind: 'stale' }),
});

const markProposal = (TableName: string, proposalId: CommandId, number: number): Piece => ({
  item: {
    Update: {
      TableName,
      Key: values({ ...policyProposalKey(proposalId) }),
      UpdateExpression: 'SET publishedAs = :number',
      ConditionExpression: [isKept, isNotPublished].join(' AND '),
      ExpressionAttributeValues: values({ ':number': number }),
    },
  },
  failed: () => ({ kind: 'stale' }),
});

/** The decisions on a connection; what was read is good for a minute of `clock`. `jitter` as in `writePieces`. */
export const dynamoPolicies = (connection: Connection, clock: Clock, jitter: () => number): Policies => {
  const TableName = connection.tables.care;
  let remembered: { until: number; book: Promise<PolicyBook> } | undefined;

  const load = async (): Promise<PolicyBook> => {
    const items = await queryAll(connection, { table: 'care', partition: POLICIES }, CHANGES_MAX);
    return policyBook(items.map(changeOf));
  };

  const readBookNow = (): Promise<PolicyBook> => {
    const reading = { until: clock.nowMs() + REMEMBERED_MS, book: load() };
    remembered = reading;
    // A book that was not reached is not worth remembering.
    reading.book.catch(() => {
      if (remembered === reading) remembered = undefined;
    });
    return reading.book;
  };

  return {
    readBookNow,
    readBook: () =>
      remembered !== undefined && remembered.until > clock.nowMs() ? remembered.book : readBookNow(),
    publish: async (change, proposalId) => {
      const pieces = [
        putOnce(TableName, encode({ ...policyChangeKey(change.number) }, change)),
        ...(proposalId === undefined ? [] : [markProposal(TableName, proposalId, change.number)]),
      ];
      try {
        return wasWritten(await writePieces(connection, pieces, jitter));
      } finally {
        remembered = undefined;
      }
    },
    keepProposal: async (proposal) => {
      const item = encode({ ...policyProposalKey(proposal.proposalId) }, proposal);
      return wasWritten(await writePieces(connection, [putOnce(TableName, item)], jitter));
    },
    readProposalNow: async (proposalId) => {
      const Key = values({ ...policyProposalKey(proposalId) });
      const command = new GetItemCommand({ TableName, Key, ConsistentRead: true });
      const { Item } = await reaching(() => connection.client.send(command));
      return Item === undefined ? undefined : proposalOf(Item);
    },
  };
};
