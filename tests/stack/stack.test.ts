import { Stack, Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { SITE_HEADER, SITE_SECRET, VIEWER_HEADER } from '@time-bank/api/settings';
import { BY_OPENING, BY_PERSON, BY_REGION, careTable, ledgerTable, sealsTable } from '@time-bank/store/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '@time-bank/cdk/security-policy';
import { type Resource, SCRIPT_HASH, type Synthesis, synthesize } from './synthesis.ts';

let made: Synthesis;
beforeAll(() => {
  made = synthesize();
}, 120_000);
afterAll(() => {
  made.cleanUp();
});

const ofType = (type: string): [string, Resource][] =>
  Object.entries(made.resources).filter(([, { Type }]) => Type === type);

const only = (type: string, idStart: string): Resource => {
  const found = ofType(type).filter(([id]) => id.startsWith(idStart));
  expect(found, `${type} ${idStart}`).toHaveLength(1);
  return found[0]![1];
};

const idOf = (type: string, idStart: string): string =>
  ofType(type).find(([id]) => id.startsWith(idStart))![0];

describe('the three tables', () => {
  it('cannot be deleted, outlive the stack, and can be restored to any second of 35 days', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(3);
    for (const [id, { Properties, DeletionPolicy }] of tables) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
      expect(Properties['StreamSpecification']).toEqual(
        id.startsWith('TablesSeals') ? undefined : { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      );
      expect(Properties['Replicas']).toEqual([
        expect.objectContaining({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        }),
      ]);
    }
  });

  it.each([
    ['TablesLedger', ledgerTable],
    ['TablesCare', careTable],
    ['TablesSeals', sealsTable],
  ])('%s has the keys, indexes and expiry of its shape', (id, shape) => {
    const { Properties } = only('AWS::DynamoDB::GlobalTable', id);
    const keys = (partitionKey: string, sortKey: string) => [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ];
    expect(Properties['KeySchema']).toEqual(keys('pk', 'sk'));
    expect(Properties['GlobalSecondaryIndexes'] ?? []).toEqual(
      shape.indexes.map(({ name, partitionKey, sortKey }) => ({
        IndexName: name,
        KeySchema: keys(partitionKey, sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
    expect(Properties['TimeToLiveSpecification']).toEqual(
      shape.expiry === undefined ? undefined : { AttributeName: shape.expiry, Enabled: true },
    );
  });
});

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

const statementsOf = (name: string): Statement[] =>
  only('AWS::IAM::Policy', name).Properties['PolicyDocument'].Statement as Statement[];

const actionsOf = (name: string): string[] => statementsOf(name).flatMap(({ Action }) => list(Action));

/** What a role may do with which resource, one line each. */
const grantsOf = (name: string): string[] =>
  statementsOf(name)
    .flatMap(({ Action, Resource: resources }) =>
      list(resources).map((resource) => `${JSON.stringify(resource)} ${list(Action).toSorted().join(' ')}`),
    )
    .toSorted();

const arn = (id: string): string => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] });
const index = (id: string, name: string): string =>
  JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, `/index/${name}`]] });

