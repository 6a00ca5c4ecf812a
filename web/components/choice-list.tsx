import type { Labelled } from './field.tsx';

/** A few choices, one of them taken, each as large as a thumb. The id of the list is that of its first choice. */
export const ChoiceList = ({
  id,
  label,
  hint,
  problem,
  value,
  onWrite,
  choices,
}: Labelled & {
  value: string;
  onWrite: (value: string) => void;
  choices: readonly { value: string; label: string; hint?: string }[];
}) => (
  <fieldset class={problem === undefined ? 'field' : 'field wrong'}>
    <legend>{label}</legend>
    {hint !== undefined && <p class="hint">{hint}</p>}
    {problem !== undefined && (
      <p class="problem">
        <span aria-hidden="true">! </span>
        {problem}
      </p>
    )}
    <div class="choices">
      {choices.map((choice, index) => (
        <label class="choice" key={choice.value}>
          <input
            type="radio"
            id={index === 0 ? id : `${id}-${index}`}
            name={id}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => {
              onWrite(choice.value);
            }}
          />
          <span>
            {choice.label}
            {choice.hint !== undefined && <small>{choice.hint}</small>}
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);
