import type { SeriesPreview } from '@time-bank/contracts/series';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { dateOf, now, whenWords } from '../china-time.ts';
import { client } from '../client.ts';
import { useDeskWords } from '../desk-words.tsx';
import { type NewSeries, type Repeats, helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { readServices, serviceOf } from '../services.ts';
import type { Command } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import { CheckList } from './check-list.tsx';
import { ChoiceList } from './choice-list.tsx';
import { ElderField } from './elder-field.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems, problemAt } from './failure-problems.ts';
import { Field, SelectField } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { PlannedService } from './planned-service.tsx';
import { SendButton } from './send-button.tsx';
import { isLengthOf } from './service-hint.tsx';

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const empty = {
  elder: '',
  service: 'C01',
  every: 'week',
  nth: '1',
  monthDay: 'TU',
  from: '',
  at: '09:00',
  minutes: '60',
};
type Fields = typeof empty;

/** The rule that the choices say, as the service reads it. */
const ruleOf = ({ every, nth, monthDay }: Fields, weekdays: readonly string[]): string => {
  if (every === 'month') return `FREQ=MONTHLY;BYDAY=${nth}${monthDay}`;
  const onDays = days.filter((day) => weekdays.includes(day)).join(',');
  return `FREQ=WEEKLY${every === 'fortnight' ? ';INTERVAL=2' : ''};BYDAY=${onDays}`;
};

const minuteOf = (clock: string): number | undefined => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
  return hour === undefined || minute === undefined ? undefined : Number(hour) * 60 + Number(minute);
};

/** Chooses the elder, what, how often and when; shows the days that come of it, and begins. */
export const SeriesForm = ({ code, command }: { code: string; command: Command<NewSeries> }) => {
  const words = useWords();
  const own = useHelpWords();
  const deskWords = useDeskWords();
  const sentences = useHelpSentences();
  const elders = useResource(`elders.${code}`, () => client.listElders(code));
  const offered = useResource(`services.${code}`, () => readServices(code));
  const [fields, setFields] = useState<Fields>({ ...empty, from: dateOf(now()) });
  // Again and again only volunteers come.
  const services =
    offered.value?.items.filter(({ byCommunity, madeBy }) => byCommunity && madeBy === 'volunteer') ?? [];
  const service = serviceOf(services, fields.service) ?? services[0];
  const [weekdays, setWeekdays] = useState<string[]>(['TU']);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [seen, setSeen] = useState<{ repeats: Repeats; preview: SeriesPreview }>();
  const write = (name: keyof Fields) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setSeen(undefined);
    setProblems([]);
  };
  const repeatsOf = (): Repeats | undefined => {
    const startMinute = minuteOf(fields.at);
    const plannedMinutes = Number(fields.minutes);
    const found = [
      ...(fields.elder === '' ? [{ field: 'elder', words: own.elderMissing }] : []),
      ...(fields.every !== 'month' && weekdays.length === 0
        ? [{ field: 'weekdays', words: own.onDaysMissing }]
        : []),
      ...(startMinute === undefined ? [{ field: 'at', words: own.atMissing }] : []),
      ...(service === undefined || isLengthOf(service, fields.minutes)
        ? []
        : [{ field: 'minutes', words: deskWords.minutesMissing(service.minMinutes, service.maxMinutes) }]),
    ];
    setProblems(found);
    if (found.length > 0 || startMinute === undefined || service === undefined) return undefined;
    return {
      serviceCode: service.code,
      rule: ruleOf(fields, weekdays),
      from: fields.from,
      startMinute,
      plannedMinutes,
    };
  };
  const look = async () => {
    const repeats = repeatsOf();
    if (repeats === undefined) return;
    const answer = await helpClient.previewSeries(repeats);
    setFailure(answer.kind === 'done' ? undefined : answer);
    if (answer.kind === 'done') setSeen({ repeats, preview: answer.value });
  };
  const wrong = failureProblems(sentences, failure === undefined ? [] : [{ failure }]);
  return (
    <details>
      <summary>{own.seriesNew}</summary>
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <div role="alert">
          {[...problems, ...wrong].map((problem) => (
            <p key={problem.words}>! {problem.words}</p>
          ))}
        </div>
        <Loaded resource={elders}>
          {({ items }) => (
            <ElderField
              elders={items}
              problem={problemAt(problems, 'elder')}
              value={fields.elder}
              onWrite={write('elder')}
            />
          )}
        </Loaded>
        <PlannedService
          offered={offered}
          services={services}
          service={service}
          onChoose={(chosen) => {
            write('service')(chosen.service);
            write('minutes')(chosen.minutes);
          }}
        />
        <ChoiceList
          id="every"
          label={own.everyWhat}
          value={fields.every}
          onWrite={write('every')}
          choices={keysOf(own.every).map((value) => ({ value, label: own.every[value] }))}
        />
        {fields.every === 'month' ? (
          <>
            <SelectField
              id="nth"
              label={own.nthLabel}
              value={fields.nth}
              onWrite={write('nth')}
              options={keysOf(own.nth).map((value) => ({ value, label: own.nth[value] }))}
            />
            <SelectField
              id="monthDay"
              label={own.onDays}
              value={fields.monthDay}
              onWrite={write('monthDay')}
              options={days.map((value, index) => ({ value, label: own.weekdays[index] ?? value }))}
            />
          </>
        ) : (
          <CheckList
            id="weekdays"
            label={own.onDays}
            problem={problemAt(problems, 'weekdays')}
            values={weekdays}
            onWrite={(values) => {
              setWeekdays(values);
              setSeen(undefined);
            }}
            choices={days.map((value, index) => ({ value, label: own.weekdays[index] ?? value }))}
          />
        )}
        <Field id="from" type="date" label={own.from} value={fields.from} onWrite={write('from')} />
        <Field
          id="at"
          type="time"
          label={own.at}
          problem={problemAt(problems, 'at')}
          value={fields.at}
          onWrite={write('at')}
        />
        <Field
          id="minutes"
          type="number"
          inputMode="numeric"
          label={own.howLong}
          problem={problemAt(problems, 'minutes')}
          value={fields.minutes}
          onWrite={write('minutes')}
        />
        <button type="submit" class={seen === undefined ? 'primary' : ''}>
          {own.look}
        </button>
        <div role="status">
          {seen !== undefined && (
            <>
              <p>
                <strong>{seen.preview.words[words.locale]}</strong>
              </p>
              <h3>{own.nextDates}</h3>
              <ul class="lines">
                {seen.preview.next.map((at) => (
                  <li key={at}>{whenWords(words, at)}</li>
                ))}
              </ul>
            </>
          )}
        </div>
        {seen !== undefined && (
          <SendButton
            command={command}
            label={own.begin}
            onPress={() => {
              command.submit({
                ...seen.repeats,
                receiverId: fields.elder,
                wishes: { languages: [] },
                paidBy: 'community',
              });
            }}
          />
        )}
      </form>
    </details>
  );
};
