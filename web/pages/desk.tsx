import type { ElderRow } from '@time-bank/contracts/member';
import type { Receipt, RequestPage, RequestState, RequestView } from '@time-bank/contracts/request';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { dateOf, instantAt, now, whenWords } from '../china-time.ts';
import { client, type Wanted } from '../client.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Field, SelectField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { Sentence } from '../components/sentence.tsx';
import { receiverWords } from '../components/request-facts.tsx';
import { SendButton } from '../components/send-button.tsx';
import { stateWords } from '../components/state-words.ts';
import { GenderField, LanguageField, NoteField } from '../components/wish-fields.tsx';
import { useDeskWords } from '../desk-words.tsx';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { useCommand } from '../use-command.ts';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import { wishesOf } from '../wishes-of.ts';
import type { Catalogue } from '../words/zh-hans.ts';

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
type Content = Wanted & { receiverId: string };

const contentOf = (words: Catalogue, elderId: string, fields: Fields): Content | undefined => {
  const serviceCode = keysOf(words.services).find((code) => code === fields.service);
  const plannedStartAt = instantAt(fields.date, fields.clock);
  if (serviceCode === undefined || plannedStartAt === undefined) return undefined;
  const address = fields.address.trim();
  const note = fields.note.trim();
  return {
    receiverId: elderId,
    serviceCode,
    plannedStartAt,
    plannedMinutes: Number(fields.minutes),
    wishes: wishesOf(words, fields),
    ...(address === '' ? {} : { place: { address } }),
    ...(note === '' ? {} : { note }),
  };
};

const isPlannable = (minutes: string): boolean =>
  /^\d+$/.test(minutes) && Number(minutes) >= 15 && Number(minutes) <= 480;

/** Finds an elder by part of the name or address, then takes one from the list. */
const ElderField = ({
  elders,
  problem,
  value,
  onWrite,
}: {
  elders: readonly ElderRow[];
  problem: string | undefined;
  value: string;
  onWrite: (elderId: string) => void;
}) => {
  const words = useDeskWords();
  const [search, setSearch] = useState('');
  const wanted = search.trim();
  const found = elders.filter((elder) => `${elder.name} ${elder.address}`.includes(wanted));
  const described = (elder: ElderRow) =>
    [
      elder.name,
      words.elderAge(elder.age),
      elder.livingSituation === undefined ? '' : words.livingSituations[elder.livingSituation],
      elder.hasPhone ? '' : words.noPhone,
      elder.address,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      <Field
        id="search"
        type="search"
        autocomplete="off"
        label={words.findElder}
        hint={words.findElderHint}
        value={search}
        onWrite={(text) => {
          setSearch(text);
          const matches = elders.filter((elder) => `${elder.name} ${elder.address}`.includes(text.trim()));
          const [only] = matches;
          if (matches.length === 1 && only !== undefined) onWrite(only.memberId);
        }}
      />
      <SelectField
        id="elder"
        label={words.elder}
        hint={wanted === '' ? undefined : words.elderFound(found.length)}
        problem={problem}
        rows={5}
        value={value}
        onWrite={onWrite}
        options={found.map((elder) => ({ value: elder.memberId, label: described(elder) }))}
      />
    </>
  );
};

const problemsOf = (
  fields: Fields,
  words: Catalogue,
  deskWords: ReturnType<typeof useDeskWords>,
): Problem[] => [
  ...(fields.elder === '' ? [{ field: 'elder', words: deskWords.elderMissing }] : []),
  ...(fields.date === '' ? [{ field: 'date', words: words.dateMissing }] : []),
  ...(fields.clock === '' ? [{ field: 'clock', words: words.timeMissing }] : []),
  ...(isPlannable(fields.minutes) ? [] : [{ field: 'minutes', words: deskWords.minutesMissing }]),
];

