import type { Labelled } from './field.tsx';

/** A few choices of which any number is taken, each as large as a thumb. The id of the list is that of its first choice. */
export const CheckList = ({
  id,
  label,
  hint,
  problem,
  values,
  onWrite,
  choices,
}: Labelled & {
  values: readonly string[];
  onWrite: (values: string[]) => void;
  choices: readonly { value: string; label: string }[];
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
            type="checkbox"
            id={index === 0 ? id : `${id}-${index}`}
            name={id}
            value={choice.value}
            checked={values.includes(choice.value)}
            onChange={() => {
              onWrite(
                values.includes(choice.value)
                  ? values.filter((value) => value !== choice.value)
                  : [...values, choice.value],
              );
            }}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  </fieldset>
);
