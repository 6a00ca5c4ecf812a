/** DynamoDB does what every store does. */
import { describeEveryStore } from './every-store.ts';
import { dynamoStore } from './store.ts';

describeEveryStore('on DynamoDB', dynamoStore);
