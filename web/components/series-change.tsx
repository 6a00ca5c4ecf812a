import type { SeriesDate } from '@time-bank/contracts/series';
import { useState } from 'preact/hooks';
import { clockOf, dateOf, instantAt, now, whenWords } from '../china-time.ts';
import { useEntriesWords } from '../entries-words.ts';
import type { SeriesChange } from '../help-client.ts';
import { useHelpWords } from '../help-words.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { DeedForm } from './deed-form.tsx';
import { Field } from './field.tsx';
import { SendButton } from './send-button.tsx';
import { Sure } from './sure.tsx';

interface Line {
  /** Of the series. */
  id: string;
  date: SeriesDate;
  command: Command<SeriesChange>;
}

/** Another day and time for one date, or none. */
const ChangeForm = ({
  id,
  date,
  command,
  onSkip,
  onNo,
}: Line & {
  onSkip: () => void;
  onNo: () => void;
}) => {
  const words = useWords();
  const own = useEntriesWords();
  const helpWords = useHelpWords();
  const [day, setDay] = useState(dateOf(date.at));
  const [clock, setClock] = useState(clockOf(date.at));
  const [isMissing, setMissing] = useState(false);
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const to = instantAt(day, clock);
        setMissing(to === undefined);
        if (to !== undefined) command.submit({ change: 'move_date', date: date.date, to });
      }}
    >
      <p>{own.changeHint}</p>
      <div class="beside">
        <Field
          id={`day-${id}-${date.date}`}
          type="date"
          min={dateOf(now())}
          label={own.newDay(whenWords(words, date.at))}
          problem={isMissing ? own.changeMissing : undefined}
          value={day}
          onWrite={setDay}
        />
        <Field
          id={`clock-${id}-${date.date}`}
          type="time"
          label={own.newClock}
          value={clock}
          onWrite={setClock}
        />
      </div>
      <SendButton command={command} label={own.changeYes} />
      <button type="button" onClick={onSkip}>
        {helpWords.skip}
      </button>
      {date.requestId !== undefined && (
        <a class="button" href={`/desk/requests/${date.requestId}`}>
          {own.see}
        </a>
      )}
      <button type="button" onClick={onNo}>
        {own.keep}
      </button>
    </form>
  );
};

/** One date of a series: when, how it stands, and what can be done about it where it is still to be. */
export const SeriesDateLine = ({ id, date, command }: Line) => {
  const words = useWords();
  const own = useHelpWords();
  const entriesWords = useEntriesWords();
  const [asked, setAsked] = useState<'change' | 'skip'>();
  const { at, is } = date;
  const when = whenWords(words, at);
  const isToBe = is !== 'skipped' && is !== 'paused';
  const ask = (next: 'change' | 'skip' | undefined) => () => {
    setAsked(next);
  };
  return (
    <li>
      <p>
        {when} <span class="quiet">{own.dateStates[is]}</span>
      </p>
      {isToBe && asked === undefined && (
        <button type="button" onClick={ask('change')}>
          {entriesWords.change}
          <span class="unseen"> {when}</span>
        </button>
      )}
      {isToBe && asked === 'change' && (
        <ChangeForm id={id} date={date} command={command} onSkip={ask('skip')} onNo={ask(undefined)} />
      )}
      {isToBe && asked === 'skip' && (
        <Sure
          question={entriesWords.skipSure(when)}
          yes={entriesWords.skipYes}
          no={entriesWords.keep}
          command={{
            ...command,
            submit: () => {
              command.submit({ change: 'skip_date', date: date.date });
            },
          }}
          onNo={ask(undefined)}
        />
      )}
    </li>
  );
};

/** A series rests from a day to a day. */
export const PauseForm = ({ id, command }: { id: string; command: Command<SeriesChange> }) => {
  const own = useEntriesWords();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [isMissing, setMissing] = useState(false);
  const write = (set: (day: string) => void) => (day: string) => {
    set(day);
    setMissing(false);
  };
  return (
    <DeedForm
      title={own.pause}
      hint={own.pauseHint}
      label={own.pause}
      command={command}
      onSend={() => {
        const isWhole = from !== '' && until !== '' && from <= until;
        setMissing(!isWhole);
        if (isWhole) command.submit({ change: 'pause', from, until });
      }}
    >
      <div class="beside">
        <Field
          id={`from-${id}`}
          type="date"
          min={dateOf(now())}
          label={own.pauseFrom}
          problem={isMissing ? own.pauseMissing : undefined}
          value={from}
          onWrite={write(setFrom)}
        />
        <Field
          id={`until-${id}`}
          type="date"
          min={from}
          label={own.pauseUntil}
          value={until}
          onWrite={write(setUntil)}
        />
      </div>
    </DeedForm>
  );
};
