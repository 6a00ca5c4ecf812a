import {
  AttributeType,
  Billing,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
  ProjectionType,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type IndexShape,
  PARTITION_KEY,
  SORT_KEY,
  STREAM_VIEW,
  type TableShape,
  careTable,
  ledgerTable,
  sealsTable,
} from '@time-bank/store/table';
import { Construct } from 'constructs';

/** How far back a table can be restored, to the second. DynamoDB's most. */
const RESTORABLE_DAYS = 35;

const text = (name: string) => ({ name, type: AttributeType.STRING });

const indexOf = ({ name, partitionKey, sortKey }: IndexShape) => ({
  indexName: name,
  partitionKey: text(partitionKey),
  sortKey: text(sortKey),
  projectionType: ProjectionType.KEYS_ONLY,
});

const propsOf = (shape: TableShape): TablePropsV2 => ({
  partitionKey: text(PARTITION_KEY),
  sortKey: text(SORT_KEY),
  globalSecondaryIndexes: shape.indexes.map(indexOf),
  ...(shape.expiry === undefined ? {} : { timeToLiveAttribute: shape.expiry }),
  billing: Billing.onDemand(),
  encryption: TableEncryptionV2.dynamoOwnedKey(),
  ...(shape.streams ? { dynamoStream: StreamViewType[STREAM_VIEW] } : {}),
  pointInTimeRecoverySpecification: {
    pointInTimeRecoveryEnabled: true,
    recoveryPeriodInDays: RESTORABLE_DAYS,
  },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
});

/**
 * The three tables, in the shapes of `store/table`. All, by default:
 *
 * - paid by request, no capacity to plan: use is a few visits a minute with a peak after breakfast;
 * - restorable to any second of the last 35 days; protected from deletion; kept when the stack goes;
 * - stream of changes with the item before and after, but for `seals`, which nobody waits for;
 * - encrypted with a key that DynamoDB owns. A key of our own would show each use in CloudTrail and could be taken
 *   away, but a key that is disabled or deleted takes every hour of every elder with it, and each transaction would
 *   wait for one more service. It can be changed later in place: see the README, "Encryption";
 * - a global table of one region, so that a second region can join without a new table.
 *
 * `care` alone: the three indexes, of keys only, and expiry of one-time codes.
 */
export class Tables extends Construct {
  readonly ledger: TableV2;
  readonly care: TableV2;
  readonly seals: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.ledger = new TableV2(this, 'Ledger', propsOf(ledgerTable));
    this.care = new TableV2(this, 'Care', propsOf(careTable));
    this.seals = new TableV2(this, 'Seals', propsOf(sealsTable));
  }
}
