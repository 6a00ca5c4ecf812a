import { useState } from 'preact/hooks';
import { dateOf, now } from '../china-time.ts';
import { type Proposal, helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { useMeWords } from '../me-words.ts';
import { type Command, useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { CheckList } from './check-list.tsx';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field, TextField } from './field.tsx';
import { SendButton } from './send-button.tsx';

const NOTE_MAX = 200;
const AMOUNTS_MINUTES = [300, 600, 1200, 3000];
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const blank = { kind: 'family_proxy', scopes: '', spend: '', until: '', proof: '', document: '' };
type Fields = typeof blank;

const inAYear = (): string => dateOf(new Date(Date.parse(now()) + YEAR_MS).toISOString());

const problemsOf = (fields: Fields, own: ReturnType<typeof useMeWords>): Problem[] => [
  ...(fields.scopes === '' ? [{ field: 'scopes', words: own.askScopesMissing }] : []),
  ...(fields.scopes.includes('spend') && fields.spend === ''
    ? [{ field: 'spend', words: own.askSpendMissing }]
    : []),
  ...(fields.until > dateOf(now()) ? [] : [{ field: 'until', words: own.askUntilMissing }]),
  ...(fields.proof.trim() === '' ? [{ field: 'proof', words: own.askProofMissing }] : []),
  ...(fields.kind === 'guardian' && fields.document.trim() === ''
    ? [{ field: 'document', words: own.askDocumentMissing }]
    : []),
];

/** The terms on which `helperId` is to act for `elderId`: what, up to how much, until when, and what shows it. */
export const BindingForm = ({
  elderId,
  helperId,
  onProblems,
  onCommand,
  onDone,
}: {
  elderId: string;
  helperId: string;
  onProblems: (problems: Problem[]) => void;
  /** Tells the page what failed. */
  onCommand: (command: Pick<Command<never>, 'failure'>) => void;
  onDone: () => void;
}) => {
  const words = useWords();
  const own = useMeWords();
  const helping = useHelpingWords();
  const { fields, write, drop } = useDraft(`bind.${elderId}.${helperId}`, { ...blank, until: inAYear() });
  const [problems, setProblems] = useState<Problem[]>([]);
  const command = useCommand({
    slot: `bind.${elderId}.${helperId}`,
    prefix: 'fil',
    send: async (bindingId, proposal: Proposal) => {
      const answer = await helpingClient.propose(bindingId, proposal);
      onCommand(answer.kind === 'done' ? {} : { failure: answer });
      return answer;
    },
    onDone: () => {
      drop();
      onDone();
    },
  });
  const scopes = keysOf(helping.scopes).filter((scope) => fields.scopes.split(' ').includes(scope));
  const mayAsk = () => {
    const found = problemsOf(fields, own);
    setProblems(found);
    onProblems(found);
    if (found.length > 0) return;
    const document = fields.document.trim();
    command.submit({
      elderId,
      helperId,
      terms: {
        kind: fields.kind === 'guardian' ? 'guardian' : 'family_proxy',
        scopes,
        spendMinutesMax: scopes.includes('spend') ? Number(fields.spend) : 0,
        until: fields.until,
        proof: fields.proof.trim(),
        ...(fields.kind === 'guardian' ? { document } : {}),
      },
    });
  };
  const onWrite = (name: keyof Fields) => (text: string) => {
    write(name, text);
    const left = problems.filter(({ field }) => field !== name);
    setProblems(left);
    onProblems(left);
    command.clear();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        mayAsk();
      }}
    >
      <ChoiceList
        id="kind"
        label={own.askKind}
        value={fields.kind}
        onWrite={onWrite('kind')}
        choices={keysOf(helping.kinds).map((kind) => ({ value: kind, label: helping.kinds[kind] }))}
      />
      <CheckList
        id="scopes"
        label={own.askScopes}
        problem={problemAt(problems, 'scopes')}
        values={scopes}
        onWrite={(values) => {
          onWrite('scopes')(values.join(' '));
        }}
        choices={keysOf(helping.scopes).map((scope) => ({ value: scope, label: helping.scopes[scope] }))}
      />
      {scopes.includes('spend') && (
        <ChoiceList
          id="spend"
          label={own.askSpend}
          problem={problemAt(problems, 'spend')}
          value={fields.spend}
          onWrite={onWrite('spend')}
          choices={AMOUNTS_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: words.hours(minutes),
          }))}
        />
      )}
      <Field
        id="until"
        type="date"
        min={dateOf(now())}
        label={own.askUntil}
        problem={problemAt(problems, 'until')}
        value={fields.until}
        onWrite={onWrite('until')}
      />
      <TextField
        id="proof"
        label={own.askProof}
        hint={own.askProofHint}
        problem={problemAt(problems, 'proof')}
        maxLength={NOTE_MAX}
        value={fields.proof}
        onWrite={onWrite('proof')}
      />
      {fields.kind === 'guardian' && (
        <Field
          id="document"
          autocomplete="off"
          label={own.askDocument}
          problem={problemAt(problems, 'document')}
          value={fields.document}
          onWrite={onWrite('document')}
        />
      )}
      <SendButton command={command} label={own.askSend} />
    </form>
  );
};
