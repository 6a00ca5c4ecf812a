/** The API as a Lambda function behind API Gateway (payload 2.0). */
import { connect } from '@time-bank/store/client';
import { tablesAnswer } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { readStoreSettings } from '@time-bank/store/settings';
import { jitter, newErrorId, systemClock, systemIds } from '@time-bank/store/system';
import { handle } from 'hono/aws-lambda';
import { makeApp } from './app.ts';
import { writeLog } from './log.ts';
import { readApiSettings } from './settings.ts';
import { readTokenKeys } from './token-keys.ts';

const connection = connect(readStoreSettings());

const app = makeApp({
  // No code sender yet: until one is set up, asking for a code is answered "unavailable" to everybody.
  ports: { clock: systemClock, ids: systemIds, ...dynamoPorts(connection, systemClock, jitter) },
  keys: await readTokenKeys(readApiSettings()),
  tablesAnswer: () => tablesAnswer(connection),
  newErrorId,
  log: writeLog,
});

// The adapter's successor, a package of its own, is announced but not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated, @typescript-eslint/no-unsafe-class-instance-assignment
export const handler = handle(app);
