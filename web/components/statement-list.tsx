import type { EntryView } from '@time-bank/contracts/account';
import { momentWords } from '../china-time.ts';
import { useShellWords } from '../language.tsx';
import type { RefOf } from './more-items.tsx';
import type { ShellWords } from '../words/zh-hans.ts';

const lineOf = (words: ShellWords, entry: EntryView): { what: string; amount: string } => {
  if (entry.kind !== 'hold') {
    const what = entry.kind === 'earned' ? words.entryEarned : words.entryReceived;
    return { what, amount: `+${words.hours(entry.amountMinutes)}` };
  }
  switch (entry.state) {
    case 'pending':
      return { what: words.entryPending, amount: words.hours(entry.amountMinutes) };
    case 'posted':
      return { what: words.entryUsed, amount: `−${words.hours(entry.usedMinutes ?? entry.amountMinutes)}` };
    case 'voided':
      return { what: words.entryVoided, amount: words.hours(entry.amountMinutes) };
  }
};

/** The lines of a statement, newest first, one under the other so that they fit on any phone. */
export const StatementList = ({
  entries,
  refOf,
}: {
  entries: readonly EntryView[];
  refOf?: RefOf<EntryView>;
}) => {
  const words = useShellWords();
  return (
    <ul class="lines">
      {entries.map((entry) => {
        const { what, amount } = lineOf(words, entry);
        return (
          <li key={entry.transferId} ref={refOf?.(entry) ?? null}>
            <span class="apart">
              <strong>{what}</strong> <b>{amount}</b>
            </span>
            <span class="apart quiet">
              <span>{words.services[entry.serviceCode]}</span>{' '}
              <span>{momentWords(words, entry.resolvedAt ?? entry.at)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
};
