import type { CoverageRow, CoverageWeek } from '@time-bank/contracts/coverage';
import { boundsOfWeek, isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import { clockOf, dayWords, now, weekdayWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { Sentence } from '../components/sentence.tsx';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';
import type { DeskCatalogue } from '../words/desk-zh-hans.ts';

const MINUTES_A_WEEK = 7 * 24 * 60;

const shifted = (week: string, weeks: number): string =>
  isoWeekOf(plusMinutes(boundsOfWeek(week).from, weeks * MINUTES_A_WEEK));

type Covered = 'visited' | 'planned' | 'unplanned';

const coveredOf = (row: CoverageRow): Covered =>
  row.visited > 0 ? 'visited' : row.planned > 0 ? 'planned' : 'unplanned';

const signs: Record<Covered, string> = { visited: '✓', planned: '○', unplanned: '!' };

const rank: Record<Covered, number> = { unplanned: 0, planned: 1, visited: 2 };

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
  const covered = coveredOf(row);
  return (
    <tr role="row" class={covered}>
      <th role="rowheader" scope="row">
        {row.name}
      </th>
      <td role="cell">{situationOf(deskWords, row)}</td>
      <td role="cell">
        <strong class={`state ${covered}`}>
          {signs[covered]} {deskWords[covered]}
        </strong>
      </td>
      <td role="cell">
        {row.visits
          .filter(({ state }) => state !== 'cancelled')
          .map((visit) => (
            <a key={visit.requestId} href={`/desk/requests/${visit.requestId}`}>
              {weekdayWords(words, visit.plannedStartAt)} {clockOf(visit.plannedStartAt)}{' '}
              {deskWords.states[visit.state]}
            </a>
          ))}
        {covered === 'unplanned' && row.open === 0 && (
          <a class="unprinted" href={`/desk?elder=${row.elderId}`} aria-label={deskWords.arrangeFor(row.name)}>
            {deskWords.arrange}
          </a>
        )}
      </td>
    </tr>
  );
};

const Coverage = ({ coverage }: { coverage: CoverageWeek }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const gaps = coverage.rows.filter((row) => coveredOf(row) === 'unplanned').length;
  const lastDay = plusMinutes(coverage.to, -1);
  const rows = [...coverage.rows].sort((one, other) => rank[coveredOf(one)] - rank[coveredOf(other)]);
  return (
    <>
      <h2>
        {coverage.communityName} ·{' '}
        {deskWords.weekOf(dayWords(words, coverage.from), dayWords(words, lastDay))}
      </h2>
      <p class="sum">
        <strong>{deskWords.covered(coverage.eldersVisited, coverage.elders)}</strong>{' '}
        <span>{gaps > 0 ? `! ${deskWords.uncovered(gaps)}` : `✓ ${deskWords.allCovered}`}</span>
      </p>
      {rows.length === 0 ? (
        <p>{deskWords.weekEmpty}</p>
      ) : (
        <table role="table" class="coverage">
          <thead role="rowgroup">
            <tr role="row">
              {[deskWords.person, deskWords.situation, deskWords.state, deskWords.visits].map((name) => (
                <th role="columnheader" scope="col" key={name}>
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
    </>
  );
};

/** A community's week: who was visited, who will be, and who was forgotten. Prints on paper. */
const DeskWeek = () => {
  const words = useWords();
  const deskWords = useDeskWords();
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
      {community.failure !== undefined && <p role="alert"><Sentence failure={community.failure} /></p>}
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
          <a class="button" href="/desk">
            {words.desk}
          </a>
        </div>
      </div>
      <Loaded resource={coverage}>{(value) => <Coverage coverage={value} />}</Loaded>
    </Page>
  );
};

export default DeskWeek;
