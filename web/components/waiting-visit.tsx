import type { ConfirmationRow } from '@time-bank/contracts/confirming';
import type { ComponentChildren } from 'preact';
import { useAfterWords } from '../after-words.ts';
import { momentWords } from '../china-time.ts';
import { useWords } from '../language.tsx';

/** A visit that waits for somebody's word: whose, since when, how often it was asked for, and what can be done. */
export const WaitingVisit = ({
  row,
  tried,
  about,
  children,
}: {
  row: ConfirmationRow;
  /** How often somebody was asked. */
  tried: string;
  /** What else is to be known of it. */
  about: ComponentChildren;
  children: ComponentChildren;
}) => {
  const words = useWords();
  const own = useAfterWords();
  const { request, since } = row;
  return (
    <li class="card">
      <h2>
        {'name' in request.receiver ? request.receiver.name : request.receiver.surname} ·{' '}
        {request.serviceWords[words.locale]}
      </h2>
      <p>
        {own.waitsSince(momentWords(words, since))} · {tried}
      </p>
      {about}
      <a class="button" href={`/desk/requests/${request.requestId}`}>
        {own.openRequest}
      </a>
      {children}
    </li>
  );
};
