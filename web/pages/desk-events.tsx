import type { CoverageRow } from '@time-bank/contracts/coverage';
import type { ElderRow } from '@time-bank/contracts/member';
import { isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import type { Answer } from '../answer.ts';
import { clockOf, dateOf, instantAt, lastDayWords, momentWords, now } from '../china-time.ts';
import { client } from '../client.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { ElderField } from '../components/elder-field.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { useDeskWords } from '../desk-words.tsx';
import { type ElderEvent, type WeatherAlert, entriesClient } from '../entries-client.ts';
import { useEntriesSentences, useEntriesWords } from '../entries-words.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const DAY_MINUTES = 24 * 60;
const WEATHER_DAYS_MAX = 30;
const ROWS_SHOWN = 20;

/** An elder to whom somebody has to go, since something happened or the weather is bad. */
type Soon = CoverageRow & { cause: 'event' | 'weather' };

const isSoon = (row: CoverageRow): row is Soon =>
  row.missing > 0 && (row.cause === 'event' || row.cause === 'weather');

/** An event weighs more than the weather; then whoever is due first. */
const byDue = (one: Soon, other: Soon): number =>
  one.cause.localeCompare(other.cause) || (one.dueBy ?? '').localeCompare(other.dueBy ?? '');

/** Up to the end of a day, or to a moment of it. */
const dueWords = (words: ReturnType<typeof useWords>, dueBy: string): string =>
  clockOf(dueBy) === '00:00' ? lastDayWords(words, dueBy) : momentWords(words, dueBy);

/** They stand on the board of this week, and at its end on that of the next. */
const readSoon = async (code: string): Promise<Answer<Soon[]>> => {
  const weeks = new Set([isoWeekOf(now()), isoWeekOf(plusMinutes(now(), DAY_MINUTES))]);
  const rows: Soon[] = [];
  for (const week of weeks) {
    const answer = await client.readCoverage(week, code);
    if (answer.kind !== 'done') return answer;
    rows.push(...answer.value.rows.filter(isSoon));
  }
  rows.sort(byDue);
  // Each elder once, with what weighs most.
  const elders = new Map(rows.toReversed().map((row) => [row.elderId, row]));
  return { kind: 'done', value: [...elders.values()].sort(byDue) };
};

/** Something has happened to an elder: to whom, what, when. */
const EventForm = ({
  elders,
  command,
}: {
  elders: readonly ElderRow[];
  command: Command<{ event: ElderEvent; name: string }>;
}) => {
  const own = useEntriesWords();
  const [fields, setFields] = useState({
    elder: '',
    kind: 'discharge',
    day: dateOf(now()),
    at: clockOf(now()),
  });
  const [problems, setProblems] = useState<Problem[]>([]);
  const write = (name: keyof typeof fields) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setProblems([]);
  };
  const send = () => {
    const elder = elders.find(({ memberId }) => memberId === fields.elder);
    const at = instantAt(fields.day, fields.at);
    const kind = keysOf(own.kinds).find((each) => each === fields.kind);
    setProblems([
      ...(elder === undefined ? [{ field: 'elder', words: own.elderMissing }] : []),
      ...(at === undefined ? [{ field: 'day', words: own.eventMissing }] : []),
    ]);
    if (elder === undefined || at === undefined || kind === undefined) return;
    command.submit({ event: { elderId: elder.memberId, kind, at }, name: elder.name });
  };
  return (
    <DeedForm title={own.event} hint={own.eventHint} label={own.note} command={command} onSend={send}>
      <ElderField
        elders={elders}
        problem={problemAt(problems, 'elder')}
        value={fields.elder}
        onWrite={write('elder')}
      />
      <ChoiceList
        id="kind"
        label={own.eventWhat}
        value={fields.kind}
        onWrite={write('kind')}
        choices={keysOf(own.kinds).map((value) => ({ value, label: own.kinds[value] }))}
      />
      <div class="beside">
        <Field
          id="day"
          type="date"
          max={dateOf(now())}
          label={own.eventDay}
          problem={problemAt(problems, 'day')}
          value={fields.day}
          onWrite={write('day')}
        />
        <Field id="at" type="time" label={own.eventAt} value={fields.at} onWrite={write('at')} />
      </div>
    </DeedForm>
  );
};

