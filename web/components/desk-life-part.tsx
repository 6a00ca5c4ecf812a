import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import { instantAt } from '../china-time.ts';
import { helpClient } from '../help-client.ts';
import { type NoShowChoice, type UnfilledChoice, lifeClient } from '../life-client.ts';
import { useLifeSentences, useLifeWords } from '../life-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import { failureProblems } from './failure-problems.ts';
import { Field, SelectField, TextField } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { ProblemLines } from './problem-lines.tsx';

const WORDS_MAX = 200;

interface Part {
  request: RequestView;
  onDone: (sentence: string) => void;
}

/** Somebody was not there: who, and what the desk found out. */
const NoShow = ({ request, onDone }: Part) => {
  const own = useLifeWords();
  const sentences = useLifeSentences();
  const { requestId } = request;
  const [who, setWho] = useState<NoShowChoice['who']>('volunteer');
  const [reason, setReason] = useState('');
  const [date, setDate] = useState('');
  const [clock, setClock] = useState('');
  const [isMissing, setMissing] = useState(false);
  const command = useDeed({
    send: (commandId, choice: NoShowChoice) => lifeClient.noShow(requestId, commandId, choice),
    onDone: () => {
      onDone(own.noShowDone);
    },
  });
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <DeedForm
        title={own.noShow}
        hint={own.noShowHint}
        label={own.noShowYes}
        command={command}
        onSend={() => {
          setMissing(reason.trim() === '');
          const plannedStartAt = who === 'volunteer' ? instantAt(date, clock) : undefined;
          const instead = plannedStartAt === undefined ? {} : { plannedStartAt };
          if (reason.trim() !== '') command.submit({ who, reason: reason.trim(), ...instead });
        }}
      >
        <ChoiceList
          id="no-show-who"
          label={own.noShow}
          value={who}
          onWrite={(chosen) => {
            setWho(chosen === 'elder' ? 'elder' : 'volunteer');
          }}
          choices={[
            { value: 'volunteer', label: own.noShowVolunteer },
            { value: 'elder', label: own.noShowElder },
          ]}
        />
        <TextField
          id="no-show-why"
          label={own.noShowWhy}
          problem={isMissing ? own.fieldMissing : undefined}
          maxLength={WORDS_MAX}
          value={reason}
          onWrite={setReason}
        />
        {who === 'volunteer' && (
          <>
            <p class="hint">{own.insteadHint}</p>
            <div class="beside">
              <Field id="instead-date" type="date" label={own.againAt} value={date} onWrite={setDate} />
              <Field id="instead-clock" type="time" label={own.againClock} value={clock} onWrite={setClock} />
            </div>
          </>
        )}
      </DeedForm>
    </>
  );
};

interface UnfilledFields {
  then: UnfilledChoice['then'];
  reason: string;
  date: string;
  clock: string;
  document: string;
  organisationId: string;
}

/** What is sent; nothing where something that belongs to the choice is missing. */
const choiceOf = ({
  then,
  reason,
  date,
  clock,
  document,
  organisationId,
}: UnfilledFields): UnfilledChoice | undefined => {
  const words = reason.trim();
  if (words === '') return undefined;
  if (then === 'apologise') return { then, reason: words };
  if (then === 'fallback') {
    return document.trim() === '' ? undefined : { then, reason: words, document: document.trim() };
  }
  const plannedStartAt = instantAt(date, clock);
  if (plannedStartAt === undefined) return undefined;
  if (then !== 'organisation') return { then, reason: words, plannedStartAt };
  return organisationId === '' ? undefined : { then, reason: words, plannedStartAt, organisationId };
};

const thens: readonly UnfilledChoice['then'][] = [
  'publish_again',
  'wider',
  'organisation',
  'fallback',
  'apologise',
];

/** What looks for somebody once more, at another time. */
const looksAgain: readonly UnfilledChoice['then'][] = ['publish_again', 'wider', 'organisation'];

