import type { NextVisit, NextVisits } from '@time-bank/contracts/notices';
import { whenWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { useNoticesWords } from '../notices-words.ts';
import { servicePhone } from '../service-phone.ts';

/** Who comes, by family name. */
export const useComing = (): ((visit: NextVisit) => string) => {
  const own = useNoticesWords();
  return ({ volunteers }) =>
    volunteers.length === 0
      ? own.nobodyYet
      : volunteers.map(({ surname, gender }) => own.comes(surname, gender)).join(own.two);
};

/** The family name on a disc, in the place of a picture: no pictures of people are kept. */
const Face = ({ surname, name }: { surname: string; name: string }) => (
  <svg class="face" viewBox="0 0 96 96" width="96" height="96" role="img" aria-label={name}>
    <circle cx="48" cy="48" r="46" fill="#1d4e89" />
    <text x="48" y="50" fill="#fff" font-size="44" text-anchor="middle" dominant-baseline="middle">
      {surname.slice(0, 2)}
    </text>
  </svg>
);

/** The next visit, large: who, when, what; and whom to call. */
const NextCard = ({ visit }: { visit: NextVisit }) => {
  const words = useWords();
  const own = useNoticesWords();
  const coming = useComing()(visit);
  const [first] = visit.volunteers;
  return (
    <section class="card balance">
      <h2>{coming}</h2>
      {first !== undefined && <Face surname={first.surname} name={own.faceOf(coming)} />}
      <p class="big">{whenWords(words, visit.plannedStartAt)}</p>
      <p>
        {visit.serviceWords[words.locale]} · {words.hours(visit.plannedMinutes)}
      </p>
    </section>
  );
};

/** The coming visits to somebody: the next one large, those after it as a list. `path`: where one is opened. */
export const NextVisitList = ({ items, path }: NextVisits & { path?: string }) => {
  const words = useWords();
  const own = useNoticesWords();
  const coming = useComing();
  const [next, ...later] = items;
  if (next === undefined) return <p>{own.nextEmpty}</p>;
  return (
    <>
      <NextCard visit={next} />
      {later.length > 0 && (
        <>
          <h2>{own.more}</h2>
          <ul>
            {later.map((visit) => (
              <li class="card" key={visit.requestId}>
                <h3>{whenWords(words, visit.plannedStartAt)}</h3>
                <p>
                  {visit.serviceWords[words.locale]} · {coming(visit)}
                </p>
                {path !== undefined && (
                  <a class="button" href={`${path}/${visit.requestId}`}>
                    {words.see(visit.serviceWords[words.locale])}
                    <span class="unseen"> {whenWords(words, visit.plannedStartAt)}</span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

/** The button that calls the service point, as large as a page is wide. */
export const CallService = () => (
  <a class="button primary" href={`tel:${servicePhone}`}>
    {useNoticesWords().callService} <span class="number">{servicePhone}</span>
  </a>
);
