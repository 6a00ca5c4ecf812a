import type { Receipt } from '@time-bank/contracts/request';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { type Answer, sentenceOf } from '../answer.ts';
import { dateOf, instantAt, now, whenWords } from '../china-time.ts';
import type { Wanted } from '../client.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Problem } from './error-summary.tsx';
import { Facts } from './facts.tsx';
import { failureProblems, problemAt, wantedFields } from './failure-problems.ts';
import { Field } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { Page } from './page.tsx';
import { wishWords } from './request-facts.tsx';
import { SendButton } from './send-button.tsx';
import { GenderField, LanguageField, NoteField } from './wish-fields.tsx';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import { wishesOf } from '../wishes-of.ts';
import type { Sentences } from '../words/sentence.ts';
import type { Catalogue } from '../words/zh-hans.ts';

const SHORTEST_MINUTES = 30;
const LENGTHS_MINUTES = [SHORTEST_MINUTES, 60, 90, 120];

const steps = ['what', 'when', 'long', 'wishes', 'check', 'done'] as const;
type Step = (typeof steps)[number];

const stepOf = (name: string | undefined): Step => steps.find((step) => step === name) ?? 'what';
const fieldsOfSteps: Partial<Record<Step, readonly string[]>> = {
  what: ['service'],
  when: ['date', 'clock'],
  long: ['minutes'],
  wishes: ['address', 'language', 'gender', 'note'],
};
const stepOfField = (field: string | undefined): Step | undefined =>
  steps.find((step) => fieldsOfSteps[step]?.some((each) => each === field));
/** For whom a visit is booked, and who pays. */
export interface Booking {
  /** The address of the first page; that of a step follows it. */
  base: string;
  /** Names the draft and the command on this device. */
  slot: string;
  /** Where the visit is where nothing else is said, and whether whoever receives it may pay with hours. */
  readHome: () => Promise<Answer<{ mayRedeem: boolean; home?: string }>>;
  /** What can be used, whole minutes; nothing where nobody pays. */
  readMeans: () => Promise<Answer<{ availableMinutes?: number }>>;
  send: (requestId: string, wanted: Wanted) => Promise<Answer<Receipt>>;
  /** Where the booking is found afterwards. */
  pathOf: (requestId: string) => string;
  /** Where “back” leads from the first step. */
  back?: string;
}

type Means = { availableMinutes?: number };

const blank = {
  service: '',
  date: '',
  clock: '',
  minutes: '',
  address: '',
  language: '',
  gender: '',
  note: '',
};
type Fields = typeof blank;

const serviceName = (words: Catalogue, wanted: string): string => {
  const code = keysOf(words.services).find((each) => each === wanted);
  return code === undefined ? '' : words.services[code];
};

const wantedOf = (words: Catalogue, fields: Fields): Wanted | undefined => {
  const serviceCode = keysOf(words.services).find((code) => code === fields.service);
  const plannedStartAt = instantAt(fields.date, fields.clock);
  const plannedMinutes = Number(fields.minutes);
  if (serviceCode === undefined || plannedStartAt === undefined || plannedMinutes === 0) return undefined;
  const address = fields.address.trim();
  const note = fields.note.trim();
  return {
    serviceCode,
    plannedStartAt,
    plannedMinutes,
    wishes: wishesOf(words, fields),
    ...(address === '' ? {} : { place: { address } }),
    ...(note === '' ? {} : { note }),
  };
};

const problemsOf = (words: Catalogue, step: Step, fields: Fields, means: Means): Problem[] => {
  switch (step) {
    case 'what':
      return fields.service === '' ? [{ field: 'service', words: words.redeemWhatMissing }] : [];
    case 'when': {
      const missing = [
        ...(fields.date === '' ? [{ field: 'date', words: words.dateMissing }] : []),
        ...(fields.clock === '' ? [{ field: 'clock', words: words.timeMissing }] : []),
      ];
      const start = instantAt(fields.date, fields.clock);
      if (missing.length > 0 || (start !== undefined && start > now())) return missing;
      return [
        { field: 'date', words: sentenceOf(words, { kind: 'refused', refusal: { code: 'starts_in_past' } }) },
      ];
    }
    case 'long': {
      const neededMinutes = Number(fields.minutes);
      if (neededMinutes === 0) return [{ field: 'minutes', words: words.howLongMissing }];
      const { availableMinutes } = means;
      if (availableMinutes === undefined || neededMinutes <= availableMinutes) return [];
      const refusal = { code: 'insufficient_hours', availableMinutes, neededMinutes } as const;
      return [{ field: 'minutes', words: sentenceOf(words, { kind: 'refused', refusal }) }];
    }
    default:
      return [];
  }
};

