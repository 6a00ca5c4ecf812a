import type { Receipt } from '@time-bank/contracts/request';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { sentenceOf } from '../answer.ts';
import { useAskingSentences, useAskingWords } from '../asking-words.ts';
import {
  type Asker,
  type Booking,
  type BookingFields,
  type BookingStep,
  type Means,
  QUESTIONS,
  blankFields,
  bookingSteps,
  problemsOf,
  stepOf,
  stepOfField,
  titleOf,
  wantedOf,
} from '../booking.ts';
import type { Wanted } from '../client.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { type Service, serviceOf, servicesFor } from '../services.ts';
import { type Command, useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import { BookingCheck } from './booking-check.tsx';
import { BookingQuestion } from './booking-questions.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems, problemAt, wantedFields } from './failure-problems.ts';
import { Loaded } from './loaded.tsx';
import { Page } from './page.tsx';
import { SendButton } from './send-button.tsx';

/** What is said of a booking that the staff look at first; where nothing is, it is paid or posted at once. */
export interface BookingSaid {
  /** Above the button that sends it. */
  before: string;
  /** On that button. */
  send: string;
  done: string;
  doneHint: string;
  /** Where it can be kept on the service without being handed in: on that button, and what is said then. */
  keep?: { label: string; done: string; doneHint: string };
}

type Content = Wanted & { isKept?: boolean };

/** What became of it, and where it is found. */
const Done = ({
  booking,
  receipt,
  said,
}: {
  booking: Booking;
  receipt: Receipt;
  said: BookingSaid | undefined;
}) => {
  const words = useWords();
  const own = useAskingWords();
  const isKept = receipt.state === 'draft' && said?.keep !== undefined;
  const plain =
    receipt.heldMinutes === undefined ? own.bookedPlain : own.bookedHeld(words.hours(receipt.heldMinutes));
  const hint = isKept ? said.keep?.doneHint : said?.doneHint;
  return (
    <Page title={(isKept ? said.keep?.done : said?.done) ?? own.booked}>
      <p class="news">✓ {hint ?? plain}</p>
      <a class="button primary" href={booking.pathOf(receipt.requestId)}>
        {words.see(words.received)}
      </a>
      {booking.prefix === 'req' && (
        <a class="button" href={booking.base}>
          {own.again}
        </a>
      )}
    </Page>
  );
};

/** The last look, and the button that sends it. */
const Check = ({
  booking,
  wanted,
  services,
  asker,
  means,
  command,
  said,
}: {
  booking: Booking;
  wanted: Wanted;
  services: readonly Service[];
  asker: Asker;
  means: Means;
  command: Command<Content>;
  said: BookingSaid | undefined;
}) => {
  const words = useWords();
  const own = useAskingWords();
  const before =
    said?.before ??
    (means.availableMinutes === undefined ? undefined : own.setAside(words.hours(wanted.plannedMinutes)));
  return (
    <>
      <BookingCheck
        wanted={wanted}
        services={services}
        home={asker.home}
        pathOf={(step) => `${booking.base}/${step}`}
        asksPlace={booking.asksPlace !== false}
      />
      {before !== undefined && <p>{before}</p>}
      <SendButton
        command={command}
        label={said?.send ?? own.send}
        onPress={() => {
          command.submit(wanted);
        }}
      />
      {said?.keep !== undefined && (
        <button
          type="button"
          disabled={command.sending}
          onClick={() => {
            command.submit({ ...wanted, isKept: true });
          }}
        >
          {said.keep.label}
        </button>
      )}
    </>
  );
};

/** What a page of the flow needs before it can ask anything. */
interface Offer {
  asker: Asker;
  means: Means;
  services: readonly Service[];
}

const offerOf = (asker: Asker | undefined, means: Means | undefined, all: readonly Service[] | undefined) => {
  if (asker === undefined || means === undefined || all === undefined) return undefined;
  const paidBy = means.availableMinutes === undefined ? 'community' : 'hours';
  return { asker, means, services: servicesFor(all, { paidBy, abilityLevel: asker.abilityLevel }) };
};

const hasTooFew = ({ means: { availableMinutes }, services }: Offer): boolean =>
  availableMinutes !== undefined &&
  services.length > 0 &&
  services.every(({ minMinutes }) => minMinutes > availableMinutes);

/** Why nothing can be asked; nothing where something can. */
const useHindrance = (offer: Offer | undefined, step: BookingStep): string | undefined => {
  const words = useWords();
  const own = useAskingWords();
  if (offer === undefined) return undefined;
  if (!offer.asker.mayAsk)
    return sentenceOf(words, { kind: 'refused', refusal: { code: 'too_young_to_redeem' } });
  // Whoever sends an answered form once more, after a lost answer, may have set the hours aside already.
  return step !== 'check' && hasTooFew(offer)
    ? own.tooFew(words.hours(offer.means.availableMinutes ?? 0))
    : undefined;
};

/** The question of a page. Hours and length belong to a service: without one it is asked for first. */
const questionAt = (step: BookingStep, offer: Offer | undefined, { service }: BookingFields): BookingStep => {
  if (step === 'check' || step === 'done') return 'what';
  const isKnown = offer === undefined || serviceOf(offer.services, service) !== undefined;
  return isKnown || step === 'day' || step === 'wishes' ? step : 'what';
};

/** Asks for help: one question a page, then a look at all, then done. `step`: from the address. */
export const BookingFlow = ({
  booking,
  step: name,
  said,
}: {
  booking: Booking;
  step: string | undefined;
  said?: BookingSaid;
}) => {
  const words = useWords();
  const own = useAskingWords();
  const sentences = useAskingSentences();
  const { route } = useLocation();
  const step = stepOf(name);
  const { base } = booking;
  const pathOf = (each: BookingStep): string => `${base}/${each}`;
  const asker = useResource(`asker.${base}`, booking.readAsker);
  const means = useResource(`means.${base}.${step === 'done' ? 'after' : 'before'}`, booking.readMeans);
  const offered = useResource(`services.${base}`, booking.readServices);
  const offer = offerOf(asker.value, means.value, offered.value?.items);
  const hindrance = useHindrance(offer, step);
  const { fields, write, drop } = useDraft(booking.slot, { ...blankFields, ...booking.initial });
  const [problems, setProblems] = useState<Problem[]>([]);
  const [receipt, setReceipt] = useState<Receipt>();
  const command = useCommand({
    slot: booking.slot,
    prefix: booking.prefix,
    send: (id, { isKept, ...wanted }: Content) => booking.send(id, wanted, isKept === true),
    onDone: (value) => {
      setReceipt(value);
      drop();
      route(pathOf('done'), true);
    },
  });
  if (step === 'done' && receipt !== undefined)
    return <Done booking={booking} receipt={receipt} said={said} />;
  const wanted = offer === undefined ? undefined : wantedOf(words, fields, offer.services);
  const isCheck = step === 'check' && wanted !== undefined;
  const asked = questionAt(step, offer, fields);
  const writeAll = (answers: Partial<BookingFields>) => {
    const names = keysOf(blankFields).filter((field) => answers[field] !== undefined);
    for (const field of names) write(field, answers[field] ?? '');
    setProblems((before) => before.filter((each) => names.every((field) => field !== each.field)));
    command.clear();
  };
  const go = ({ means: available, services }: Offer) => {
    const found = problemsOf(words, asked, fields, { means: available, services });
    setProblems(found);
    const next = bookingSteps[bookingSteps.indexOf(asked) + 1];
    if (found.length === 0 && next !== undefined) route(pathOf(next));
  };
  const refused = failureProblems(sentences, [command], wantedFields(words)).map((problem) => {
    const about = stepOfField(problem.field);
    return about === undefined ? problem : { ...problem, path: pathOf(about) };
  });
  // All that was refused stands above the answers; on the page of a question, what is about it.
  const shown = [
    ...problems,
    ...refused.flatMap(({ path, ...problem }) => {
      if (step === 'check') return [path === undefined ? problem : { ...problem, path }];
      return path === pathOf(step) ? [problem] : [];
    }),
  ];
  const failed = [asker, means, offered].find(({ failure }) => failure !== undefined);
  return (
    <Page
      title={hindrance === undefined ? titleOf(words, own, isCheck ? 'check' : asked) : own.redeem}
      problems={shown}
    >
      <Loaded
        resource={{
          reload: () => {
            for (const { reload } of [asker, means, offered]) reload();
          },
          ...(offer === undefined ? {} : { value: offer }),
          ...(failed?.failure === undefined ? {} : { failure: failed.failure }),
        }}
      >
        {(known) => {
          if (hindrance !== undefined) return <p>{hindrance}</p>;
          if (isCheck)
            return <Check {...known} booking={booking} wanted={wanted} command={command} said={said} />;
          return (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                go(known);
              }}
            >
              <p class="quiet">{own.step(bookingSteps.indexOf(asked) + 1, QUESTIONS)}</p>
              <BookingQuestion
                step={asked}
                fields={fields}
                services={known.services}
                means={known.means}
                asksPlace={booking.asksPlace !== false}
                problemOf={(field) => problemAt(shown, field)}
                write={writeAll}
              />
              <button type="submit" class="primary">
                {words.goOn}
              </button>
            </form>
          );
        }}
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
