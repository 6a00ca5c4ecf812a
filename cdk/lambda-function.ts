import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IndexShape } from '@time-bank/store/table';
import { Construct } from 'constructs';

const ROOT = join(import.meta.dirname, '..');

const MAKES_REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** What may be done with one table. A transaction needs the actions of its pieces and no other. */
export interface TableUse {
  table: TableV2;
  actions: readonly TableAction[];
  /** Indexes that are queried, each by its own name. */
  indexes?: readonly IndexShape[];
}

/** Everything that any function does with a table. Scan and DeleteItem are not in the list, so nothing can ask. */
export type TableAction = 'BatchGetItem' | 'DescribeTable' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';

/** One function: its code, how long it may take, what it may touch. */
export interface LambdaFunctionProps {
  /** Folder under `functions/` that holds `lambda.ts`. */
  folder: string;
  description: string;
  timeout: Duration;
  environment: Record<string, string>;
  tables: readonly TableUse[];
  /** Where an asynchronous call ends that failed to the last. */
  failures?: IQueue;
  /** For packages that load parts of Node by `require`, which a module does not have. */
  needsRequire?: true;
}

/**
 * One of our functions, bundled on this machine. By default:
 *
 * - Node 24 on arm64, 512 MiB: below that a cold start waits for the processor;
 * - one ES module, minified, with names and lines kept beside it for stack traces (`--enable-source-maps`);
 * - the SDK inside the bundle in the version of the lock file, without the credential providers that Lambda never
 *   uses (`environment-credentials.ts`);
 * - a role of its own: exactly the named actions on exactly the named tables and indexes, and its own log;
 * - no X-Ray: without an instrumented SDK it tells no more than Lambda's own report lines, and its permissions know
 *   no resources: they would be the only star in the role;
 * - a log that is kept for a year: China's Cybersecurity Law, article 21 (3), asks for six months at least.
 */
export class LambdaFunction extends Construct {
  readonly role: Role;
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    props.tables.forEach((use) => {
      this.allow(use);
    });
    this.function = new NodejsFunction(this, 'Function', {
      entry: join(ROOT, 'functions', props.folder, 'lambda.ts'),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      ...(props.failures === undefined ? {} : { deadLetterQueue: props.failures }),
      awsSdkConnectionReuse: false,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        target: 'node24',
        minify: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.DEFAULT,
        sourcesContent: false,
        bundleAwsSDK: true,
        externalModules: [],
        forceDockerBundling: false,
        logLevel: LogLevel.WARNING,
        ...(props.needsRequire === undefined ? {} : { banner: MAKES_REQUIRE }),
        esbuildArgs: {
          '--alias:@aws-sdk/credential-provider-node': join(
            import.meta.dirname,
            'environment-credentials.ts',
          ),
          // As Node takes it: its other build has no default export.
          '--alias:rrule': createRequire(import.meta.url).resolve('rrule'),
        },
      },
    });
  }

  private allow({ table, actions, indexes = [] }: TableUse): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
      }),
    );
    if (indexes.length === 0) return;
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: indexes.map(({ name }) => `${table.tableArn}/index/${name}`),
      }),
    );
  }
}
