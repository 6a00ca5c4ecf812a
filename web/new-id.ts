/**
 * Makes the ids of commands in the browser: prefix and ULID, as in contracts/ids.ts, whose schemas would
 * weigh more than the whole balance page. The API checks every id against those schemas.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a browser makes ids for: requests, visits, transfers, commands on things that exist, leaves of a file, people. */
export type CommandPrefix = 'req' | 'vis' | 'trf' | 'cmd' | 'fil' | 'mem';

/** A new id: 48 bits of `nowMs` (milliseconds since 1970), 80 random bits. */
export const newId = <Prefix extends CommandPrefix>(
  prefix: Prefix,
  nowMs: number = Date.now(),
): `${Prefix}_${string}` => {
  let time = '';
  for (let rest = nowMs; time.length < 10; rest = Math.floor(rest / 32)) {
    time = ALPHABET.charAt(rest % 32) + time;
  }
  const random = [...crypto.getRandomValues(new Uint8Array(16))];
  return `${prefix}_${time}${random.map((byte) => ALPHABET.charAt(byte % 32)).join('')}`;
};
