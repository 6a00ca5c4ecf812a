import type { MaskedPerson } from '@time-bank/contracts/member';
import type { NextVisit, NextVisits } from '@time-bank/contracts/notices';
import type { ComponentChildren } from 'preact';
import { clockOf, shortDayWords, whenWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { servicePhone } from '../service-phone.ts';
import { useResource } from '../use-resource.ts';

/** Who comes, by family name. */
export const useComing = (): ((visit: NextVisit) => string) => {
  const own = useNoticesWords();
  return ({ volunteers }) =>
    volunteers.length === 0
      ? own.nobodyYet
      : volunteers.map(({ surname, gender }) => own.comes(surname, gender)).join(own.two);
};

const FACE_PX = 160;

/** The family name on a disc, in the place of a picture that nobody has given. */
const Initial = ({ surname, name }: { surname: string; name: string }) => (
  <svg class="face" viewBox="0 0 96 96" width="96" height="96" role="img" aria-label={name}>
    <circle cx="48" cy="48" r="46" fill="#1d4e89" />
    <text x="48" y="50" fill="#fff" font-size="44" text-anchor="middle" dominant-baseline="middle">
      {surname.slice(0, 2)}
    </text>
  </svg>
);

/** The face of whoever comes: their portrait, where they have given one and it has arrived. */
const Face = ({ requestId, person }: { requestId: string; person: MaskedPerson }) => {
  const own = useNoticesWords();
  const { memberId, surname, gender } = person;
  const name = own.comes(surname, gender);
  const { value } = useResource(`portrait.${requestId}.${memberId}`, () =>
    noticesClient.readPortrait(requestId, memberId),
  );
  if (value === undefined) return <Initial surname={surname} name={own.faceOf(name)} />;
  return <img class="face" src={value} width={FACE_PX} height={FACE_PX} alt={own.portraitOf(name)} />;
};

/** The next visit, large: who, when, what. */
const NextCard = ({ visit }: { visit: NextVisit }) => {
  const words = useWords();
  const coming = useComing()(visit);
  const { requestId, plannedStartAt, plannedMinutes, serviceWords, volunteers } = visit;
  return (
    <section class="card balance">
      {volunteers.map((person) => (
        <Face key={person.memberId} requestId={requestId} person={person} />
      ))}
      <h2 class="who">{coming}</h2>
      <p class="big">
        <span>{shortDayWords(words, plannedStartAt)}</span> <span>{clockOf(plannedStartAt)}</span>
      </p>
      <p>{whenWords(words, plannedStartAt)}</p>
      <p>
        {serviceWords[words.locale]} · {words.hours(plannedMinutes)}
      </p>
    </section>
  );
};

/**
 * The coming visits to somebody: the next one large, with what is done about it, those after it as a list. `path`: where
 * one is opened.
 */
export const NextVisitList = ({
  items,
  path,
  children,
}: NextVisits & { path?: string; children?: ComponentChildren }) => {
  const words = useWords();
  const own = useNoticesWords();
  const coming = useComing();
  const [next, ...later] = items;
  if (next === undefined) {
    return (
      <>
        <p>{own.nextEmpty}</p>
        {children}
      </>
    );
  }
  return (
    <>
      <NextCard visit={next} />
      {children}
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
