import type { NextVisit } from '@time-bank/contracts/notices';
import { clockOf, dateOf, dayWords, weekdayWords } from '../china-time.ts';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { useWords } from '../language.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useResource } from '../use-resource.ts';

const byDay = (visits: readonly NextVisit[]): [string, NextVisit[]][] => {
  const days = new Map<string, NextVisit[]>();
  for (const visit of visits) {
    const day = dateOf(visit.plannedStartAt);
    days.set(day, [...(days.get(day) ?? []), visit]);
  }
  return [...days];
};

const Visit = ({ visit }: { visit: NextVisit }) => {
  const words = useWords();
  const own = useNoticesWords();
  const { receiver, plannedStartAt, requestId } = visit;
  return (
    <li class="card">
      <h3>
        {clockOf(plannedStartAt)} {visit.serviceWords[words.locale]}
      </h3>
      {receiver !== undefined && (
        <>
          <p>{receiver.name}</p>
          <p>
            {own.wayThere}: {receiver.address}
          </p>
        </>
      )}
      <a class="button" href={`/visits/${requestId}`}>
        {own.toVisit}
        <span class="unseen">
          {' '}
          {dayWords(words, plannedStartAt)} {clockOf(plannedStartAt)}
        </span>
      </a>
    </li>
  );
};

/** Where a volunteer goes, day by day; the way there as soon as the visit is theirs. */
const Week = () => {
  const words = useWords();
  const own = useNoticesWords();
  const visits = useResource('week', () => noticesClient.listNext('volunteer'));
  return (
    <Page title={own.week}>
      <Loaded resource={visits}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.weekEmpty}</p>
          ) : (
            <>
              {byDay(items).map(([day, ofDay]) => {
                const [first] = ofDay;
                const at = first?.plannedStartAt ?? `${day}T04:00:00.000Z`;
                return (
                  <section key={day}>
                    <h2>
                      {dayWords(words, at)} {weekdayWords(words, at)}
                    </h2>
                    <ul>
                      {ofDay.map((visit) => (
                        <Visit key={visit.requestId} visit={visit} />
                      ))}
                    </ul>
                  </section>
                );
              })}
            </>
          )
        }
      </Loaded>
    </Page>
  );
};

export default Week;
