import type { ElderRow } from '@time-bank/contracts/member';
import type { SeriesList, SeriesView } from '@time-bank/contracts/series';
import { startOfDay } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import { dayWords, whenWords } from '../china-time.ts';
import { client } from '../client.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { PauseForm, SeriesDateLine } from '../components/series-change.tsx';
import { SeriesForm } from '../components/series-form.tsx';
import { useEntriesWords } from '../entries-words.ts';
import { type NewSeries, type SeriesChange, helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

interface Deed {
  caseId: string;
  change: SeriesChange;
}

const DATES_SHOWN = 6;

/** One series: in words, its next days, each of which can be moved or left out; a rest, and its end. */
const Series = ({
  series,
  name,
  command,
}: {
  series: SeriesView;
  /** Whose it is, where the list of elders says so. */
  name: string | undefined;
  command: Command<Deed>;
}) => {
  const words = useWords();
  const own = useHelpWords();
  const entriesWords = useEntriesWords();
  const { caseId, pauses, dates } = series;
  const onDates: Command<SeriesChange> = {
    ...command,
    submit: (change) => {
      command.submit({ caseId, change });
    },
  };
  const next = dates.find(({ is }) => is !== 'skipped' && is !== 'paused');
  return (
    <li class="card">
      <h2>{name ?? `${series.receiver.surname}*`}</h2>
      <p>
        <strong>{series.words[words.locale]}</strong>
      </p>
      {next !== undefined && <p>{entriesWords.next(whenWords(words, next.at))}</p>}
      {pauses.map(({ from, until }) => (
        <p key={from}>
          {entriesWords.pauses(dayWords(words, startOfDay(from)), dayWords(words, startOfDay(until)))}
        </p>
      ))}
      <details>
        <summary>{own.nextDates}</summary>
        <ul class="lines">
          {dates.slice(0, DATES_SHOWN).map((date) => (
            <SeriesDateLine
              key={`${date.date}.${date.at}.${date.is}`}
              id={caseId}
              date={date}
              command={onDates}
            />
          ))}
        </ul>
      </details>
      <PauseForm key={pauses.length} id={caseId} command={onDates} />
      <DeedForm
        title={own.endSeries}
        hint={own.endSure}
        label={own.endSeries}
        command={command}
        onSend={() => {
          command.submit({ caseId, change: { change: 'end' } });
        }}
      />
    </li>
  );
};

const List = ({
  first,
  code,
  elders,
  command,
}: {
  first: SeriesList;
  code: string;
  elders: readonly ElderRow[];
  command: Command<Deed>;
}) => {
  const own = useHelpWords();
  const more = useMore(first, (cursor) => helpClient.listSeries(code, cursor));
  if (more.items.length === 0) return <p>{own.seriesNone}</p>;
  return (
    <>
      <ul>
        {more.items.map((series) => (
          <Series
            key={series.caseId}
            series={series}
            name={elders.find(({ memberId }) => memberId === series.receiver.memberId)?.name}
            command={command}
          />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Help that comes again and again to the elders of a community, and the form that begins it. */
const DeskSeries = () => {
  const own = useHelpWords();
  const entriesWords = useEntriesWords();
  const help = useHelpSentences();
  const sentences = { ...help, refusals: { ...help.refusals, ...entriesWords.refusals.series } };
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const elders = useResource(`elders.${code ?? ''}`, () => client.listElders(code));
  const list = useResource<SeriesList>(`series.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : helpClient.listSeries(code),
  );
  const [news, setNews] = useState<string>();
  const begin = useDeed({
    send: (caseId, wanted: NewSeries) => helpClient.openSeries(caseId, wanted),
    onDone: () => {
      setNews(own.begun);
      list.reload();
    },
  });
  const change = useDeed({
    send: (commandId, deed: Deed) => helpClient.changeSeries(commandId, deed.caseId, deed.change),
    onDone: (_receipt, deed) => {
      setNews(
        {
          end: own.ended,
          skip_date: own.skipped,
          move_date: entriesWords.changed,
          pause: entriesWords.paused,
        }[deed.change.change],
      );
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.series}
      problems={[...failureProblems(help, [begin]), ...failureProblems(sentences, [change])]}
      news={news}
      community={community}
      back="/desk"
    >
      {code !== undefined && (
        <>
          <SeriesForm key={code} code={code} command={begin} />
          <Loaded resource={list}>
            {(first) => (
              <List first={first} code={code} elders={elders.value?.items ?? []} command={change} />
            )}
          </Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskSeries;
