import type { SeriesList, SeriesView } from '@time-bank/contracts/series';
import { useState } from 'preact/hooks';
import { whenWords } from '../china-time.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { SeriesForm } from '../components/series-form.tsx';
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

/** One series: in words, its next days, each of which can be left out, and its end. */
const Series = ({ series, command }: { series: SeriesView; command: Command<Deed> }) => {
  const words = useWords();
  const own = useHelpWords();
  const { caseId } = series;
  return (
    <li class="card">
      <h2>{series.receiver.surname}*</h2>
      <p>
        <strong>{series.words[words.locale]}</strong>
      </p>
      <details>
        <summary>{own.nextDates}</summary>
        <ul class="lines">
          {series.dates.slice(0, DATES_SHOWN).map(({ date, at, is, requestId }) => (
            <li key={date}>
              {requestId === undefined ? (
                whenWords(words, at)
              ) : (
                <a href={`/desk/requests/${requestId}`}>{whenWords(words, at)}</a>
              )}{' '}
              <span class="quiet">{own.dateStates[is]}</span>
              {is !== 'skipped' && is !== 'paused' && (
                <button
                  type="button"
                  disabled={command.sending}
                  onClick={() => {
                    command.submit({ caseId, change: { change: 'skip_date', date } });
                  }}
                >
                  {own.skip}
                  <span class="unseen"> {whenWords(words, at)}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      </details>
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

const List = ({ first, code, command }: { first: SeriesList; code: string; command: Command<Deed> }) => {
  const own = useHelpWords();
  const more = useMore(first, (cursor) => helpClient.listSeries(code, cursor));
  if (more.items.length === 0) return <p>{own.seriesNone}</p>;
  return (
    <>
      <ul>
        {more.items.map((series) => (
          <Series key={series.caseId} series={series} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Help that comes again and again to the elders of a community, and the form that begins it. */
const DeskSeries = () => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
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
      setNews(deed.change.change === 'end' ? own.ended : own.skipped);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.series}
      problems={failureProblems(sentences, [begin, change])}
      news={news}
      community={community}
      back="/desk"
    >
      {code !== undefined && (
        <>
          <SeriesForm key={code} code={code} command={begin} />
          <Loaded resource={list}>{(first) => <List first={first} code={code} command={change} />}</Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskSeries;