/** Dangerous weather: from which day to which. */
const WeatherForm = ({ region, command }: { region: string; command: Command<WeatherAlert> }) => {
  const own = useEntriesWords();
  const [from, setFrom] = useState(dateOf(now()));
  const [until, setUntil] = useState('');
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    const days = (Date.parse(until) - Date.parse(from)) / (DAY_MINUTES * 60_000);
    const isWhole = days >= 0 && days <= WEATHER_DAYS_MAX;
    setMissing(!isWhole);
    if (isWhole) command.submit({ region, from, until });
  };
  const write = (set: (day: string) => void) => (day: string) => {
    set(day);
    setMissing(false);
  };
  return (
    <DeedForm title={own.weather} hint={own.weatherHint} label={own.declare} command={command} onSend={send}>
      <div class="beside">
        <Field id="from" type="date" label={own.weatherFrom} value={from} onWrite={write(setFrom)} />
        <Field
          id="until"
          type="date"
          min={from}
          label={own.weatherUntil}
          problem={isMissing ? own.weatherMissing : undefined}
          value={until}
          onWrite={write(setUntil)}
        />
      </div>
    </DeedForm>
  );
};

const SoonList = ({ rows }: { rows: readonly Soon[] }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const own = useEntriesWords();
  if (rows.length === 0) return <p>✓ {own.soonNone}</p>;
  return (
    <>
      <ul class="lines rows">
        {rows.slice(0, ROWS_SHOWN).map((row) => (
          <li key={row.elderId}>
            <strong>! {row.name}</strong>
            <a href={`/desk?elder=${row.elderId}`} aria-label={own.arrangeFor(row.name)}>
              {deskWords.arrange}
            </a>
            <span class="quiet">
              {[
                own.causes[row.cause],
                ...(row.dueBy === undefined ? [] : [own.dueBy(dueWords(words, row.dueBy))]),
                ...(row.cause === 'weather' && row.mayBePhone ? [own.mayBePhone] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {rows.length > ROWS_SHOWN && <p>{own.soonMore(rows.length - ROWS_SHOWN)}</p>}
    </>
  );
};

/** Great events and dangerous weather: noted here, so that somebody goes in time; and to whom somebody has to go. */
const DeskEvents = () => {
  const own = useEntriesWords();
  const sentences = useEntriesSentences('event');
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const elders = useResource(`elders.${code ?? ''}`, () => client.listElders(code));
  const soon = useResource<Soon[]>(`soon.${code ?? ''}`, () =>
    code === undefined ? Promise.resolve({ kind: 'done', value: [] }) : readSoon(code),
  );
  const [news, setNews] = useState<string>();
  const [elderId, setElderId] = useState<string>();
  const [round, setRound] = useState(0);
  const told = (words: string, about?: string) => {
    setNews(words);
    setElderId(about);
    setRound((before) => before + 1);
    soon.reload();
    scrollTo(0, 0);
  };
  const note = useDeed({
    send: (commandId, { event }: { event: ElderEvent; name: string }) =>
      entriesClient.noteEvent(commandId, event),
    onDone: (_receipt, { event, name }) => {
      told(own.noted(name), event.elderId);
    },
  });
  const declare = useDeed({
    send: (commandId, alert: WeatherAlert) => entriesClient.declareWeather(commandId, alert),
    onDone: () => {
      told(own.declared);
    },
  });
  return (
    <DeskPage
      title={own.events}
      problems={failureProblems(sentences, [note, declare])}
      news={news}
      community={community}
      back="/desk"
    >
      {elderId !== undefined && (
        <a class="button primary" href={`/desk?elder=${elderId}`}>
          {own.arrange}
        </a>
      )}
      {code !== undefined && (
        <>
          <Loaded resource={elders}>
            {({ items }) => <EventForm key={`${code}.${String(round)}`} elders={items} command={note} />}
          </Loaded>
          <WeatherForm key={`weather.${code}.${String(round)}`} region={code} command={declare} />
          <h2>{own.soon}</h2>
          <Loaded resource={soon}>{(rows) => <SoonList rows={rows} />}</Loaded>
          <a class="button" href="/desk/week">
            {own.toWeek}
          </a>
        </>
      )}
    </DeskPage>
  );
};

export default DeskEvents;
