import { useShellWords } from '../language.tsx';

/** An amount of time in figures that are read from an arm's length. `minutes`: whole, 0 or more. */
export const BigNumber = ({ minutes }: { minutes: number }) => (
  <p class="big">
    {useShellWords()
      .hourParts(minutes)
      .map(({ count, unit }) => (
        <span key={unit}>
          {count}
          <small>{unit}</small>
        </span>
      ))}
  </p>
);
