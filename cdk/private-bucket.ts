import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

// A Bucket is an IBucket, but the CDK's declarations do not know exactOptionalPropertyTypes.
const isBucket = (construct: Construct): construct is Construct & IBucket => construct instanceof Bucket;

/**
 * A bucket of ours. By default: nothing in it is public, encrypted by S3, TLS 1.2 or later only, and it stays when
 * the stack goes.
 */
export const privateBucket = (scope: Construct, id: string, props: BucketProps): IBucket => {
  const bucket: Construct = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    ...props,
  });
  if (!isBucket(bucket)) throw new Error('a bucket is not a bucket');
  return bucket;
};
