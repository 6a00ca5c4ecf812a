/** The schedule as a Lambda function. */
import { connect } from '@time-bank/store/client';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { openVault } from '@time-bank/store/secret-vault';
import { readStoreSettings, readVaultSettings } from '@time-bank/store/settings';
import { jitter, systemClock } from '@time-bank/store/system';
import { runSchedule } from './run.ts';

const vault = await openVault(readVaultSettings());
const ports = {
  clock: systemClock,
  ...dynamoPorts(connect(readStoreSettings()), vault, systemClock, jitter),
};

export const handler = async (): ReturnType<typeof runSchedule> => {
  const report = await runSchedule(ports);
  process.stdout.write(`${JSON.stringify({ event: 'schedule', ...report })}\n`);
  return report;
};
