import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type Function as Lambda,
  FilterCriteria,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib';
import { TOKEN_KEYS_SECRET } from '@time-bank/api/settings';
import { CARE_TABLE, LEDGER_TABLE } from '@time-bank/store/settings';
import { BY_OPENING, BY_PERSON, BY_REGION, SORT_KEY } from '@time-bank/store/table';
import { Construct } from 'constructs';
import { LambdaFunction } from './lambda-function.ts';
import type { Tables } from './tables.ts';

/** The sort key of a request in the care table; `tests/stack` holds it against what the store writes. */
const REQUEST = 'REQUEST';

/** How often the planner looks for requests that nobody took. */
export const PLANNER_MINUTES = 5;

/**
 * The functions and what wakes them.
 *
 * - `api`: behind the front door; 20 seconds, for the store gives up after three tries of five seconds and the
 *   answer "unavailable" is to reach the person before the gateway's 30 seconds are over. Reads both tables, writes
 *   both in transactions; never scans, never deletes.
 * - `projector`: on the care table's stream, new and changed requests only; up to 100 records or one second; a batch
 *   that fails is halved, tried ten times within twelve hours, and the rest of the stream goes on; what is lost is
 *   in `projectorFailures`. May put rows into the care table and nothing else.
 * - `planner`: every five minutes, for a minute at most; a run that fails is tried twice more and is then in
 *   `plannerFailures`. Closes requests.
 * - `tokenKeys`: the secret that signs sign-ins, made once at random; nobody has seen it. Only `api` reads it.
 * - Queues of failures: encrypted by SQS, TLS only, 14 days.
 */
export class Functions extends Construct {
  readonly api: Lambda;
  readonly projector: Lambda;
  readonly planner: Lambda;
  readonly projectorFailures: Queue;
  readonly plannerFailures: Queue;
  readonly tokenKeys: Secret;

  constructor(scope: Construct, id: string, { tables }: { tables: Tables }) {
    super(scope, id);
    this.tokenKeys = this.makeTokenKeys();
    this.projectorFailures = this.makeFailures('ProjectorFailures');
    this.plannerFailures = this.makeFailures('PlannerFailures');
    this.api = this.makeApi(tables);
    this.projector = this.makeProjector(tables);
    this.planner = this.makePlanner(tables);
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

  private makeApi({ ledger, care }: Tables): Lambda {
    const { role, function: lambda } = new LambdaFunction(this, 'Api', {
      folder: 'api',
      description: 'Time bank: answers every call of the pages.',
      timeout: Duration.seconds(20),
      environment: {
        [LEDGER_TABLE]: ledger.tableName,
        [CARE_TABLE]: care.tableName,
        [TOKEN_KEYS_SECRET]: this.tokenKeys.secretArn,
      },
      tables: [
        { table: ledger, actions: ['DescribeTable', 'GetItem', 'Query', 'PutItem', 'UpdateItem'] },
        {
          table: care,
          actions: ['DescribeTable', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
          indexes: [BY_PERSON, BY_REGION, BY_OPENING],
        },
      ],
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.tokenKeys.secretArn],
      }),
    );
    Validations.of(lambda).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'Only the gateway calls this function, and it waits for the answer: there is no asynchronous call to keep. ' +
        'Its one permission is in the template: lambda:InvokeFunction for apigateway.amazonaws.com.',
    });
    return lambda;
  }

  private makeProjector({ ledger, care }: Tables): Lambda {
    const { role, function: lambda } = new LambdaFunction(this, 'Projector', {
      folder: 'projector',
      description: 'Time bank: keeps the board of the week as requests change.',
      timeout: Duration.seconds(60),
      environment: { [LEDGER_TABLE]: ledger.tableName, [CARE_TABLE]: care.tableName },
      tables: [{ table: care, actions: ['PutItem'] }],
      failures: this.projectorFailures,
    });
    const stream = care.tableStreamArn;
    if (stream === undefined) throw new Error('the care table has no stream');
    role.addToPolicy(
      new PolicyStatement({
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: [stream],
      }),
    );
    const mapping = new EventSourceMapping(this, 'RequestChanges', {
      target: lambda,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(this.projectorFailures),
      filters: [
        FilterCriteria.filter({
          eventName: ['INSERT', 'MODIFY'],
          dynamodb: { Keys: { [SORT_KEY]: { S: [REQUEST] } } },
        }),
      ],
    });
    // Lambda looks at the role before it takes the stream.
    mapping.node.addDependency(role);
    return lambda;
  }

  private makePlanner({ ledger, care }: Tables): Lambda {
    const { function: lambda } = new LambdaFunction(this, 'Planner', {
      folder: 'planner',
      description: 'Time bank: closes requests that nobody took and gives the hours back.',
      timeout: Duration.minutes(1),
      environment: { [LEDGER_TABLE]: ledger.tableName, [CARE_TABLE]: care.tableName },
      tables: [
        { table: ledger, actions: ['GetItem', 'PutItem', 'UpdateItem'] },
        { table: care, actions: ['BatchGetItem', 'Query', 'PutItem'], indexes: [BY_OPENING] },
      ],
      failures: this.plannerFailures,
    });
    // The next run does what this one did not: to try for hours would only pile up.
    const patience = { retryAttempts: 2, maxEventAge: Duration.minutes(PLANNER_MINUTES) };
    new Rule(this, 'Schedule', {
      description: 'Wakes the planner of the time bank.',
      schedule: Schedule.rate(Duration.minutes(PLANNER_MINUTES)),
      targets: [new LambdaTarget(lambda, { deadLetterQueue: this.plannerFailures, ...patience })],
    });
    return lambda;
  }
}