const titleOf = (words: Catalogue, step: Step): string =>
  ({
    what: words.redeemWhat,
    when: words.redeemWhen,
    long: words.redeemHowLong,
    wishes: words.redeemWishes,
    check: words.redeemCheck,
    done: words.redeemDone,
  })[step];

interface StepProps {
  fields: Fields;
  write: (name: keyof Fields, text: string) => void;
  problemOf: (field: string) => string | undefined;
  means: Means;
}

const StepFields = ({ step, fields, write, problemOf, means }: StepProps & { step: Step }) => {
  const words = useWords();
  const onWrite = (name: keyof Fields) => (text: string) => {
    write(name, text);
  };
  switch (step) {
    case 'what':
      return (
        <ChoiceList
          id="service"
          label={words.service}
          problem={problemOf('service')}
          value={fields.service}
          onWrite={onWrite('service')}
          choices={keysOf(words.services).map((code) => ({
            value: code,
            label: words.services[code],
            hint: words.redeemWhatHints[code],
          }))}
        />
      );
    case 'when':
      return (
        <>
          <Field
            id="date"
            type="date"
            min={dateOf(now())}
            label={words.date}
            problem={problemOf('date')}
            value={fields.date}
            onWrite={onWrite('date')}
          />
          <Field
            id="clock"
            type="time"
            step={900}
            label={words.time}
            problem={problemOf('clock')}
            value={fields.clock}
            onWrite={onWrite('clock')}
          />
        </>
      );
    case 'long':
      return (
        <ChoiceList
          id="minutes"
          label={words.howLong}
          hint={
            means.availableMinutes === undefined
              ? undefined
              : words.redeemHowLongHint(words.hours(means.availableMinutes))
          }
          problem={problemOf('minutes')}
          value={fields.minutes}
          onWrite={onWrite('minutes')}
          choices={LENGTHS_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: words.hours(minutes),
          }))}
        />
      );
    case 'wishes':
      return (
        <>
          <p>{words.redeemWishesHint}</p>
          <Field
            id="address"
            autocomplete="street-address"
            maxLength={120}
            label={words.otherPlace}
            hint={words.otherPlaceHint}
            problem={problemOf('address')}
            value={fields.address}
            onWrite={onWrite('address')}
          />
          <LanguageField
            problem={problemOf('language')}
            value={fields.language}
            onWrite={onWrite('language')}
          />
          <GenderField problem={problemOf('gender')} value={fields.gender} onWrite={onWrite('gender')} />
          <NoteField problem={problemOf('note')} value={fields.note} onWrite={onWrite('note')} />
        </>
      );
    default:
      return null;
  }
};

/** Everything that was answered, each with a way to change it, before it is sent. */
const CheckAnswers = ({
  wanted,
  home,
  pathOf,
  isPaid,
}: {
  wanted: Wanted;
  home: string | undefined;
  pathOf: (step: Step) => string;
  isPaid: boolean;
}) => {
  const words = useWords();
  const answers: { step: Step; name: string; content: string }[] = [
    { step: 'what', name: words.service, content: serviceName(words, wanted.serviceCode) },
    { step: 'when', name: words.when, content: whenWords(words, wanted.plannedStartAt) },
    { step: 'long', name: words.howLong, content: words.hours(wanted.plannedMinutes) },
    {
      step: 'wishes',
      name: words.where,
      content: wanted.place?.address ?? (home === undefined ? words.atHome : `${words.atHome} · ${home}`),
    },
    { step: 'wishes', name: words.wishes, content: wishWords(words, wanted.wishes) || words.none },
    { step: 'wishes', name: words.note, content: wanted.note ?? words.none },
  ];
  return (
    <>
      <Facts
        large
        facts={answers.map(({ step, name, content }, index) => ({
          name,
          content: (
            <>
              {content}{' '}
              {answers[index + 1]?.step !== step && (
                <a class="change" href={pathOf(step)}>
                  {words.change}
                  <span class="unseen">{name}</span>
                </a>
              )}
            </>
          ),
        }))}
      />
      {isPaid && <p>{words.redeemCheckHold(words.hours(wanted.plannedMinutes))}</p>}
    </>
  );
};

