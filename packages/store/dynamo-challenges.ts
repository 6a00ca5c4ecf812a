/** One-time codes on DynamoDB. Limits are in the conditions; DynamoDB's expiry only tidies up. */
import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { ChallengeId, MemberId } from '@time-bank/contracts/ids';
import { Instant, msOf } from '@time-bank/contracts/time';
import type { Challenges } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { wasWritten, writePieces } from './dynamo-journal.ts';
import { type Item, decode, encode, values } from './item.ts';
import { challengeKey, codeBudgetKey } from './keys.ts';
import { EXPIRY } from './table.ts';

const StoredChallenge = z.object({
  challengeId: ChallengeId,
  codeHash: z.string(),
  memberId: z.exactOptional(MemberId),
  expiresAt: Instant,
  triesLeft: z.int(),
});

const DAY_SECONDS = 24 * 60 * 60;

const hasTries = 'triesLeft > :none';
const inTime = 'expiresAt > :now';
const notUsed = 'attribute_not_exists(used)';
const isThere = 'attribute_exists(pk)';

/** Challenges on DynamoDB. `jitter` as in `writePieces`. */
export const dynamoChallenges = (connection: Connection, jitter: () => number): Challenges => {
  const TableName = connection.tables.care;
  /** The item as it was; undefined where the condition did not hold. */
  const update = async (input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<Item | undefined> => {
    try {
      const command = new UpdateItemCommand({ TableName, ReturnValues: 'ALL_OLD', ...input });
      return (await reaching(() => connection.client.send(command))).Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
  return {
    open: async (challenge, budget) => {
      const expiresAtSeconds = Math.ceil(msOf(challenge.expiresAt) / 1000);
      const commit = await writePieces(
        connection,
        [
          {
            item: {
              Update: {
                TableName,
                Key: values({ ...codeBudgetKey(budget.phone, budget.day) }),
                UpdateExpression: 'ADD #sent :one SET #expiry = :expiry',
                ConditionExpression: 'attribute_not_exists(#sent) OR #sent < :max',
                ExpressionAttributeNames: { '#sent': 'sent', '#expiry': EXPIRY },
                ExpressionAttributeValues: values({
                  ':one': 1,
                  ':max': budget.max,
                  ':expiry': expiresAtSeconds + 2 * DAY_SECONDS,
                }),
              },
            },
            failed: () => ({ kind: 'refused', refusal: { code: 'too_many_codes' } }),
          },
          {
            item: {
              Put: {
                TableName,
                Item: encode(
                  { ...challengeKey(challenge.challengeId) },
                  { ...challenge, [EXPIRY]: expiresAtSeconds },
                ),
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
            failed: () => ({ kind: 'stale' }),
          },
        ],
        jitter,
      );
      return wasWritten(commit);
    },
    useTry: async (challengeId, now) => {
      const old = await update({
        Key: values({ ...challengeKey(challengeId) }),
        UpdateExpression: 'SET triesLeft = triesLeft - :one',
        ConditionExpression: [hasTries, inTime, notUsed].join(' AND '),
        ExpressionAttributeValues: values({ ':one': 1, ':none': 0, ':now': now }),
      });
      return old === undefined ? undefined : decode(StoredChallenge, old);
    },
    close: async (challengeId) => {
      const old = await update({
        Key: values({ ...challengeKey(challengeId) }),
        UpdateExpression: 'SET used = :used',
        ConditionExpression: [isThere, notUsed].join(' AND '),
        ExpressionAttributeValues: values({ ':used': true }),
      });
      return old !== undefined;
    },
  };
};
