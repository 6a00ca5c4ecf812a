import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type Function as Lambda,
  FilterCriteria,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { TOKEN_KEYS_SECRET } from '@time-bank/api/settings';
import { CHECKPOINTS_BUCKET, SEAL_KEY_ID, SEAL_ORIGIN } from '@time-bank/sealer/settings';
import { CARE_TABLE, LEDGER_TABLE, PERSONAL_KEYS_SECRET, SEALS_TABLE } from '@time-bank/store/settings';
import { BY_OPENING, BY_PERSON, BY_REGION, SORT_KEY } from '@time-bank/store/table';
import { Construct } from 'constructs';
import type { Checkpoints } from './checkpoints.ts';
import { LambdaFunction } from './lambda-function.ts';
import type { PersonalKeys } from './personal-keys.ts';
import type { Tables } from './tables.ts';

/** The sort key of a request in the care table; `tests/stack` holds it against what the store writes. */
const REQUEST = 'REQUEST';
/** The sort key of a case of the staff. */
const CASE = 'CASE';

/** The names of all tables, for every function's settings; what it may do with them stands in its role. */
const namesOf = ({ ledger, care, seals }: Tables): Record<string, string> => ({
  [LEDGER_TABLE]: ledger.tableName,
  [CARE_TABLE]: care.tableName,
  [SEALS_TABLE]: seals.tableName,
});

/** The name of a bucket in the template, by which cdk-nag calls it. */
const logicalIdOf = ({ node, stack }: IBucket): string => {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnBucket)) throw new Error('a bucket is not what it was');
  return String(stack.resolve(defaultChild.logicalId));
};

/** How often the planner looks for requests that nobody took. */
export const PLANNER_MINUTES = 5;

/** How often it looks after calls for help. */
export const EMERGENCY_MINUTES = 1;
/** How often the notifier looks for what is to be told. */
export const NOTIFIER_MINUTES = 1;

/**
 * The functions and what wakes them.
 *
 * - `api`: behind the front door; 20 seconds, for the store gives up after three tries of five seconds and the
 *   answer "unavailable" is to reach the person before the gateway's 30 seconds are over. Reads both tables, writes
 *   both in transactions; never scans, never deletes.
 * - `projector`: on the care table's stream, new and changed requests only; up to 100 records or one second; a batch
 *   that fails is halved, tried ten times within twelve hours, and the rest of the stream goes on; what is lost is
 *   in `projectorFailures`. May put and add to rows of the care table and nothing else.
 * - `planner`: every five minutes, for a minute at most; a run that fails is tried twice more and is then in
 *   `plannerFailures`. Closes requests and does what else is due. Every minute it looks after calls for help, and the
 *   care table's stream wakes it where somebody waits for a plan.
 * - `notifier`: every minute, for a minute at most; tells what is due by every way that is set up. Reads and writes
 *   the care table; never sees the ledger. A run that fails is not tried again, for the next one goes on; what could
 *   not be started is in `notifierFailures`.
 * - `sealer`: on the ledger's stream, all changes; up to 100 records or one second; one at a time for each part of
 *   the stream, and where two parts meet, the conditions of its writes keep the log one; fails like the projector,
 *   into `sealerFailures`. Reads the ledger, writes the seals and nothing else, signs, and puts checkpoints.
 * - `tokenKeys`: the secret that signs sign-ins, made once at random; nobody has seen it. Only `api` reads it.
 * - The personal keys: `api`, `planner` and `notifier` may read them; the projector and the sealer never see a person.
 * - Queues of failures: encrypted by SQS, TLS only, 14 days.
 */
export class Functions extends Construct {
  readonly api: Lambda;
  readonly projector: Lambda;
  readonly planner: Lambda;
  readonly notifier: Lambda;
  readonly sealer: Lambda;
  readonly projectorFailures: Queue;
  readonly plannerFailures: Queue;
  readonly notifierFailures: Queue;
  readonly sealerFailures: Queue;
  readonly tokenKeys: Secret;

