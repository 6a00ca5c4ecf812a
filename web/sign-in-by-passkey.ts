import type { Answer } from './answer.ts';
import { keepSignedIn } from './device-mark.ts';
import { answerWithPasskey, makePasskey } from './passkeys.ts';
import { signInClient } from './sign-in-client.ts';

/** The person did not finish what the browser asked. */
export interface Stopped {
  kind: 'stopped';
}

const stopped: Stopped = { kind: 'stopped' };

/** Asks the browser for a passkey, and signs in with it. */
export const signInByPasskey = async () => {
  const question = await signInClient.askForPasskey();
  if (question.kind !== 'done') return question;
  const answer = await answerWithPasskey(question.value.options);
  if (answer === undefined) return stopped;
  const signedIn = await signInClient.signInWithPasskey(question.value.challengeId, answer);
  if (signedIn.kind === 'done') keepSignedIn(answer.id);
  return signedIn;
};

/** Makes a passkey and hands it in under `name`; `enrolmentCode` for the first one of somebody on the staff. */
export const addPasskey = async (
  name: string,
  enrolmentCode?: string,
): Promise<Answer<unknown> | Stopped> => {
  const question = await signInClient.askForNewPasskey();
  if (question.kind !== 'done') return question;
  const answer = await makePasskey(question.value.options);
  if (answer === undefined) return stopped;
  return signInClient.addPasskey(question.value.challengeId, name, answer, enrolmentCode);
};
