import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import type { ForWhom } from '../client.ts';
import { lifeClient } from '../life-client.ts';
import { useLifeSentences, useLifeWords } from '../life-words.ts';
import { useCommand } from '../use-command.ts';
import { failureProblems } from './failure-problems.ts';
import { ProblemLines } from './problem-lines.tsx';
import { SendButton } from './send-button.tsx';
import { Sure } from './sure.tsx';

/** Whoever is visited agrees to the person who comes, or asks for somebody else. */
const PersonPart = ({
  request,
  forWhom,
  onDone,
}: {
  request: RequestView;
  forWhom: ForWhom | undefined;
  onDone: (sentence: string) => void;
}) => {
  const own = useLifeWords();
  const sentences = useLifeSentences();
  const { requestId, state } = request;
  const [isSure, setSure] = useState(false);
  const agree = useCommand({
    slot: `agree.${requestId}`,
    prefix: 'cmd',
    send: (commandId, _content: null) =>
      lifeClient.answerPerson(requestId, commandId, { answer: 'agree' }, forWhom),
    onDone: () => {
      onDone(own.agreed);
    },
  });
  const change = useCommand({
    slot: `somebody-else.${requestId}`,
    prefix: 'cmd',
    send: (commandId, _content: null) =>
      lifeClient.answerPerson(requestId, commandId, { answer: 'somebody_else' }, forWhom),
    onDone: () => {
      setSure(false);
      onDone(own.changed);
    },
  });
  return (
    <section>
      <ProblemLines problems={failureProblems(sentences, [agree, change])} />
      {request.second !== undefined && (
        <p>
          {own.goesAlong} <strong>{request.second.volunteer.name}</strong>
        </p>
      )}
      {state === 'accepted' && !isSure && (
        <>
          <p>{own.agreeHint}</p>
          <SendButton
            command={agree}
            label={own.agree}
            onPress={() => {
              agree.submit(null);
            }}
          />
        </>
      )}
      {isSure ? (
        <Sure
          question={own.somebodyElseSure}
          yes={own.somebodyElseYes}
          no={own.notNow}
          command={change}
          onNo={() => {
            setSure(false);
          }}
        />
      ) : (
        <button
          type="button"
          onClick={() => {
            setSure(true);
          }}
        >
          {own.somebodyElse}
        </button>
      )}
    </section>
  );
};

export default PersonPart;
