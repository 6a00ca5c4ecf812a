import type { ConfirmLinkView } from '@time-bank/contracts/confirming';
import { useState } from 'preact/hooks';
import { afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { momentWords } from '../china-time.ts';
import { failureProblems } from '../components/failure-problems.ts';
import { Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** What stands behind `#` never reaches a server by itself; here it is sent in a message. */
const tokenHere = (): string => location.hash.slice(1);

const What = ({ view }: { view: ConfirmLinkView }) => {
  const words = useWords();
  const own = useAfterWords();
  return (
    <Facts
      large
      facts={[
        { name: words.when, content: momentWords(words, view.plannedStartAt) },
        {
          name: view.communityName,
          content: own.linkWhat(view.serviceWords[words.locale], view.receiver.surname),
        },
        { name: words.whoCame, content: own.linkWho(view.volunteer.surname) },
        { name: words.stayed, content: own.linkLong(words.hours(view.servedMinutes)) },
      ]}
    />
  );
};

/** Somebody without a sign-in confirms one visit with a link: what it is about, and one button. */
const ConfirmLink = () => {
  const own = useAfterWords();
  const sentences = useAfterSentences();
  const [token] = useState(tokenHere);
  const view = useResource('confirm-link', () => afterClient.lookAtLink(token));
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (_id, sent: string) => afterClient.confirmByLink(sent),
    onDone: () => {
      setNews(own.linkDone);
    },
  });
  return (
    <Page title={own.linkTitle} problems={failureProblems(sentences, [view, command])} news={news}>
      {view.value !== undefined && news === undefined && (
        <>
          <What view={view.value} />
          <SendButton
            command={command}
            label={own.linkYes}
            onPress={() => {
              command.submit(token);
            }}
          />
          <p>{own.linkNo}</p>
        </>
      )}
    </Page>
  );
};

export default ConfirmLink;
