import type { ActivityList, ActivityView } from '@time-bank/contracts/activity';
import { useState } from 'preact/hooks';
import { whenWords } from '../china-time.ts';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { useWords } from '../language.tsx';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

interface Deed {
  caseId: string;
  part: 'volunteer' | 'guest' | 'leave';
}

/** The buttons of one activity: to come, to help, or not to come after all. */
const Buttons = ({ activity, command }: { activity: ActivityView; command: Command<Deed> }) => {
  const own = useHelpWords();
  const { caseId, mine } = activity;
  const button = (part: Deed['part'], label: string, isFirst: boolean) => (
    <button
      type="button"
      class={isFirst ? 'primary' : ''}
      disabled={command.sending}
      onClick={() => {
        command.submit({ caseId, part });
      }}
    >
      {label}
      <span class="unseen"> {activity.title}</span>
    </button>
  );
  if (mine !== undefined)
    return (
      <>
        <p>
          <strong>✓ {own.standings[mine.standing]}</strong>
        </p>
        {button('leave', own.leave, false)}
      </>
    );
  return (
    <>
      {activity.guestPlaces > 0 && button('guest', own.asGuest, true)}
      {activity.volunteerPlaces > 0 && button('volunteer', own.asVolunteer, activity.guestPlaces === 0)}
    </>
  );
};

const Activity = ({ activity, command }: { activity: ActivityView; command: Command<Deed> }) => {
  const words = useWords();
  const own = useHelpWords();
  return (
    <li class="card">
      <h2>{activity.title}</h2>
      <p>
        {whenWords(words, activity.startAt)} · {words.hours(activity.plannedMinutes)}
      </p>
      <p>{activity.place}</p>
      {activity.note !== undefined && <p>{activity.note}</p>}
      <p class="quiet">
        {own.heldBy(activity.organisationName)} · {own.left(activity.guestsLeft)}
      </p>
      <Buttons activity={activity} command={command} />
    </li>
  );
};

const List = ({ first, command }: { first: ActivityList; command: Command<Deed> }) => {
  const own = useHelpWords();
  const more = useMore(first, (cursor) => helpClient.listActivities(undefined, cursor));
  if (more.items.length === 0) return <p>{own.activitiesNone}</p>;
  return (
    <>
      <ul>
        {more.items.map((activity) => (
          <Activity key={activity.caseId} activity={activity} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** The activities of one's own community, and a place at them. */
const Activities = () => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const list = useResource('activities', () => helpClient.listActivities());
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { caseId, part }: Deed) =>
      part === 'leave' ? helpClient.leave(commandId, caseId) : helpClient.join(commandId, caseId, part),
    onDone: ({ standing }) => {
      setNews(standing === 'in' ? own.joined : standing === 'waiting' ? own.waiting : own.gone);
      list.reload();
    },
  });
  return (
    <Page title={own.activities} problems={failureProblems(sentences, [command])} news={news}>
      <Loaded resource={list}>{(first) => <List first={first} command={command} />}</Loaded>
    </Page>
  );
};

export default Activities;
