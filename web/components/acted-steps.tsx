import type { RequestStep } from '@time-bank/contracts/request';
import { useActedWords } from '../acted-words.ts';
import { momentWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { actedWords } from './acted-by.ts';
import { stateWords } from './state-words.ts';

/** The steps of a request that somebody else took in the receiver's name, and who. */
const ActedSteps = ({ steps }: { steps: readonly RequestStep[] }) => {
  const words = useWords();
  const acted = useActedWords();
  return (
    <ul class="lines">
      {steps.map(
        ({ state, at, by }) =>
          by !== undefined && (
            <li key={state}>
              <strong>{actedWords(acted, by)}</strong>
              <span class="apart quiet">
                {stateWords(words.receiverStates, state)} · {momentWords(words, at)}
              </span>
            </li>
          ),
      )}
    </ul>
  );
};

export default ActedSteps;
