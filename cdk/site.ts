import { CfnCondition, CfnParameter, Duration, Fn, type SecretValue, Token, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Pages } from './pages.ts';
import { privateBucket } from './private-bucket.ts';
import { SITE_HEADER, VIEWER_HEADER } from '@time-bank/api/settings';
import { contentSecurityPolicy, readInlineHashes } from './security-policy.ts';

/** Two years, the browsers' preload lists ask for one at least. */
const HTTPS_ONLY_DAYS = 730;
/** Six months is what China's Cybersecurity Law, article 21 (3), asks for; the log holds addresses, so no more. */
const LOG_DAYS = 190;

/**
 * A path whose last part has no dot is a page, and every page is index.html. Done here and not by error pages, which
 * would turn the API's 404 into a page; a file that is not there is 403, as the bucket tells nobody what it holds.
 */
const PAGE_PATHS = `function handler(event) {
  var request = event.request;
  if (request.uri.split('/').pop().indexOf('.') === -1) request.uri = '/index.html';
  return request;
}`;

/** To the gateway every reader has the address of the site: theirs goes along, over what they may have written there. */
const VIEWER_ADDRESS = `function handler(event) {
  var request = event.request;
  request.headers['${VIEWER_HEADER.toLowerCase()}'] = { value: event.viewer.ip };
  return request;
}`;

const httpsOnly = {
  accessControlMaxAge: Duration.days(HTTPS_ONLY_DAYS),
  includeSubdomains: true,
};

/** What the site shows and what stands behind it. */
export interface SiteProps {
  /** Folder of the built pages: `index.html`, `assets/`, perhaps `csp.json`. */
  folder: string;
  /** The API's host, for `/api/*`. */
  apiHost: string;
  /** Shown to the API with every call, beside the address of the reader. */
  secret: SecretValue;
}

/**
 * The site: pages and API under one name. By default:
 *
 * - pages in a private bucket that only this distribution reads (origin access control), encrypted, TLS only;
 * - `/api/*` goes to the gateway: never cached, all methods, every header but Host, over TLS 1.2; with the address of
 *   the reader and a secret by which the API knows that it may be believed;
 * - HTTPS only, TLS 1.2 or later (policy TLSv1.2_2021), HTTP/2 and 3;
 * - every page with a strict content security policy, HSTS of two years, nosniff, no referrer, no frames;
 * - files under `assets/` are kept by browsers for a year (their names change with their content), the rest is asked
 *   for anew each time; old assets stay, so that a page opened before a deployment can still load its parts;
 * - the access log, with addresses and without cookies, is kept for 190 days in a bucket that no role may read.
 *
 * Parameters, given with the first deployment: `SiteDomain`, `SiteCertificateArn` (us-east-1, for that domain; the
 * certificate of cloudfront.net would allow TLS 1.0) and, if there is one, `SiteWebAclArn`.
 */
export class Site extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  readonly domain: string;

  constructor(scope: Construct, id: string, { folder, apiHost, secret }: SiteProps) {
    super(scope, id);
    const logs = this.makeLogs();
    this.bucket = privateBucket(this, 'Pages', {
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'pages-bucket/',
    });
    this.domain = this.makeParameter('SiteDomain', {
      description: 'The name under which people reach the time bank, e.g. shijianyinhang.example.cn',
      allowedPattern: '[a-z0-9-]+(\\.[a-z0-9-]+)+',
    });
    this.distribution = this.makeDistribution({ logs, folder, apiHost, secret });
    new Pages(this, 'Upload', { folder, bucket: this.bucket });
  }

  private makeParameter(
    id: string,
    props: { description: string; allowedPattern: string; default?: string },
  ) {
    const parameter = new CfnParameter(this, id, { type: 'String', ...props });
    parameter.overrideLogicalId(id);
    return parameter.valueAsString;
  }

  /** CloudFront delivers its log by access control list, the bucket by policy. */
  private makeLogs(): IBucket {
    return privateBucket(this, 'Logs', {
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(LOG_DAYS) }],
    });
  }

  private makeWebAclId(): string {
    const arn = this.makeParameter('SiteWebAclArn', {
      description: 'A web ACL of AWS WAF (scope CLOUDFRONT, us-east-1) for the site; empty for none.',
      allowedPattern: '(arn:[\\w-]+:wafv2:us-east-1:\\d{12}:global/webacl/.+)?',
      default: '',
    });
    const given = new CfnCondition(this, 'HasWebAcl', {
      expression: Fn.conditionNot(Fn.conditionEquals(arn, '')),
    });
    return Token.asString(Fn.conditionIf(given.logicalId, arn, Fn.ref('AWS::NoValue')));
  }

  private makeDistribution(props: SiteProps & { logs: IBucket }): Distribution {
    const certificateArn = this.makeParameter('SiteCertificateArn', {
      description: 'The certificate for SiteDomain in AWS Certificate Manager, region us-east-1.',
      allowedPattern: 'arn:[\\w-]+:acm:us-east-1:\\d{12}:certificate/[\\w-]+',
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Time bank: pages and API',
      domainNames: [this.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      webAclId: this.makeWebAclId(),
      defaultRootObject: 'index.html',
      enableLogging: true,
      logBucket: props.logs,
      logFilePrefix: 'site/',
      logIncludesCookies: false,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: this.makePageHeaders(props.folder),
        functionAssociations: [
          { function: this.makePagePaths(), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        '/api/*': {
          origin: new HttpOrigin(props.apiHost, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [OriginSslPolicy.TLS_V1_2],
            customHeaders: { [SITE_HEADER]: props.secret.unsafeUnwrap() },
            readTimeout: Duration.seconds(30),
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: this.makeAnswerHeaders(),
          functionAssociations: [
            { function: this.makeViewerAddress(), eventType: FunctionEventType.VIEWER_REQUEST },
          ],
        },
      },
    });
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR1',
      reason:
        'Children who live abroad look after the hours and visits of their parents: no country is shut out. What a ' +
        'caller may do is decided by sign-in and role (packages/identity/grant.ts), not by where they stand.',
    });
    return distribution;
  }

  private makePagePaths(): EdgeFunction {
    return new EdgeFunction(this, 'PagePaths', {
      comment: 'Time bank: every page is index.html',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(PAGE_PATHS),
    });
  }

  private makeViewerAddress(): EdgeFunction {
    return new EdgeFunction(this, 'ViewerAddress', {
      comment: 'Time bank: tells the API whose call it is',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(VIEWER_ADDRESS),
    });
  }

  private makePageHeaders(folder: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      comment: 'Time bank: pages',
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(readInlineHashes(folder)),
          override: true,
        },
        strictTransportSecurity: { ...httpsOnly, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
          { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
          {
            header: 'Permissions-Policy',
            value: 'camera=(), geolocation=(self), microphone=(), payment=()',
            override: true,
          },
        ],
      },
    });
  }

  /** The API sets its own headers; these are for what the gateway answers in its place. */
  private makeAnswerHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'AnswerHeaders', {
      comment: 'Time bank: API',
      securityHeadersBehavior: {
        strictTransportSecurity: { ...httpsOnly, override: false },
        contentTypeOptions: { override: false },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
      },
    });
  }
}