  constructor(
    scope: Construct,
    id: string,
    {
      tables,
      checkpoints,
      personalKeys,
    }: { tables: Tables; checkpoints: Checkpoints; personalKeys: PersonalKeys },
  ) {
    super(scope, id);
    this.tokenKeys = this.makeTokenKeys();
    this.projectorFailures = this.makeFailures('ProjectorFailures');
    this.plannerFailures = this.makeFailures('PlannerFailures');
    this.notifierFailures = this.makeFailures('NotifierFailures');
    this.sealerFailures = this.makeFailures('SealerFailures');
    this.api = this.makeApi(tables, personalKeys);
    this.projector = this.makeProjector(tables);
    this.planner = this.makePlanner(tables, personalKeys);
    this.notifier = this.makeNotifier(tables, personalKeys);
    this.sealer = this.makeSealer(tables, checkpoints);
  }

  private makeTokenKeys(): Secret {
    const secret = new Secret(this, 'TokenKeys', {
      description: 'Keys that sign sign-ins: {"<kid>": "<secret>"}. The first signs, all are accepted.',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'k1',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Functions read the keys when they start, and a sign-in lasts 30 days (packages/identity/token.ts): a ' +
        'rotation on a timer would sign with a key that running functions do not accept yet. Keys are added, then ' +
        'moved to the front, then taken away by hand: cdk/README.md, "Changing the token keys".',
    });
    return secret;
  }

