import { writeTable } from '@time-bank/contracts/csv';
import type { CoverageRow, CoverageWeek } from '@time-bank/contracts/coverage';
import { boundsOfWeek, isoWeekOf, plusMinutes, startOfDay } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import { clockOf, dayWords, momentWords, now, weekdayWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { Progress } from '../components/progress.tsx';
import { Sentence } from '../components/sentence.tsx';
import { shownState } from '../components/state-words.ts';
import { type Covered, coveredOf } from '../coverage-state.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { saveFile } from '../save-file.ts';
import { useResource } from '../use-resource.ts';
import { weekClient } from '../week-client.ts';
import { useWeekWords } from '../week-words.ts';
import type { DeskCatalogue } from '../words/desk-zh-hans.ts';

const MINUTES_A_WEEK = 7 * 24 * 60;

const shifted = (week: string, weeks: number): string =>
  isoWeekOf(plusMinutes(boundsOfWeek(week).from, weeks * MINUTES_A_WEEK));

type Filter = 'all' | 'gaps' | 'planned' | 'visited' | 'high';

const isShown: Record<Filter, (row: CoverageRow) => boolean> = {
  all: () => true,
  gaps: (row) => coveredOf(row) === 'unplanned' && row.gap !== undefined,
  planned: (row) => coveredOf(row) === 'planned',
  visited: (row) => coveredOf(row) === 'visited',
  high: ({ tier }) => tier === 'high',
};

const signs: Record<Covered, string> = { visited: '✓', planned: '○', unplanned: '!', notDue: '–' };

const situationOf = (words: DeskCatalogue, row: CoverageRow): string =>
  [
    words.elderAge(row.age),
    row.livingSituation === undefined ? '' : words.livingSituations[row.livingSituation],
    row.abilityLevel === undefined ? '' : (words.abilityLevels[row.abilityLevel] ?? ''),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** One elder's week. The roles keep it a table where a narrow screen stacks its cells. */
const Row = ({ row }: { row: CoverageRow }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const own = useWeekWords();
  const covered = coveredOf(row);
  return (
    <tr role="row" class={covered}>
      <th role="rowheader" scope="row">
        {row.name}
      </th>
      <td role="cell">
        <strong class={`state ${covered}`}>
          {signs[covered]} {deskWords[covered]}
        </strong>{' '}
        {row.visited}/{row.wanted}
        {row.gap !== undefined && (
          <p class="quiet">
            {own.gaps[row.gap]}
            {row.cause === 'event' || row.cause === 'weather' ? ` · ${own.causes[row.cause]}` : ''}
            {row.cause === 'event' && row.dueBy !== undefined
              ? ` · ${own.dueBy(momentWords(words, row.dueBy))}`
              : ''}
            {row.missing > 0 && row.mayBePhone ? ` · ${own.mayBePhone}` : ''}
          </p>
        )}
      </td>
      <td role="cell">
        {row.visits
          .filter(({ state }) => state !== 'cancelled')
          .map((visit) => (
            <a key={visit.requestId} href={`/desk/requests/${visit.requestId}`}>
              {weekdayWords(words, visit.plannedStartAt)} {clockOf(visit.plannedStartAt)}{' '}
              {deskWords.states[shownState(visit.state)]}
            </a>
          ))}
        {covered === 'unplanned' && row.open === 0 && (
          <a
            class="unprinted"
            href={`/desk?elder=${row.elderId}`}
            aria-label={deskWords.arrangeFor(row.name)}
          >
            {deskWords.arrange}
          </a>
        )}
      </td>
      <td role="cell" class="quiet">
        {own.tiers[row.tier]} · {situationOf(deskWords, row)}
        <br />
        {own.lastContact} {row.daysSinceContact === undefined ? own.never : own.daysAgo(row.daysSinceContact)}
        {row.since !== undefined && ` · ${own.cameOn(dayWords(words, startOfDay(row.since)))}`}
      </td>
      <td role="cell" class="ticks" aria-hidden="true">
        ☐
      </td>
    </tr>
  );
};

/** Whoever has moved to another community, which looks after them from then on. */
const MovedAway = ({ movedAway = [] }: CoverageWeek) => {
  const own = useWeekWords();
  if (movedAway.length === 0) return null;
  return (
    <section>
      <h2>{own.movedAway}</h2>
      <ul>
        {movedAway.map(({ elderId, name, movedTo, visited }) => (
          <li key={elderId}>
            {name} · {own.movedTo(movedTo, visited)}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The rates that the plans ask for. */
const Rates = ({ week, community }: { week: string; community: string | undefined }) => {
  const own = useWeekWords();
  const rates = useResource(`rates.${week}.${community ?? ''}`, () => weekClient.readRates(week, community));
  if (rates.value === undefined) return null;
  const { visited, helped } = rates.value;
  return <p>{own.rates(own.share(visited.met, visited.of), own.share(helped.met, helped.of))}</p>;
};

const FilterField = ({ filter, onChoose }: { filter: Filter; onChoose: (filter: Filter) => void }) => {
  const own = useWeekWords();
  const names: Record<Filter, string> = {
    all: own.all,
    gaps: own.onlyGaps,
    planned: own.onlyPlanned,
    visited: own.onlyVisited,
    high: own.onlyHigh,
  };
  const filters: readonly Filter[] = ['all', 'gaps', 'planned', 'visited', 'high'];
  return (
    <div class="beside unprinted" role="group" aria-label={own.showOnly}>
      {filters.map((each) => (
        <button
          type="button"
          key={each}
          aria-pressed={each === filter}
          onClick={() => {
            onChoose(each);
          }}
        >
          {each === filter ? '● ' : ''}
          {names[each]}
        </button>
      ))}
    </div>
  );
};

const Coverage = ({ coverage, isThisWeek }: { coverage: CoverageWeek; isThisWeek: boolean }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const own = useWeekWords();
  const [filter, setFilter] = useState<Filter>('all');
  const lastDay = plusMinutes(coverage.to, -1);
  // In the order of the service, which every board shares: whoever needs a visit most stands first.
  const rows = coverage.rows.filter(isShown[filter]);
  const columns = [deskWords.person, deskWords.state, deskWords.visits, deskWords.situation, own.tick];
  const table = (): string[][] => [
    [deskWords.person, own.wanted, own.done, deskWords.state, own.lastContact, deskWords.situation],
    ...coverage.rows.map((row) => [
      row.name,
      String(row.wanted),
      String(row.visited),
      row.gap === undefined ? deskWords[coveredOf(row)] : own.gaps[row.gap],
      row.daysSinceContact === undefined ? own.never : own.daysAgo(row.daysSinceContact),
      `${own.tiers[row.tier]} · ${situationOf(deskWords, row)}`,
    ]),
  ];
  return (
    <>
      <h2>
        {coverage.communityName} ·{' '}
        {deskWords.weekOf(dayWords(words, coverage.from), dayWords(words, lastDay))}
      </h2>
      <Progress coverage={coverage} isThisWeek={isThisWeek} />
      {coverage.missing > 0 && <p>{own.visitsDone(coverage.missing, coverage.wanted)}</p>}
      <Rates week={coverage.week} community={coverage.communityCode} />
      <FilterField filter={filter} onChoose={setFilter} />
      <p class="unprinted">
        <button
          type="button"
          onClick={() => {
            saveFile(`${coverage.communityName}-${coverage.week}.csv`, writeTable(table()), 'text/csv');
          }}
        >
          {own.csv}
        </button>
      </p>
      {rows.length === 0 ? (
        <p>{coverage.rows.length === 0 ? deskWords.weekEmpty : own.nobodyShown}</p>
      ) : (
        <table role="table" class="coverage">
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((name, index) => (
                <th
                  role="columnheader"
                  scope="col"
                  key={name}
                  class={index === columns.length - 1 ? 'ticks' : undefined}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <Row key={row.elderId} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <MovedAway {...coverage} />
    </>
  );
};

/** A community's week: who was visited, who will be, and who was forgotten. Prints on paper. */
const DeskWeek = () => {
  const words = useWords();
  const deskWords = useDeskWords();
  const own = useWeekWords();
  const community = useCommunity();
  const [week, setWeek] = useState(() => isoWeekOf(now()));
  const coverage = useResource(`${week}.${community.code ?? ''}`, () =>
    client.readCoverage(week, community.code),
  );
  const move = (weeks: number) => () => {
    setWeek(shifted(week, weeks));
  };
  return (
    <Page title={deskWords.week} wide>
      {community.failure !== undefined && (
        <p role="alert">
          <Sentence failure={community.failure} />
        </p>
      )}
      <div class="unprinted">
        <CommunityField community={community} />
        <div class="beside">
          <button type="button" onClick={move(-1)}>
            ‹ {deskWords.previousWeek}
          </button>
          <button type="button" onClick={move(1)}>
            {deskWords.nextWeek} ›
          </button>
          <button
            type="button"
            onClick={() => {
              print();
            }}
          >
            {deskWords.print}
          </button>
          <a class="button primary" href="/desk/plan">
            {own.plan}
          </a>
          <a class="button" href="/desk/alarms">
            {own.alarms}
          </a>
          <a class="button" href="/desk">
            {words.desk}
          </a>
        </div>
      </div>
      <Loaded resource={coverage}>
        {(value) => <Coverage coverage={value} isThisWeek={week === isoWeekOf(now())} />}
      </Loaded>
    </Page>
  );
};

export default DeskWeek;
