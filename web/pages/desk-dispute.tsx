import type { DisputeView } from '@time-bank/contracts/confirming';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type Decision, afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { DisputeFacts } from '../components/dispute-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePeopleSentences } from '../people-words.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const REASON_MAX = 500;

const Decide = ({
  dispute,
  command,
}: {
  dispute: DisputeView;
  command: Command<{ caseId: string; decision: Decision }>;
}) => {
  const own = useAfterWords();
  const [outcome, setOutcome] = useState<'stands' | 'reversed'>('stands');
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <DeedForm
      title={own.decide}
      label={own.decideSend}
      command={command}
      onSend={() => {
        const reason = text.trim();
        setMissing(reason === '');
        if (reason !== '') command.submit({ caseId: dispute.caseId, decision: { outcome, reason } });
      }}
    >
      <ChoiceList
        id="outcome"
        label={own.decide}
        value={outcome}
        onWrite={(value) => {
          setOutcome(value === 'reversed' ? 'reversed' : 'stands');
        }}
        choices={[
          { value: 'stands', label: own.outcomes.stands },
          { value: 'reversed', label: own.outcomes.reversed },
        ]}
      />
      <TextField
        id="reason"
        label={own.decideReason}
        problem={isMissing ? own.reviewMissing : undefined}
        maxLength={REASON_MAX}
        value={text}
        onWrite={setText}
      />
    </DeedForm>
  );
};

/** One dispute: what both sides say, the visit, and the decision of whose turn it is. */
const DeskDispute = () => {
  const own = useAfterWords();
  const after = useAfterSentences();
  const people = usePeopleSentences();
  const sentences = { ...after, refusals: { ...people.refusals, ...after.refusals } };
  const requestId = useRoute().params.requestId ?? '';
  const dispute = useResource(`dispute.${requestId}`, () => afterClient.readDispute(requestId));
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { caseId, decision }: { caseId: string; decision: Decision }) =>
      afterClient.decide(caseId, commandId, decision),
    onDone: () => {
      setNews(own.decided);
      dispute.reload();
    },
  });
  return (
    <DeskPage
      title={own.dispute}
      problems={failureProblems(sentences, [command])}
      news={news}
      back="/desk/disputes"
    >
      <Loaded resource={dispute}>
        {(value) => (
          <>
            <DisputeFacts dispute={value} />
            <a class="button" href={`/desk/requests/${value.requestId}`}>
              {own.openRequest}
            </a>
            {(value.state === 'open' || value.state === 'appealed') && (
              <Decide dispute={value} command={command} />
            )}
          </>
        )}
      </Loaded>
    </DeskPage>
  );
};

export default DeskDispute;