describe('who may do what', () => {
  const roles = [
    'FunctionsApiRole',
    'FunctionsProjectorRole',
    'FunctionsPlannerRole',
    'FunctionsNotifierRole',
    'FunctionsSealerRole',
    'SiteUploadRole',
  ];

  it('gives every function a role of its own', () => {
    expect(ofType('AWS::IAM::Policy')).toHaveLength(roles.length);
    expect(
      ofType('AWS::IAM::Role').map(([, { Properties }]) => Properties['ManagedPolicyArns'] as unknown),
    ).toEqual(roles.map(() => undefined));
  });

  it.each(roles)('%s has no star in its actions', (name) => {
    expect(actionsOf(name).filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(roles.slice(0, 5))('%s scans nothing and deletes nothing', (name) => {
    expect(actionsOf(name).filter((action) => /scan|delete|batchwrite|partiql/i.test(action))).toEqual([]);
  });

  it.each(roles.slice(0, 4))('%s has no star in its resources', (name) => {
    expect(JSON.stringify(statementsOf(name))).not.toContain('*');
  });

  it('lets the sealer read the ledger, write the seals, sign, and put checkpoints: nothing else', () => {
    const [ledger, seals] = ['TablesLedger', 'TablesSeals'].map((id) =>
      idOf('AWS::DynamoDB::GlobalTable', id),
    );
    const key = idOf('AWS::KMS::Key', 'CheckpointsKey');
    const bucket = idOf('AWS::S3::Bucket', 'CheckpointsBucket');
    const log = idOf('AWS::Logs::LogGroup', 'FunctionsSealerLog');
    const queue = idOf('AWS::SQS::Queue', 'FunctionsSealerFailures');
    expect(grantsOf('FunctionsSealerRole')).toEqual(
      [
        `${arn(ledger!)} dynamodb:GetItem dynamodb:Query`,
        `${JSON.stringify({ 'Fn::GetAtt': [ledger, 'StreamArn'] })} dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams`,
        `${arn(seals!)} dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query`,
        `${arn(key)} kms:GetPublicKey kms:Sign`,
        `${JSON.stringify({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/*.txt']] })} s3:PutObject`,
        `${arn(log)} logs:CreateLogStream logs:PutLogEvents`,
        `${arn(queue)} sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage`,
      ].toSorted(),
    );
  });

  it('lets nobody but the sealer write seals, and the sealer write nothing into the ledger', () => {
    const seals = idOf('AWS::DynamoDB::GlobalTable', 'TablesSeals');
    const ledger = idOf('AWS::DynamoDB::GlobalTable', 'TablesLedger');
    const writers = (table: string): string[] =>
      roles.filter((role) =>
        grantsOf(role).some((grant) => grant.startsWith(arn(table)) && /PutItem|UpdateItem/.test(grant)),
      );
    expect(writers(seals)).toEqual(['FunctionsSealerRole']);
    expect(writers(ledger)).not.toContain('FunctionsSealerRole');
  });

  it('lets the API read and write the two tables, query the three indexes, and read its two secrets', () => {
    const ledger = idOf('AWS::DynamoDB::GlobalTable', 'TablesLedger');
    const care = idOf('AWS::DynamoDB::GlobalTable', 'TablesCare');
    const seals = idOf('AWS::DynamoDB::GlobalTable', 'TablesSeals');
    const secret = idOf('AWS::SecretsManager::Secret', 'FunctionsTokenKeys');
    const personal = idOf('AWS::SecretsManager::Secret', 'PersonalKeysSecret');
    const log = idOf('AWS::Logs::LogGroup', 'FunctionsApiLog');
    const common =
      'dynamodb:BatchGetItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem';
    expect(grantsOf('FunctionsApiRole')).toEqual(
      [
        `${arn(ledger)} ${common}`,
        `${arn(care)} ${common}`,
        ...[BY_PERSON, BY_REGION, BY_OPENING].map(({ name }) => `${index(care, name)} dynamodb:Query`),
        `${arn(seals)} dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query`,
        ...[secret, personal].map((each) => `${JSON.stringify({ Ref: each })} secretsmanager:GetSecretValue`),
        `${arn(idOf('AWS::KMS::Key', 'PersonalKeysKey'))} kms:Decrypt`,
        `${arn(log)} logs:CreateLogStream logs:PutLogEvents`,
      ].toSorted(),
    );
  });

  it('lets the API, the planner and the notifier open what is personal, by way of the secret alone, and nobody else', () => {
    const key = idOf('AWS::KMS::Key', 'PersonalKeysKey');
    const secret = idOf('AWS::SecretsManager::Secret', 'PersonalKeysSecret');
    const using = (what: string) => roles.filter((role) => JSON.stringify(statementsOf(role)).includes(what));
    const opening = ['FunctionsApiRole', 'FunctionsPlannerRole', 'FunctionsNotifierRole'];
    expect(using(secret)).toEqual(opening);
    expect(using(key)).toEqual(opening);
    const conditions = opening
      .flatMap((role) => statementsOf(role))
      .filter(({ Action }) => list(Action).some((action) => action.startsWith('kms:')))
      .map(({ Condition }) => JSON.stringify(Condition));
    expect(conditions).toHaveLength(3);
    for (const condition of conditions) expect(condition).toMatch(/kms:ViaService.*secretsmanager/);
    const { Properties, DeletionPolicy } = only('AWS::KMS::Key', 'PersonalKeysKey');
    expect(Properties['EnableKeyRotation']).toBe(true);
    expect(DeletionPolicy).toBe('Retain');
    expect(only('AWS::SecretsManager::Secret', 'PersonalKeys')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
    });
    const told = ofType('AWS::Lambda::Function')
      .filter(([, lambda]) =>
        JSON.stringify(lambda.Properties['Environment'] ?? {}).includes('PERSONAL_KEYS'),
      )
      .map(([id]) => id.replace(/Function[0-9A-F]*$/, ''));
    expect(told.toSorted()).toEqual(['FunctionsApi', 'FunctionsNotifier', 'FunctionsPlanner']);
  });

  it('lets the projector put rows and add to them and nothing else in the care table, and never near the ledger', () => {
    const care = idOf('AWS::DynamoDB::GlobalTable', 'TablesCare');
    const ledger = idOf('AWS::DynamoDB::GlobalTable', 'TablesLedger');
    const grants = grantsOf('FunctionsProjectorRole').filter((grant) => grant.includes('dynamodb:'));
    expect(grants).toEqual(
      [
        `${arn(care)} dynamodb:PutItem dynamodb:UpdateItem`,
        `${JSON.stringify({ 'Fn::GetAtt': [care, 'StreamArn'] })} dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams`,
      ].toSorted(),
    );
    expect(JSON.stringify(grants)).not.toContain(ledger);
  });

  it('lets the planner read what is overdue and close it, and hear of plans that are waited for', () => {
    const care = idOf('AWS::DynamoDB::GlobalTable', 'TablesCare');
    const ledger = idOf('AWS::DynamoDB::GlobalTable', 'TablesLedger');
    expect(grantsOf('FunctionsPlannerRole').filter((grant) => grant.includes('dynamodb:'))).toEqual(
      [
        `${arn(ledger)} dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem`,
        `${arn(care)} dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query`,
        `${JSON.stringify({ 'Fn::GetAtt': [care, 'StreamArn'] })} dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams`,
        `${index(care, BY_OPENING.name)} dynamodb:Query`,
        `${index(care, BY_REGION.name)} dynamodb:Query`,
      ].toSorted(),
    );
  });

  it('lets the notifier read and mark what is to be told, and never near the ledger', () => {
    const care = idOf('AWS::DynamoDB::GlobalTable', 'TablesCare');
    expect(grantsOf('FunctionsNotifierRole').filter((grant) => grant.includes('dynamodb:'))).toEqual(
      [
        `${arn(care)} dynamodb:BatchGetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem`,
        `${index(care, BY_OPENING.name)} dynamodb:Query`,
        `${index(care, BY_REGION.name)} dynamodb:Query`,
      ].toSorted(),
    );
  });

  it('lets the uploader of pages only put objects into the one bucket, of all stars in resources', () => {
    const starred = statementsOf('SiteUploadRole').filter((statement) =>
      JSON.stringify(statement).includes('*'),
    );
    const pages = idOf('AWS::S3::Bucket', 'SitePages');
    expect(starred).toEqual([
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [pages, 'Arn'] }, '/*']] },
      },
    ]);
  });
});

