import type { EntryView } from '@time-bank/contracts/account';
import { actedReady, useActedWords } from '../acted-words.ts';
import { momentWords } from '../china-time.ts';
import { useShellWords } from '../language.tsx';
import { ownWords } from '../own-words.ts';
import { statementZhHans } from '../words/statement-zh-hans.ts';
import type { RefOf } from './more-items.tsx';
import { statementLine } from './statement-line.ts';

const { ready, useWords } = ownWords(statementZhHans, {
  'zh-Hant': async () => (await import('../words/statement-zh-hant.ts')).statementZhHant,
  en: async () => (await import('../words/statement-en.ts')).statementEn,
});

/** The words of the statement in the language in use. */
export const useStatementWords = useWords;

/** Waits for all that a statement says. */
export const statementReady = async (): Promise<void> => {
  await Promise.all([ready(), actedReady()]);
};

/** Leads to another line of the statement, which takes the focus. */
const LineLink = ({ to, words }: { to: EntryView; words: string }) => (
  <a
    class="button"
    href={`#${to.transferId}`}
    onClick={(event) => {
      event.preventDefault();
      const line = document.getElementById(to.transferId);
      if (line === null) return;
      line.tabIndex = -1;
      line.focus();
    }}
  >
    {words}
  </a>
);

/** What a line corrects, and what corrects it: each leads to the other where both are on the page. */
const Correction = ({ entry, entries }: { entry: EntryView; entries: readonly EntryView[] }) => {
  const shell = useShellWords();
  const own = useStatementWords();
  const corrected = entries.find(({ transferId }) => transferId === entry.corrects);
  const by = entries.find(({ corrects }) => corrects === entry.transferId);
  return (
    <>
      {corrected !== undefined && (
        <LineLink to={corrected} words={own.corrects(momentWords(shell, corrected.at))} />
      )}
      {corrected === undefined && entry.corrects !== undefined && (
        <span class="quiet">{own.correctsEarlier}</span>
      )}
      {by !== undefined && <LineLink to={by} words={`! ${own.corrected(momentWords(shell, by.at))}`} />}
    </>
  );
};

/** The lines of a statement, newest first, one under the other so that they fit on any phone. */
export const StatementList = ({
  entries,
  refOf,
}: {
  entries: readonly EntryView[];
  refOf?: RefOf<EntryView>;
}) => {
  const shell = useShellWords();
  const own = useStatementWords();
  const acted = useActedWords();
  return (
    <ul class="lines">
      {entries.map((entry) => {
        const { what, change, more } = statementLine({ shell, own, acted }, entry);
        return (
          <li key={entry.transferId} id={entry.transferId} ref={refOf?.(entry) ?? null}>
            <span class="apart">
              <strong>{what}</strong> <b>{change}</b>
            </span>
            {more.map((sentence) => (
              <span class="apart quiet" key={sentence}>
                {sentence}
              </span>
            ))}
            <span class="apart quiet">{momentWords(shell, entry.at)}</span>
            <Correction entry={entry} entries={entries} />
          </li>
        );
      })}
    </ul>
  );
};
