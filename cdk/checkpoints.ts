import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { privateBucket } from './private-bucket.ts';

/** How long a checkpoint cannot be changed or removed, by anybody. */
const LOCKED_YEARS = 10;
const DAYS_IN_YEAR = 365;

/**
 * What shows that the log of seals was not made anew.
 *
 * - `key`: signs checkpoints (Ed25519); nobody can read its private half, only the sealer may use it, and it stays
 *   when the stack goes;
 * - `bucket`: a copy of every checkpoint, under Object Lock in compliance mode for ten years: whoever can change all
 *   three tables cannot change these.
 */
export class Checkpoints extends Construct {
  readonly key: Key;
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Time bank: signs the checkpoints of the log of seals.',
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = privateBucket(this, 'Bucket', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(LOCKED_YEARS * DAYS_IN_YEAR)),
      versioned: true,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'The bucket holds checkpoints that are shown to everybody at /api/checkpoint, one role may write it and none ' +
        'may read it; Object Lock keeps what is there, so a log of who looked would protect nothing.',
    });
  }
}
