import type { RequestView } from '@time-bank/contracts/request';
import type { ComponentChildren } from 'preact';
import { whenWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { Facts } from './facts.tsx';
import type { RefOf } from './more-items.tsx';
import { type StateNames, stateWords } from './state-words.ts';

/** One request in a list: what and whose, when, how it stands, and the one next step. */
export const RequestCard = ({
  request,
  title,
  facts,
  states,
  heading: Heading = 'h3',
  next,
  refOf,
}: {
  request: RequestView;
  title: string;
  facts?: readonly { name: string; content: ComponentChildren }[];
  /** How the states are called for whoever reads; without it the state is left out. */
  states?: StateNames;
  /** The level that fits the page: a list without headings of its own has `h2`. */
  heading?: 'h2' | 'h3';
  next: { path: string; label: string; primary?: boolean };
  refOf: RefOf<RequestView>;
}) => {
  const words = useWords();
  return (
    <li class="card" ref={refOf(request)}>
      <Heading>{title}</Heading>
      <p>
        {whenWords(words, request.plannedStartAt)} ·{' '}
        <span class="number">{words.hours(request.plannedMinutes)}</span>
      </p>
      {facts !== undefined && <Facts facts={facts} />}
      {states !== undefined && (
        <p>
          <strong>{stateWords(states, request.state)}</strong>
        </p>
      )}
      <a class={next.primary === true ? 'button primary' : 'button'} href={next.path}>
        {next.label}
      </a>
    </li>
  );
};
