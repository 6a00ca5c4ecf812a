import { useAskingWords } from './asking-words.ts';
import type { BookingSaid } from './components/booking-flow.tsx';

/** What is said of help that costs no hours and that the staff look at first. */
export const useAskSaid = (): BookingSaid => {
  const own = useAskingWords();
  return {
    before: own.askFree,
    send: own.handIn,
    done: own.handedIn,
    doneHint: own.handedInHint,
    keep: { label: own.keep, done: own.kept, doneHint: own.keptHint },
  };
};
