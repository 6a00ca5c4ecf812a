import { join } from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset, type AssetProps } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

/** What the build writes beside the pages for others than browsers. */
const NOT_FOR_BROWSERS = ['.vite', '.vite/**', 'csp.json'];

/** From where and to where. */
export interface PagesProps {
  /** Folder of the built pages. */
  folder: string;
  bucket: IBucket;
}

/**
 * Brings the built pages into their bucket with each deployment. By default:
 *
 * - `assets/` first, kept by browsers for a year; then the rest, asked for anew each time, so that no page names a
 *   part that is not there yet;
 * - nothing is taken away: parts of the pages before stay for those who have them open;
 * - no invalidation: what can change under its name is never kept by the edge without asking;
 * - a role of its own that reads the two archives and writes objects of the one bucket.
 */
export class Pages extends Construct {
  constructor(scope: Construct, id: string, { folder, bucket }: PagesProps) {
    super(scope, id);
    const assets = this.makeArchive('Assets', { path: join(folder, 'assets') });
    const rest = this.makeArchive('Rest', {
      path: folder,
      exclude: ['assets', 'assets/**', ...NOT_FOR_BROWSERS],
    });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    const role = this.makeRole(bucket, [assets, rest]);
    logGroup.grantWrite(role);
    const common = {
      destinationBucket: bucket,
      role: role.withoutPolicyUpdates(),
      logGroup,
      memoryLimit: 256,
      prune: false,
    };
    const first = new BucketDeployment(this, 'AssetsUpload', {
      ...common,
      sources: [Source.bucket(assets.bucket, assets.s3ObjectKey)],
      destinationKeyPrefix: 'assets',
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const second = new BucketDeployment(this, 'RestUpload', {
      ...common,
      sources: [Source.bucket(rest.bucket, rest.s3ObjectKey)],
      cacheControl: [CacheControl.noCache()],
    });
    first.node.addDependency(role);
    second.node.addDependency(first);
    this.acknowledgeUploader();
    this.acknowledgeObjects(role, bucket);
  }

  private makeArchive(id: string, props: AssetProps): Asset {
    return new Asset(this, id, props);
  }

  private makeRole(bucket: IBucket, archives: readonly Asset[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: archives.map((archive) => archive.bucket.arnForObjects(archive.s3ObjectKey)),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    role.addToPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }),
    );
    return role;
  }

  /** The function that the CDK brings for uploads stands beside ours in the stack. */
  private acknowledgeUploader(): void {
    const uploader = Stack.of(this).node.children.find(({ node }) =>
      node.id.startsWith('Custom::CDKBucketDeployment'),
    );
    if (uploader === undefined) throw new Error('the uploader of the CDK has another name now');
    const runtime =
      'The CDK writes the uploader and tests it with its own choice of Python (aws-cdk-lib/aws-s3-deployment, ' +
      '2.276.0); it comes up to date with aws-cdk-lib, whose version is pinned in cdk/package.json.';
    Validations.of(uploader).acknowledge({ id: 'AwsSolutions-L1', reason: runtime });
    Validations.of(uploader).acknowledge({ id: 'Serverless-LambdaLatestVersion', reason: runtime });
    Validations.of(uploader).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'The uploader runs only while a deployment waits for it, and the deployment fails with it: CloudFormation ' +
        'is told by the function itself (Custom::CDKBucketDeployment in the template).',
    });
  }

  private acknowledgeObjects(role: Role, bucket: IBucket): void {
    const { defaultChild } = bucket.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('a bucket is not what it was');
    const name = String(Stack.of(this).resolve(defaultChild.logicalId));
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${name}.Arn>/*]`,
      reason:
        's3:PutObject, and nothing else, on the objects of the one bucket of pages, whose names change with each ' +
        'build (web/dist/assets); tests/stack/stack.test.ts checks the statement.',
    });
  }
}
