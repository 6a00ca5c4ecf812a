/** Keeps checkpoints in a bucket with Object Lock: not even its owner can change or remove one for years. */
import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { checkpointName } from './checkpoint-name.ts';

const THERE_ALREADY = 412;

/** Puts a checkpoint under the size of its log, once. The bucket's own retention locks it. */
export const lockedBucket = (client: S3Client, bucket: string): ((note: string) => Promise<void>) => {
  let newest = '';
  return async (note) => {
    const name = checkpointName(note);
    if (name === newest) return;
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: name,
          Body: note,
          ContentType: 'text/plain; charset=utf-8',
          IfNoneMatch: '*',
          // Object Lock asks for a checksum of what is put.
          ChecksumAlgorithm: 'SHA256',
        }),
      );
    } catch (error) {
      const isThere = error instanceof S3ServiceException && error.$metadata.httpStatusCode === THERE_ALREADY;
      if (!isThere) throw error;
    }
    newest = name;
  };
};
