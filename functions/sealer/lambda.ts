/** The sealer as a Lambda function: it answers which record failed, so that the rest is not done again. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import type { SealWork } from '@time-bank/desk/seal-accounts';
import { connect } from '@time-bank/store/client';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { readStoreSettings } from '@time-bank/store/settings';
import { jitter, systemClock } from '@time-bank/store/system';
import { lockedVault } from '@time-bank/store/vault';
import { kmsSigner } from './kms-signer.ts';
import { lockedBucket } from './locked-bucket.ts';
import { pauseBy } from './pause.ts';
import { type ChangeRecord, sealRecords } from './seal-records.ts';
import { readSealerSettings } from './settings.ts';

const settings = readSealerSettings();
const ports = dynamoPorts(connect(readStoreSettings()), lockedVault, systemClock, jitter);
const kms = new KMSClient({});
const keep = lockedBucket(new S3Client({}), settings.bucket);

// Asked for with the first records, not at the start: a key that is away for a moment does not stop the function.
let signer: SealWork['signer'] | undefined;
const workNow = async (): Promise<SealWork> => {
  signer ??= await kmsSigner(kms, settings);
  const { books, sealBook, journal } = ports;
  return { clock: systemClock, books, sealBook, journal, signer, keep, pause: pauseBy(jitter) };
};

/** An event of a DynamoDB stream, as far as it is read. */
export interface StreamEvent {
  Records: readonly { dynamodb?: { SequenceNumber?: string; Keys?: ChangeRecord['keys'] } }[];
}

export const handler = async (
  event: StreamEvent,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
  const records = event.Records.flatMap(({ dynamodb }) =>
    dynamodb?.SequenceNumber === undefined
      ? []
      : [{ sequenceNumber: dynamodb.SequenceNumber, keys: dynamodb.Keys }],
  );
  const failed = await sealRecords(await workNow(), records, (line) =>
    process.stdout.write(`${JSON.stringify(line)}\n`),
  );
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
};
