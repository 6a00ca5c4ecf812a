import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type RatingWord, afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { client } from '../client.ts';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const WORDS_MAX = 200;
/** A face stands beside its words, never in their place. */
const faces: Readonly<Record<number, string>> = { 5: '😀', 4: '🙂', 3: '😐', 2: '🙁', 1: '😞' };

/** One side says how a visit was: five large faces, each with its words. */
const Rate = () => {
  const words = useWords();
  const own = useAfterWords();
  const sentences = useAfterSentences();
  const { path } = useLocation();
  const isVolunteer = path.startsWith('/visits/');
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const [level, setLevel] = useState<number>();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, word: RatingWord) => afterClient.rate(requestId, commandId, word),
    onDone: (_receipt, word) => {
      setNews(word.level <= 2 ? own.ratedBadly : own.rated);
    },
  });
  const send = () => {
    setMissing(level === undefined);
    if (level === undefined) return;
    const said = text.trim();
    const forWhom =
      request.value?.mine === 'helper' ? { memberId: request.value.receiver.memberId } : undefined;
    command.submit({
      level,
      ...(said === '' ? {} : { words: said }),
      ...(forWhom === undefined ? {} : { forWhom }),
    });
  };
  const missing = isMissing ? [{ field: 'level-5', words: own.rateMissing }] : [];
  return (
    <Page
      title={isVolunteer ? own.rateVolunteer : own.rate}
      problems={[...missing, ...failureProblems(sentences, [command])]}
      news={news}
    >
      <Loaded resource={request}>
        {(value) =>
          news === undefined && (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                send();
              }}
            >
              <p>{value.serviceWords[words.locale]}</p>
              <fieldset class={isMissing ? 'field wrong' : 'field'}>
                <legend>{own.rateQuestion}</legend>
                {[5, 4, 3, 2, 1].map((each) => (
                  <label class="choice" key={each}>
                    <input
                      type="radio"
                      id={`level-${String(each)}`}
                      name="level"
                      value={each}
                      checked={each === level}
                      onChange={() => {
                        setLevel(each);
                        setMissing(false);
                      }}
                    />
                    <span>
                      <span aria-hidden="true">{faces[each]} </span>
                      {own.levels[each]}
                    </span>
                  </label>
                ))}
              </fieldset>
              <TextField
                id="words"
                label={own.rateWords}
                maxLength={WORDS_MAX}
                value={text}
                onWrite={setText}
              />
              <SendButton command={command} label={own.rateSend} />
            </form>
          )
        }
      </Loaded>
      <a class="button" href={isVolunteer ? `/visits/${requestId}` : `/received/${requestId}`}>
        {words.back}
      </a>
    </Page>
  );
};

export default Rate;
