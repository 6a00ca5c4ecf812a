import type { ConfirmationRow } from '@time-bank/contracts/confirming';
import { useState } from 'preact/hooks';
import { type Heard, afterClient } from '../after-client.ts';
import { useAfterSentences, useAfterWords } from '../after-words.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { WaitingVisit } from '../components/waiting-visit.tsx';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { useConfirmations } from '../use-confirmations.ts';
import { useDeed } from '../use-deed.ts';

interface Called {
  requestId: string;
  heard: Heard;
}

const outcomes = ['confirmed', 'did_not_happen', 'no_answer'] as const;

const Row = ({ row, command }: { row: ConfirmationRow; command: Command<Called> }) => {
  const words = useWords();
  const own = useAfterWords();
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('no_answer');
  const [text, setText] = useState('');
  const { request, told, reasons } = row;
  const { requestId, receiverPhone } = request;
  return (
    <WaitingVisit
      row={row}
      tried={own.called(told)}
      about={
        <>
          <p>{reasons.map((reason) => own.reasons[reason]).join(words.listComma)}</p>
          {receiverPhone !== undefined && <PhoneLink phone={receiverPhone} />}
        </>
      }
    >
      <DeedForm
        title={own.callWhat}
        label={own.callSend}
        command={command}
        onSend={() => {
          const note = text.trim();
          command.submit({ requestId, heard: { outcome, ...(note === '' ? {} : { words: note }) } });
        }}
      >
        <ChoiceList
          id={`heard-${requestId}`}
          label={own.callWhat}
          value={outcome}
          onWrite={(value) => {
            setOutcome(outcomes.find((each) => each === value) ?? 'no_answer');
          }}
          choices={outcomes.map((value) => ({ value, label: own.calls[value] }))}
        />
        <TextField
          id={`note-${requestId}`}
          label={own.callWords}
          maxLength={200}
          value={text}
          onWrite={setText}
        />
      </DeedForm>
    </WaitingVisit>
  );
};

/** Whom the hotline calls before a visit counts, and what it heard. */
const DeskCallbacks = () => {
  const own = useAfterWords();
  const sentences = useAfterSentences();
  const { community, list } = useConfirmations('call_back');
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { requestId, heard }: Called) => afterClient.callBack(requestId, commandId, heard),
    onDone: () => {
      setNews(own.callDone);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.callbacks}
      problems={failureProblems(sentences, [command])}
      news={news}
      community={community}
      back="/desk"
    >
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.callbacksEmpty}</p>
          ) : (
            <ul class="cards">
              {items.map((row) => (
                <Row key={row.request.requestId} row={row} command={command} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </DeskPage>
  );
};

export default DeskCallbacks;
