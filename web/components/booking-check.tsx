import { useAskingWords } from '../asking-words.ts';
import type { BookingStep } from '../booking.ts';
import { whenWords } from '../china-time.ts';
import type { Wanted } from '../client.ts';
import { useWords } from '../language.tsx';
import { type Service, serviceOf } from '../services.ts';
import { Facts } from './facts.tsx';
import { wishWords } from './request-facts.tsx';

/** Everything that was answered, each with a way to change it, before it is sent. */
export const BookingCheck = ({
  wanted,
  services,
  home,
  pathOf,
  asksPlace,
}: {
  wanted: Wanted;
  services: readonly Service[];
  /** The address where nothing else is said. */
  home: string | undefined;
  pathOf: (step: BookingStep) => string;
  asksPlace: boolean;
}) => {
  const words = useWords();
  const own = useAskingWords();
  const answers: { step: BookingStep; name: string; content: string }[] = [
    {
      step: 'what',
      name: words.service,
      content: serviceOf(services, wanted.serviceCode)?.words[words.locale] ?? '',
    },
    { step: 'day', name: words.when, content: whenWords(words, wanted.plannedStartAt) },
    { step: 'long', name: words.howLong, content: words.hours(wanted.plannedMinutes) },
    ...(asksPlace
      ? [
          {
            step: 'wishes' as const,
            name: words.where,
            content: wanted.place?.address ?? (home === undefined ? own.atHome : `${own.atHome} · ${home}`),
          },
        ]
      : []),
    { step: 'wishes', name: words.wishes, content: wishWords(words, wanted.wishes) || words.none },
    { step: 'wishes', name: words.note, content: wanted.note ?? words.none },
  ];
  return (
    <Facts
      large
      facts={answers.map(({ step, name, content }, index) => ({
        name,
        content: (
          <>
            {content}{' '}
            {answers[index + 1]?.step !== step && (
              <a class="change" href={pathOf(step)}>
                {own.change}
                <span class="unseen">{name}</span>
              </a>
            )}
          </>
        ),
      }))}
    />
  );
};
