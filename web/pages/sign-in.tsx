import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type Failure, sentenceOf } from '../answer.ts';
import { clockOf } from '../china-time.ts';
import { client } from '../client.ts';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { forget, forgetPerson, keep, recall, recallRecord } from '../device-storage.ts';
import { useWords } from '../language.tsx';

interface Challenge {
  challengeId: string;
  expiresAt: string;
  phone: string;
}

// Whoever leaves the page to read the text message comes back to the step with the code.
const keptChallenge = (): Challenge | undefined => {
  const { challengeId, expiresAt, phone } = recallRecord('challenge');
  return typeof challengeId === 'string' &&
    typeof expiresAt === 'string' &&
    typeof phone === 'string' &&
    Date.parse(expiresAt) > Date.now()
    ? { challengeId, expiresAt, phone }
    : undefined;
};

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

const writtenPhone = (text: string): string => text.normalize('NFKC').replace(/[\s()-]/g, '');

const isPhone = (text: string): boolean => {
  const written = writtenPhone(text);
  return /^1\d{10}$/.test(written) || /^(\+|00)\d{7,15}$/.test(written);
};

// Who comes back after the session has ended finds what was begun; anybody else finds nothing of the one before.
const keepSignedIn = (phone: string): void => {
  const person = writtenPhone(phone);
  if (recall('signed-in') !== person) forgetPerson();
  forget('challenge');
  keep('signed-in', person);
};

const safePath = (then: string | undefined): string | undefined =>
  then !== undefined && /^\/(?![/\\])/.test(then) && !then.startsWith('/sign-in') ? then : undefined;

/** Signing in: the telephone number, then the code from the text message. */
const SignIn = () => {
  const words = useWords();
  const { query, route } = useLocation();
  const [challenge, setChallenge] = useState(keptChallenge);
  const [phone, setPhone] = useState(challenge?.phone ?? '');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [failure, setFailure] = useState<Failure>();
  const [news, setNews] = useState<string>();
  const [sending, setSending] = useState(false);

  const refuse = (field: string, sentence: string) => {
    setNews(undefined);
    setFailure(undefined);
    setProblem({ field, words: sentence });
  };

  const askForCode = async (isRepeat: boolean) => {
    if (sending) return;
    if (!isPhone(phone)) {
      refuse('phone', words.phoneMissing);
      return;
    }
    setSending(true);
    const answer = await client.askForCode(phone.normalize('NFKC').trim());
    setSending(false);
    setProblem(undefined);
    setNews(undefined);
    if (answer.kind !== 'done') {
      setFailure(answer);
      return;
    }
    const sent = { ...answer.value, phone: phone.trim() };
    keep('challenge', JSON.stringify(sent));
    setFailure(undefined);
    setCode('');
    setChallenge(sent);
    if (isRepeat) setNews(words.codeSentAgain);
  };

  const signIn = async ({ challengeId, expiresAt, phone: signedInPhone }: Challenge) => {
    if (sending) return;
    const digits = digitsOf(code);
    if (digits.length !== 6) {
      refuse('code', words.codeMissing);
      return;
    }
    if (Date.parse(expiresAt) <= Date.now()) {
      refuse('code', words.codeExpired);
      return;
    }
    setSending(true);
    const answer = await client.signIn(challengeId, digits);
    setSending(false);
    if (answer.kind === 'done') {
      keepSignedIn(signedInPhone);
      const isCoordinatorOnly = answer.value.roles.every((role) => role === 'coordinator');
      route(safePath(query.then) ?? (isCoordinatorOnly ? '/desk' : '/'), true);
      return;
    }
    if (answer.kind === 'refused' && answer.refusal.code === 'code_not_accepted') {
      refuse('code', sentenceOf(words, answer));
    } else {
      setProblem(undefined);
      setFailure(answer);
    }
  };

  const command = failure === undefined ? { sending } : { sending, failure };
  const problems: Problem[] = [
    ...(problem === undefined ? [] : [problem]),
    ...failureProblems(words, [command], {
      phone: { field: 'phone', words: words.phoneMissing },
      code: { field: 'code', words: words.codeMissing },
    }),
  ];

  if (challenge === undefined) {
    return (
      <Page title={words.signIn} problems={problems}>
        <p class="quiet">
          {words.name} · {words.kind}
        </p>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void askForCode(false);
          }}
        >
          <Field
            id="phone"
            type="tel"
            inputMode="tel"
            autocomplete="tel"
            label={words.phone}
            hint={words.phoneHint}
            problem={problemAt(problems, 'phone')}
            value={phone}
            onWrite={setPhone}
          />
          <SendButton command={command} label={words.sendCode} />
        </form>
      </Page>
    );
  }
  return (
    <Page title={words.code} problems={problems} news={news}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void signIn(challenge);
        }}
      >
        <Field
          id="code"
          class="digits"
          inputMode="numeric"
          autocomplete="one-time-code"
          label={words.code}
          hint={words.codeHint(challenge.phone, clockOf(challenge.expiresAt))}
          problem={problemAt(problems, 'code')}
          value={code}
          onWrite={setCode}
        />
        <SendButton command={command} label={words.signIn} />
        <button
          type="button"
          disabled={sending}
          onClick={() => {
            void askForCode(true);
          }}
        >
          {words.resendCode}
        </button>
        <button
          type="button"
          onClick={() => {
            forget('challenge');
            setChallenge(undefined);
            setProblem(undefined);
            setFailure(undefined);
            setNews(undefined);
          }}
        >
          {words.changePhone}
        </button>
      </form>
    </Page>
  );
};

export default SignIn;
