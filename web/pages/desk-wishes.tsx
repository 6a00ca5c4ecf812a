import type { DataWishList, DataWishView } from '@time-bank/contracts/privacy';
import { useState } from 'preact/hooks';
import { dateOf } from '../china-time.ts';
import { useDay } from '../components/binding-facts.tsx';
import { ChoiceList } from '../components/choice-list.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { useMeWords } from '../me-words.ts';
import { type WishAnswer, peopleClient } from '../people-client.ts';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const ANSWER_MAX = 300;

interface Deed {
  wish: DataWishView;
  answer: WishAnswer;
}

const Wish = ({ wish, command }: { wish: DataWishView; command: Command<Deed> }) => {
  const me = useMeWords();
  const own = usePeopleWords();
  const day = useDay();
  const [decision, setDecision] = useState<string>('done');
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <li class="card">
      <h2>{me.wishKinds[wish.wish]}</h2>
      <p>{wish.words}</p>
      <p class="quiet">{own.wishDue(day(dateOf(wish.dueAt)))}</p>
      <a class="button" href={`/desk/people/${wish.memberId}`}>
        {own.title}
      </a>
      <DeedForm
        title={own.answerWords}
        label={own.yes}
        command={command}
        {...(wish.wish === 'erasure' ? { hint: own.erasureSure } : {})}
        onSend={() => {
          const answer = text.trim();
          setMissing(answer === '');
          if (answer === '') return;
          command.submit({ wish, answer: { decision: decision === 'done' ? 'done' : 'refuse', answer } });
        }}
      >
        <ChoiceList
          id={`decision-${wish.wishId}`}
          label={me.wishKinds[wish.wish]}
          value={decision}
          onWrite={setDecision}
          choices={[
            { value: 'done', label: own.answerDone },
            { value: 'refuse', label: own.answerNo },
          ]}
        />
        <TextField
          id={`answer-${wish.wishId}`}
          label={own.answerWords}
          problem={isMissing ? own.answerMissing : undefined}
          maxLength={ANSWER_MAX}
          value={text}
          onWrite={setText}
        />
      </DeedForm>
    </li>
  );
};

const List = ({
  first,
  region,
  command,
}: {
  first: DataWishList;
  region: string;
  command: Command<Deed>;
}) => {
  const own = usePeopleWords();
  const more = useMore(first, (cursor) => peopleClient.listWishes(region, cursor));
  if (more.items.length === 0) return <p>{own.wishesEmpty}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((wish) => (
          <Wish key={wish.wishId} wish={wish} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** What people of a community have asked about their data, soonest due first, and the answers to it. */
const DeskWishes = () => {
  const own = usePeopleWords();
  const sentences = usePeopleSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<DataWishList>(`data-wishes.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : peopleClient.listWishes(code),
  );
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { wish, answer }: Deed) =>
      peopleClient.answerWish(wish.memberId, wish.wishId, commandId, answer),
    onDone: () => {
      setNews(own.answered);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.wishes}
      problems={failureProblems(sentences, [command])}
      news={news}
      community={community}
    >
      {code !== undefined && (
        <Loaded resource={list}>{(first) => <List first={first} region={code} command={command} />}</Loaded>
      )}
    </DeskPage>
  );
};

export default DeskWishes;
