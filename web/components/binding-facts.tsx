import type { BindingView, HelpedRow } from '@time-bank/contracts/helping';
import type { ComponentChildren } from 'preact';
import { instantAt } from '../china-time.ts';
import { useHelpingWords } from '../helping-words.ts';
import { useWords } from '../language.tsx';
import { yearDayWords } from '../year-day-words.ts';
import { Facts } from './facts.tsx';

/** The day of a date, with its year. */
export const useDay = (): ((date: string) => string) => {
  const words = useWords();
  return (date) => yearDayWords(words, instantAt(date, '12:00') ?? date);
};

/** What a helper may do, up to how much and until when; how it stands, and for staff what shows it. */
export const BindingFacts = ({
  binding,
  large = false,
}: {
  binding: BindingView | HelpedRow;
  large?: boolean;
}) => {
  const words = useWords();
  const own = useHelpingWords();
  const day = useDay();
  const { state, scopes, spendMinutesMax, spentMinutes, until } = binding;
  const agreed = 'confirmedBy' in binding ? binding.confirmedBy : undefined;
  const facts: { name: string; content: ComponentChildren }[] = [
    { name: own.state, content: own.states[state] },
    { name: own.may, content: scopes.map((scope) => own.scopes[scope]).join(words.listComma) },
    {
      name: own.spendMax,
      content: scopes.includes('spend')
        ? own.spendLeft(
            words.hours(Math.max(0, spendMinutesMax - spentMinutes)),
            words.hours(spendMinutesMax),
          )
        : undefined,
    },
    { name: own.until, content: own.untilDay(day(until)) },
    { name: own.consent, content: agreed === undefined ? undefined : own.confirmedBy[agreed] },
    { name: own.proof, content: 'proof' in binding ? binding.proof : undefined },
    { name: own.document, content: 'document' in binding ? binding.document : undefined },
  ];
  return <Facts large={large} facts={facts} />;
};
