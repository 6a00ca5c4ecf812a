import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { NOTICE_CHANNELS, PUSH_KEY, SITE } from '@time-bank/api/settings';
import {
  MAIL_FROM,
  NOTICE_SECRETS_SECRET,
  PUSH_PUBLIC_KEY,
  SITE_ORIGIN,
  readNotifierSettings,
} from '@time-bank/notifier/settings';
import { Construct } from 'constructs';

/** The settings of the ways out by their names (functions/notifier/settings.ts), without secrets. */
export type NoticeWaySettings = Readonly<Record<string, string>>;

/**
 * By which ways notices leave the installation; by none where nothing is decided, and the inbox is there all the same.
 *
 * - text messages by AWS: through the one sender that is named by its ARN, and nothing else;
 * - mails, push messages, and text messages by another provider: a secret of their own, filled by hand before the
 *   settings name them (cdk/README.md, "Notices"); only the notifier reads it;
 * - the API is told what is offered, and the public key of push messages.
 *
 * Throws where the settings make no sense.
 */
export class NoticeWays extends Construct {
  readonly secrets: Secret | undefined;

  constructor(
    scope: Construct,
    id: string,
    { api, notifier, settings }: { api: Lambda; notifier: Lambda; settings: NoticeWaySettings },
  ) {
    super(scope, id);
    const given = readNotifierSettings(settings);
    for (const [name, value] of Object.entries(settings)) notifier.addEnvironment(name, value);
    const channels = [
      ...(given.SMS_SENDER === undefined ? [] : ['sms']),
      ...(given[MAIL_FROM] === undefined ? [] : ['email']),
      ...(given[PUSH_PUBLIC_KEY] === undefined ? [] : ['push']),
    ];
    if (channels.length > 0) api.addEnvironment(NOTICE_CHANNELS, channels.join(','));
    if (given[PUSH_PUBLIC_KEY] !== undefined) api.addEnvironment(PUSH_KEY, given[PUSH_PUBLIC_KEY]);
    if (given[SITE_ORIGIN] !== undefined) api.addEnvironment(SITE, given[SITE_ORIGIN]);
    if (given.SMS_SENDER === 'aws') this.allowSender(notifier, given.SMS_AWS_ORIGIN);
    const isSecretNeeded =
      given.SMS_SENDER === 'http' || given[MAIL_FROM] !== undefined || given[PUSH_PUBLIC_KEY] !== undefined;
    this.secrets = isSecretNeeded ? this.makeSecrets(notifier) : undefined;
  }

  private allowSender(notifier: Lambda, origin: string | undefined): void {
    if (origin?.startsWith('arn:') !== true) {
      throw new Error(
        'SMS_AWS_ORIGIN must be the ARN of the sender: the notifier may send by this one alone.',
      );
    }
    notifier.addToRolePolicy(
      new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [origin] }),
    );
  }

  private makeSecrets(notifier: Lambda): Secret {
    const secrets = new Secret(this, 'Secrets', {
      description: 'By which notices go out: {"smtpUrl", "pushPrivateKey", "smsKeyId", "smsKeySecret"}.',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
    });
    Validations.of(secrets).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The other house gives these secrets out, and the key of push messages is what browsers have agreed to: they are changed by hand.',
    });
    notifier.addEnvironment(NOTICE_SECRETS_SECRET, secrets.secretArn);
    notifier.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secrets.secretArn] }),
    );
    return secrets;
  }
}
