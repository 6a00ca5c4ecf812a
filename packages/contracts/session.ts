/** Sign-ins that last, and the devices on which they do: what there is, and how each ends. */
import * as z from 'zod/mini';
import { RecordedNote } from './giving.ts';
import { CommandId, FileId, SessionId } from './ids.ts';
import { Role } from './role.ts';
import { Instant } from './time.ts';
import { machineCharacters } from './words.ts';

/** By what a person showed who they are: a one-time code, a passkey, another house's sign-in, WeChat. */
export const Factor = z.enum(['code', 'passkey', 'sso', 'wechat']);
export type Factor = z.infer<typeof Factor>;

/** What kind of device it is, as far as it says: enough to know one's own again. */
export const DeviceHint = z.enum(['android', 'iphone', 'windows', 'mac', 'linux', 'other']);
export type DeviceHint = z.infer<typeof DeviceHint>;

/**
 * A sign-in that has begun or was renewed. `expiresAt`: when the access token ends, ten minutes from now; `endsAt`:
 * when the person has to sign in again at the latest. `roles`: those that can be used now. `spendsFrom`: since when
 * this device may move hours; absent where it has shown no key. Browsers keep the cookies that come along; other
 * clients get both tokens, each to be kept where nobody else reads it.
 */
export const SignedInSession = z.strictObject({
  sessionId: SessionId,
  factor: Factor,
  roles: z.array(Role),
  expiresAt: Instant,
  endsAt: Instant,
  spendsFrom: z.exactOptional(Instant),
  token: z.exactOptional(z.string()),
  refreshToken: z.exactOptional(z.string()),
});
export type SignedInSession = z.infer<typeof SignedInSession>;

/** Gives a refresh token for the next one and a new access token. The same one again within 30 seconds gives the same. */
export const RefreshSession = z.strictObject({
  refreshToken: z.string().check(machineCharacters, z.maxLength(200)),
});
export type RefreshSession = z.infer<typeof RefreshSession>;

/** One of one's own sign-ins. */
export const SessionRow = z.strictObject({
  sessionId: SessionId,
  factor: Factor,
  device: z.exactOptional(DeviceHint),
  startedAt: Instant,
  lastUsedAt: Instant,
  endsAt: Instant,
  isThisOne: z.boolean(),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** A device that has shown a key of its own. `spendsFrom`: since when it may move hours, or from when on. */
export const DeviceRow = z.strictObject({
  deviceId: FileId,
  device: z.exactOptional(DeviceHint),
  firstSeenAt: Instant,
  spendsFrom: Instant,
  maySpend: z.boolean(),
  isThisOne: z.boolean(),
});
export type DeviceRow = z.infer<typeof DeviceRow>;

/** One's own sign-ins, newest first, and devices, oldest first. */
export const SessionList = z.strictObject({ sessions: z.array(SessionRow), devices: z.array(DeviceRow) });
export type SessionList = z.infer<typeof SessionList>;

/** Ends one sign-in, or all the others, of one's own. */
export const EndSessions = z.strictObject({ commandId: CommandId });
export type EndSessions = z.infer<typeof EndSessions>;

/** Ends all sign-ins of a member, e.g. for a telephone that is lost. The reason stands on the statement. */
export const EndMemberSessions = z.strictObject({ commandId: CommandId, reason: RecordedNote });
export type EndMemberSessions = z.infer<typeof EndMemberSessions>;

/** Done: nothing that was open before `at` can be used any more. */
export const SessionsEnded = z.strictObject({ commandId: CommandId, at: Instant });
export type SessionsEnded = z.infer<typeof SessionsEnded>;

/** From a device that may move hours: another one of the same person may, from now on. */
export const ApproveDevice = z.strictObject({ deviceId: FileId });
export type ApproveDevice = z.infer<typeof ApproveDevice>;

/** Takes a device away: its sign-ins end, and its key counts for nothing. */
export const RemoveDevice = z.strictObject({ commandId: CommandId, deviceId: FileId });
export type RemoveDevice = z.infer<typeof RemoveDevice>;
