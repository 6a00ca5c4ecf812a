/** The API as a Lambda function behind API Gateway (payload 2.0). */
import { connect } from '@time-bank/store/client';
import { tablesAnswer } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { openVault } from '@time-bank/store/secret-vault';
import { readStoreSettings, readVaultSettings } from '@time-bank/store/settings';
import { jitter, newErrorId, systemClock, systemIds } from '@time-bank/store/system';
import { handle } from 'hono/aws-lambda';
import { makeApp } from './app.ts';
import { gatewayAddress } from './caller-address.ts';
import { writeLog } from './log.ts';
import { readApiSettings, readNoticeOffers, readSignInSettings } from './settings.ts';
import { codeSenderOf, readSignInSecrets, signInSetupOf } from './sign-in-setup.ts';
import { readTokenKeys } from './token-keys.ts';

const settings = readApiSettings();
const connection = connect(readStoreSettings());
const vault = await openVault(readVaultSettings());
const door = readSignInSettings();
const secrets = await readSignInSecrets(door);
// Without one, asking for a code is answered "unavailable" to everybody.
const codeSender = codeSenderOf(door, secrets, systemClock);

const app = makeApp({
  ports: { clock: systemClock, ids: systemIds, ...dynamoPorts(connection, vault, systemClock, jitter) },
  ...(codeSender === undefined ? {} : { codeSender }),
  ...(secrets.deviceKeys === undefined ? {} : { deviceKeys: secrets.deviceKeys }),
  signIn: signInSetupOf(door, secrets, vault.mark),
  noticeOffers: readNoticeOffers(),
  keys: await readTokenKeys(settings),
  addressOf: gatewayAddress(settings.siteSecret),
  tablesAnswer: () => tablesAnswer(connection),
  newErrorId,
  log: writeLog,
});

// The adapter's successor, a package of its own, is announced but not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated, @typescript-eslint/no-unsafe-class-instance-assignment
export const handler = handle(app);
