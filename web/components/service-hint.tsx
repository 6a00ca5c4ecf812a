import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import type { Service } from '../services.ts';

const DAY_MINUTES = 24 * 60;

const clockOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60))}:${String(minute % 60).padStart(2, '0')}`;

/** What whoever plans a service has to know of it: how long, at what hours, how many go, who comes. */
export const ServiceHint = ({ service }: { service: Service }) => {
  const words = useWords();
  const own = useDeskWords();
  const { minMinutes, maxMinutes, fromMinute, toMinute, persons, madeBy } = service;
  const isByDay = fromMinute > 0 || toMinute < DAY_MINUTES;
  return (
    <p class="hint">
      {[
        own.lasts(words.hours(minMinutes), words.hours(maxMinutes)),
        ...(isByDay ? [own.within(clockOfMinute(fromMinute), clockOfMinute(toMinute))] : []),
        ...(persons === 2 ? [own.twoGo] : []),
        ...(madeBy === 'professional' ? [own.byProvider] : []),
      ].join(' · ')}
    </p>
  );
};

/** True where `written` is a whole number of minutes that this service may last. */
export const isLengthOf = ({ minMinutes, maxMinutes }: Service, written: string): boolean =>
  /^\d+$/.test(written) && Number(written) >= minMinutes && Number(written) <= maxMinutes;
