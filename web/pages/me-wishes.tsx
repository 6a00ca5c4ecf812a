import { useState } from 'preact/hooks';
import { dateOf } from '../china-time.ts';
import { useDay } from '../components/binding-facts.tsx';
import { ChoiceList } from '../components/choice-list.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { keysOf } from '../keys-of.ts';
import { type Wish, meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';

const WORDS_MAX = 300;

/** Asks for a correction or an erasure, and shows what became of what was asked before. */
const MeWishes = () => {
  const own = useMeWords();
  const sentences = useMeSentences();
  const day = useDay();
  const list = useResource('wishes', meClient.listWishes);
  const { fields, write, drop } = useDraft('wish', { kind: '', words: '' });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [news, setNews] = useState<string>();
  const command = useCommand({
    slot: 'wish',
    prefix: 'fil',
    send: (wishId, wish: Wish) => meClient.askAboutData(wishId, wish),
    onDone: ({ dueAt }) => {
      drop();
      setNews(own.wishAsked(day(dateOf(dueAt))));
      list.reload();
    },
  });
  const kind = keysOf(own.wishKinds).find((each) => each === fields.kind);
  const words = fields.words.trim();
  const ask = () => {
    const found = [
      ...(kind === undefined ? [{ field: 'kind', words: own.wishKindMissing }] : []),
      ...(words === '' ? [{ field: 'words', words: own.wishWordsMissing }] : []),
    ];
    setProblems(found);
    setNews(undefined);
    if (kind !== undefined && found.length === 0) command.submit({ wish: kind, words });
  };
  const shown = [
    ...problems,
    ...failureProblems(sentences, [command], { words: { field: 'words', words: own.wishWordsMissing } }),
  ];
  const onWrite = (name: 'kind' | 'words') => (text: string) => {
    write(name, text);
    setProblems((before) => before.filter(({ field }) => field !== name));
    command.clear();
  };
  return (
    <MePage title={own.wishes} problems={shown} news={news}>
      <p>{own.wishesHint}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <ChoiceList
          id="kind"
          label={own.wishKind}
          problem={problemAt(shown, 'kind')}
          value={fields.kind}
          onWrite={onWrite('kind')}
          choices={keysOf(own.wishKinds).map((each) => ({
            value: each,
            label: own.wishKinds[each],
            ...(each === 'erasure' ? { hint: own.wishErasureHint } : {}),
          }))}
        />
        <TextField
          id="words"
          label={own.wishWords}
          hint={own.wishWordsHint}
          problem={problemAt(shown, 'words')}
          maxLength={WORDS_MAX}
          value={fields.words}
          onWrite={onWrite('words')}
        />
        <SendButton command={command} label={own.wishSend} />
      </form>
      <Loaded resource={list}>
        {({ items }) =>
          items.length > 0 && (
            <>
              <h2>{own.wishesBefore}</h2>
              <ul>
                {items.map((wish) => (
                  <li class="card" key={wish.wishId}>
                    <h3>{own.wishKinds[wish.wish]}</h3>
                    <p>{wish.words}</p>
                    <p>
                      <strong>{own.wishStates[wish.state]}</strong>
                      {wish.state === 'asked' && ` · ${own.wishDue(day(dateOf(wish.dueAt)))}`}
                    </p>
                    {wish.answer !== undefined && <p>{own.wishAnswer(wish.answer)}</p>}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </MePage>
  );
};

export default MeWishes;
