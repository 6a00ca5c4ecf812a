import { useState } from 'preact/hooks';
import { dateOf } from '../china-time.ts';
import { AskedCommand } from '../components/asked-command.tsx';
import { useDay } from '../components/binding-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { readMe } from '../first-reads.ts';
import { helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

const readCards = async () => {
  const me = await readMe();
  if (me.kind !== 'done') return me;
  const cards = await helpingClient.listCards(me.value.member.memberId);
  return cards.kind === 'done'
    ? { kind: cards.kind, value: { code: me.value.member.visitCode, items: cards.value.items } }
    : cards;
};

/** What the card is for, and one step for a lost one. */
const MeCard = () => {
  const own = useMeWords();
  const words = useHelpingWords();
  const sentences = useMeSentences();
  const day = useDay();
  const cards = useResource('cards', readCards);
  const [news, setNews] = useState<string>();
  const lose = useCommand({
    slot: 'card.lost',
    prefix: 'fil',
    send: (reportId, _content: null) => helpingClient.reportLost(reportId),
    onDone: () => {
      setNews(words.cardLostDone);
      cards.reload();
    },
  });
  return (
    <MePage title={own.card} problems={failureProblems(sentences, [lose])} news={news}>
      <p>{own.cardWhat}</p>
      <p>{own.cardPin}</p>
      <Loaded resource={cards}>
        {({ code, items }) => {
          const current = items.find(({ state }) => state === 'active');
          return (
            <>
              {code !== undefined && <p class="code">{code.replace(/(\d{3})(?=\d)/, '$1 ')}</p>}
              {code === undefined && current === undefined && <p>{words.noCard}</p>}
              {current?.isLocked === true && <p>! {words.cardLocked}</p>}
              {current !== undefined && (
                <p class="quiet">
                  {words.cardStates[current.state]} · {words.cardSince(day(dateOf(current.issuedAt)))}
                </p>
              )}
              {(code !== undefined || current !== undefined) && (
                <AskedCommand
                  label={words.cardLost}
                  question={words.cardLostSure}
                  yes={words.cardLostYes}
                  no={words.notNow}
                  command={lose}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </MePage>
  );
};

export default MeCard;
