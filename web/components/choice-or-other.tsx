import type { ComponentChildren } from 'preact';
import { ChoiceList } from './choice-list.tsx';
import type { Labelled } from './field.tsx';

const OTHER = 'other';

/** The usual answers, each as large as a thumb, and a last one that opens a field for any other. */
export const ChoiceOrOther = ({
  value,
  isOther,
  choices,
  other,
  onWrite,
  onOther,
  children,
  ...labelled
}: Labelled & {
  value: string;
  /** True where the answer is none of the usual ones. */
  isOther: boolean;
  choices: readonly { value: string; label: string }[];
  /** What the last choice says. */
  other: string;
  onWrite: (value: string) => void;
  onOther: () => void;
  /** The field for any other answer. */
  children: ComponentChildren;
}) => (
  <>
    <ChoiceList
      {...labelled}
      value={isOther ? OTHER : value}
      onWrite={(chosen) => {
        if (chosen === OTHER) onOther();
        else onWrite(chosen);
      }}
      choices={[...choices, { value: OTHER, label: other }]}
    />
    {isOther && children}
  </>
);
