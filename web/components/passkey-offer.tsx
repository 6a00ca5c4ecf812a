import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { keep } from '../device-storage.ts';
import { addPasskey } from '../sign-in-by-passkey.ts';
import { usePasskeyName, useSignInSentences, useSignInWords } from '../sign-in-words.ts';
import type { Problem } from './error-summary.tsx';
import { failureProblems } from './failure-problems.ts';
import { Page } from './page.tsx';
import { SendButton } from './send-button.tsx';

/** Offers a passkey to somebody who has signed in with a code: once on each device, and it can be left for later. */
export const PasskeyOffer = ({ onDone }: { onDone: () => void }) => {
  const own = useSignInWords();
  const passkeyName = usePasskeyName();
  const sentences = useSignInSentences();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    keep('passkey-offered', '1');
  }, []);
  const command = failure === undefined ? { sending } : { sending, failure };
  const add = async () => {
    setSending(true);
    const answer = await addPasskey(passkeyName);
    setSending(false);
    setProblem(answer.kind === 'stopped' ? { words: own.passkeyStopped } : undefined);
    setFailure(answer.kind === 'done' || answer.kind === 'stopped' ? undefined : answer);
    if (answer.kind === 'done') onDone();
  };
  return (
    <Page
      title={own.offerTitle}
      problems={[...(problem === undefined ? [] : [problem]), ...failureProblems(sentences, [command])]}
    >
      <p>{own.offerHint}</p>
      <SendButton command={command} label={own.offerYes} onPress={() => void add()} />
      <button type="button" onClick={onDone}>
        {own.offerNo}
      </button>
    </Page>
  );
};
