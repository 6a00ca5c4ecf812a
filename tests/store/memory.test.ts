/** The memory does what every store does. */
import { describeEveryStore } from './every-store.ts';
import { memoryStore } from './store.ts';

describeEveryStore('in memory', memoryStore);
