import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * What opens everything personal: names, numbers, addresses and words are sealed in the tables (store/vault).
 *
 * - `secret`: made once at random; nobody has seen it. Without it no person can be read any more, so it stays when
 *   the stack goes, and cannot be deleted without a wait of seven days at least;
 * - `key`: encrypts the secret; turned over by KMS every year; each use stands in CloudTrail; stays as well.
 *
 * Only roles that were `readBy` may read the secret, and use the key through Secrets Manager and by no other way.
 */
export class PersonalKeys extends Construct {
  readonly key: Key;
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Time bank: encrypts the secret under which people are sealed.',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.secret = new Secret(this, 'Secret', {
      description: 'Keys under which people are sealed: {"<kid>": "<secret>"}. The first seals, all open.',
      encryptionKey: this.key,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'k1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'What was sealed opens only with the key that sealed it: a rotation on a timer that takes the old key away ' +
        'would take every person away. Keys are added in front by hand: cdk/README.md, "Changing the personal keys".',
    });
  }

  /** Lets a function read the secret, and nothing else under its key. */
  readBy(role: Role): void {
    role.addToPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.secret.secretArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.key.keyArn],
        conditions: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` },
        },
      }),
    );
  }
}