/** Asks for help: one question a page, then a look at all, then done. `step`: from the address. */
export const BookingFlow = ({
  booking,
  step: name,
  sentences,
}: {
  booking: Booking;
  step: string | undefined;
  /** For the refusals that only this way of booking meets. */
  sentences?: Sentences;
}) => {
  const words = useWords();
  const { route } = useLocation();
  const step = stepOf(name);
  const { base } = booking;
  const pathOf = (each: Step): string => `${base}/${each}`;
  const me = useResource(`home.${base}`, booking.readHome);
  const balance = useResource(`means.${base}.${step === 'done' ? 'after' : 'before'}`, booking.readMeans);
  const { fields, write, drop } = useDraft(booking.slot, blank);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [receipt, setReceipt] = useState<Receipt>();
  const command = useCommand({
    slot: booking.slot,
    prefix: 'req',
    send: (requestId, wanted: Wanted) => booking.send(requestId, wanted),
    onDone: (value) => {
      setReceipt(value);
      drop();
      route(pathOf('done'), true);
    },
  });
  const wanted = wantedOf(words, fields);
  const isTooYoung = me.value?.mayRedeem === false;
  // Whoever sends an answered form once more, after a lost answer, may have set the hours aside already.
  const hasTooFew = (available: Means) =>
    step !== 'check' &&
    available.availableMinutes !== undefined &&
    available.availableMinutes < SHORTEST_MINUTES;
  const cannotAsk = isTooYoung || (balance.value !== undefined && hasTooFew(balance.value));
  const go = (available: Means) => {
    const found = problemsOf(words, step, fields, available);
    setProblems(found);
    const next = steps[steps.indexOf(step) + 1];
    if (found.length === 0 && next !== undefined) route(pathOf(next));
  };
  const refused = failureProblems(sentences ?? words, [command], wantedFields(words)).map((problem) => {
    const asked = stepOfField(problem.field);
    return asked === undefined ? problem : { ...problem, path: pathOf(asked) };
  });
  // All that was refused stands above the answers; on the page of a question, what is about it.
  const shown = [
    ...problems,
    ...refused.flatMap(({ path, ...problem }) => {
      if (step === 'check') return [path === undefined ? problem : { ...problem, path }];
      return path === pathOf(step) ? [problem] : [];
    }),
  ];
  if (step === 'done' && receipt !== undefined) {
    return (
      <Page title={words.redeemDone}>
        <p class="news">
          ✓{' '}
          {receipt.heldMinutes === undefined
            ? words.redeemDonePlain
            : words.redeemDoneHint(words.hours(receipt.heldMinutes))}
        </p>
        <a class="button primary" href={booking.pathOf(receipt.requestId)}>
          {words.see(words.received)}
        </a>
        <a class="button" href={base}>
          {words.redeemAgain}
        </a>
      </Page>
    );
  }
  return (
    <Page title={cannotAsk ? words.redeem : titleOf(words, step === 'done' ? 'what' : step)} problems={shown}>
      <Loaded resource={me}>
        {(person) =>
          person.mayRedeem ? (
            <Loaded resource={balance}>
              {(available) =>
                hasTooFew(available) ? (
                  <p>{words.redeemTooFew(words.hours(available.availableMinutes ?? 0))}</p>
                ) : step === 'check' && wanted !== undefined ? (
                  <>
                    <CheckAnswers
                      wanted={wanted}
                      home={person.home}
                      pathOf={pathOf}
                      isPaid={available.availableMinutes !== undefined}
                    />
                    <SendButton
                      command={command}
                      label={words.redeemSend}
                      onPress={() => {
                        command.submit(wanted);
                      }}
                    />
                  </>
                ) : (
                  <form
                    noValidate
                    onSubmit={(event) => {
                      event.preventDefault();
                      go(available);
                    }}
                  >
                    <p class="quiet">
                      {words.step(steps.indexOf(step === 'check' ? 'what' : step) + 1, steps.length - 2)}
                    </p>
                    <StepFields
                      step={step === 'check' || step === 'done' ? 'what' : step}
                      fields={fields}
                      means={available}
                      problemOf={(field) => problemAt(shown, field)}
                      write={(name, text) => {
                        write(name, text);
                        setProblems((before) => before.filter((each) => each.field !== name));
                        command.clear();
                      }}
                    />
                    <button type="submit" class="primary">
                      {words.goOn}
                    </button>
                  </form>
                )
              }
            </Loaded>
          ) : (
            <p>{sentenceOf(words, { kind: 'refused', refusal: { code: 'too_young_to_redeem' } })}</p>
          )
        }
      </Loaded>
      {step !== 'what' && (
        <button
          type="button"
          onClick={() => {
            history.back();
          }}
        >
          {words.back}
        </button>
      )}
      {step === 'what' && booking.back !== undefined && (
        <a class="button" href={booking.back}>
          {words.back}
        </a>
      )}
    </Page>
  );
};