describe('the functions', () => {
  it.each(['Api', 'Projector', 'Planner', 'Notifier', 'Sealer'])(
    '%s runs on Node 24, arm64, with 512 MiB and readable stacks',
    (name) => {
      const { Properties } = only('AWS::Lambda::Function', `Functions${name}`);
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 512,
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      });
      expect(Properties['LoggingConfig'].LogGroup).toBeDefined();
    },
  );

  it('keeps every log for a year', () => {
    const logs = ofType('AWS::Logs::LogGroup');
    expect(logs.length).toBeGreaterThanOrEqual(4);
    expect(logs.map(([, { Properties }]) => Properties['RetentionInDays'] as unknown)).toEqual(
      logs.map(() => 365),
    );
  });

  it('feeds the projector new and changed requests only, and keeps what it could not handle', () => {
    made.template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    const { Properties } = only('AWS::Lambda::EventSourceMapping', 'FunctionsRequestChanges');
    const filters = Properties['FilterCriteria'].Filters as { Pattern: string }[];
    expect(filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['REQUEST'] } } } },
    ]);
  });

  it('feeds the sealer every change of the ledger, halves what fails, and keeps what it could not handle', () => {
    const { Properties } = only('AWS::Lambda::EventSourceMapping', 'FunctionsLedgerChanges');
    expect(Properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumBatchingWindowInSeconds: 1,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: expect.anything() as unknown } },
    });
    expect(Properties).not.toHaveProperty('FilterCriteria');
    expect(Properties).not.toHaveProperty('ParallelizationFactor');
  });

  it('signs with a key of Ed25519 that stays, and keeps checkpoints where nobody can change them', () => {
    const key = only('AWS::KMS::Key', 'CheckpointsKey');
    expect(key.DeletionPolicy).toBe('Retain');
    expect(key.Properties).toMatchObject({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
    const bucket = only('AWS::S3::Bucket', 'CheckpointsBucket');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('wakes the planner every five minutes, and keeps what could not be delivered', () => {
    made.template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
    expect(only('AWS::Lambda::Function', 'FunctionsPlanner').Properties['DeadLetterConfig']).toBeDefined();
  });

  it('has calls for help looked after every minute, by an event that says so', () => {
    const { Properties } = only('AWS::Events::Rule', 'FunctionsEmergencySchedule');
    expect(Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Input: '{"job":"emergencies"}', DeadLetterConfig: expect.anything() as unknown }],
    });
  });

  it('wakes the planner with the plans that somebody waits for, and with no other case', () => {
    const { Properties } = only('AWS::Lambda::EventSourceMapping', 'FunctionsPlanOrders');
    expect(Properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: expect.anything() as unknown } },
    });
    const filters = Properties['FilterCriteria'].Filters as { Pattern: string }[];
    expect(filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: {
          Keys: { sk: { S: ['CASE'] } },
          NewImage: { kind: { S: ['week_plan'] }, state: { S: ['queued', 'sending'] } },
        },
      },
    ]);
  });

  it('wakes the notifier every minute, and keeps what could not be delivered', () => {
    expect(only('AWS::Events::Rule', 'FunctionsNoticeSchedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ DeadLetterConfig: expect.anything() as unknown }],
    });
    expect(only('AWS::Lambda::Function', 'FunctionsNotifier').Properties['DeadLetterConfig']).toBeDefined();
  });

  it('keeps failures encrypted and takes them over TLS only', () => {
    const queues = ofType('AWS::SQS::Queue');
    expect(queues.map(([, { Properties }]) => Properties['SqsManagedSseEnabled'] as unknown)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(JSON.stringify(ofType('AWS::SQS::QueuePolicy'))).toContain('"aws:SecureTransport":"false"');
  });
});