/** An organisation of the community that is asked to send somebody. */
const OrganisationField = ({
  community,
  value,
  onWrite,
}: {
  community: string;
  value: string;
  onWrite: (organisationId: string) => void;
}) => {
  const own = useLifeWords();
  const organisations = useResource(`organisations.${community}`, () =>
    helpClient.listOrganisations(community),
  );
  return (
    <Loaded resource={organisations}>
      {({ items }) => (
        <SelectField
          id="unfilled-organisation"
          label={own.whichOrganisation}
          value={value}
          onWrite={onWrite}
          options={[
            { value: '', label: own.chooseOne },
            ...items.map(({ accountId, name }) => ({ value: accountId, label: name })),
          ]}
        />
      )}
    </Loaded>
  );
};

/** Nobody took it: another time, further afield, an organisation, a provider, or an apology. */
const Unfilled = ({ request, onDone }: Part) => {
  const own = useLifeWords();
  const sentences = useLifeSentences();
  const [fields, setFields] = useState<UnfilledFields>({
    then: 'publish_again',
    reason: '',
    date: '',
    clock: '',
    document: '',
    organisationId: '',
  });
  const [isMissing, setMissing] = useState(false);
  const write = (change: Partial<UnfilledFields>) => {
    setFields({ ...fields, ...change });
  };
  const command = useDeed({
    send: (commandId, choice: UnfilledChoice) => lifeClient.unfilled(request.requestId, commandId, choice),
    onDone: () => {
      onDone(own.unfilledDone);
    },
  });
  const labels = {
    publish_again: own.again,
    wider: own.wider,
    organisation: own.organisation,
    fallback: own.provider,
    apologise: own.sorry,
  };
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <DeedForm
        title={own.unfilled}
        label={own.unfilledYes}
        command={command}
        onSend={() => {
          const choice = choiceOf(fields);
          setMissing(choice === undefined);
          if (choice !== undefined) command.submit(choice);
        }}
      >
        {isMissing && <ProblemLines problems={[{ words: own.fieldMissing }]} />}
        <ChoiceList
          id="unfilled-then"
          label={own.unfilled}
          value={fields.then}
          onWrite={(chosen) => {
            write({ then: thens.find((then) => then === chosen) ?? 'publish_again' });
          }}
          choices={thens.map((then) => ({ value: then, label: labels[then] }))}
        />
        {fields.then === 'organisation' && (
          <OrganisationField
            community={request.communityCode}
            value={fields.organisationId}
            onWrite={(organisationId) => {
              write({ organisationId });
            }}
          />
        )}
        {looksAgain.includes(fields.then) && (
          <>
            <Field
              id="again-date"
              type="date"
              label={own.againAt}
              value={fields.date}
              onWrite={(date) => {
                write({ date });
              }}
            />
            <Field
              id="again-clock"
              type="time"
              label={own.againClock}
              value={fields.clock}
              onWrite={(clock) => {
                write({ clock });
              }}
            />
          </>
        )}
        {fields.then === 'fallback' && (
          <Field
            id="unfilled-document"
            label={own.document}
            value={fields.document}
            onWrite={(document) => {
              write({ document });
            }}
          />
        )}
        <TextField
          id="unfilled-why"
          label={own.unfilledWhy}
          maxLength={WORDS_MAX}
          value={fields.reason}
          onWrite={(reason) => {
            write({ reason });
          }}
        />
      </DeedForm>
    </>
  );
};

/** What the desk can do about a visit that somebody has taken and nobody has begun, or that nobody took. */
const DeskLifePart = (part: Part) => {
  const own = useLifeWords();
  const { state, persons, second } = part.request;
  return (
    <section>
      {persons === 2 && (
        <p>
          {own.withTwo} {second === undefined ? '' : `${own.goesAlong}: ${second.volunteer.name}`}
        </p>
      )}
      {(state === 'accepted' || state === 'confirmed') && <NoShow {...part} />}
      {state === 'unfilled' && <Unfilled {...part} />}
    </section>
  );
};

export default DeskLifePart;
