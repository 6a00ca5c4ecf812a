/** `npm run enrol -- NUMBER`: a code for the first passkey of the first on the staff. */
import { join } from 'node:path';
import { phoneOf } from '@time-bank/contracts/member';
import { enrolFirst } from '@time-bank/desk/enrol-staff';
import { parseTokenKeys } from '@time-bank/identity/token';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { jitter, systemClock, systemIds } from '@time-bank/store/system';
import { localVault } from './personal-keys.ts';
import { CannotStart, type LocalSettings, readLocalSettings } from './settings.ts';
import { openStore } from './store-at.ts';
import { localTokenKeys } from './token-keys.ts';

const keysOf = ({ tokenKeys, endpoint, dataDir }: LocalSettings) => {
  if (tokenKeys !== undefined) return parseTokenKeys(tokenKeys);
  if (endpoint !== undefined) throw new CannotStart('Give the keys of that installation as TOKEN_KEYS.');
  return localTokenKeys(join(dataDir, 'token-keys.json'));
};

const run = async (written = ''): Promise<string> => {
  const phone = phoneOf(written);
  if (phone === undefined) throw new CannotStart('Say whose telephone number: npm run enrol -- NUMBER');
  const settings = readLocalSettings();
  const keys = keysOf(settings);
  const store = await openStore(settings, { share: true });
  try {
    const ports = {
      clock: systemClock,
      ids: systemIds,
      ...dynamoPorts(store.connection, localVault(settings), systemClock, jitter),
    };
    const memberId = await ports.people.findByPhone(phone);
    const member = memberId === undefined ? undefined : await ports.people.readMember(memberId);
    const outcome = member === undefined ? undefined : await enrolFirst(ports, keys, member);
    if (outcome === undefined || outcome.kind === 'refused') {
      throw new CannotStart('Nobody on the staff has this number.');
    }
    return `${outcome.value.code}  (${outcome.value.expiresAt})`;
  } finally {
    await store.close();
  }
};

try {
  process.stdout.write(`${await run(process.argv[2])}\n`);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
