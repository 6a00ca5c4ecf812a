import type { DisputeView } from '@time-bank/contracts/confirming';
import { useAfterWords } from '../after-words.ts';
import { dayWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { Facts } from './facts.tsx';

/** What a dispute is about, what both sides say, what was decided, and by when somebody decides. */
export const DisputeFacts = ({ dispute }: { dispute: DisputeView }) => {
  const words = useWords();
  const own = useAfterWords();
  const { answer, appeal, decisions, state, dueBy, disputedMinutes, frozenMinutes } = dispute;
  return (
    <>
      <p>
        <strong>{own.disputeStates[state]}</strong>
        {state !== 'ended' && <> · {own.dueBy(dayWords(words, dueBy))}</>}
        {dispute.isOverdue && <> · ! {own.overdue}</>}
      </p>
      <Facts
        facts={[
          { name: own.complainWhat, content: own.complaints[dispute.kind] },
          { name: own.complainedBy(own.sides[dispute.by]), content: dispute.words },
          { name: own.answerOf, content: answer?.words },
          { name: own.appealOf, content: appeal?.words },
          ...decisions.map(({ outcome, reason }) => ({
            name: own.decide,
            content: `${own.outcomes[outcome]} · ${reason}`,
          })),
        ]}
      />
      <p class="quiet">
        {disputedMinutes === 0
          ? own.nothingFrozen
          : own.frozen(words.hours(frozenMinutes), words.hours(disputedMinutes))}
      </p>
    </>
  );
};
