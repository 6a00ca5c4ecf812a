import type { DisputeView } from '@time-bank/contracts/confirming';
import type { RequestView } from '@time-bank/contracts/request';
import { useLocation, useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type Complaint, type Said, afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { client } from '../client.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { DisputeFacts } from '../components/dispute-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const WORDS_MAX = 500;

const kinds = ['did_not_happen', 'wrong_time', 'conduct', 'other'] as const;

const helperOf = (request: RequestView) =>
  request.mine === 'helper' ? { forWhom: { memberId: request.receiver.memberId } } : {};

/** Some words and a button; nothing is sent without words. */
const Words = ({
  label,
  send,
  command,
  onSend,
}: {
  label: string;
  send: string;
  command: Pick<Command<never>, 'sending' | 'failure'>;
  onSend: (words: string) => void;
}) => {
  const own = useAfterWords();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const said = text.trim();
        setMissing(said === '');
        if (said !== '') onSend(said);
      }}
    >
      <TextField
        id="words"
        label={label}
        problem={isMissing ? own.complainMissing : undefined}
        maxLength={WORDS_MAX}
        value={text}
        onWrite={setText}
      />
      <SendButton command={command} label={send} />
    </form>
  );
};

const New = ({ request, command }: { request: RequestView; command: Command<Complaint> }) => {
  const own = useAfterWords();
  const [kind, setKind] = useState<(typeof kinds)[number]>('did_not_happen');
  return (
    <>
      <p>{own.complainHint}</p>
      <ChoiceList
        id="kind"
        label={own.complainWhat}
        value={kind}
        onWrite={(value) => {
          setKind(kinds.find((each) => each === value) ?? 'other');
        }}
        choices={kinds.map((value) => ({ value, label: own.complaints[value] }))}
      />
      <Words
        label={own.complainWords}
        send={own.complainSend}
        command={command}
        onSend={(words) => {
          command.submit({ kind, words, ...helperOf(request) });
        }}
      />
    </>
  );
};

interface Word {
  what: 'answer' | 'appeal';
  said: Said;
}

const Open = ({
  request,
  dispute,
  command,
}: {
  request: RequestView;
  dispute: DisputeView;
  command: Command<Word>;
}) => {
  const own = useAfterWords();
  const side = request.mine === 'volunteer' ? 'volunteer' : 'receiver';
  const mayAnswer = dispute.state === 'open' && dispute.answer === undefined && dispute.by !== side;
  const say = (what: Word['what']) => (words: string) => {
    command.submit({ what, said: { words, ...helperOf(request) } });
  };
  return (
    <>
      <DisputeFacts dispute={dispute} />
      {mayAnswer && (
        <Words label={own.answer} send={own.answerSend} command={command} onSend={say('answer')} />
      )}
      {dispute.state === 'decided' && (
        <Words label={own.appeal} send={own.appealSend} command={command} onSend={say('appeal')} />
      )}
    </>
  );
};

/** One side complains about a visit, or says something in a complaint that is open. */
const Complain = () => {
  const words = useWords();
  const own = useAfterWords();
  const sentences = useAfterSentences();
  const { path } = useLocation();
  const requestId = useRoute().params.requestId ?? '';
  const request = useResource(requestId, () => client.readRequest(requestId));
  const isDisputed = request.value?.steps?.some(({ state }) => state === 'disputed') === true;
  const isOpen = isDisputed || request.value?.state === 'disputed' || request.value?.state === 'reversed';
  const dispute = useResource<DisputeView | undefined>(`dispute.${requestId}.${String(isOpen)}`, () =>
    isOpen ? afterClient.readDispute(requestId) : Promise.resolve({ kind: 'done', value: undefined }),
  );
  const [news, setNews] = useState<string>();
  const complain = useDeed({
    send: (commandId, complaint: Complaint) => afterClient.complain(requestId, commandId, complaint),
    onDone: () => {
      setNews(own.complained);
      request.reload();
    },
  });
  const say = useDeed({
    send: (commandId, { what, said }: Word) =>
      what === 'answer'
        ? afterClient.answerDispute(requestId, commandId, said)
        : afterClient.appealDispute(requestId, commandId, said),
    onDone: () => {
      setNews(own.said);
      dispute.reload();
    },
  });
  return (
    <Page title={own.complainTitle} problems={failureProblems(sentences, [complain, say])} news={news}>
      <Loaded resource={request}>
        {(value) =>
          dispute.value !== undefined ? (
            <Open request={value} dispute={dispute.value} command={say} />
          ) : (
            !isOpen && <New request={value} command={complain} />
          )
        }
      </Loaded>
      <a
        class="button"
        href={path.startsWith('/visits/') ? `/visits/${requestId}` : `/received/${requestId}`}
      >
        {words.back}
      </a>
    </Page>
  );
};

export default Complain;
