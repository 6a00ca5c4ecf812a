/** Signing in: with a telephone number and a one-time code, with a passkey, or by way of another house. */
import * as z from 'zod/mini';
import { ChallengeId, CommandId, FileId, MemberId } from './ids.ts';
import { SignedInSession } from './session.ts';
import { Instant } from './time.ts';
import { machineCharacters, nameCharacters, wholeCharacters } from './words.ts';

/**
 * What marks a device while it signs in: the thumbprint of its key (RFC 7638), or 256 random bits that it keeps;
 * base64url, 43 characters. Whoever asked for a code must show the same mark with it.
 */
export const DeviceMark = z.string().check(z.regex(/^[\w-]{43}$/));
export type DeviceMark = z.infer<typeof DeviceMark>;

const WrittenPhone = z.string().check(nameCharacters, z.minLength(5), z.maxLength(24));

/** Asks for a code. The answer is the same whether or not the number is known. */
export const AskForCode = z.strictObject({ phone: WrittenPhone, device: DeviceMark });
export type AskForCode = z.infer<typeof AskForCode>;

/** The code is on its way, and good until `expiresAt`. */
export const CodeSent = z.strictObject({ challengeId: ChallengeId, expiresAt: Instant });
export type CodeSent = z.infer<typeof CodeSent>;

/** Signs in with the code: six digits, once, within five minutes, on the device that asked for it. */
export const SignIn = z.strictObject({
  challengeId: ChallengeId,
  code: z.string().check(z.regex(/^\d{6}$/)),
  device: DeviceMark,
});
export type SignIn = z.infer<typeof SignIn>;

/** Signed in. `needs`: the person holds roles on the staff, which ask for a passkey that was given out in person. */
export const SignedIn = z.strictObject({
  ...SignedInSession.shape,
  needs: z.exactOptional(z.literal('passkey')),
});
export type SignedIn = z.infer<typeof SignedIn>;

/** Another house that signs people in: an OpenID Connect provider, or WeChat. */
export const OutsideWay = z.enum(['sso', 'wechat']);
export type OutsideWay = z.infer<typeof OutsideWay>;

/** By which ways one can sign in here. `ssoName`: what the other house is called. */
export const SignInWays = z.strictObject({
  code: z.boolean(),
  passkey: z.boolean(),
  sso: z.boolean(),
  ssoName: z.exactOptional(z.string()),
  wechat: z.boolean(),
});
export type SignInWays = z.infer<typeof SignInWays>;

const Base64Url = z.string().check(z.regex(/^[\w-]+$/), z.maxLength(16_384));
const Transports = z.array(z.string().check(machineCharacters, z.maxLength(20))).check(z.maxLength(8));
const CredentialId = z.string().check(z.regex(/^[\w-]{16,1364}$/));
const extensionResults = z.record(z.string(), z.unknown());
const attachment = z.exactOptional(z.enum(['platform', 'cross-platform']));

/** What a browser gives back for a new passkey: RegistrationResponseJSON of WebAuthn level 3. */
export const NewPasskeyAnswer = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensionResults,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.exactOptional(Transports),
  }),
});
export type NewPasskeyAnswer = z.infer<typeof NewPasskeyAnswer>;

/** What a browser gives back for a passkey that is there: AuthenticationResponseJSON of WebAuthn level 3. */
export const PasskeyAnswer = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensionResults,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: z.exactOptional(Base64Url),
  }),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

/** A question for the browser's passkeys, good once and for five minutes; `options` as WebAuthn level 3 writes them in JSON. */
export const PasskeyQuestion = z.strictObject({
  challengeId: ChallengeId,
  expiresAt: Instant,
  options: z.record(z.string(), z.unknown()),
});
export type PasskeyQuestion = z.infer<typeof PasskeyQuestion>;

/** Asks for such a question; nothing else is said. */
export const AskForPasskey = z.strictObject({});

/** Signs in with a passkey. */
export const SignInWithPasskey = z.strictObject({ challengeId: ChallengeId, answer: PasskeyAnswer });
export type SignInWithPasskey = z.infer<typeof SignInWithPasskey>;

