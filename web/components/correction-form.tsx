import type { EntryView, StatementPage } from '@time-bank/contracts/account';
import type { CorrectionReceipt } from '@time-bank/contracts/correction';
import { useEffect, useState } from 'preact/hooks';
import { useActedWords } from '../acted-words.ts';
import { useAccountsSentences, useAccountsWords } from '../accounts-words.ts';
import { momentWords } from '../china-time.ts';
import { correctionsClient, type Wrong } from '../corrections-client.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems, problemAt } from './failure-problems.ts';
import { Field, TextField } from './field.tsx';
import { MoreButton, useMore } from './more-items.tsx';
import type { Person } from './person-finder.tsx';
import { statementLine } from './statement-line.ts';
import { StatementList, useStatementWords } from './statement-list.tsx';
import { Sure } from './sure.tsx';

const REASON_CHARACTERS_MAX = 200;
const blank = { line: '', due: '', minutes: '', reason: '' };
type Fields = typeof blank;

/** Lines that can be taken back, and were not yet as far as the page knows. */
const correctable = (entries: readonly EntryView[]): EntryView[] =>
  entries.filter(
    ({ kind, transferId }) =>
      (kind === 'earned' || kind === 'gift_in') &&
      !entries.some((other) => other.kind === 'reversed' && other.corrects === transferId),
  );

const isAmount = (minutes: string): boolean =>
  /^\d+$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= 1440;

/** What is not right in the form; a gift is taken back whole. */
const problemsOf = (
  fields: Fields,
  line: EntryView | undefined,
  own: ReturnType<typeof useAccountsWords>,
): Problem[] => [
  ...(line === undefined ? [{ field: 'line', words: own.lineMissing }] : []),
  ...(line?.kind !== 'gift_in' && fields.due === '' ? [{ field: 'due', words: own.dueMissing }] : []),
  ...(line?.kind !== 'gift_in' && fields.due === 'minutes' && !isAmount(fields.minutes)
    ? [{ field: 'minutes', words: own.dueHowMuchMissing }]
    : []),
  ...(fields.reason.trim() === '' ? [{ field: 'reason', words: own.whyMissing }] : []),
];

/** Which line of somebody's account is wrong, what was meant, and why; then once more, in a sentence. */
export const CorrectionForm = ({
  person,
  accountId,
  first,
  onBegin,
  onProblems,
  onDone,
}: {
  person: Person;
  accountId: string;
  first: StatementPage;
  /** Another one begins: what was said of the one before is over. */
  onBegin: () => void;
  onProblems: (problems: Problem[]) => void;
  onDone: (receipt: CorrectionReceipt) => void;
}) => {
  const words = useWords();
  const own = useAccountsWords();
  const sentences = useAccountsSentences();
  const statement = useStatementWords();
  const acted = useActedWords();
  const more = useMore(first, (cursor) => correctionsClient.listEntries(accountId, cursor));
  const { fields, write, drop } = useDraft(`correction.${accountId}`, blank);
  const [isSure, setSure] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const command = useCommand({
    slot: `correct.${accountId}`,
    prefix: 'trf',
    send: (transferId, wrong: Wrong) => correctionsClient.propose(transferId, wrong),
    onDone: (receipt) => {
      drop();
      setSure(false);
      onDone(receipt);
    },
  });
  const lines = correctable(more.items);
  const line = lines.find(({ transferId }) => transferId === fields.line);
  const isGift = line?.kind === 'gift_in';
  const shown = [
    ...problems,
    ...failureProblems(sentences, [command], {
      insteadMinutes: { field: 'minutes', words: own.dueHowMuchMissing },
      reason: { field: 'reason', words: own.whyMissing },
    }),
  ];
  useEffect(() => {
    onProblems(shown);
  }, [problems, command.failure]);
  const onWrite = (name: keyof Fields) => (text: string) => {
    write(name, text);
    setProblems((before) => before.filter(({ field }) => field !== name));
    setSure(false);
    command.clear();
  };
  const insteadMinutes = !isGift && fields.due === 'minutes' ? Number(fields.minutes) : undefined;
  const described = (entry: EntryView) => statementLine({ shell: words, own: statement, acted }, entry);
  const question = (wrong: EntryView): string => {
    const [when, amount] = [momentWords(words, wrong.at), words.hours(wrong.amountMinutes)];
    return insteadMinutes === undefined
      ? own.sureBack(person.name, when, amount)
      : own.sureInstead(person.name, when, amount, words.hours(insteadMinutes));
  };
  const history = (
    <details>
      <summary>{own.allLines}</summary>
      <StatementList entries={more.items} />
    </details>
  );
  if (lines.length === 0) {
    return (
      <>
        <p>{own.noLines}</p>
        {more.items.length > 0 && history}
        <MoreButton more={more} />
      </>
    );
  }
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onBegin();
          const found = problemsOf(fields, line, own);
          setProblems(found);
          command.clear();
          setSure(found.length === 0);
        }}
      >
        <div class="scrolled">
          <ChoiceList
            id="line"
            label={own.line}
            hint={own.lineHint}
            problem={problemAt(shown, 'line')}
            value={fields.line}
            onWrite={onWrite('line')}
            choices={lines.map((entry) => ({
              value: entry.transferId,
              label: [described(entry).what, described(entry).change].join(' '),
              hint: [momentWords(words, entry.at), ...described(entry).more].join(' · '),
            }))}
          />
        </div>
        <MoreButton more={more} />
        {isGift ? (
          <p>{own.giftWhole}</p>
        ) : (
          <ChoiceList
            id="due"
            label={own.due}
            problem={problemAt(shown, 'due')}
            value={fields.due}
            onWrite={onWrite('due')}
            choices={[
              { value: 'nothing', label: own.dueNothing },
              { value: 'minutes', label: own.dueMinutes, hint: own.dueMinutesHint },
            ]}
          />
        )}
        {!isGift && fields.due === 'minutes' && (
          <Field
            id="minutes"
            type="number"
            inputMode="numeric"
            min={1}
            max={1440}
            label={own.dueHowMuch}
            problem={problemAt(shown, 'minutes')}
            value={fields.minutes}
            onWrite={onWrite('minutes')}
          />
        )}
        <TextField
          id="reason"
          maxLength={REASON_CHARACTERS_MAX}
          label={own.why}
          hint={own.whyHint}
          problem={problemAt(shown, 'reason')}
          value={fields.reason}
          onWrite={onWrite('reason')}
        />
        {!isSure && (
          <button type="submit" class="primary">
            {words.goOn}
          </button>
        )}
      </form>
      {isSure && line !== undefined && (
        <Sure
          question={question(line)}
          yes={own.sureYes}
          no={own.notNow}
          command={{
            ...command,
            submit: () => {
              command.submit({
                accountId,
                lineId: line.transferId,
                ...(insteadMinutes === undefined ? {} : { insteadMinutes }),
                reason: fields.reason.trim(),
              });
            },
          }}
          onNo={() => {
            setSure(false);
          }}
        />
      )}
      {history}
    </>
  );
};
