import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { dateOf } from '../china-time.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { useDay } from '../components/binding-facts.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useHelpingWords } from '../helping-words.ts';
import { meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { knowsPasskeys } from '../passkeys.ts';
import { addPasskey } from '../sign-in-by-passkey.ts';
import { usePasskeyName, useSignInSentences, useSignInWords } from '../sign-in-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** One's passkeys: making one on this device, and taking one away. */
const MePasskeys = () => {
  const own = useMeWords();
  const signInWords = useSignInWords();
  const passkeyName = usePasskeyName();
  const { notNow } = useHelpingWords();
  const sentences = useMeSentences();
  const signInSentences = useSignInSentences();
  const day = useDay();
  const list = useResource('passkeys', meClient.listPasskeys);
  const [news, setNews] = useState<string>();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [problem, setProblem] = useState<Problem>();
  const [isAble, setAble] = useState(true);
  useEffect(() => {
    setAble(knowsPasskeys());
  }, []);
  const remove = useDeed({
    send: (_id, passkeyId: string) => meClient.removePasskey(passkeyId),
    onDone: () => {
      setNews(own.removed);
      list.reload();
    },
  });
  const add = async () => {
    setSending(true);
    setNews(undefined);
    const answer = await addPasskey(passkeyName);
    setSending(false);
    setProblem(answer.kind === 'stopped' ? { words: signInWords.passkeyStopped } : undefined);
    setFailure(answer.kind === 'done' || answer.kind === 'stopped' ? undefined : answer);
    if (answer.kind !== 'done') return;
    setNews(own.passkeyAdded);
    list.reload();
  };
  const adding = failure === undefined ? { sending } : { sending, failure };
  return (
    <MePage
      title={own.passkeys}
      problems={[
        ...(problem === undefined ? [] : [problem]),
        ...failureProblems(signInSentences, [adding]),
        ...failureProblems(sentences, [remove]),
      ]}
      news={news}
    >
      <p>{own.passkeysHint}</p>
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.passkeysEmpty}</p>
          ) : (
            <ul>
              {items.map(({ passkeyId, name, addedAt }) => (
                <li class="card" key={passkeyId}>
                  <h2>{name}</h2>
                  <p class="quiet">{own.passkeySince(day(dateOf(addedAt)))}</p>
                  <AskedCommand
                    label={own.passkeyRemove}
                    about={name}
                    question={own.passkeyRemoveSure}
                    yes={own.removeYes}
                    no={notNow}
                    command={{
                      ...remove,
                      submit: () => {
                        remove.submit(passkeyId);
                      },
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAble ? (
        <SendButton command={adding} label={own.passkeyAdd} onPress={() => void add()} />
      ) : (
        <p>{own.passkeyNone}</p>
      )}
    </MePage>
  );
};

export default MePasskeys;
