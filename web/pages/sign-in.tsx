import { useLocation } from 'preact-iso/router';
import { useEffect, useState } from 'preact/hooks';
import { type Failure, sentenceOf } from '../answer.ts';
import { clockOf } from '../china-time.ts';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { PasskeyOffer } from '../components/passkey-offer.tsx';
import { SendButton } from '../components/send-button.tsx';
import { StaffStep } from '../components/staff-step.tsx';
import { deviceKey } from '../device-key.ts';
import { deviceMark, keepSignedIn } from '../device-mark.ts';
import { forget, keep, recall, recallRecord } from '../device-storage.ts';
import { useWords } from '../language.tsx';
import { canKeepPasskey, knowsPasskeys } from '../passkeys.ts';
import { signInByPasskey } from '../sign-in-by-passkey.ts';
import { signInClient } from '../sign-in-client.ts';
import { useSignInSentences, useSignInWords } from '../sign-in-words.ts';
import { useResource } from '../use-resource.ts';

interface Challenge {
  challengeId: string;
  expiresAt: string;
  phone: string;
}

type SignedIn = Extract<Awaited<ReturnType<typeof signInClient.signIn>>, { kind: 'done' }>['value'];

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

const safePath = (then: string | undefined): string | undefined =>
  then !== undefined && /^\/(?![/\\])/.test(then) && !then.startsWith('/sign-in') ? then : undefined;

/** Where somebody begins who has only roles of an office: a desk. */
const firstPage = (roles: readonly string[]): string => {
  if (roles.length === 0) return '/';
  if (roles.every((role) => role === 'coordinator')) return '/desk';
  return roles.every((role) => role === 'counter' || role === 'hotline') ? '/desk/people' : '/';
};

