import type { Receipt } from '@time-bank/contracts/request';
import { useLocation } from 'preact-iso/router';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dateOf, instantAt, now } from '../china-time.ts';
import { client, type Wanted } from '../client.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { type Service, readServices, serviceOf } from '../services.ts';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import { wishesOf } from '../wishes-of.ts';
import type { Catalogue } from '../words/zh-hans.ts';
import { ElderField } from './elder-field.tsx';
import type { Problem } from './error-summary.tsx';
import { failureProblems, problemAt, wantedFields } from './failure-problems.ts';
import { Field } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { PlannedService } from './planned-service.tsx';
import { SendButton } from './send-button.tsx';
import { isLengthOf } from './service-hint.tsx';
import { GenderField, LanguageField, NoteField } from './wish-fields.tsx';

const LEAST_MINUTES = 15;
const MOST_MINUTES = 480;

const blank = {
  elder: '',
  service: 'B01',
  date: '',
  clock: '',
  minutes: '60',
  address: '',
  language: '',
  gender: '',
  note: '',
};
type Fields = typeof blank;
const wishFields = ['address', 'language', 'gender', 'note'];
type Content = Wanted & { receiverId: string };

const contentOf = (
  words: Catalogue,
  elderId: string,
  service: Service | undefined,
  fields: Fields,
): Content | undefined => {
  const plannedStartAt = instantAt(fields.date, fields.clock);
  if (service === undefined || plannedStartAt === undefined) return undefined;
  const address = fields.address.trim();
  const note = fields.note.trim();
  return {
    receiverId: elderId,
    serviceCode: service.code,
    plannedStartAt,
    plannedMinutes: Number(fields.minutes),
    wishes: wishesOf(words, fields),
    ...(address === '' ? {} : { place: { address } }),
    ...(note === '' ? {} : { note }),
  };
};

const minutesMissing = (
  { minMinutes, maxMinutes }: Service,
  deskWords: ReturnType<typeof useDeskWords>,
): Problem & { field: string } => ({
  field: 'minutes',
  words: deskWords.minutesMissing(minMinutes, maxMinutes),
});

const problemsOf = (
  fields: Fields,
  service: Service | undefined,
  words: Catalogue,
  deskWords: ReturnType<typeof useDeskWords>,
): Problem[] => [
  ...(fields.elder === '' ? [{ field: 'elder', words: deskWords.elderMissing }] : []),
  ...(fields.date === '' ? [{ field: 'date', words: words.dateMissing }] : []),
  ...(fields.clock === '' ? [{ field: 'clock', words: words.timeMissing }] : []),
  ...(service === undefined || isLengthOf(service, fields.minutes)
    ? []
    : [minutesMissing(service, deskWords)]),
];

/** A coordinator asks for a visit to an elder: who, what, when, how long; the rest may stay as it is. */
export const PostForm = ({
  community,
  onProblems,
  onPosted,
}: {
  community: string | undefined;
  onProblems: (problems: Problem[]) => void;
  onPosted: (receipt: Receipt) => void;
}) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const { query } = useLocation();
  const elders = useResource(`elders.${community ?? ''}`, () => client.listElders(community));
  const offered = useResource(`services.${community ?? ''}`, () => readServices(community));
  // What the community pays for when an elder needs it; activities are invited to elsewhere.
  const services = offered.value?.items.filter(({ byCommunity }) => byCommunity) ?? [];
  // Who comes from the week's list has an elder in hand, whatever was begun for somebody else.
  const slot = query.elder === undefined || query.elder === '' ? 'post' : `post.${query.elder}`;
  const { fields, write, drop } = useDraft(slot, { ...blank, elder: query.elder ?? '' });
  const service = serviceOf(services, fields.service) ?? services[0];
  const [problems, setProblems] = useState<Problem[]>([]);
  const command = useCommand({
    slot: 'post',
    prefix: 'req',
    send: (requestId, content: Content) => client.postRequest(requestId, content),
    onDone: (receipt) => {
      drop();
      onPosted(receipt);
    },
  });
  const onWrite = (name: keyof Fields) => (text: string) => {
    write(name, text);
    setProblems((before) => before.filter((each) => each.field !== name));
    command.clear();
  };
  const refused = failureProblems(words, [command], {
    ...wantedFields(words),
    ...(service === undefined ? {} : { plannedMinutes: minutesMissing(service, deskWords) }),
    receiverId: { field: 'elder', words: deskWords.elderMissing },
  });
  const shown = [...problems, ...refused];
  const problemOf = (field: string) => problemAt(shown, field);
  const wishes = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (wishes.current !== null && wishFields.some((field) => problemOf(field) !== undefined)) {
      wishes.current.open = true;
    }
    onProblems(shown);
  }, [problems, command.failure]);
  const submit = () => {
    // An elder of another community, chosen before the community was changed, is not to be seen in the list.
    const isListed = elders.value?.items.some(({ memberId }) => memberId === fields.elder) === true;
    const elder = isListed ? fields.elder : '';
    const found = problemsOf({ ...fields, elder }, service, words, deskWords);
    const content = contentOf(words, elder, service, fields);
    setProblems(found);
    if (found.length === 0 && content !== undefined) command.submit(content);
  };
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{deskWords.post}</h2>
      <Loaded resource={elders}>
        {({ items }) => (
          <ElderField
            elders={items}
            problem={problemOf('elder')}
            value={fields.elder}
            onWrite={onWrite('elder')}
          />
        )}
      </Loaded>
      <PlannedService
        offered={offered}
        services={services}
        service={service}
        problem={problemOf('service')}
        onChoose={(chosen) => {
          onWrite('service')(chosen.service);
          onWrite('minutes')(chosen.minutes);
        }}
      />
      <div class="beside">
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
          label={words.time}
          problem={problemOf('clock')}
          value={fields.clock}
          onWrite={onWrite('clock')}
        />
        <Field
          id="minutes"
          type="number"
          inputMode="numeric"
          min={service?.minMinutes ?? LEAST_MINUTES}
          max={service?.maxMinutes ?? MOST_MINUTES}
          step={15}
          label={deskWords.minutes}
          problem={problemOf('minutes')}
          value={fields.minutes}
          onWrite={onWrite('minutes')}
        />
      </div>
      <details ref={wishes}>
        <summary>{words.wishes}</summary>
        <Field
          id="address"
          autocomplete="off"
          maxLength={120}
          label={deskWords.place}
          hint={deskWords.placeHint}
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
      </details>
      <SendButton command={command} label={deskWords.post} />
    </form>
  );
};