  private makeFailures(id: string): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason:
        'This queue is where failures end, it has no consumer whose failures could be passed on; an alarm tells of ' +
        'its first message (cdk/alarms.ts).',
    });
    return queue;
  }

  private makeApi(tables: Tables, personalKeys: PersonalKeys): Lambda {
    const { ledger, care, seals } = tables;
    const { role, function: lambda } = new LambdaFunction(this, 'Api', {
      folder: 'api',
      description: 'Time bank: answers every call of the pages.',
      timeout: Duration.seconds(20),
      environment: {
        ...namesOf(tables),
        [TOKEN_KEYS_SECRET]: this.tokenKeys.secretArn,
        [PERSONAL_KEYS_SECRET]: personalKeys.secret.secretArn,
      },
      tables: [
        {
          table: ledger,
          actions: ['DescribeTable', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
        },
        {
          table: care,
          actions: ['DescribeTable', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
          indexes: [BY_PERSON, BY_REGION, BY_OPENING],
        },
        { table: seals, actions: ['GetItem', 'BatchGetItem', 'Query'] },
      ],
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.tokenKeys.secretArn],
      }),
    );
    personalKeys.readBy(role);
    Validations.of(lambda).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'Only the gateway calls this function, and it waits for the answer: there is no asynchronous call to keep. ' +
        'Its one permission is in the template: lambda:InvokeFunction for apigateway.amazonaws.com.',
    });
    return lambda;
  }

  private makeProjector(tables: Tables): Lambda {
    const { care } = tables;
    const { role, function: lambda } = new LambdaFunction(this, 'Projector', {
      folder: 'projector',
      description: 'Time bank: keeps the board of the week as requests change.',
      timeout: Duration.seconds(60),
      environment: namesOf(tables),
      tables: [{ table: care, actions: ['PutItem', 'UpdateItem'] }],
      failures: this.projectorFailures,
    });
    this.feed('RequestChanges', { table: care, role, lambda, failures: this.projectorFailures }, [
      FilterCriteria.filter({
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: { Keys: { [SORT_KEY]: { S: [REQUEST] } } },
      }),
    ]);
    return lambda;
  }

  private makeNotifier(tables: Tables, personalKeys: PersonalKeys): Lambda {
    const { role, function: lambda } = new LambdaFunction(this, 'Notifier', {
      folder: 'notifier',
      description: 'Time bank: brings out what people are to be told.',
      timeout: Duration.minutes(1),
      environment: { ...namesOf(tables), [PERSONAL_KEYS_SECRET]: personalKeys.secret.secretArn },
      tables: [
        {
          table: tables.care,
          actions: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
          indexes: [BY_OPENING, BY_REGION],
        },
      ],
      failures: this.notifierFailures,
      // nodemailer and web-push do.
      needsRequire: true,
    });
    personalKeys.readBy(role);
    new Rule(this, 'NoticeSchedule', {
      description: 'Wakes the notifier of the time bank.',
      schedule: Schedule.rate(Duration.minutes(NOTIFIER_MINUTES)),
      targets: [
        new LambdaTarget(lambda, {
          deadLetterQueue: this.notifierFailures,
          retryAttempts: 0,
          maxEventAge: Duration.minutes(NOTIFIER_MINUTES),
        }),
      ],
    });
    return lambda;
  }

  private makeSealer(tables: Tables, { key, bucket }: Checkpoints): Lambda {
    const { ledger, seals } = tables;
    const { role, function: lambda } = new LambdaFunction(this, 'Sealer', {
      folder: 'sealer',
      description: 'Time bank: seals what was written into the ledger.',
      timeout: Duration.seconds(60),
      environment: {
        ...namesOf(tables),
        [SEAL_ORIGIN]: `time-bank/${Stack.of(this).stackName}`,
        [SEAL_KEY_ID]: key.keyArn,
        [CHECKPOINTS_BUCKET]: bucket.bucketName,
      },
      tables: [
        { table: ledger, actions: ['GetItem', 'Query'] },
        { table: seals, actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'] },
      ],
      failures: this.sealerFailures,
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['kms:GetPublicKey', 'kms:Sign'], resources: [key.keyArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*.txt')] }),
    );
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(bucket)}.Arn>/*.txt]`,
      reason:
        'A checkpoint has the size of its log for a name, so the names cannot be listed. The one action is to put an ' +
        'object into the one bucket, where Object Lock keeps what is there from being changed or removed.',
    });
    this.feed('LedgerChanges', { table: ledger, role, lambda, failures: this.sealerFailures });
    return lambda;
  }

  /** Wakes a function with the changes of a table; what it cannot handle goes to its queue, and the rest goes on. */
  private feed(
    id: string,
    { table, role, lambda, failures }: { table: TableV2; role: Role; lambda: Lambda; failures: Queue },
    filters?: Record<string, unknown>[],
  ): void {
    const stream = table.tableStreamArn;
    if (stream === undefined) throw new Error('the table has no stream');
    role.addToPolicy(
      new PolicyStatement({
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: [stream],
      }),
    );
    const mapping = new EventSourceMapping(this, id, {
      target: lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(failures),
      ...(filters === undefined ? {} : { filters }),
    });
    // Lambda looks at the role before it takes the stream.
    mapping.node.addDependency(role);
  }

  private makePlanner(tables: Tables, personalKeys: PersonalKeys): Lambda {
    const { ledger, care } = tables;
    const { role, function: lambda } = new LambdaFunction(this, 'Planner', {
      folder: 'planner',
      description: 'Time bank: closes requests that nobody took and gives the hours back.',
      timeout: Duration.minutes(1),
      environment: { ...namesOf(tables), [PERSONAL_KEYS_SECRET]: personalKeys.secret.secretArn },
      tables: [
        { table: ledger, actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'] },
        {
          table: care,
          actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
          indexes: [BY_OPENING, BY_REGION],
        },
      ],
      failures: this.plannerFailures,
    });
    personalKeys.readBy(role);
    this.feed('PlanOrders', { table: care, role, lambda, failures: this.plannerFailures }, [
      FilterCriteria.filter({
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: {
          Keys: { [SORT_KEY]: { S: [CASE] } },
          NewImage: { kind: { S: ['week_plan'] }, state: { S: ['queued', 'sending'] } },
        },
      }),
    ]);
    // The next run does what this one did not: to try for hours would only pile up.
    const patience = { retryAttempts: 2, maxEventAge: Duration.minutes(PLANNER_MINUTES) };
    new Rule(this, 'Schedule', {
      description: 'Wakes the planner of the time bank.',
      schedule: Schedule.rate(Duration.minutes(PLANNER_MINUTES)),
      targets: [new LambdaTarget(lambda, { deadLetterQueue: this.plannerFailures, ...patience })],
    });
    // Whoever calls for help waits for nobody's five minutes; a run that is late is overtaken by the next.
    new Rule(this, 'EmergencySchedule', {
      description: 'Has the planner of the time bank look after calls for help.',
      schedule: Schedule.rate(Duration.minutes(EMERGENCY_MINUTES)),
      targets: [
        new LambdaTarget(lambda, {
          event: RuleTargetInput.fromObject({ job: 'emergencies' }),
          deadLetterQueue: this.plannerFailures,
          retryAttempts: 0,
          maxEventAge: Duration.minutes(1),
        }),
      ],
    });
    return lambda;
  }
}
