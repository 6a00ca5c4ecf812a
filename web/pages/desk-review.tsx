import type { ReviewList } from '@time-bank/contracts/request-life';
import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Field, TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { receiverWords, requestFacts } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import { type ReviewWord, lifeClient } from '../life-client.ts';
import { useLifeSentences, useLifeWords } from '../life-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const WORDS_MAX = 200;

interface Deed {
  requestId: string;
  word: ReviewWord;
}

/** One of them: what is asked for, by whom, and the three answers. */
const Waiting = ({ request, command }: { request: RequestView; command: Command<Deed> }) => {
  const words = useWords();
  const own = useLifeWords();
  const { requestId } = request;
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <li class="card">
      <h2>
        {receiverWords(words, request)} · {request.serviceWords[words.locale]}
      </h2>
      <Facts facts={requestFacts(words, request)} />
      <SendButton
        command={command}
        label={own.publish}
        onPress={() => {
          command.submit({ requestId, word: { decision: 'publish' } });
        }}
      />
      <DeedForm
        title={own.reject}
        label={own.reject}
        command={command}
        onSend={() => {
          const why = reason.trim();
          setMissing(why === '');
          if (why !== '') command.submit({ requestId, word: { decision: 'reject', reason: why } });
        }}
      >
        <TextField
          id={`reject-${requestId}`}
          label={own.rejectWhy}
          problem={isMissing ? own.rejectMissing : undefined}
          maxLength={WORDS_MAX}
          value={reason}
          onWrite={setReason}
        />
      </DeedForm>
      <DeedForm
        title={own.provider}
        label={own.unfilledYes}
        command={command}
        onSend={() => {
          const number = document.trim();
          if (number !== '')
            command.submit({ requestId, word: { decision: 'to_provider', document: number } });
        }}
      >
        <Field id={`provider-${requestId}`} label={own.document} value={document} onWrite={setDocument} />
      </DeedForm>
      <a class="button" href={`/desk/requests/${requestId}`}>
        {own.details}
      </a>
    </li>
  );
};

/** What residents asked for themselves and nobody has published yet, soonest due first. */
const DeskReview = () => {
  const own = useLifeWords();
  const sentences = useLifeSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<ReviewList>(`reviews.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : lifeClient.listReviews(code),
  );
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { requestId, word }: Deed) => lifeClient.review(requestId, commandId, word),
    onDone: (_receipt, { word }) => {
      setNews(
        word.decision === 'publish'
          ? own.published
          : word.decision === 'reject'
            ? own.rejected
            : own.unfilledDone,
      );
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.review}
      problems={failureProblems(sentences, [command])}
      news={news}
      community={community}
      back="/desk"
    >
      <p>{own.reviewHint}</p>
      {code !== undefined && (
        <Loaded resource={list}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{own.reviewEmpty}</p>
            ) : (
              <ul class="cards">
                {items.map((request) => (
                  <Waiting key={request.requestId} request={request} command={command} />
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </DeskPage>
  );
};

export default DeskReview;
