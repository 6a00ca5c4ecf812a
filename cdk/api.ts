import { Fn, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Calls a second that pass, and how many at once; more are answered 429. A county uses a few a second. */
const CALLS_A_SECOND = 100;
const CALLS_AT_ONCE = 200;

/** One line of the access log. No address, no path with ids in it, no header: nothing that is somebody's. */
const logLine = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  answerMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
};

/**
 * The gateway (HTTP API) in front of the API function. By default:
 *
 * - one route, `$default`: the function knows its routes and answers 404 for the rest;
 * - 100 calls a second, 200 at once, for everybody together;
 * - access log without personal data, JSON, kept for a year;
 * - no CORS: pages and API have one origin, which is the site's.
 */
export class Api extends Construct {
  readonly gateway: HttpApi;
  /** Where the site sends `/api/*`: a host, without scheme. */
  readonly host: string;

  constructor(scope: Construct, id: string, { handler }: { handler: IFunction }) {
    super(scope, id);
    this.gateway = new HttpApi(this, 'Gateway', {
      apiName: 'time-bank',
      description: 'Time bank: the API.',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Function', handler),
    });
    const log = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_YEAR });
    new HttpStage(this, 'Stage', {
      httpApi: this.gateway,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: CALLS_A_SECOND, burstLimit: CALLS_AT_ONCE },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(logLine)),
      },
    });
    Validations.of(this.gateway).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Sign-ins are checked in the function (functions/api/actor.ts): an authorizer of the gateway knows RSA only ' +
        'and no cookies. tests/stack/bundled-handlers.test.ts calls the bundle without a token and gets 401.',
    });
    const { region, urlSuffix } = Stack.of(this);
    this.host = Fn.join('', [this.gateway.apiId, '.execute-api.', region, '.', urlSuffix]);
  }
}
