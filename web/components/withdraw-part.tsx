import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import { lifeClient } from '../life-client.ts';
import { useLifeSentences, useLifeWords } from '../life-words.ts';
import { useCommand } from '../use-command.ts';
import { ChoiceList } from './choice-list.tsx';
import { failureProblems } from './failure-problems.ts';
import { ProblemLines } from './problem-lines.tsx';
import { SendButton } from './send-button.tsx';

/** A volunteer gives a visit back; and, where two go, sees with whom. */
const WithdrawPart = ({ request, onDone }: { request: RequestView; onDone: (sentence: string) => void }) => {
  const own = useLifeWords();
  const sentences = useLifeSentences();
  const { requestId } = request;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const command = useCommand({
    slot: `withdraw.${requestId}`,
    prefix: 'cmd',
    send: (commandId, why: string) => lifeClient.withdraw(requestId, commandId, why),
    onDone: () => {
      onDone(own.withdrawn);
    },
  });
  return (
    <section>
      {request.persons === 2 && (
        <p>
          {own.withTwo} {request.second === undefined ? own.oneMore : request.second.volunteer.name}
        </p>
      )}
      <ProblemLines problems={failureProblems(sentences, [command])} />
      {isOpen ? (
        <form
          class="card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(reason === '');
            if (reason !== '') command.submit(reason);
          }}
        >
          <ChoiceList
            id="withdraw-why"
            label={own.withdrawWhy}
            problem={isMissing ? own.fieldMissing : undefined}
            value={reason}
            onWrite={(chosen) => {
              setReason(chosen);
              setMissing(false);
            }}
            choices={own.withdrawReasons.map((each) => ({ value: each, label: each }))}
          />
          <SendButton command={command} label={own.withdrawYes} />
          <button
            type="button"
            onClick={() => {
              setOpen(false);
            }}
          >
            {own.withdrawNo}
          </button>
        </form>
      ) : (
        <button
          type="button"
          onClick={() => {
            setOpen(true);
          }}
        >
          {own.withdraw}
        </button>
      )}
    </section>
  );
};

export default WithdrawPart;
