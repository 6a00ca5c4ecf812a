import type { OnBehalf } from '../helping-client.ts';
import { keysOf } from '../keys-of.ts';
import { usePeopleWords } from '../people-words.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field, TextField } from './field.tsx';

const NOTE_MAX = 200;
const RECORDING_MAX = 40;

/** What is written down of whoever has come or called. */
export const blankBehalf = { channel: 'counter', check: '', note: '', recording: '' };
/** The fields of it. */
export type BehalfText = typeof blankBehalf;

type Own = ReturnType<typeof usePeopleWords>;

/** What is missing of it, where the fields have ids that begin with `id`. */
export const behalfProblems = (id: string, fields: BehalfText, own: Own): Problem[] => [
  ...(fields.check === '' ? [{ field: `${id}-check`, words: own.checkMissing }] : []),
  ...(fields.note.trim() === '' ? [{ field: `${id}-note`, words: own.noteMissing }] : []),
];

/** The same as it is sent; nothing where something is missing. */
export const behalfOf = (fields: BehalfText, own: Own, memberId: string): OnBehalf | undefined => {
  const check = keysOf(own.checks).find((each) => each === fields.check);
  const note = fields.note.trim();
  const recording = fields.recording.trim();
  if (check === undefined || note === '') return undefined;
  return {
    memberId,
    channel: fields.channel === 'hotline' ? 'hotline' : 'counter',
    check,
    note,
    ...(recording === '' ? {} : { recording }),
  };
};

/** Who came or called, how they were known, and what for. */
export const BehalfFields = ({
  id,
  fields,
  problems,
  onWrite,
}: {
  /** With which the ids of the fields begin: a page may have several of these. */
  id: string;
  fields: BehalfText;
  problems: readonly Problem[];
  onWrite: (name: keyof BehalfText, text: string) => void;
}) => {
  const own = usePeopleWords();
  return (
    <>
      <ChoiceList
        id={`${id}-channel`}
        label={own.channel}
        value={fields.channel}
        onWrite={(text) => {
          onWrite('channel', text);
        }}
        choices={keysOf(own.channels).map((value) => ({ value, label: own.channels[value] }))}
      />
      <ChoiceList
        id={`${id}-check`}
        label={own.check}
        problem={problemAt(problems, `${id}-check`)}
        value={fields.check}
        onWrite={(text) => {
          onWrite('check', text);
        }}
        choices={keysOf(own.checks).map((value) => ({ value, label: own.checks[value] }))}
      />
      <TextField
        id={`${id}-note`}
        label={own.note}
        problem={problemAt(problems, `${id}-note`)}
        maxLength={NOTE_MAX}
        value={fields.note}
        onWrite={(text) => {
          onWrite('note', text);
        }}
      />
      <Field
        id={`${id}-recording`}
        autocomplete="off"
        maxLength={RECORDING_MAX}
        label={own.recording}
        value={fields.recording}
        onWrite={(text) => {
          onWrite('recording', text);
        }}
      />
    </>
  );
};
