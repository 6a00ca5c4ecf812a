import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SIGN_IN_SECRETS_SECRET, readSignInSettings } from '@time-bank/api/settings';
import { Construct } from 'constructs';

/** The door's settings by their names (functions/api/sign-in-settings.ts), without secrets. */
export type DoorSettings = Readonly<Record<string, string>>;

/** Reads settings from JSON, `{"<NAME>": "<value>"}`. Throws where it is something else. */
export const parseDoorSettings = (json: string): DoorSettings => {
  const given: unknown = JSON.parse(json);
  if (typeof given !== 'object' || given === null)
    throw new Error('the settings of the sign-in are no object');
  return Object.fromEntries(
    Object.entries(given).map(([name, value]: [string, unknown]) => {
      if (typeof value !== 'string') throw new Error(`${name} is not a text`);
      return [name, value];
    }),
  );
};

/**
 * How people sign in: what the API is told of senders, passkeys and other houses, and what it may do for it.
 *
 * - by AWS: one sender, named by its ARN, and nothing but text messages through it;
 * - by another provider, single sign-on or WeChat: a secret of its own with what they have agreed with us. It is filled
 *   by hand before the settings name them (cdk/README.md, "Signing in"); only the API reads it.
 *
 * Throws where the settings make no sense.
 */
export class SignInDoor extends Construct {
  readonly secrets: Secret | undefined;

  constructor(scope: Construct, id: string, { api, settings }: { api: Lambda; settings: DoorSettings }) {
    super(scope, id);
    const { SMS_SENDER, SMS_AWS_ORIGIN, SSO_ISSUER, WECHAT_APP_ID } = readSignInSettings(settings);
    for (const [name, value] of Object.entries(settings)) api.addEnvironment(name, value);
    if (SMS_SENDER === 'aws') {
      if (SMS_AWS_ORIGIN?.startsWith('arn:') !== true) {
        throw new Error('SMS_AWS_ORIGIN must be the ARN of the sender: the API may send by this one alone.');
      }
      api.addToRolePolicy(
        new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [SMS_AWS_ORIGIN] }),
      );
    }
    const isSecretNeeded = SMS_SENDER === 'http' || SSO_ISSUER !== undefined || WECHAT_APP_ID !== undefined;
    this.secrets = isSecretNeeded ? this.makeSecrets(api) : undefined;
  }

  private makeSecrets(api: Lambda): Secret {
    const secrets = new Secret(this, 'Secrets', {
      description:
        'What other houses have agreed with us: {"smsKeyId", "smsKeySecret", "ssoClientSecret", "wechatAppSecret"}.',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
    });
    Validations.of(secrets).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The other house gives these secrets out; they are changed there first, then here by hand.',
    });
    api.addEnvironment(SIGN_IN_SECRETS_SECRET, secrets.secretArn);
    api.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secrets.secretArn] }),
    );
    return secrets;
  }
}
