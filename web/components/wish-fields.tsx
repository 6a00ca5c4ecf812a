import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { SelectField, TextField } from './field.tsx';

interface WishField {
  problem: string | undefined;
  value: string;
  onWrite: (text: string) => void;
}

/** Which language the volunteer should speak. */
export const LanguageField = ({ problem, value, onWrite }: WishField) => {
  const words = useWords();
  return (
    <SelectField
      id="language"
      label={words.languageWish}
      problem={problem}
      value={value}
      onWrite={onWrite}
      options={[
        { value: '', label: words.anyLanguage },
        ...keysOf(words.languages).map((code) => ({ value: code, label: words.languages[code] })),
      ]}
    />
  );
};

/** Whether a woman or a man should come. */
export const GenderField = ({ problem, value, onWrite }: WishField) => {
  const words = useWords();
  return (
    <SelectField
      id="gender"
      label={words.genderWish}
      problem={problem}
      value={value}
      onWrite={onWrite}
      options={[
        { value: '', label: words.anyLanguage },
        ...keysOf(words.genders).map((code) => ({ value: code, label: words.genders[code] })),
      ]}
    />
  );
};

/** What the volunteer should know. At most 200 characters. */
export const NoteField = ({ problem, value, onWrite }: WishField) => {
  const words = useWords();
  return (
    <TextField
      id="note"
      label={words.note}
      hint={words.noteHint}
      maxLength={200}
      problem={problem}
      value={value}
      onWrite={onWrite}
    />
  );
};
