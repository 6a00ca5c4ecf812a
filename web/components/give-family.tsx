import type { Balance } from '@time-bank/contracts/account';
import type { FamilyList, FamilyTie } from '@time-bank/contracts/giving';
import { instantAt } from '../china-time.ts';
import { givingClient } from '../giving-client.ts';
import { useGivingWords } from '../giving-words.ts';
import { useShellWords } from '../language.tsx';
import { yearDayWords } from '../year-day-words.ts';
import { GiveFlow, type Target, type Way } from './give-flow.tsx';

/** Gives earned hours to one of those to whom the member is bound. */
export const GiveFamily = ({
  family,
  balance,
  step,
}: {
  family: FamilyList;
  balance: Balance;
  step: string | undefined;
}) => {
  const shell = useShellWords();
  const own = useGivingWords();
  const nameOf = (tie: FamilyTie) => own.relative(own.relations[tie.relation][tie.gender], tie.surname);
  const names = family.items.map(nameOf);
  const isTwin = (tie: FamilyTie) => names.filter((name) => name === nameOf(tie)).length > 1;
  const targets = family.items
    .filter(({ canReceive }) => canReceive)
    .map((tie): Target => ({
      value: tie.memberId,
      label: nameOf(tie),
      ...(isTwin(tie) ? { hint: own.twins } : {}),
    }));
  const waiting = family.items.filter(({ canReceive }) => !canReceive);
  const whyNot = ({ from }: FamilyTie) => {
    const start = instantAt(from, '00:00');
    return start === undefined || start <= balance.asOf
      ? own.cannotReceive
      : own.receivesFrom(yearDayWords(shell, start));
  };
  const way: Way = {
    part: 'family',
    title: own.family,
    hint: own.familyHint,
    whom: own.toWhom,
    whomMissing: own.toWhomMissing,
    howMuch: own.giveHowMuch,
    tooFew: own.giveTooFew,
    atMost: own.giveAtMost,
    sure: own.giveSure,
    after: own.giveAfter,
    yes: own.giveYes,
    done: own.given,
    news: own.givenNews,
    mostMinutes: ({ earnedMinutes }) => earnedMinutes,
    send: givingClient.giveHours,
  };
  return (
    <GiveFlow way={way} step={step} targets={targets} balance={balance}>
      {family.items.length === 0 && (
        <p>
          <strong>{own.noFamily}</strong>
        </p>
      )}
      {waiting.length > 0 && (
        <>
          <h2>{own.notYet}</h2>
          <ul class="lines">
            {waiting.map((tie) => (
              <li key={tie.memberId}>
                <span class="apart">
                  <strong>{nameOf(tie)}</strong> <span>{whyNot(tie)}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </GiveFlow>
  );
};
