/**
 * The devices of a person, each by the key that it has shown. The first one ever may move hours at once; a further
 * one after the region's wait, unless a trusted one lets it, or its owner showed a passkey: whoever has stolen a
 * telephone number has three days until hours move, and the owner has these to notice.
 */
import { createHash } from 'node:crypto';
import { FileId, type MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { DeviceHint, Factor } from '@time-bank/contracts/session';
import { type Instant, plusMinutes } from '@time-bank/contracts/time';
import { nowOf } from './carry-out.ts';
import type { DeviceLeaf } from './person-leaf.ts';
import { policyNow } from './policy-of.ts';
import { type Ports, Unavailable } from './ports.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TRIES_MAX = 3;

/** Names a device of a person: the same key has the same name, so that it is put down once. */
export const deviceIdOf = (memberId: MemberId, thumbprint: string): FileId => {
  const digest = createHash('sha256').update(`${memberId} ${thumbprint}`).digest();
  const digits = [...digest.subarray(0, 26)].map((byte, place) => DIGITS[byte % (place === 0 ? 8 : 32)]);
  return FileId.parse(`fil_${digits.join('')}`);
};

/** A device by its key; undefined where it was never seen or was removed. Strongly consistent. */
export const readDevice = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  thumbprint: string,
): Promise<DeviceLeaf | undefined> => {
  const leaf = await ports.personFiles.readNow('device', memberId, deviceIdOf(memberId, thumbprint));
  return leaf?.removedAt === undefined ? leaf : undefined;
};

/** Since when a device may move hours, as it stands now; undefined where it may not at all. */
export const spendsFromOf = async (
  ports: Pick<Ports, 'personFiles'>,
  memberId: MemberId,
  thumbprint: string | undefined,
): Promise<Instant | undefined> =>
  thumbprint === undefined ? undefined : (await readDevice(ports, memberId, thumbprint))?.spendsFrom;

interface Arrival {
  deviceKey: string;
  factor: Factor;
  device?: DeviceHint;
  trustsFrom?: Instant;
}

type Work = Pick<Ports, 'clock' | 'personFiles' | 'policies'>;
type Owner = Pick<Member, 'memberId' | 'communityCode'>;

/** From when on a passkey lets a device move hours; undefined for other ways to sign in. */
const passkeyTrust = ({ factor, trustsFrom = '' }: Arrival, now: Instant): Instant | undefined => {
  if (factor !== 'passkey') return undefined;
  return trustsFrom > now ? trustsFrom : now;
};

/** After a number was replaced or added at a counter no device is the first one. */
const wasNumberGiven = async ({ personFiles }: Work, { memberId }: Owner): Promise<boolean> => {
  const [recoveries, former] = await Promise.all([
    personFiles.listNow('recovery', memberId),
    personFiles.listNow('former', memberId),
  ]);
  // Whoever signs in has a number: where a former file has none it was added since.
  const hadNone = former.some(({ part, was }) => part === 'particulars' && was.phone === undefined);
  return recoveries.length > 0 || hadNone;
};

const trustedFrom = async (
  ports: Work,
  { communityCode }: Owner,
  arrival: Arrival,
  isFirst: boolean,
): Promise<Instant> => {
  const now = nowOf(ports);
  if (isFirst) return now;
  const byPasskey = passkeyTrust(arrival, now);
  if (byPasskey !== undefined) return byPasskey;
  const { newDeviceWaitHours } = await policyNow(ports, communityCode);
  return plusMinutes(now, newDeviceWaitHours * 60);
};

/** The leaf as it is to stand after this arrival; the same object where nothing changes. */
const afterArrival = async (
  ports: Work,
  owner: Owner,
  arrival: Arrival,
  known: readonly DeviceLeaf[],
): Promise<DeviceLeaf> => {
  const { deviceKey, device } = arrival;
  const before = known.find(({ thumbprint }) => thumbprint === deviceKey);
  const now = nowOf(ports);
  if (before !== undefined && before.removedAt === undefined) {
    const spendsFrom = passkeyTrust(arrival, now);
    const isSooner = spendsFrom !== undefined && before.spendsFrom > spendsFrom;
    return isSooner ? { ...before, version: before.version + 1, at: now, spendsFrom } : before;
  }
  const isFirst = known.length === 0 && !(await wasNumberGiven(ports, owner));
  return {
    kind: 'device',
    memberId: owner.memberId,
    fileId: deviceIdOf(owner.memberId, deviceKey),
    version: (before?.version ?? 0) + 1,
    at: now,
    thumbprint: deviceKey,
    ...(device === undefined ? {} : { device }),
    firstSeenAt: now,
    spendsFrom: await trustedFrom(ports, owner, arrival, isFirst),
  };
};

/** Puts the device of a sign-in down where it is new. Gives it. */
export const deviceAtSignIn = async (ports: Work, owner: Owner, arrival: Arrival): Promise<DeviceLeaf> => {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const known = await ports.personFiles.listNow('device', owner.memberId);
    const leaf = await afterArrival(ports, owner, arrival, known);
    if (known.includes(leaf)) return leaf;
    const isWritten = await (leaf.version === 1 ? ports.personFiles.put(leaf) : ports.personFiles.move(leaf));
    if (isWritten) return leaf;
  }
  throw new Unavailable('the devices of a person changed all the time');
};
