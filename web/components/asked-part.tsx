import type { RequestView } from '@time-bank/contracts/request';
import { useAskingWords } from '../asking-words.ts';
import { useLifeWords } from '../life-words.ts';

/** What was kept, waits for the staff, or was turned down by them: where it stands, and how it goes on. */
const AskedPart = ({ request: { requestId, state, reason, paidWithHours } }: { request: RequestView }) => {
  const own = useAskingWords();
  const life = useLifeWords();
  if (state === 'submitted') return <p>{own.waitsForReview}</p>;
  const isRejected = state === 'rejected';
  return (
    <section class="card">
      {isRejected && <h2>{life.whyRejected}</h2>}
      <p>{isRejected ? reason : own.notHandedIn}</p>
      {paidWithHours && <p>{own.hoursAreBack}</p>}
      {paidWithHours ? (
        <a class="button primary" href="/redeem">
          {own.bookAnew}
        </a>
      ) : (
        <a class="button primary" href={`/ask/change/${requestId}/check`}>
          {isRejected ? own.changeAgain : own.goOnWriting}
        </a>
      )}
    </section>
  );
};

export default AskedPart;
