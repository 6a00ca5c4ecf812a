import type { RequestView, VisitView } from '@time-bank/contracts/request';
import type { SpokenCode as Spoken } from '@time-bank/contracts/visiting-routes';
import { useState } from 'preact/hooks';
import { clockOf, momentWords } from '../china-time.ts';
import { type CallHeard, entriesClient } from '../entries-client.ts';
import { useEntriesSentences, useEntriesWords } from '../entries-words.ts';
import { useWords } from '../language.tsx';
import { useDeed } from '../use-deed.ts';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import { failureProblems } from './failure-problems.ts';
import { PhoneLink } from './phone-link.tsx';
import { ProblemLines } from './problem-lines.tsx';
import { phoneOf } from './request-facts.tsx';

interface Part {
  request: RequestView;
  onDone: (sentence: string) => void;
}

/** Six digits for the elder, with the words in which they are read on the telephone. */
const SpokenCode = ({ request }: Pick<Part, 'request'>) => {
  const own = useEntriesWords();
  const sentences = useEntriesSentences('call');
  const [made, setMade] = useState<Spoken>();
  const command = useDeed({
    send: (_id, requestId: string) => entriesClient.makeSpokenCode(requestId),
    onDone: setMade,
  });
  const phone = phoneOf(request);
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <DeedForm
        title={own.spoken}
        hint={own.spokenHint}
        label={own.spokenMake}
        command={command}
        onSend={() => {
          command.submit(request.requestId);
        }}
      >
        {phone !== undefined && <PhoneLink phone={phone} />}
        <div role="status">
          {made !== undefined && (
            <>
              <p>{own.spokenSay(request.visit?.volunteer.name ?? '')}</p>
              <p class="code">{made.code.replace(/(\d{3})(?=\d)/, '$1 ')}</p>
              <p>{own.spokenUntil(clockOf(made.until))}</p>
            </>
          )}
        </div>
      </DeedForm>
    </>
  );
};

const answers = ['good', 'bad'] as const;

/** Somebody has called the house: the words to ask in, and what was said. */
const Call = ({ request, visit, onDone }: Part & { visit: VisitView }) => {
  const words = useWords();
  const own = useEntriesWords();
  const sentences = useEntriesSentences('call');
  const [heard, setHeard] = useState('');
  const [isMissing, setMissing] = useState(false);
  const command = useDeed({
    send: (commandId, said: CallHeard) => entriesClient.recordCall(request.requestId, commandId, said),
    onDone: () => {
      onDone(own.recorded);
    },
  });
  const { visitId, volunteer, checkedInAt } = visit;
  const isNow = request.state === 'in_service';
  const labels = isNow
    ? { good: own.isThere, bad: own.isNotThere }
    : { good: own.wasThere, bad: own.wasNotThere };
  const phone = phoneOf(request);
  const moment = momentWords(words, checkedInAt ?? request.plannedStartAt);
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <DeedForm
        title={own.call(volunteer.name)}
        hint={own.callHint}
        label={own.record}
        command={command}
        onSend={() => {
          setMissing(heard === '');
          if (heard !== '') command.submit({ visitId, isGood: heard === 'good' });
        }}
      >
        {phone !== undefined && <PhoneLink phone={phone} />}
        <p>{isNow ? own.sayNow(volunteer.name) : own.sayThen(volunteer.name, moment)}</p>
        <ChoiceList
          id={`heard-${visitId}`}
          label={own.heard}
          problem={isMissing ? own.heardMissing : undefined}
          value={heard}
          onWrite={(value) => {
            setHeard(value);
            setMissing(false);
          }}
          choices={answers.map((value) => ({ value, label: labels[value] }))}
        />
      </DeedForm>
    </>
  );
};

const spoken: readonly RequestView['state'][] = ['accepted', 'confirmed', 'in_service'];
const asked: readonly RequestView['state'][] = ['in_service', 'pending_confirm', 'callback'];

/** What the desk can do by telephone about a visit that is to come, is being made, or waits to be confirmed. */
const DeskCallPart = ({ request, onDone }: Part) => {
  const own = useEntriesWords();
  const { state, receiver, visit, second } = request;
  const parts = [visit, second].filter((part) => part !== undefined);
  return (
    <section>
      {spoken.includes(state) && <SpokenCode request={request} />}
      {asked.includes(state) &&
        parts.map((part) => <Call key={part.visitId} request={request} visit={part} onDone={onDone} />)}
      {state === 'no_show_volunteer' && (
        <a class="button" href={`/desk/entries?elder=${receiver.memberId}`}>
          {own.wentAfterAll}
        </a>
      )}
    </section>
  );
};

export default DeskCallPart;
