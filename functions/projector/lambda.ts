/** The stream consumer as a Lambda function: it answers which record failed, so that the rest is not done again. */
import { connect } from '@time-bank/store/client';
import { dynamoWeekBook } from '@time-bank/store/dynamo-week-book';
import { readStoreSettings } from '@time-bank/store/settings';
import { lockedVault } from '@time-bank/store/vault';
import { type StreamRecord, project } from './project.ts';

const weekBook = dynamoWeekBook(connect(readStoreSettings()), lockedVault);

/** An event of a DynamoDB stream, as far as it is read. */
export interface StreamEvent {
  Records: readonly { dynamodb?: { SequenceNumber?: string; NewImage?: StreamRecord['newImage'] } }[];
}

export const handler = async (
  event: StreamEvent,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
  const records = event.Records.flatMap(({ dynamodb }) =>
    dynamodb?.SequenceNumber === undefined
      ? []
      : [{ sequenceNumber: dynamodb.SequenceNumber, newImage: dynamodb.NewImage }],
  );
  const failed = await project({ weekBook }, records, (line) =>
    process.stdout.write(`${JSON.stringify(line)}\n`),
  );
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
};
