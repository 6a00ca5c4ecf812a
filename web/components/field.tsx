import { h } from 'preact';

/** What every control of a form has: a label, perhaps a hint, perhaps a problem, tied to it for those who listen. */
export interface Labelled {
  id: string;
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
}

const describedBy = ({ id, hint, problem }: Labelled): { 'aria-describedby'?: string } => {
  const ids = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`];
  const text = ids.filter((part) => part !== '').join(' ');
  return text === '' ? {} : { 'aria-describedby': text };
};

const Above = ({ id, label, hint, problem }: Labelled) => (
  <>
    <label for={id}>{label}</label>
    {hint !== undefined && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {problem !== undefined && (
      <p class="problem" id={`${id}-problem`}>
        <span aria-hidden="true">! </span>
        {problem}
      </p>
    )}
  </>
);

/** A line to write in. `type`, `autocomplete` and the like go to the input as they are. */
export const Field = ({
  id,
  label,
  hint,
  problem,
  value,
  onWrite,
  type = 'text',
  ...input
}: Labelled & {
  value: string;
  onWrite: (text: string) => void;
  type?: 'text' | 'tel' | 'search' | 'date' | 'time' | 'number' | 'password';
  inputMode?: 'tel' | 'numeric';
  autocomplete?: 'tel' | 'one-time-code' | 'street-address' | 'off';
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  step?: number;
  class?: string;
}) => (
  <div class={problem === undefined ? 'field' : 'field wrong'}>
    <Above id={id} label={label} hint={hint} problem={problem} />
    {h('input', {
      id,
      name: id,
      type,
      value,
      'aria-invalid': problem !== undefined,
      ...describedBy({ id, label, hint, problem }),
      ...input,
      onInput: (event: { currentTarget: HTMLInputElement }) => {
        onWrite(event.currentTarget.value);
      },
    })}
  </div>
);

/** A few lines to write in. */
export const TextField = ({
  value,
  onWrite,
  maxLength,
  ...labelled
}: Labelled & { value: string; onWrite: (text: string) => void; maxLength: number }) => (
  <div class={labelled.problem === undefined ? 'field' : 'field wrong'}>
    <Above {...labelled} />
    <textarea
      id={labelled.id}
      name={labelled.id}
      rows={2}
      maxLength={maxLength}
      value={value}
      aria-invalid={labelled.problem !== undefined}
      {...describedBy(labelled)}
      onInput={(event) => {
        onWrite(event.currentTarget.value);
      }}
    />
  </div>
);

/** A list to choose one from, closed until it is opened; `rows` shows that many lines at once. */
export const SelectField = ({
  value,
  onWrite,
  options,
  rows,
  ...labelled
}: Labelled & {
  value: string;
  onWrite: (text: string) => void;
  options: readonly { value: string; label: string }[];
  rows?: number;
}) => (
  <div class={labelled.problem === undefined ? 'field' : 'field wrong'}>
    <Above {...labelled} />
    <select
      id={labelled.id}
      name={labelled.id}
      value={value}
      aria-invalid={labelled.problem !== undefined}
      {...(rows === undefined ? {} : { size: rows })}
      {...describedBy(labelled)}
      onChange={(event) => {
        onWrite(event.currentTarget.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
);
