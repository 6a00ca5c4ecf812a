/** What signing in asks the service. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser';
import { answerOf } from './answer.ts';
import { api } from './client.ts';
import { provenApi } from './proven-api.ts';

const signIn = api['sign-in'];
const { passkeys } = api.me;
// Whoever signs in shows the key of the device: from then on it may move hours.
const provenSignIn = provenApi['sign-in'];

/** A question for the browser's passkeys; `options` as WebAuthn writes them. */
interface Question {
  challengeId: string;
  options: object;
}

/** The routes of signing in. `device`: the mark of this device, the same with a code as when it was asked for. */
export const signInClient = {
  readWays: () => answerOf(signIn.ways.$get()),
  askForCode: (phone: string, device: string) => answerOf(signIn.codes.$post({ json: { phone, device } })),
  signIn: (challengeId: string, code: string, device: string) =>
    answerOf(provenSignIn.$post({ json: { challengeId, code, device } })),
  askForPasskey: () => answerOf<Question>(signIn.passkey.options.$post({ json: {} })),
  signInWithPasskey: (challengeId: string, answer: AuthenticationResponseJSON) =>
    answerOf(
      provenSignIn.passkey.$post({
        json: {
          challengeId,
          answer: { ...answer, clientExtensionResults: { ...answer.clientExtensionResults } },
        },
      }),
    ),
  startOutside: (way: 'sso' | 'wechat', device: string) =>
    answerOf(signIn.outside.start.$post({ json: { way, device } })),
  signInOutside: (way: 'sso' | 'wechat', challengeId: string, code: string, device: string) =>
    answerOf(provenSignIn.outside.$post({ json: { way, challengeId, code, device } })),
  askForNewPasskey: () => answerOf<Question>(passkeys.options.$post({ json: {} })),
  addPasskey: (
    challengeId: string,
    name: string,
    answer: RegistrationResponseJSON,
    enrolmentCode: string | undefined,
  ) =>
    // On a trusted telephone the passkey is trusted at once: the telephone shows its key.
    answerOf(
      provenApi.me.passkeys.$post({
        json: {
          challengeId,
          name,
          answer: { ...answer, clientExtensionResults: { ...answer.clientExtensionResults } },
          ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
        },
      }),
    ),
};
