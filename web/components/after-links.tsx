import type { RequestState } from '@time-bank/contracts/request';
import { useAfterWords } from '../after-words.ts';

const rated: readonly RequestState[] = ['settled', 'rated', 'rectify'];
const complained: readonly RequestState[] = [...rated, 'pending_confirm', 'callback', 'disputed', 'reversed'];

/** Where one says how a visit was, or that something is wrong with it. `at`: the address of the visit's page. */
const AfterLinks = ({ state, at }: { state: RequestState; at: string }) => {
  const own = useAfterWords();
  return (
    <>
      {rated.includes(state) && (
        <a class="button" href={`${at}/rate`}>
          {own.rate}
        </a>
      )}
      {complained.includes(state) && (
        <a class="button" href={`${at}/complain`}>
          {own.complain}
        </a>
      )}
    </>
  );
};

export default AfterLinks;
