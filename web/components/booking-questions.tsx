import { useAskingWords } from '../asking-words.ts';
import { type BookingFields, type BookingStep, type Means, clocksOn, nextNoons } from '../booking.ts';
import { dateOf, dayWords, now, weekdayWords } from '../china-time.ts';
import { useWords } from '../language.tsx';
import { type Service, lengthsOf, serviceOf } from '../services.ts';
import type { Catalogue } from '../words/zh-hans.ts';
import { ChoiceList } from './choice-list.tsx';
import { ChoiceOrOther } from './choice-or-other.tsx';
import { Field } from './field.tsx';
import { ServiceChoices } from './service-choices.tsx';
import { GenderField, LanguageField, NoteField } from './wish-fields.tsx';

interface QuestionProps {
  fields: BookingFields;
  write: (answers: Partial<BookingFields>) => void;
  problemOf: (field: string) => string | undefined;
}

const nearWords = (words: Catalogue, noon: string, index: number): string => {
  const full = `${dayWords(words, noon)} ${weekdayWords(words, noon)}`;
  const near = [words.today, words.tomorrow][index];
  return near === undefined ? full : `${near} ${full}`;
};

const DayQuestion = ({ fields, write, problemOf }: QuestionProps) => {
  const words = useWords();
  const own = useAskingWords();
  const choices = nextNoons().map((noon, index) => ({
    value: dateOf(noon),
    label: nearWords(words, noon, index),
  }));
  // Whoever wrote a later day some pages ago finds it where they wrote it.
  const isLater = choices.every(({ value }) => value < fields.date);
  return (
    <ChoiceOrOther
      id="date"
      label={words.date}
      problem={problemOf('date')}
      value={fields.date}
      isOther={fields.day === 'other' || isLater}
      choices={choices}
      other={own.otherDay}
      onWrite={(date) => {
        write({ date, day: '' });
      }}
      onOther={() => {
        write({ date: '', day: 'other' });
      }}
    >
      <Field
        id="other-date"
        type="date"
        min={dateOf(now())}
        label={words.date}
        value={fields.date}
        onWrite={(date) => {
          write({ date, day: 'other' });
        }}
      />
    </ChoiceOrOther>
  );
};

const ClockQuestion = ({ fields, write, problemOf, service }: QuestionProps & { service: Service }) => {
  const words = useWords();
  const own = useAskingWords();
  const choices = clocksOn(fields.date, service).map(({ hour, clock }) => ({
    value: clock,
    label: own.hour(hour),
  }));
  const isBetween = fields.clock !== '' && choices.every(({ value }) => value !== fields.clock);
  return (
    <ChoiceOrOther
      id="clock"
      label={words.time}
      problem={problemOf('clock')}
      value={fields.clock}
      isOther={fields.hour === 'other' || isBetween}
      choices={choices}
      other={own.otherHour}
      onWrite={(clock) => {
        write({ clock, hour: '' });
      }}
      onOther={() => {
        write({ clock: '', hour: 'other' });
      }}
    >
      <Field
        id="other-clock"
        type="time"
        step={900}
        label={words.time}
        value={fields.clock}
        onWrite={(clock) => {
          write({ clock, hour: 'other' });
        }}
      />
    </ChoiceOrOther>
  );
};

const LengthQuestion = ({
  fields,
  write,
  problemOf,
  service,
  means: { availableMinutes },
}: QuestionProps & { service: Service; means: Means }) => {
  const words = useWords();
  const own = useAskingWords();
  return (
    <ChoiceList
      id="minutes"
      label={words.howLong}
      hint={availableMinutes === undefined ? undefined : own.canUse(words.hours(availableMinutes))}
      problem={problemOf('minutes')}
      value={fields.minutes}
      onWrite={(minutes) => {
        write({ minutes });
      }}
      choices={lengthsOf(service).map((minutes) => ({ value: String(minutes), label: words.hours(minutes) }))}
    />
  );
};

const WishQuestion = ({ fields, write, problemOf, asksPlace }: QuestionProps & { asksPlace: boolean }) => {
  const own = useAskingWords();
  return (
    <>
      <p>{own.whatElseHint}</p>
      {asksPlace && (
        <Field
          id="address"
          autocomplete="street-address"
          maxLength={120}
          label={own.otherPlace}
          hint={own.otherPlaceHint}
          problem={problemOf('address')}
          value={fields.address}
          onWrite={(address) => {
            write({ address });
          }}
        />
      )}
      <LanguageField
        problem={problemOf('language')}
        value={fields.language}
        onWrite={(language) => {
          write({ language });
        }}
      />
      <GenderField
        problem={problemOf('gender')}
        value={fields.gender}
        onWrite={(gender) => {
          write({ gender });
        }}
      />
      <NoteField
        problem={problemOf('note')}
        value={fields.note}
        onWrite={(note) => {
          write({ note });
        }}
      />
    </>
  );
};

/** The question of one step. Without a service only the first can be asked. */
export const BookingQuestion = ({
  step,
  services,
  means,
  asksPlace,
  ...props
}: QuestionProps & {
  step: BookingStep;
  services: readonly Service[];
  means: Means;
  asksPlace: boolean;
}) => {
  const service = serviceOf(services, props.fields.service);
  if (step === 'day') return <DayQuestion {...props} />;
  if (step === 'wishes') return <WishQuestion {...props} asksPlace={asksPlace} />;
  if (step === 'clock' && service !== undefined) return <ClockQuestion {...props} service={service} />;
  if (step === 'long' && service !== undefined)
    return <LengthQuestion {...props} service={service} means={means} />;
  return (
    <ServiceChoices
      services={services}
      value={props.fields.service}
      problem={props.problemOf('service')}
      onChoose={({ code, defaultMinutes }) => {
        props.write({ service: code, minutes: String(defaultMinutes) });
      }}
    />
  );
};
