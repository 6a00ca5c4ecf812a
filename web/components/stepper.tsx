import { useShellWords } from '../language.tsx';
import { BigNumber } from './big-number.tsx';

/** An amount of time that is made more or less by pressing; `amounts` are all there are, in minutes, rising. */
export const Stepper = ({
  id,
  label,
  hint,
  less,
  more,
  amounts,
  value,
  onWrite,
}: {
  id: string;
  label: string;
  hint: string;
  /** What the buttons say, by how much they change it. */
  less: (amount: string) => string;
  more: (amount: string) => string;
  amounts: readonly number[];
  value: number;
  onWrite: (minutes: number) => void;
}) => {
  const words = useShellWords();
  const index = amounts.indexOf(value);
  // At its end a button stays where it is, so that whoever uses keys keeps their place.
  const button = (next: number | undefined, by: number, text: (amount: string) => string, at?: string) => (
    <button
      type="button"
      id={at}
      aria-disabled={next === undefined}
      onClick={() => {
        if (next !== undefined) onWrite(next);
      }}
    >
      {text(words.hours(by))}
    </button>
  );
  const below = amounts[index - 1];
  const above = amounts[index + 1];
  const usual = 30;
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      <div role="status">
        <BigNumber minutes={value} />
      </div>
      <div class="beside">
        {button(below, value - (below ?? value - usual), less, id)}
        {button(above, (above ?? value + usual) - value, more)}
      </div>
    </fieldset>
  );
};
