/**
 * Passkeys by WebAuthn level 3: questions for a browser, and what it answers. Origin and site come from the settings,
 * never from what a message says of itself. Attestation is not asked for: which maker a key has does not matter here.
 * Source: https://www.w3.org/TR/webauthn-3/ sections 7.1 and 7.2; OWASP ASVS 5.0, 6.5.7 and 6.8.
 */
import type { NewPasskeyAnswer, PasskeyAnswer } from '@time-bank/contracts/sign-in';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** The site for which passkeys are made: its domain, what people call it, and the origins of its pages. */
export interface PasskeySite {
  rpId: string;
  rpName: string;
  origins: readonly string[];
}

/** What is needed of a passkey to check what it has signed; the key is COSE, both in base64url. */
export interface KnownPasskey {
  credentialId: string;
  publicKey: string;
  counter: number;
}

/** ECDSA with P-256 and with RSA, both SHA-256: what telephones and computers in use can do. */
const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 5 * 60_000;

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(base64url, 'base64url'));

/** The question for a passkey that is there: any of this site that the browser finds. `challenge`: base64url. */
export const passkeyOptions = async (
  { rpId }: PasskeySite,
  challenge: string,
): Promise<Record<string, unknown>> => ({
  ...(await generateAuthenticationOptions({
    rpID: rpId,
    challenge: bytesOf(challenge),
    userVerification: 'required',
    timeout: TIMEOUT_MS,
  })),
});

/** Whose passkey is to be made: `userHandle` is random and says nothing of them. */
export interface PasskeyOwner {
  userHandle: string;
  name: string;
  /** Credentials that they have: the same device is not asked twice. */
  has: readonly string[];
}

/** The question for a new passkey: one that finds itself, kept behind a fingerprint, a face or a PIN. */
export const newPasskeyOptions = async (
  { rpId, rpName }: PasskeySite,
  challenge: string,
  { userHandle, name, has }: PasskeyOwner,
): Promise<Record<string, unknown>> => ({
  ...(await generateRegistrationOptions({
    rpID: rpId,
    rpName,
    userName: name,
    userDisplayName: name,
    userID: bytesOf(userHandle),
    challenge: bytesOf(challenge),
    attestationType: 'none',
    excludeCredentials: has.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: TIMEOUT_MS,
  })),
});

/** What the library throws is why an answer is none; only that it is none is told. */
const orNone = async <T>(check: () => Promise<T | undefined>): Promise<T | undefined> => {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
};

/** The passkey that a browser has made for `challenge`; undefined where the answer is not to be believed. */
export const readNewPasskey = (
  { rpId, origins }: PasskeySite,
  challenge: string,
  answer: NewPasskeyAnswer,
): Promise<(KnownPasskey & { transports: string[] }) | undefined> =>
  orNone(async () => {
    const { transports = [], ...response } = answer.response;
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: answer.type,
        clientExtensionResults: {},
        response,
      },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo === undefined) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
  });

/**
 * The passkey's counter after it has signed `challenge`; undefined where it has not, nobody was in front of it, or its
 * counter went back, as that of a copy does.
 */
export const checkPasskey = (
  { rpId, origins }: PasskeySite,
  challenge: string,
  known: KnownPasskey,
  answer: PasskeyAnswer,
): Promise<number | undefined> =>
  orNone(async () => {
    const { clientDataJSON, authenticatorData, signature, userHandle } = answer.response;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: answer.type,
        clientExtensionResults: {},
        response: {
          clientDataJSON,
          authenticatorData,
          signature,
          ...(userHandle === undefined ? {} : { userHandle }),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      credential: { id: known.credentialId, publicKey: bytesOf(known.publicKey), counter: known.counter },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : undefined;
  });
