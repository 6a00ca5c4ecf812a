/** Single writes that carry a condition. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { reaching } from './client.ts';

/** Carries out a write; false where its condition did not hold, and nothing was written. */
export const isWritten = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await reaching(write);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