const PostForm = ({
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
  const { fields, write, drop } = useDraft('post', { ...blank, elder: query.elder ?? '' });
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
  };
  const problemOf = (field: string) => problems.find((each) => each.field === field)?.words;
  const submit = () => {
    const found = problemsOf(fields, words, deskWords);
    const content = contentOf(words, fields.elder, fields);
    setProblems(found);
    onProblems(found);
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
      {failureProblems(words, command).map((problem) => (
        <p class="problem" role="alert" key={problem.words}>
          {problem.words}
        </p>
      ))}
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
      <ChoiceList
        id="service"
        label={words.service}
        value={fields.service}
        onWrite={onWrite('service')}
        choices={keysOf(words.services).map((code) => ({ value: code, label: words.services[code] }))}
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
          min={15}
          max={480}
          step={15}
          label={deskWords.minutes}
          problem={problemOf('minutes')}
          value={fields.minutes}
          onWrite={onWrite('minutes')}
        />
      </div>
      <details>
        <summary>{words.wishes}</summary>
        <Field
          id="address"
          autocomplete="off"
          maxLength={120}
          label={deskWords.place}
          hint={deskWords.placeHint}
          value={fields.address}
          onWrite={onWrite('address')}
        />
        <LanguageField value={fields.language} onWrite={onWrite('language')} />
        <GenderField value={fields.gender} onWrite={onWrite('gender')} />
        <NoteField value={fields.note} onWrite={onWrite('note')} />
      </details>
      <SendButton command={command} label={deskWords.post} />
    </form>
  );
};

// What needs a coordinator stands first: nobody found, nobody yet, to be confirmed; then what is arranged.
const urgency: Record<RequestState, number> = {
  unfilled: 1,
  published: 0,
  pending_confirm: 2,
  in_service: 3,
  accepted: 4,
  settled: 5,
  cancelled: 6,
};

const byUrgency = (one: RequestView, other: RequestView): number =>
  urgency[one.state] - urgency[other.state] ||
  Date.parse(one.plannedStartAt) - Date.parse(other.plannedStartAt);

const List = ({ first }: { first: RequestPage }) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const more = useMore(first, (cursor) => client.listRequests('community', cursor));
  if (more.items.length === 0) return <p>{deskWords.listEmpty}</p>;
  return (
    <>
      <ul class="lines rows">
        {[...more.items].sort(byUrgency).map((request) => (
          <li key={request.requestId}>
            <a href={`/desk/requests/${request.requestId}`}>
              {receiverWords(words, request)} · {words.services[request.serviceCode]}
            </a>
            <span>
              {whenWords(words, request.plannedStartAt)} · {words.hours(request.plannedMinutes)}
            </span>
            <span class="quiet">
              {request.communityName}
              {request.visit === undefined ? '' : ` · ${request.visit.volunteer.name}`}
            </span>
            <strong class={`state ${request.state}`}>{stateWords(deskWords.states, request.state)}</strong>
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** The coordinator's desk: ask for a visit, and see where every visit stands, gaps first. */
const Desk = () => {
  const words = useWords();
  const deskWords = useDeskWords();
  const community = useCommunity();
  const requests = useResource('community', () => client.listRequests('community'));
  const [problems, setProblems] = useState<Problem[]>([]);
  const [posted, setPosted] = useState<Receipt>();
  return (
    <Page title={words.desk} problems={problems} wide news={posted === undefined ? undefined : deskWords.posted}>
      {posted !== undefined && (
        <a class="button" href={`/desk/requests/${posted.requestId}`}>
          {deskWords.seeIt}
        </a>
      )}
      <p class="beside">
        <a class="button" href="/desk/week">
          {deskWords.week}
        </a>
        <a class="button only-narrow" href="#list">
          {deskWords.list}
        </a>
      </p>
      {community.failure !== undefined && <p role="alert"><Sentence failure={community.failure} /></p>}
      <CommunityField community={community} />
      <div class="columns">
        <PostForm
          community={community.code}
          onProblems={setProblems}
          onPosted={(receipt) => {
            setProblems([]);
            setPosted(receipt);
            requests.reload();
            scrollTo(0, 0);
          }}
        />
        <section id="list">
          <h2>{deskWords.list}</h2>
          <Loaded resource={requests}>{(first) => <List first={first} />}</Loaded>
        </section>
      </div>
    </Page>
  );
};

export default Desk;
