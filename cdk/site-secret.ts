import { type SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * What the site shows to the API with every call, so that the API believes it whose call it passes on: 64 letters made
 * once at random. It opens nothing; whoever had it could only claim to call from another address. The template holds
 * a reference, which CloudFormation resolves where it is used.
 */
export class SiteSecret extends Construct {
  readonly value: SecretValue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description:
        'Shown by the site to the API, which then counts calls by the address that the site names.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    this.value = secret.secretValue;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Site and function take it over with a deployment, at one time: a rotation on a timer would part them, and ' +
        'all calls would be counted by the addresses of the site until the next deployment.',
    });
  }
}
