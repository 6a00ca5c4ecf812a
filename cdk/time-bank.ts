import { App, CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { SITE_SECRET } from '@time-bank/api/settings';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import { Checkpoints } from './checkpoints.ts';
import { Functions } from './functions.ts';
import { NoticeWays, type NoticeWaySettings } from './notice-ways.ts';
import { PersonalKeys } from './personal-keys.ts';
import { type DoorSettings, SignInDoor } from './sign-in-door.ts';
import { Site } from './site.ts';
import { SiteSecret } from './site-secret.ts';
import { Tables } from './tables.ts';

/** How the CDK behaves; written here so that `node app.ts` and the `cdk` command make the same template. */
const behaviour = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-s3:publicAccessBlockedByDefault': true,
  '@aws-cdk/core:target-partitions': ['aws'],
};

/** What an installation is made from. */
export interface TimeBankProps extends StackProps {
  /** Folder of the built pages. */
  site: string;
  /** How people sign in; nobody is sent a code where it is left out. */
  signIn?: DoorSettings;
  /** By which ways notices go out; by none where it is left out. */
  notices?: NoticeWaySettings;
}

/**
 * The whole installation: tables, functions, gateway, site, alarms. One stack, because nothing in it is of use
 * without the rest. Bound to no account and no region; a second installation is a second account or region.
 */
export class TimeBank extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { site: folder, signIn = {}, notices = {}, ...props }: TimeBankProps,
  ) {
    super(scope, id, props);
    const tables = new Tables(this, 'Tables');
    const checkpoints = new Checkpoints(this, 'Checkpoints');
    const personalKeys = new PersonalKeys(this, 'PersonalKeys');
    const functions = new Functions(this, 'Functions', { tables, checkpoints, personalKeys });
    const { gateway, host } = new Api(this, 'Api', { handler: functions.api });
    const door = new SignInDoor(this, 'SignIn', { api: functions.api, settings: signIn });
    const { api, notifier } = functions;
    const ways = new NoticeWays(this, 'Notices', { api, notifier, settings: notices });
    const secret = new SiteSecret(this, 'SiteSecret').value;
    const site = new Site(this, 'Site', { folder, apiHost: host, secret });
    functions.api.addEnvironment(SITE_SECRET, secret.unsafeUnwrap());
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason:
        'The SDK in the bundles is not instrumented, so a trace would hold what the report line of each call in the ' +
        'log holds; its permissions would be the only star in the roles (see tests/stack/stack.test.ts).',
    });
    const { topic } = new Alarms(this, 'Alarms', { gateway, functions, tables });
    const tell = (name: string, description: string, value: string): void => {
      new CfnOutput(this, name, { description, value });
    };
    tell('SiteAddress', 'Where people reach the time bank.', `https://${site.domain}`);
    tell('SiteTarget', 'What the name of the site points to (CNAME).', site.distribution.domainName);
    tell('AlarmTopicArn', 'Subscribe those on duty to this topic.', topic.topicArn);
    tell('LedgerTableName', 'LEDGER_TABLE for imports.', tables.ledger.tableName);
    tell('CareTableName', 'CARE_TABLE for imports.', tables.care.tableName);
    tell('SealsTableName', 'SEALS_TABLE for imports and checks.', tables.seals.tableName);
    tell('SealKeyArn', 'The key that signs checkpoints.', checkpoints.key.keyArn);
    tell(
      'CheckpointsBucketName',
      'Where checkpoints are kept and cannot be changed.',
      checkpoints.bucket.bucketName,
    );
    tell(
      'PersonalKeysArn',
      'The secret under which people are sealed; PERSONAL_KEYS for imports.',
      personalKeys.secret.secretArn,
    );
    if (door.secrets !== undefined) {
      tell(
        'SignInSecretsArn',
        'What other houses have agreed with us; to be filled.',
        door.secrets.secretArn,
      );
    }
    if (ways.secrets !== undefined) {
      tell('NoticeSecretsArn', 'By which notices go out; to be filled.', ways.secrets.secretArn);
    }
    tell('TokenKeysArn', 'The secret that signs sign-ins.', functions.tokenKeys.secretArn);
  }
}

/** The app with its one stack and the rules that it is held to; a broken rule fails the synthesis. */
export const makeApp = ({
  outdir,
  site,
  signIn = {},
  notices = {},
}: {
  outdir: string;
  site: string;
  signIn?: DoorSettings;
  notices?: NoticeWaySettings;
}): App => {
  const app = new App({ outdir, context: behaviour, analyticsReporting: false });
  new TimeBank(app, 'TimeBank', {
    site,
    signIn,
    notices,
    description: 'Time bank: hours of visiting elders, kept and redeemed.',
  });
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true, writeSuppressionsToCloudFormation: true }),
    new ServerlessChecks(app, { verbose: true }),
  );
  return app;
};
