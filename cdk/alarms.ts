import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EMERGENCY_MINUTES, type Functions, NOTIFIER_MINUTES, PLANNER_MINUTES } from './functions.ts';
import type { Tables } from './tables.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** Runs of a schedule of the planner that may be missing before somebody is told. */
const MISSED_RUNS = 3;

/** What is watched. */
export interface AlarmsProps {
  gateway: HttpApi;
  functions: Functions;
  tables: Tables;
}

type Watch = Pick<AlarmProps, 'metric' | 'threshold'> & Partial<AlarmProps> & { loss: string };

/**
 * The alarms. Each says in its description what people lose while it lasts and where to look. By default:
 *
 * - all go to one topic, when they begin and when they end;
 * - the topic is encrypted with a key of its own that CloudWatch of this account may use (CloudWatch cannot publish
 *   under the key that SNS brings), renewed every year; TLS only;
 * - five minutes are looked at; silence is well, except where silence is the trouble (the planner, the notifier).
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { gateway, functions, tables }: AlarmsProps) {
    super(scope, id);
    this.topic = this.makeTopic();
    this.watchApi(gateway, functions);
    this.watchProjector(functions);
    this.watchPlanner(functions);
    this.watchNotifier(functions);
    this.watchSealer(functions);
    this.watchTable('LedgerThrottled', tables.ledger, 'Hours cannot be banked or redeemed');
    this.watchTable('CareThrottled', tables.care, 'Visits cannot be asked for, taken or confirmed');
  }

  private watchApi(gateway: HttpApi, { api }: Functions): void {
    this.watch('ApiAnswers5xx', {
      loss: 'Visits cannot be asked for, taken or confirmed: the API answers that it is at fault or away. Look at the log of the API function for "internal" and "unavailable".',
      metric: gateway.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      threshold: 5,
    });
    this.watch('ApiFails', {
      loss: 'Visits cannot be confirmed and nobody can sign in: the API function breaks off before it answers. Look at its log for time-outs and for errors at the start.',
      metric: api.metricErrors({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watch('ApiThrottled', {
      loss: 'Some people see an error instead of their page: more calls come than Lambda lets run at once. Look at the concurrency limit of the account.',
      metric: api.metricThrottles({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watch('ApiSlow', {
      loss: 'People wait more than three seconds and press again: one call in twenty is that slow. Look at the latency of DynamoDB and at the report lines of the API function.',
      metric: gateway.metricLatency({ period: FIVE_MINUTES, statistic: Stats.p(95) }),
      threshold: 3000,
      evaluationPeriods: 3,
    });
  }

  private watchProjector({ projector, projectorFailures }: Functions): void {
    this.watch('ProjectorFails', {
      loss: 'The board of the week stands still: coordinators see visited elders as unvisited. Look at the log of the projector.',
      metric: projector.metricErrors({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watch('ProjectorLate', {
      loss: 'The board of the week is more than ten minutes old: an elder whose visit was cancelled still looks cared for. Look at the log of the projector.',
      metric: projector.metric('IteratorAge', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(10).toMilliseconds(),
    });
    this.watchFailures('ProjectorLost', projectorFailures, {
      loss: 'Changes are missing on the board of the week for good: an elder may be left unvisited unseen. The messages name the records; they can be read from the stream for 24 hours.',
    });
  }

  private watchPlanner({ planner, plannerFailures }: Functions): void {
    // One function, two schedules: that one of them goes on says nothing of the other.
    this.watchRuns('PlannerStopped', {
      loss: 'Requests that nobody took stay open and the hours set aside for them are not given back: the planner does not run. Look at its schedule.',
      metric: this.runsOf(planner, 'schedule', PLANNER_MINUTES),
    });
    this.watchRuns('EmergenciesStopped', {
      loss: 'A call for help that nobody answers is not taken on to family, township and county: the planner does not look after them. Look at its schedule of every minute.',
      metric: this.runsOf(planner, 'emergencies', EMERGENCY_MINUTES),
    });
    this.watch('PlannerFails', {
      loss: 'Requests that nobody took stay open, and elders wait for a visit that will not come: the planner breaks off. Look at its log.',
      metric: planner.metricErrors({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watchFailures('PlannerLost', plannerFailures, {
      loss: 'A run of the planner was given up; hours set aside come back with the next run that succeeds. Look at the log of the planner.',
    });
  }

  private watchNotifier({ notifier, notifierFailures }: Functions): void {
    this.watchRuns('NotifierStopped', {
      loss: 'Nobody hears of anything: no visit, no alarm, no call for help goes out, as the notifier does not run. Look at its schedule.',
      metric: notifier.metricInvocations({ period: Duration.minutes(NOTIFIER_MINUTES * 5) }),
    });
    this.watch('NotifierFails', {
      loss: 'Some notices have not gone out for more than half an hour, or the notifier breaks off: text messages, mails or push messages fail. Nothing is lost; look at its log, then at the provider.',
      metric: notifier.metricErrors({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watchFailures('NotifierLost', notifierFailures, {
      loss: 'A run of the notifier was given up; its notices go out with the next run that succeeds. Look at the log of the notifier.',
    });
  }

  private watchSealer({ sealer, sealerFailures }: Functions): void {
    this.watch('SealerFails', {
      loss: 'New hours are banked and not sealed: members cannot show yet that their lines stand unchanged. Look at the log of the sealer, then at the key and the bucket of checkpoints.',
      metric: sealer.metricErrors({ period: FIVE_MINUTES }),
      threshold: 1,
    });
    this.watch('SealerLate', {
      loss: 'Hours of the last ten minutes are not sealed: what somebody cuts off the ledger now would leave no trace. Look at the log of the sealer.',
      metric: sealer.metric('IteratorAge', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(10).toMilliseconds(),
    });
    this.watchFailures('SealerLost', sealerFailures, {
      loss: 'An account cannot be sealed: a line of it may have been taken away or put in by hand, and its members cannot show their hours. Freeze nothing, run npm run verify, and look at the log of the sealer.',
    });
  }

  /** The runs of one schedule of a function that came to their end, by the line that each writes into the log then. */
  private runsOf({ logGroup }: Functions['planner'], event: string, everyMinutes: number): Metric {
    const filter = new MetricFilter(this, `${event}-runs`, {
      logGroup,
      filterPattern: FilterPattern.stringValue('$.event', '=', event),
      metricNamespace: 'TimeBank',
      metricName: `${Stack.of(this).stackName}.${event}`,
    });
    return filter.metric({
      period: Duration.minutes(everyMinutes * MISSED_RUNS),
      statistic: Stats.SUM,
    });
  }

  /** Silence is the trouble: no run at all in the time of the metric. */
  private watchRuns(id: string, { loss, metric }: Pick<Watch, 'loss' | 'metric'>): void {
    this.watch(id, {
      loss,
      metric,
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private watchFailures(id: string, queue: Queue, { loss }: { loss: string }): void {
    this.watch(id, {
      loss,
      metric: queue.metricApproximateNumberOfMessagesVisible({
        period: FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    });
  }

  private watchTable(id: string, table: TableV2, loss: string): void {
    const throttled = (metricName: string): IMetric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName },
        statistic: Stats.SUM,
        period: FIVE_MINUTES,
      });
    this.watch(id, {
      loss: `${loss}: DynamoDB turns calls away because too many come at once. Look for one busy item.`,
      metric: new MathExpression({
        expression: 'FILL(reads, 0) + FILL(writes, 0)',
        usingMetrics: { reads: throttled('ReadThrottleEvents'), writes: throttled('WriteThrottleEvents') },
        period: FIVE_MINUTES,
        label: 'calls turned away',
      }),
      threshold: 10,
    });
  }

  private watch(id: string, { loss, ...props }: Watch): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: loss,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }

  private makeTopic(): Topic {
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const masterKey = new Key(this, 'Key', {
      description: 'Time bank: encrypts what the alarms say.',
      enableKeyRotation: true,
    });
    masterKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions,
      }),
    );
    const topic = new Topic(this, 'Topic', { displayName: 'Time bank alarms', masterKey, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions,
      }),
    );
    return topic;
  }
}
