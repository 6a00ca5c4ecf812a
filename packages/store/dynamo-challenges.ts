/** One-time codes on DynamoDB. Limits are in the conditions; DynamoDB's expiry only tidies up. */
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { ChallengeId, MemberId } from '@time-bank/contracts/ids';
import { CivilDate, Instant, msOf } from '@time-bank/contracts/time';
import type { Challenges } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, decode, encode, values } from './item.ts';
import { challengeKey, codeGuardKey } from './keys.ts';
import { EXPIRY } from './table.ts';

const StoredChallenge = z.object({
  challengeId: ChallengeId,
  codeHash: z.string(),
  memberId: z.exactOptional(MemberId),
  guardKey: z.exactOptional(z.string()),
  expiresAt: Instant,
  triesLeft: z.int(),
});

const StoredGuard = z.object({
  version: z.int(),
  day: CivilDate,
  sent: z.int(),
  wrongAt: z.array(Instant),
  failed: z.int(),
  lockedUntil: z.exactOptional(Instant),
});

const secondsOf = (instant: Instant): number => Math.ceil(msOf(instant) / 1000);

const hasTries = 'triesLeft > :none';
const inTime = 'expiresAt > :now';
const notUsed = 'attribute_not_exists(used)';
const isThere = 'attribute_exists(pk)';

/** Challenges on DynamoDB. */
export const dynamoChallenges = (connection: Connection): Challenges => {
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
    open: (challenge) =>
      isWritten(() =>
        connection.client.send(
          new PutItemCommand({
            TableName,
            Item: encode(
              { ...challengeKey(challenge.challengeId) },
              { ...challenge, [EXPIRY]: secondsOf(challenge.expiresAt) },
            ),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),
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
    readGuardNow: async (guardKey) => {
      const command = new GetItemCommand({
        TableName,
        Key: values({ ...codeGuardKey(guardKey) }),
        ConsistentRead: true,
      });
      const { Item: found } = await reaching(() => connection.client.send(command));
      return found === undefined ? undefined : decode(StoredGuard, found);
    },
    moveGuard: (guardKey, guard, keptUntil) =>
      isWritten(() =>
        connection.client.send(
          new PutItemCommand({
            TableName,
            Item: encode({ ...codeGuardKey(guardKey) }, { ...guard, [EXPIRY]: secondsOf(keptUntil) }),
            ...(guard.version === 1
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'version = :before',
                  ExpressionAttributeValues: values({ ':before': guard.version - 1 }),
                }),
          }),
        ),
      ),
  };
};
