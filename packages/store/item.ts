/** Items to values and back. What is read is parsed: an item that is not what it should be is a bug, not a guess. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { InvalidCursor } from '@time-bank/desk/ports';
import * as z from 'zod/mini';

/** An item or a key, in DynamoDB's own notation. */
export type Item = Record<string, AttributeValue>;

/** Values that go into expressions. */
export const values = (given: Record<string, unknown>): Item =>
  marshall(given, { removeUndefinedValues: true });

/** A value with its keys as an item. Absent fields stay absent. */
export const encode = (keys: Record<string, string>, value: object): Item =>
  marshall({ ...value, ...keys }, { removeUndefinedValues: true });

/** An item parsed by the schema of its stored shape. */
export const decode = <T>(schema: z.ZodMiniType<T>, item: Item): T => schema.parse(unmarshall(item));

/** The store takes whole characters only: half a surrogate pair is none. */
const whole = z.refine<string>((text) => text.isWellFormed(), 'is not well-formed text');

const WrittenCursor = z.record(
  z.string().check(z.maxLength(40), whole),
  z.string().check(z.maxLength(256), whole),
);

/** The place to go on from, as an opaque word. */
export const writeCursor = (key: Item | undefined): string | undefined =>
  key === undefined ? undefined : Buffer.from(JSON.stringify(unmarshall(key))).toString('base64url');

/** The key behind a cursor. Throws InvalidCursor where it is not one of ours. */
export const readCursor = (cursor: string): Item => {
  try {
    return marshall(WrittenCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString())));
  } catch (error) {
    throw new InvalidCursor('the cursor is not one of ours', { cause: error });
  }
};
