import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import type { Catalogue } from '../words/zh-hans.ts';
import { ChoiceList } from './choice-list.tsx';
import { failureProblems, type FieldsOf, problemAt } from './failure-problems.ts';
import { SendButton } from './send-button.tsx';

/** What taking a request back sends that the form asks for. */
export const cancelFields = (words: Catalogue): FieldsOf => ({
  reason: { field: 'reason', words: words.cancelWhyMissing },
});

/** Takes a request back: the button opens a list of reasons, a second button does it. */
export const CancelForm = ({
  command,
  label,
  reasons,
}: {
  command: Command<string>;
  label: string;
  reasons: readonly string[];
}) => {
  const words = useWords();
  const refused = problemAt(failureProblems(words, [command], cancelFields(words)), 'reason');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (isOpen) document.getElementById('reason')?.focus();
  }, [isOpen]);
  if (!isOpen) {
    return (
      <button
        type="button"
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === '') {
          setProblem(words.cancelWhyMissing);
          document.getElementById('reason')?.focus();
        } else command.submit(reason);
      }}
    >
      <ChoiceList
        id="reason"
        label={words.cancelWhy}
        problem={problem ?? refused}
        value={reason}
        onWrite={(chosen) => {
          setReason(chosen);
          setProblem(undefined);
          command.clear();
        }}
        choices={reasons.map((each) => ({ value: each, label: each }))}
      />
      <SendButton command={command} label={words.cancelYes} />
      <button
        type="button"
        onClick={() => {
          setOpen(false);
        }}
      >
        {words.cancelNo}
      </button>
    </form>
  );
};
