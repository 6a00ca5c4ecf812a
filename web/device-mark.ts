import { deviceKey } from './device-key.ts';
import { forget, forgetPerson, keep, recall } from './device-storage.ts';

/**
 * What marks this device while somebody signs in: the thumbprint of its key, or 256 random bits where it has none;
 * base64url, 43 characters. A code is good only with the mark with which it was asked for.
 */
export const deviceMark = async (): Promise<string> => {
  const key = await deviceKey();
  if (key !== undefined) return key.thumbprint;
  const kept = recall('mark');
  if (kept !== undefined) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const mark = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  keep('mark', mark);
  return mark;
};

/**
 * Remembers who has signed in here. Who comes back after the session has ended finds what was begun; anybody else
 * finds nothing of the one before. `person`: the number or the passkey that was signed in with.
 */
export const keepSignedIn = (person: string): void => {
  if (recall('signed-in') !== person) forgetPerson();
  forget('challenge');
  forget('mark');
  keep('signed-in', person);
};
