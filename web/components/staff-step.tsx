import { useState } from 'preact/hooks';
import type { Answer, Failure } from '../answer.ts';
import { knowsPasskeys } from '../passkeys.ts';
import { type Stopped, addPasskey, signInByPasskey } from '../sign-in-by-passkey.ts';
import { usePasskeyName, useSignInSentences, useSignInWords } from '../sign-in-words.ts';
import type { Problem } from './error-summary.tsx';
import { failureProblems, problemAt } from './failure-problems.ts';
import { Field } from './field.tsx';
import { Page } from './page.tsx';
import { SendButton } from './send-button.tsx';

type SignedIn = Extract<Awaited<ReturnType<typeof signInByPasskey>>, { kind: 'done' }>['value'];

const CODE_LENGTH = 10;

/** Somebody on the staff shows a passkey beside the code; for the first one there is a code that was given in person. */
export const StaffStep = ({
  onDone,
  onLater,
}: {
  onDone: (signedIn: SignedIn) => void;
  /** Goes on without the roles of the office. */
  onLater: () => void;
}) => {
  const own = useSignInWords();
  const passkeyName = usePasskeyName();
  const sentences = useSignInSentences();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [problem, setProblem] = useState<Problem>();
  const [code, setCode] = useState('');
  const command = failure === undefined ? { sending } : { sending, failure };
  const told = (answer: Answer<unknown> | Stopped) => {
    setProblem(answer.kind === 'stopped' ? { words: own.passkeyStopped } : undefined);
    setFailure(answer.kind === 'done' || answer.kind === 'stopped' ? undefined : answer);
  };
  const show = async () => {
    setSending(true);
    const answer = await signInByPasskey();
    setSending(false);
    told(answer);
    if (answer.kind === 'done') onDone(answer.value);
  };
  const add = async () => {
    const written = code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
    if (written.length !== CODE_LENGTH) {
      setProblem({ field: 'enrolment', words: own.enrolmentCodeMissing });
      return;
    }
    setSending(true);
    const answer = await addPasskey(passkeyName, written);
    setSending(false);
    told(answer);
    if (answer.kind === 'done') await show();
  };
  const problems = [
    ...(problem === undefined ? [] : [problem]),
    ...failureProblems(sentences, [command], {
      enrolmentCode: { field: 'enrolment', words: own.enrolmentCodeMissing },
    }),
  ];
  return (
    <Page title={own.staffTitle} problems={problems}>
      <p>{own.staffHint}</p>
      {knowsPasskeys() ? (
        <>
          <SendButton command={command} label={own.staffGo} onPress={() => void show()} />
          <form
            class="card"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            <p>{own.staffFirst}</p>
            <Field
              id="enrolment"
              autocomplete="off"
              maxLength={12}
              label={own.enrolmentCode}
              problem={problemAt(problems, 'enrolment')}
              value={code}
              onWrite={setCode}
            />
            <button type="submit" disabled={sending}>
              {own.staffAdd}
            </button>
          </form>
        </>
      ) : (
        <p>! {own.staffNoPasskey}</p>
      )}
      <button type="button" onClick={onLater}>
        {own.staffLater}
      </button>
    </Page>
  );
};
