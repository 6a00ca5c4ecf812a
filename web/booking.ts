/** Asking for help, one question a page: what is asked, what an answer may be, and what is sent in the end. */
import type { Receipt } from '@time-bank/contracts/request';
import type { ServiceList } from '@time-bank/contracts/request-life';
import { type Answer, sentenceOf } from './answer.ts';
import { dateOf, instantAt, now } from './china-time.ts';
import type { Wanted } from './client.ts';
import type { Problem } from './components/error-summary.tsx';
import { type Service, hoursOf, serviceOf } from './services.ts';
import { wishesOf } from './wishes-of.ts';
import type { AskingCatalogue } from './words/asking-zh-hans.ts';
import type { Catalogue } from './words/zh-hans.ts';

/** The questions in their order, then a look at all answers, then what became of it. */
export const bookingSteps = ['what', 'day', 'clock', 'long', 'wishes', 'check', 'done'] as const;
/** One of them. */
export type BookingStep = (typeof bookingSteps)[number];

/** How many of the steps are questions. */
export const QUESTIONS = bookingSteps.length - 2;

/** The step that an address names; the first where it names none. */
export const stepOf = (name: string | undefined): BookingStep =>
  bookingSteps.find((step) => step === name) ?? 'what';

const fieldsOfSteps: Partial<Record<BookingStep, readonly string[]>> = {
  what: ['service'],
  day: ['date'],
  clock: ['clock'],
  long: ['minutes'],
  wishes: ['address', 'language', 'gender', 'note'],
};

/** On which page a field is asked. */
export const stepOfField = (field: string | undefined): BookingStep | undefined =>
  bookingSteps.find((step) => fieldsOfSteps[step]?.some((each) => each === field));

/** The answers as they are kept on the device. `day`, `hour`: `other` where none of the usual ones was taken. */
export const blankFields = {
  service: '',
  day: '',
  date: '',
  hour: '',
  clock: '',
  minutes: '',
  address: '',
  language: '',
  gender: '',
  note: '',
};
/** The answers, each a text; empty where nothing is said yet. */
export type BookingFields = typeof blankFields;

/** Who asks: whether they may, where they live, how able they are. What is not known is left out. */
export interface Asker {
  mayAsk: boolean;
  home?: string;
  abilityLevel?: number;
}

/** What can be used, whole minutes; nothing where nobody pays. */
export interface Means {
  availableMinutes?: number;
}

/** For whom a visit is booked, who pays, and whether it is a new one or one that is changed. */
export interface Booking {
  /** The address of the first page; that of a step follows it. */
  base: string;
  /** Names the draft and the command on this device. */
  slot: string;
  /** What the id of the command is: that of a new request, or of a change. */
  prefix: 'req' | 'cmd';
  /** What is answered already. */
  initial?: Partial<BookingFields>;
  readAsker: () => Promise<Answer<Asker>>;
  readMeans: () => Promise<Answer<Means>>;
  readServices: () => Promise<Answer<ServiceList>>;
  send: (id: string, wanted: Wanted, isKept: boolean) => Promise<Answer<Receipt>>;
  /** Where the booking is found afterwards. */
  pathOf: (requestId: string) => string;
  /** Where “back” leads from the first step. */
  back?: string;
  /** False where the place stays what it was. */
  asksPlace?: boolean;
}

/** How many days can be chosen with one press. */
const DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The instants of noon on the next days in China, today first. */
export const nextNoons = (): string[] =>
  Array.from({ length: DAYS }, (_, day) => {
    const at = new Date(Date.parse(now()) + day * DAY_MS).toISOString();
    return instantAt(dateOf(at), '12:00') ?? at;
  });

const clockAt = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The whole hours of a day at which a service can begin, as `09:00`, those that have passed left out. */
export const clocksOn = (date: string, service: Service): { hour: number; clock: string }[] =>
  hoursOf(service)
    .map((hour) => ({ hour, clock: clockAt(hour) }))
    .filter(({ clock }) => {
      const start = instantAt(date, clock);
      return start === undefined || start > now();
    });

/** What is asked for, once every question that has to be answered is. */
export const wantedOf = (
  words: Catalogue,
  fields: BookingFields,
  services: readonly Service[],
): Wanted | undefined => {
  const service = serviceOf(services, fields.service);
  const plannedStartAt = instantAt(fields.date, fields.clock);
  const plannedMinutes = Number(fields.minutes);
  if (service === undefined || plannedStartAt === undefined || plannedMinutes === 0) return undefined;
  const address = fields.address.trim();
  const note = fields.note.trim();
  return {
    serviceCode: service.code,
    plannedStartAt,
    plannedMinutes,
    wishes: wishesOf(words, fields),
    ...(address === '' ? {} : { place: { address } }),
    ...(note === '' ? {} : { note }),
  };
};

const past = { kind: 'refused', refusal: { code: 'starts_in_past' } } as const;

const dayProblems = (words: Catalogue, { date }: BookingFields): Problem[] => {
  if (date === '') return [{ field: 'date', words: words.dateMissing }];
  return date < dateOf(now()) ? [{ field: 'date', words: sentenceOf(words, past) }] : [];
};

const clockProblems = (words: Catalogue, { date, clock }: BookingFields): Problem[] => {
  const start = instantAt(date, clock);
  if (start === undefined) return [{ field: 'clock', words: words.timeMissing }];
  return start > now() ? [] : [{ field: 'clock', words: sentenceOf(words, past) }];
};

const lengthProblems = (
  words: Catalogue,
  { minutes }: BookingFields,
  { availableMinutes }: Means,
): Problem[] => {
  const neededMinutes = Number(minutes);
  if (neededMinutes === 0) return [{ field: 'minutes', words: words.howLongMissing }];
  if (availableMinutes === undefined || neededMinutes <= availableMinutes) return [];
  const refusal = { code: 'insufficient_hours', availableMinutes, neededMinutes } as const;
  return [{ field: 'minutes', words: sentenceOf(words, { kind: 'refused', refusal }) }];
};

/** What is wrong with the answer to a question, before anything is sent. */
export const problemsOf = (
  words: Catalogue,
  step: BookingStep,
  fields: BookingFields,
  { means, services }: { means: Means; services: readonly Service[] },
): Problem[] => {
  switch (step) {
    case 'what':
      return serviceOf(services, fields.service) === undefined
        ? [{ field: 'service', words: words.redeemWhatMissing }]
        : [];
    case 'day':
      return dayProblems(words, fields);
    case 'clock':
      return clockProblems(words, fields);
    case 'long':
      return lengthProblems(words, fields, means);
    default:
      return [];
  }
};

/** The heading of a step. */
export const titleOf = (words: Catalogue, own: AskingCatalogue, step: BookingStep): string =>
  ({
    what: own.what,
    day: own.whichDay,
    clock: own.whichHour,
    long: own.howLong,
    wishes: own.whatElse,
    check: words.redeemCheck,
    done: own.booked,
  })[step];
