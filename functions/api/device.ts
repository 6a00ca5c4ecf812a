/** What a request says of the device that it comes from: the proof of its key, and what kind of device it is. */
import type { Refusal } from '@time-bank/contracts/refusals';
import type { DeviceHint } from '@time-bank/contracts/session';
import { type Instant, msOf } from '@time-bank/contracts/time';
import { spendsFromOf } from '@time-bank/desk/device';
import type { SignedInActor } from '@time-bank/identity/actor';
import { keyOfProof } from '@time-bank/identity/device-proof';
import type { Context } from 'hono';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';

/** The header of RFC 9449. */
const PROOF_HEADER = 'DPoP';

/** The token of a client that keeps its tokens itself. */
export const bearerOf = (c: Context): string | undefined =>
  /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];

const keyShown = async (
  c: Context,
  { ports }: Pick<Deps, 'ports'>,
  proof: string,
): Promise<string | undefined> =>
  keyOfProof(proof, {
    method: c.req.method,
    path: c.req.path,
    body: new Uint8Array(await c.req.arrayBuffer()),
    accessToken: bearerOf(c),
    nowMs: ports.clock.nowMs(),
  });

/**
 * The thumbprint of the key that a device shows as it signs in; undefined where it shows none.
 * Refuses: device_proof_needed where what it shows is no good proof.
 */
export const deviceKeyShown = async (c: Context, deps: Pick<Deps, 'ports'>): Promise<string | undefined> => {
  const proof = c.req.header(PROOF_HEADER);
  if (proof === undefined) return undefined;
  const thumbprint = await keyShown(c, deps, proof);
  if (thumbprint === undefined) throw new Refused({ code: 'device_proof_needed' });
  return thumbprint;
};

const kinds: readonly (readonly [RegExp, DeviceHint])[] = [
  [/Android|HarmonyOS/i, 'android'],
  [/iPhone|iPad|iPod/i, 'iphone'],
  [/Windows/i, 'windows'],
  [/Macintosh/i, 'mac'],
  [/Linux|X11/i, 'linux'],
];

/** What kind of device it says it is. Nothing else of what a browser tells of itself is kept. */
export const deviceHintOf = (c: Context): DeviceHint => {
  const agent = c.req.header('User-Agent') ?? '';
  return kinds.find(([pattern]) => pattern.test(agent))?.[1] ?? 'other';
};

const notTrusted = (from: Instant | undefined): Refusal => ({
  code: 'device_not_trusted',
  ...(from === undefined ? {} : { from }),
});

/**
 * Why this device moves no hours of its owner with this request; undefined where it may. A device that had to wait
 * when its token was signed may have been approved since: then, and only then, its leaf is read.
 */
export const whyNotSpending = async (
  c: Context,
  deps: Pick<Deps, 'ports'>,
  { memberId, signIn }: SignedInActor,
): Promise<Refusal | undefined> => {
  const proof = c.req.header(PROOF_HEADER);
  const { deviceKey, spendsFrom } = signIn;
  if (proof === undefined || deviceKey === undefined) return { code: 'device_proof_needed' };
  if ((await keyShown(c, deps, proof)) !== deviceKey) return { code: 'device_proof_needed' };
  const hasCome = (from: Instant | undefined): boolean =>
    from !== undefined && msOf(from) <= deps.ports.clock.nowMs();
  if (hasCome(spendsFrom)) return undefined;
  const now = await spendsFromOf(deps.ports, memberId, deviceKey);
  return hasCome(now) ? undefined : notTrusted(now);
};