/** Signing in: the telephone number and the code from the text message, or a passkey; staff show one beside the code. */
const SignIn = () => {
  const words = useWords();
  const own = useSignInWords();
  const sentences = useSignInSentences();
  const { query, route } = useLocation();
  const ways = useResource('ways', signInClient.readWays);
  const [challenge, setChallenge] = useState(keptChallenge);
  const [phone, setPhone] = useState(challenge?.phone ?? '');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [failure, setFailure] = useState<Failure>();
  const [news, setNews] = useState<string>();
  const [sending, setSending] = useState(false);
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [hasKey, setHasKey] = useState(true);

  useEffect(() => {
    const look = async () => {
      setHasKey((await deviceKey()) !== undefined);
    };
    void look();
  }, []);

  // Another house, single sign-on or WeChat, sends people back here with a code.
  const { code: outsideCode, state } = query;
  useEffect(() => {
    const comeBack = async (given: string, challengeId: string) => {
      const { way } = recallRecord('outside');
      forget('outside');
      if (way !== 'sso' && way !== 'wechat') return;
      const answer = await ask(async () =>
        signInClient.signInOutside(way, challengeId, given, await deviceMark()),
      );
      if (answer?.kind === 'done') {
        keepSignedIn(challengeId);
        leave(answer.value);
      } else if (answer !== undefined) tell({ heard: answer });
    };
    if (outsideCode !== undefined && state !== undefined) void comeBack(outsideCode, state);
  }, []);

  const leave = ({ roles }: Pick<SignedIn, 'roles'>) => {
    route(safePath(query.then) ?? firstPage(roles), true);
  };

  const tell = ({ found, heard }: { found?: Problem; heard?: Failure }) => {
    setNews(undefined);
    setProblem(found);
    setFailure(heard);
  };

  const refuse = (field: string, sentence: string) => {
    tell({ found: { field, words: sentence } });
  };

  const ask = async <Result,>(question: () => Promise<Result>): Promise<Result | undefined> => {
    if (sending) return undefined;
    setSending(true);
    const answer = await question();
    setSending(false);
    return answer;
  };

  const askForCode = async (isRepeat: boolean) => {
    if (!isPhone(phone)) {
      refuse('phone', own.phoneMissing);
      return;
    }
    const answer = await ask(async () =>
      signInClient.askForCode(phone.normalize('NFKC').trim(), await deviceMark()),
    );
    if (answer === undefined) return;
    if (answer.kind !== 'done') {
      tell({ heard: answer });
      return;
    }
    const sent = { ...answer.value, phone: phone.trim() };
    keep('challenge', JSON.stringify(sent));
    tell({});
    setCode('');
    setChallenge(sent);
    if (isRepeat) setNews(own.codeSentAgain);
  };

  /** Staff show a passkey, everybody else is offered one, once; then the page that was wanted opens. */
  const goOn = async (value: SignedIn) => {
    const isOffered = recall('passkey-offered') !== undefined;
    if (value.needs === 'passkey' || (!isOffered && (await canKeepPasskey()))) setSignedIn(value);
    else leave(value);
  };

  const signIn = async ({ challengeId, expiresAt, phone: signedInPhone }: Challenge) => {
    const digits = digitsOf(code);
    if (digits.length !== 6) {
      refuse('code', own.codeMissing);
      return;
    }
    if (Date.parse(expiresAt) <= Date.now()) {
      refuse('code', own.codeExpired);
      return;
    }
    const answer = await ask(async () => signInClient.signIn(challengeId, digits, await deviceMark()));
    if (answer === undefined) return;
    if (answer.kind === 'done') {
      keepSignedIn(writtenPhone(signedInPhone));
      await goOn(answer.value);
    } else if (answer.kind === 'refused' && answer.refusal.code === 'code_not_accepted') {
      refuse('code', sentenceOf(sentences, answer));
    } else tell({ heard: answer });
  };

  const byPasskey = async () => {
    const answer = await ask(signInByPasskey);
    if (answer === undefined) return;
    if (answer.kind === 'stopped') tell({ found: { words: own.passkeyStopped } });
    else if (answer.kind === 'done') leave(answer.value);
    else tell({ heard: answer });
  };

  const byOutside = async (way: 'sso' | 'wechat') => {
    const answer = await ask(async () => signInClient.startOutside(way, await deviceMark()));
    if (answer === undefined) return;
    if (answer.kind === 'done') {
      keep('outside', JSON.stringify({ way, challengeId: answer.value.challengeId, then: query.then }));
      location.assign(answer.value.url);
    } else tell({ heard: answer });
  };

  const leaveAsIs = () => {
    if (signedIn !== undefined) leave(signedIn);
  };
  const command = failure === undefined ? { sending } : { sending, failure };
  const problems: Problem[] = [
    ...(problem === undefined ? [] : [problem]),
    ...failureProblems(sentences, [command], {
      phone: { field: 'phone', words: own.phoneMissing },
      code: { field: 'code', words: own.codeMissing },
    }),
  ];

  if (signedIn?.needs === 'passkey') return <StaffStep onDone={leave} onLater={leaveAsIs} />;
  if (signedIn !== undefined) return <PasskeyOffer onDone={leaveAsIs} />;

  if (challenge === undefined) {
    return (
      <Page title={own.signIn} problems={problems}>
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
            hint={own.phoneHint}
            problem={problemAt(problems, 'phone')}
            value={phone}
            onWrite={setPhone}
          />
          <SendButton command={command} label={own.sendCode} />
        </form>
        {ways.value?.passkey === true && knowsPasskeys() && (
          <button type="button" disabled={sending} onClick={() => void byPasskey()}>
            {own.byPasskey}
          </button>
        )}
        {ways.value?.wechat === true && (
          <button type="button" disabled={sending} onClick={() => void byOutside('wechat')}>
            {own.byWechat}
          </button>
        )}
        {ways.value?.sso === true && (
          <button type="button" disabled={sending} onClick={() => void byOutside('sso')}>
            {own.byOther(ways.value.ssoName ?? '')}
          </button>
        )}
        <p>{own.withoutPhone}</p>
        {!hasKey && <p>! {own.keyMissing}</p>}
      </Page>
    );
  }
  return (
    <Page title={own.code} problems={problems} news={news}>
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
          label={own.code}
          hint={own.codeHint(challenge.phone, clockOf(challenge.expiresAt))}
          problem={problemAt(problems, 'code')}
          value={code}
          onWrite={setCode}
        />
        <SendButton command={command} label={own.signIn} />
        <p>{own.keepCodeSecret}</p>
        <button type="button" disabled={sending} onClick={() => void askForCode(true)}>
          {own.resendCode}
        </button>
        <button
          type="button"
          onClick={() => {
            forget('challenge');
            setChallenge(undefined);
            tell({});
          }}
        >
          {own.changePhone}
        </button>
      </form>
      <p>{own.withoutPhone}</p>
    </Page>
  );
};

export default SignIn;
