import type { Receipt, RequestPage, RequestView } from '@time-bank/contracts/request';
import lazy from 'preact-iso/lazy';
import { useState } from 'preact/hooks';
import { whenWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, type RefOf, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { PhoneInLine } from '../components/phone-link.tsx';
import { PostForm } from '../components/post-form.tsx';
import { Progress } from '../components/progress.tsx';
import { phoneOf, receiverWords } from '../components/request-facts.tsx';
import { Sentence } from '../components/sentence.tsx';
import { type ShownState, shownState, stateWords } from '../components/state-words.ts';
import { useDeskWords } from '../desk-words.tsx';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';

// They bring words of their own.
const DeskLinks = lazy(() => import('../components/desk-links.tsx'));

// What needs a coordinator stands first: nobody yet, nobody found, to be confirmed; then what is arranged; then the rest.
const groups = ['toDo', 'underWay', 'over'] as const;
type Group = (typeof groups)[number];
const groupOf: Record<ShownState, Group> = {
  waiting: 'toDo',
  published: 'toDo',
  unfilled: 'toDo',
  missed: 'toDo',
  disputed: 'toDo',
  pending_confirm: 'toDo',
  in_service: 'underWay',
  accepted: 'underWay',
  settled: 'over',
  cancelled: 'over',
};
const urgency: readonly ShownState[] = [
  'published',
  'unfilled',
  'missed',
  'waiting',
  'disputed',
  'pending_confirm',
  'in_service',
  'accepted',
  'settled',
  'cancelled',
];
const urgencyOf = ({ state }: RequestView): number => urgency.indexOf(shownState(state));

const byStart = (one: RequestView, other: RequestView): number =>
  Date.parse(one.plannedStartAt) - Date.parse(other.plannedStartAt);

const byUrgency = (one: RequestView, other: RequestView): number =>
  urgencyOf(one) - urgencyOf(other) ||
  (groupOf[shownState(one.state)] === 'over' ? byStart(other, one) : byStart(one, other));

/** One visit in two or three lines: whose and how it stands, when and by whom, and whom to call while it matters. */
const Row = ({
  request,
  isOneOfMany,
  refOf,
}: {
  request: RequestView;
  /** True where visits of several communities stand in the list. */
  isOneOfMany: boolean;
  refOf: RefOf<RequestView>;
}) => {
  const words = useWords();
  const deskWords = useDeskWords();
  const volunteer = request.visit?.volunteer;
  const phone = phoneOf(request);
  const mayCall = groupOf[shownState(request.state)] !== 'over';
  const volunteerPhone = mayCall ? volunteer?.phone : undefined;
  return (
    <li ref={refOf(request)}>
      <a href={`/desk/requests/${request.requestId}`}>
        {receiverWords(words, request)} · {request.serviceWords[words.locale]}
      </a>
      <strong class={`state ${request.state}`}>{stateWords(deskWords.states, request.state)}</strong>
      <span>
        {whenWords(words, request.plannedStartAt)} · {words.hours(request.plannedMinutes)}
      </span>
      <span class="quiet">
        {isOneOfMany && volunteer !== undefined && `${request.communityName} · `}
        {volunteer?.name ?? request.communityName}
      </span>
      {mayCall && (phone !== undefined || volunteerPhone !== undefined) && (
        <span class="phones">
          {phone !== undefined && <PhoneInLine name={deskWords.elder} phone={phone} />}
          {volunteerPhone !== undefined && <PhoneInLine name={deskWords.volunteer} phone={volunteerPhone} />}
        </span>
      )}
    </li>
  );
};

const List = ({
  first,
  community,
  isAll,
}: {
  first: RequestPage;
  community: string | undefined;
  isAll: boolean;
}) => {
  const deskWords = useDeskWords();
  const more = useMore(first, (cursor) => client.listRequests({ scope: 'community', community, cursor }));
  if (more.items.length === 0) return <p>{deskWords.listEmpty}</p>;
  const sorted = [...more.items].sort(byUrgency);
  return (
    <>
      {groups.map((group) => {
        const requests = sorted.filter(({ state }) => groupOf[shownState(state)] === group);
        return (
          requests.length > 0 && (
            <section key={group}>
              <h3>{deskWords.groups[group](requests.length)}</h3>
              <ul class="lines rows">
                {requests.map((request) => (
                  <Row key={request.requestId} request={request} isOneOfMany={isAll} refOf={more.refOf} />
                ))}
              </ul>
            </section>
          )
        );
      })}
      <MoreButton more={more} />
    </>
  );
};

/** The coordinator's desk: ask for a visit, and see where every visit stands, gaps first. */
const Desk = () => {
  const words = useWords();
  const deskWords = useDeskWords();
  const community = useCommunity();
  const { code, isAll } = community;
  const only = isAll ? undefined : code;
  const requests = useResource(`community.${only ?? ''}`, () =>
    client.listRequests({ scope: 'community', community: only }),
  );
  const coverage = useResource(`coverage.${code ?? ''}`, () => client.readCoverage(undefined, code));
  const [problems, setProblems] = useState<Problem[]>([]);
  const [posted, setPosted] = useState<Receipt>();
  return (
    <Page
      title={words.desk}
      problems={problems}
      wide
      news={posted === undefined ? undefined : deskWords.posted}
    >
      {posted !== undefined && (
        <a class="button" href={`/desk/requests/${posted.requestId}`}>
          {deskWords.seeIt}
        </a>
      )}
      {community.failure !== undefined && (
        <p role="alert">
          <Sentence failure={community.failure} />
        </p>
      )}
      <div class="top">
        <div>
          <CommunityField community={community} withAll />
          {!isAll && coverage.value !== undefined && <Progress coverage={coverage.value} isThisWeek />}
        </div>
        <p class="beside">
          <a class="button" href="/desk/week">
            {deskWords.week}
          </a>
          <a class="button" href="/desk/people">
            {deskWords.people}
          </a>
          <a class="button only-narrow" href="#list">
            {deskWords.list}
          </a>
        </p>
      </div>
      <DeskLinks />
      <div class="columns">
        {isAll ? (
          <p class="card unprinted">{deskWords.chooseCommunity}</p>
        ) : (
          <PostForm
            community={code}
            onProblems={setProblems}
            onPosted={(receipt) => {
              setPosted(receipt);
              requests.reload();
              coverage.reload();
              scrollTo(0, 0);
            }}
          />
        )}
        <section id="list">
          <h2>{deskWords.list}</h2>
          <Loaded resource={requests}>
            {(first) => <List first={first} community={only} isAll={isAll} />}
          </Loaded>
        </section>
      </div>
    </Page>
  );
};

export default Desk;
