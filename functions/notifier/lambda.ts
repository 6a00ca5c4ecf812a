/** The notifier as a Lambda function, woken every minute. */
import { connect } from '@time-bank/store/client';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { openVault } from '@time-bank/store/secret-vault';
import { readStoreSettings, readVaultSettings } from '@time-bank/store/settings';
import { jitter, systemClock } from '@time-bank/store/system';
import { makeNotifier } from './run.ts';
import { noticeSendersOf, readNotifierSecrets } from './senders.ts';
import { readNotifierSettings } from './settings.ts';

const settings = readNotifierSettings();
const vault = await openVault(readVaultSettings());
const ports = {
  clock: systemClock,
  ...dynamoPorts(connect(readStoreSettings()), vault, systemClock, jitter),
};
const senders = noticeSendersOf(settings, await readNotifierSecrets(settings), systemClock);

export const handler = makeNotifier(ports, senders, (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