describe('the front door', () => {
  const behaviours = () =>
    only('AWS::CloudFront::Distribution', 'Site').Properties['DistributionConfig'] as {
      DefaultCacheBehavior: Resource['Properties'];
      CacheBehaviors: Resource['Properties'][];
    };

  it('speaks TLS 1.2 or later and nothing else', () => {
    expect(behaviours()).toMatchObject({
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' },
      CacheBehaviors: [{ ViewerProtocolPolicy: 'https-only' }],
    });
    expect(JSON.stringify(made.resources)).not.toContain('allow-all');
  });

  it('never keeps an answer of the API, and passes on every method and every header but Host', () => {
    const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    const [api, ...others] = behaviours().CacheBehaviors;
    expect(others).toEqual([]);
    expect(api).toMatchObject({
      PathPattern: '/api/*',
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
    });
    expect(api?.['AllowedMethods']).toHaveLength(7);
    expect(api?.['FunctionAssociations']).toEqual([
      {
        EventType: 'viewer-request',
        FunctionARN: {
          'Fn::GetAtt': [idOf('AWS::CloudFront::Function', 'SiteViewerAddress'), 'FunctionARN'],
        },
      },
    ]);
  });

  it('tells the API whose call it is, over what a caller claims, and shows it a secret that only the two know', () => {
    const { FunctionCode: code } = only('AWS::CloudFront::Function', 'SiteViewerAddress').Properties;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code that CloudFront would run
    const run = new Function('event', `${String(code)}\nreturn handler(event);`) as (event: object) => object;
    const claimed = { [VIEWER_HEADER.toLowerCase()]: { value: '192.0.2.99' }, cookie: { value: 'x' } };
    expect(run({ viewer: { ip: '203.0.113.9' }, request: { uri: '/api/me', headers: claimed } })).toEqual({
      uri: '/api/me',
      headers: { [VIEWER_HEADER.toLowerCase()]: { value: '203.0.113.9' }, cookie: { value: 'x' } },
    });
    const { Origins } = behaviours() as unknown as { Origins: Resource['Properties'][] };
    const [shown] = Origins.flatMap((origin) => (origin['OriginCustomHeaders'] ?? []) as object[]);
    const secret = idOf('AWS::SecretsManager::Secret', 'SiteSecret');
    const reference = {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret }, ':SecretString:::}}']],
    };
    expect(shown).toEqual({ HeaderName: SITE_HEADER, HeaderValue: reference });
    const api = only('AWS::Lambda::Function', 'FunctionsApi').Properties;
    expect(api['Environment'].Variables[SITE_SECRET]).toEqual(reference);
  });

  it('leaves the 404 of the API alone: no error page stands in for it', () => {
    expect(behaviours()).not.toHaveProperty('CustomErrorResponses');
  });

  it.each([
    ['/', '/index.html'],
    ['/requests', '/index.html'],
    ['/desk/week/', '/index.html'],
    ['/v1.2/requests', '/index.html'],
    ['/assets/first-1.js', '/assets/first-1.js'],
    ['/icon.svg', '/icon.svg'],
  ])('shows for %s the file %s', (uri, file) => {
    const code: string = only('AWS::CloudFront::Function', 'SitePagePaths').Properties['FunctionCode'];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code that CloudFront would run
    const run = new Function('event', `${code}\nreturn handler(event);`) as (event: object) => {
      uri: string;
    };
    expect(run({ request: { uri, headers: {} } })).toMatchObject({ uri: file });
  });

  it('lets a page load what the site itself serves, and inline only what was built in', () => {
    const { Properties } = only('AWS::CloudFront::ResponseHeadersPolicy', 'SitePageHeaders');
    const headers = Properties['ResponseHeadersPolicyConfig'].SecurityHeadersConfig;
    expect(headers.ContentSecurityPolicy).toEqual({
      Override: true,
      ContentSecurityPolicy: `default-src 'none'; script-src 'self' '${SCRIPT_HASH}'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    });
    expect(headers.StrictTransportSecurity).toEqual({
      AccessControlMaxAgeSec: 63_072_000,
      IncludeSubdomains: true,
      Override: true,
    });
    expect(headers.ContentTypeOptions).toEqual({ Override: true });
    expect(contentSecurityPolicy({ script: [], style: [] })).not.toContain('unsafe');
  });

  it('has only private buckets that are read over TLS', () => {
    const buckets = ofType('AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const [, { Properties }] of buckets) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties['BucketEncryption']).toBeDefined();
    }
    made.template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  it('keeps assets for a year and asks for the page anew each time', () => {
    const uploads = ofType('Custom::CDKBucketDeployment').map(([, { Properties }]) => Properties);
    expect(
      uploads.map(({ SystemMetadata, Prune }) => [
        SystemMetadata['cache-control'] as unknown,
        Prune as unknown,
      ]),
    ).toEqual([
      ['public, max-age=31536000, immutable', false],
      ['no-cache', false],
    ]);
  });

  it('slows down a flood, and writes nothing personal into the log of the gateway', () => {
    const { Properties } = only('AWS::ApiGatewayV2::Stage', 'Api');
    expect(Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 100,
      ThrottlingBurstLimit: 200,
    });
    const format: string = Properties['AccessLogSettings'].Format;
    expect(format).toContain('$context.requestId');
    expect(format).not.toMatch(/identity|sourceIp|userAgent|path|authorizer|domainName/i);
  });
});

describe('the alarms', () => {
  it('each says in a sentence what people lose, and tells the one topic', () => {
    const topic = { Ref: idOf('AWS::SNS::Topic', 'Alarms') };
    const alarms = ofType('AWS::CloudWatch::Alarm');
    for (const [id, { Properties }] of alarms) {
      expect(Properties['AlarmDescription'], id).toMatch(/^[A-Z].{40,}\.$/);
      expect(Properties['AlarmActions'], id).toEqual([topic]);
    }
    expect(alarms.map(([id]) => id.replace(/^Alarms|[0-9A-F]{8}$/g, '')).toSorted()).toEqual(
      [
        'ApiAnswers5xx',
        'ApiFails',
        'ApiSlow',
        'ApiThrottled',
        'CareThrottled',
        'EmergenciesStopped',
        'LedgerThrottled',
        'NotifierFails',
        'NotifierLost',
        'NotifierStopped',
        'PlannerFails',
        'PlannerLost',
        'PlannerStopped',
        'ProjectorFails',
        'ProjectorLate',
        'ProjectorLost',
        'SealerFails',
        'SealerLate',
        'SealerLost',
      ].toSorted(),
    );
  });

  it.each([
    ['Planner', 'TimeBank.schedule', 900],
    ['Emergencies', 'TimeBank.emergencies', 180],
    ['Notifier', 'Invocations', 300],
  ])('takes silence of the %s for trouble', (name, metric, seconds) => {
    expect(only('AWS::CloudWatch::Alarm', `Alarms${name}Stopped`).Properties).toMatchObject({
      MetricName: metric,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Period: seconds,
      Statistic: 'Sum',
    });
  });

  it('counts the runs of each schedule of the planner apart: the calls for help of every minute hide no missing plan', () => {
    const log = { Ref: idOf('AWS::Logs::LogGroup', 'FunctionsPlannerLog') };
    const filters = ofType('AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
    expect(filters).toEqual(
      ['schedule', 'emergencies'].map((event) => ({
        FilterPattern: `{ $.event = "${event}" }`,
        LogGroupName: log,
        MetricTransformations: [
          { MetricName: `TimeBank.${event}`, MetricNamespace: 'TimeBank', MetricValue: '1' },
        ],
      })),
    );
  });

  it('can be sent: CloudWatch may publish to the topic and use its key', () => {
    const allowed = (type: string, document: string) =>
      (only(type, 'Alarms').Properties[document].Statement as (Statement & { Principal: unknown })[])
        .filter(
          ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('cloudwatch'),
        )
        .flatMap(({ Action }) => list(Action));
    expect(allowed('AWS::SNS::TopicPolicy', 'PolicyDocument')).toEqual(['sns:Publish']);
    expect(allowed('AWS::KMS::Key', 'KeyPolicy')).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
  });
});

describe('the rules', () => {
  it('finds nothing, neither errors nor warnings', () => {
    const packs = [new AwsSolutionsChecks(made.app), new ServerlessChecks(made.app)];
    expect(packs.flatMap((pack) => pack.validateScope(made.app).violations)).toEqual([]);
  });

  it('accepts a few findings, each with its evidence, at one place each', () => {
    const accepted = made.app.node.findAll().flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>))
        .map(([id, reason]) => {
          expect(reason.length, id).toBeGreaterThan(80);
          return `${node.path}: ${id.replace(/^Annotation::/i, '').replace(/<\w+\.Arn>/, '<…>')}`;
        }),
    );
    expect(accepted.toSorted()).toEqual(
      [
        'TimeBank: Serverless-LambdaTracing',
        'TimeBank/Api/Gateway: AwsSolutions-APIG4',
        'TimeBank/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C256MiB: AwsSolutions-L1',
        'TimeBank/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C256MiB: Serverless-LambdaDLQ',
        'TimeBank/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C256MiB: Serverless-LambdaLatestVersion',
        'TimeBank/Functions/Api/Function: Serverless-LambdaDLQ',
        'TimeBank/Functions/NotifierFailures: Serverless-SQSRedrivePolicy',
        'TimeBank/Functions/PlannerFailures: Serverless-SQSRedrivePolicy',
        'TimeBank/Functions/ProjectorFailures: Serverless-SQSRedrivePolicy',
        'TimeBank/Checkpoints/Bucket: AwsSolutions-S1',
        'TimeBank/Functions/Sealer/Role: AwsSolutions-IAM5[Resource::<…>/*.txt]',
        'TimeBank/Functions/SealerFailures: Serverless-SQSRedrivePolicy',
        'TimeBank/Functions/TokenKeys: AwsSolutions-SMG4',
        'TimeBank/PersonalKeys/Secret: AwsSolutions-SMG4',
        'TimeBank/Site/Distribution: AwsSolutions-CFR1',
        'TimeBank/Site/Upload/Role: AwsSolutions-IAM5[Resource::<…>/*]',
        'TimeBank/SiteSecret/Secret: AwsSolutions-SMG4',
      ].toSorted(),
    );
  });

  it.each(['Functions', 'PersonalKeys'])('has no secret in the template: %s', (of) => {
    const { Properties } = only('AWS::SecretsManager::Secret', of);
    expect(Properties).not.toHaveProperty('SecretString');
    expect(Properties['GenerateSecretString']).toEqual({
      SecretStringTemplate: '{}',
      GenerateStringKey: 'k1',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    const names = ofType('AWS::Lambda::Function').flatMap(([, { Properties: lambda }]) =>
      Object.keys((lambda['Environment']?.Variables ?? {}) as object),
    );
    expect(names).toEqual(expect.arrayContaining(['TOKEN_KEYS_SECRET', 'PERSONAL_KEYS_SECRET']));
    expect(names).not.toContain('TOKEN_KEYS');
    expect(names).not.toContain('PERSONAL_KEYS');
  });

  it('is bound to no account and no region', () => {
    const stack = made.app.node.children.find((child) => Stack.isStack(child));
    expect(JSON.stringify(made.resources)).not.toMatch(/\b\d{12}\b/);
    expect(stack).toBeDefined();
  });
});