/** What somebody on the staff is given in person before their first passkey: ten characters without 0, 1, I, L, O and U. */
export const EnrolmentCode = z
  .string()
  .check(z.trim(), z.toUpperCase(), z.regex(/^[2-9A-HJKMNP-TV-Z]{5}-?[2-9A-HJKMNP-TV-Z]{5}$/));
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;

/** Keeps a new passkey under a name of one's own choice. `enrolmentCode`: for the first one of somebody on the staff. */
export const AddPasskey = z.strictObject({
  challengeId: ChallengeId,
  name: z.string().check(z.trim(), nameCharacters, z.minLength(1), z.maxLength(40)),
  enrolmentCode: z.exactOptional(EnrolmentCode),
  answer: NewPasskeyAnswer,
});
export type AddPasskey = z.infer<typeof AddPasskey>;

/** A passkey of one's own. `isForStaff`: it opens roles on the staff. */
export const PasskeyRow = z.strictObject({
  passkeyId: FileId,
  name: z.string(),
  addedAt: Instant,
  lastUsedAt: z.exactOptional(Instant),
  isForStaff: z.boolean(),
});
export type PasskeyRow = z.infer<typeof PasskeyRow>;

/** One's own passkeys, oldest first. */
export const PasskeyList = z.strictObject({ items: z.array(PasskeyRow) });
export type PasskeyList = z.infer<typeof PasskeyList>;

/** Begins a sign-in at another house. */
export const StartOutside = z.strictObject({ way: OutsideWay, device: DeviceMark });
export type StartOutside = z.infer<typeof StartOutside>;

/** Where to send the browser; it comes back with `code` and, as `state`, the challenge's id. */
export const OutsideStarted = z.strictObject({
  challengeId: ChallengeId,
  url: z.string(),
  expiresAt: Instant,
});
export type OutsideStarted = z.infer<typeof OutsideStarted>;

/** What the browser came back with, on the device that began: signs in, or binds the other house to oneself. */
export const ReturnFromOutside = z.strictObject({
  way: OutsideWay,
  challengeId: ChallengeId,
  code: z.string().check(machineCharacters, z.minLength(1), z.maxLength(2048)),
  device: DeviceMark,
});
export type ReturnFromOutside = z.infer<typeof ReturnFromOutside>;

/** Binds what a person is called at the provider of single sign-on (`sub`) to them. */
export const BindSso = z.strictObject({
  commandId: CommandId,
  subject: z.string().check(machineCharacters, z.minLength(1), z.maxLength(255)),
});
export type BindSso = z.infer<typeof BindSso>;

/** That another house is bound to a person. */
export const OutsideBound = z.strictObject({
  fileId: FileId,
  way: OutsideWay,
  memberId: MemberId,
  at: Instant,
});
export type OutsideBound = z.infer<typeof OutsideBound>;

/** Gives out an enrolment code to somebody on the staff who stands there in person. */
export const EnrolStaff = z.strictObject({ commandId: CommandId });
export type EnrolStaff = z.infer<typeof EnrolStaff>;

/** The enrolment code, shown this once, and until when it is good. */
export const EnrolmentGiven = z.strictObject({ memberId: MemberId, code: z.string(), expiresAt: Instant });
export type EnrolmentGiven = z.infer<typeof EnrolmentGiven>;

/** How somebody on the staff made sure of a person: by a document, by knowing them, by their family or by their card. */
export const PersonCheck = z.enum(['identity_document', 'known_in_person', 'family_present', 'card']);
export type PersonCheck = z.infer<typeof PersonCheck>;

/** Puts another telephone number in the place of a lost one, for a person who stands at the counter. */
export const RecoverSignIn = z.strictObject({
  commandId: CommandId,
  phone: WrittenPhone,
  check: PersonCheck,
  note: z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200)),
});
export type RecoverSignIn = z.infer<typeof RecoverSignIn>;

/** The number has been replaced and all sign-ins have ended; new devices may move hours from `spendsFrom` on. */
export const SignInRecovered = z.strictObject({
  memberId: MemberId,
  fileId: FileId,
  at: Instant,
  spendsFrom: Instant,
});
export type SignInRecovered = z.infer<typeof SignInRecovered>;
