import { useState } from 'preact/hooks';
import { useAfterWords } from '../after-words.ts';
import type { Command } from '../use-command.ts';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import { TextField } from './field.tsx';

const TEXT_MAX = 200;

/** What was made of something: one of a few choices, the first taken, and why in words. */
export const VerdictForm = <Choice extends string>({
  id,
  title,
  label,
  why,
  choices,
  command,
  onSend,
}: {
  id: string;
  title: string;
  label: string;
  /** What is asked beside the choice. */
  why: string;
  choices: readonly [Verdict<Choice>, ...Verdict<Choice>[]];
  command: Pick<Command<never>, 'sending' | 'failure'>;
  onSend: (chosen: Choice, reason: string) => void;
}) => {
  const own = useAfterWords();
  const [chosen, setChosen] = useState(choices[0].value);
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <DeedForm
      title={title}
      label={label}
      command={command}
      onSend={() => {
        const reason = text.trim();
        setMissing(reason === '');
        if (reason !== '') onSend(chosen, reason);
      }}
    >
      <ChoiceList
        id={`choice-${id}`}
        label={title}
        value={chosen}
        onWrite={(value) => {
          setChosen(choices.find((each) => each.value === value)?.value ?? choices[0].value);
        }}
        choices={choices}
      />
      <TextField
        id={`why-${id}`}
        label={why}
        problem={isMissing ? own.reviewMissing : undefined}
        maxLength={TEXT_MAX}
        value={text}
        onWrite={setText}
      />
    </DeedForm>
  );
};

/** A choice and its words. */
export interface Verdict<Choice extends string> {
  value: Choice;
  label: string;
}
