import type { ActivityList, ActivityView } from '@time-bank/contracts/activity';
import { useState } from 'preact/hooks';
import { now, whenWords } from '../china-time.ts';
import { ActivityForm } from '../components/activity-form.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { PhoneInLine } from '../components/phone-link.tsx';
import { type Came, type NewActivity, helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { useWords } from '../language.tsx';
import { newId } from '../new-id.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

const REASON_MAX = 200;

type Deed =
  | { caseId: string; deed: 'tick'; came: Came }
  | { caseId: string; deed: 'close'; transferId: string }
  | { caseId: string; deed: 'cancel'; reason: string };

/** The names on the list of an activity, and what the staff do with them once it has begun. */
const Sheet = ({ caseId, version, command }: { caseId: string; version: number; command: Command<Deed> }) => {
  const own = useHelpWords();
  const sheet = useResource(`activity.${caseId}.${String(version)}`, () => helpClient.readActivity(caseId));
  // The line under which the hours will stand: the same, however often the button is pressed.
  const [transferId] = useState(() => newId('trf'));
  return (
    <Loaded resource={sheet}>
      {({ names, startAt, plannedMinutes }) => {
        const isIn = names.filter(({ standing }) => standing === 'in');
        const isTicked = isIn.every(({ minutes }) => minutes !== undefined);
        return (
          <>
            <ul class="lines">
              {names.map(({ person, part, standing, isMinor, minutes }) => (
                <li key={person.memberId}>
                  {'name' in person ? person.name : person.surname} · {own.parts[part]}
                  {standing === 'waiting' && ` · ${own.standings.waiting}`}
                  {isMinor && ` · ${own.minor}`}
                  {minutes !== undefined && ` · ${own.came(minutes)}`}
                  {'phone' in person && <PhoneInLine name={person.surname} phone={person.phone} />}
                </li>
              ))}
            </ul>
            {startAt <= now() && isIn.length > 0 && !isTicked && (
              <button
                type="button"
                class="primary"
                disabled={command.sending}
                onClick={() => {
                  const came = isIn.map(({ person }) => ({
                    memberId: person.memberId,
                    minutes: plannedMinutes,
                  }));
                  command.submit({ caseId, deed: 'tick', came });
                }}
              >
                {own.tickAll}
              </button>
            )}
            {startAt <= now() && isTicked && (
              <button
                type="button"
                class="primary"
                disabled={command.sending}
                onClick={() => {
                  command.submit({ caseId, deed: 'close', transferId });
                }}
              >
                {own.close}
              </button>
            )}
          </>
        );
      }}
    </Loaded>
  );
};

const Activity = ({
  activity,
  version,
  command,
}: {
  activity: ActivityView;
  version: number;
  command: Command<Deed>;
}) => {
  const words = useWords();
  const own = useHelpWords();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { caseId } = activity;
  return (
    <li class="card">
      <h2>{activity.title}</h2>
      <p>
        {whenWords(words, activity.startAt)} · {activity.place}
      </p>
      <p class="quiet">
        {own.heldBy(activity.organisationName)} · {own.left(activity.guestsLeft)}
      </p>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {own.names}
        <span class="unseen"> {activity.title}</span>
      </button>
      {isOpen && <Sheet caseId={caseId} version={version} command={command} />}
      <DeedForm
        title={own.cancel}
        label={own.cancel}
        command={command}
        onSend={() => {
          if (reason.trim() !== '') command.submit({ caseId, deed: 'cancel', reason: reason.trim() });
        }}
      >
        <TextField
          id={`reason-${caseId}`}
          label={own.cancelWhy}
          maxLength={REASON_MAX}
          value={reason}
          onWrite={setReason}
        />
      </DeedForm>
    </li>
  );
};

const List = ({
  first,
  code,
  version,
  command,
}: {
  first: ActivityList;
  code: string;
  version: number;
  command: Command<Deed>;
}) => {
  const own = useHelpWords();
  const more = useMore(first, (cursor) => helpClient.listActivities(code, cursor));
  if (more.items.length === 0) return <p>{own.activitiesNone}</p>;
  return (
    <>
      <ul>
        {more.items.map((activity) => (
          <Activity key={activity.caseId} activity={activity} version={version} command={command} />
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

const send = (commandId: string, said: Deed) => {
  switch (said.deed) {
    case 'tick':
      return helpClient.tick(commandId, said.caseId, said.came);
    case 'close':
      return helpClient.close(commandId, said.caseId, said.transferId);
    case 'cancel':
      return helpClient.cancel(commandId, said.caseId, said.reason);
  }
};

/** The activities of a community, for those who hold them: to invite, to tick off, to close, to call off. */
const DeskActivities = () => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<ActivityList>(`activities.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : helpClient.listActivities(code),
  );
  const [news, setNews] = useState<string>();
  const [version, setVersion] = useState(0);
  const told = (words: string) => {
    setNews(words);
    setVersion((before) => before + 1);
    list.reload();
  };
  const invite = useDeed({
    send: (caseId, wanted: NewActivity) => helpClient.openActivity(caseId, wanted),
    onDone: () => {
      told(own.invited);
    },
  });
  const command = useDeed({
    send,
    onDone: (_receipt, { deed }: Deed) => {
      told({ tick: own.ticked, close: own.closed, cancel: own.cancelled }[deed]);
    },
  });
  return (
    <DeskPage
      title={own.activities}
      problems={failureProblems(sentences, [invite, command])}
      news={news}
      community={community}
      back="/desk"
    >
      {code !== undefined && (
        <>
          <ActivityForm key={code} code={code} command={invite} />
          <Loaded resource={list}>
            {(first) => <List first={first} code={code} version={version} command={command} />}
          </Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskActivities;
