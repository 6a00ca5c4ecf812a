/** Passkeys: this browser makes them, and answers with them (WebAuthn level 3). What it needs for that comes when it is used. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

const has = (options: object, name: string, type: string): boolean =>
  typeof Reflect.get(options, name) === type;

const isToCreate = (options: object): options is PublicKeyCredentialCreationOptionsJSON =>
  has(options, 'challenge', 'string') && has(options, 'user', 'object');

const isToAsk = (options: object): options is PublicKeyCredentialRequestOptionsJSON =>
  has(options, 'challenge', 'string');

/** True where this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** True where this very device can keep one: it has a fingerprint, a face or a lock to ask for. */
export const canKeepPasskey = async (): Promise<boolean> => {
  try {
    return knowsPasskeys() && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
  } catch {
    return false;
  }
};

/** Makes a passkey. Nothing where the person stopped, or the browser could not. */
export const makePasskey = async (options: object): Promise<RegistrationResponseJSON | undefined> => {
  if (!isToCreate(options)) return undefined;
  try {
    const { startRegistration } = await import('@simplewebauthn/browser');
    return await startRegistration({ optionsJSON: options });
  } catch {
    return undefined;
  }
};

/** Answers with a passkey. Nothing where the person stopped, or the browser could not. */
export const answerWithPasskey = async (options: object): Promise<AuthenticationResponseJSON | undefined> => {
  if (!isToAsk(options)) return undefined;
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return await startAuthentication({ optionsJSON: options });
  } catch {
    return undefined;
  }
};
