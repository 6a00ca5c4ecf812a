import type { CoverageRow, CoverageWeek } from '@time-bank/contracts/coverage';
import { boundsOfWeek, isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import { clockOf, dayWords, now, weekdayWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { Progress } from '../components/progress.tsx';
import { Sentence } from '../components/sentence.tsx';
import { type Covered, coveredOf } from '../coverage-state.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';
import type { DeskCatalogue } from '../words/desk-zh-hans.ts';

const MINUTES_A_WEEK = 7 * 24 * 60;

const shifted = (week: string, weeks: number): string =>
  isoWeekOf(plusMinutes(boundsOfWeek(week).from, weeks * MINUTES_A_WEEK));

const signs: Record<Covered, string> = { visited: '✓', planned: '○', unplanned: '!' };

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
        {situationOf(deskWords, row)}
      </td>
    </tr>
  );
};

const Coverage = ({ coverage, isThisWeek }: { coverage: CoverageWeek; isThisWeek: boolean }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const lastDay = plusMinutes(coverage.to, -1);
  // In the order of the service, which every board shares: whoever needs a visit most stands first.
  const { rows } = coverage;
  return (
    <>
      <h2>
        {coverage.communityName} ·{' '}
        {deskWords.weekOf(dayWords(words, coverage.from), dayWords(words, lastDay))}
      </h2>
      <Progress coverage={coverage} isThisWeek={isThisWeek} />
      {rows.length === 0 ? (
        <p>{deskWords.weekEmpty}</p>
      ) : (
        <table role="table" class="coverage">
          <thead role="rowgroup">
            <tr role="row">
              {[deskWords.person, deskWords.state, deskWords.visits, deskWords.situation].map((name) => (
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
