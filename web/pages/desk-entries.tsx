import type { VolunteerList } from '@time-bank/contracts/volunteering';
import type { EntryCaseList, EntryCaseView } from '@time-bank/contracts/visiting-routes';
import { plusMinutes } from '@time-bank/contracts/time';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { askClient } from '../ask-client.ts';
import { clockOf, momentWords } from '../china-time.ts';
import { client } from '../client.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { EntryForm } from '../components/entry-form.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Sure } from '../components/sure.tsx';
import { type PastVisit, entriesClient } from '../entries-client.ts';
import { useEntriesSentences, useEntriesWords } from '../entries-words.ts';
import { readMe } from '../first-reads.ts';
import { useWords } from '../language.tsx';
import { readServices, serviceOf } from '../services.ts';
import type { Service } from '../services.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** What a second person has decided, or is about to. */
interface Decided {
  caseId: string;
  isApproved: boolean;
}

/** What the list needs beside its rows. */
interface Beside {
  me: string | undefined;
  services: readonly Service[];
  nameOf: (person: EntryCaseView['elder']) => string;
  command: Command<Decided>;
}

/** One visit that was entered: who, when, on what grounds, and the two answers where somebody else entered it. */
const Case = ({ view, me, services, nameOf, command }: Beside & { view: EntryCaseView }) => {
  const words = useWords();
  const own = useEntriesWords();
  const [asked, setAsked] = useState<boolean>();
  const { caseId, elder, volunteer, startedAt, servedMinutes } = view;
  const title = own.visitedBy(nameOf(elder), nameOf(volunteer));
  const endedAt = plusMinutes(startedAt, servedMinutes);
  const answers = [
    { isApproved: true, label: own.approve },
    { isApproved: false, label: own.decline },
  ];
  return (
    <>
      <h3>{title}</h3>
      <Facts
        facts={[
          { name: words.service, content: serviceOf(services, view.serviceCode)?.words[words.locale] },
          {
            name: words.when,
            content: own.span(momentWords(words, startedAt), clockOf(endedAt), words.hours(servedMinutes)),
          },
          { name: own.evidence, content: view.evidence },
          { name: own.enteredAt, content: momentWords(words, view.openedAt) },
        ]}
      />
      {view.openedBy === me && <p>{own.ownEntry}</p>}
      {view.openedBy !== me && asked === undefined && (
        <p class="beside">
          {answers.map(({ isApproved, label }) => (
            <button
              type="button"
              key={label}
              onClick={() => {
                setAsked(isApproved);
              }}
            >
              {label}
              <span class="unseen"> {title}</span>
            </button>
          ))}
        </p>
      )}
      {asked !== undefined && (
        <Sure
          question={asked ? own.approveSure : own.declineSure}
          yes={asked ? own.approveYes : own.declineYes}
          no={own.notNow}
          command={{
            ...command,
            submit: () => {
              command.submit({ caseId, isApproved: asked });
            },
          }}
          onNo={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
};

const Waiting = ({ first, code, beside }: { first: EntryCaseList; code: string; beside: Beside }) => {
  const own = useEntriesWords();
  const more = useMore(first, (cursor) => entriesClient.list(code, cursor));
  if (more.items.length === 0) return <p>✓ {own.waitingNone}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((view) => (
          <li class="card" key={view.caseId} ref={more.refOf(view)}>
            <Case view={view} {...beside} />
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Visits that were made and not noted on a telephone: entered by one, approved by another. */
const DeskEntries = () => {
  const own = useEntriesWords();
  const sentences = useEntriesSentences('entry');
  const { query } = useLocation();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const me = useResource('me', readMe);
  const elders = useResource(`elders.${code ?? ''}`, () => client.listElders(code));
  const volunteers = useResource<VolunteerList>(`volunteers.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [], total: 0 } })
      : askClient.listVolunteers(code),
  );
  const services = useResource(`services.${code ?? ''}`, () => readServices(code));
  const list = useResource<EntryCaseList>(`entries.${code ?? ''}`, () =>
    code === undefined ? Promise.resolve({ kind: 'done', value: { items: [] } }) : entriesClient.list(code),
  );
  const [news, setNews] = useState<string>();
  const [entered, setEntered] = useState(0);
  const told = (words: string) => {
    setNews(words);
    list.reload();
    scrollTo(0, 0);
  };
  const enter = useDeed({
    send: (caseId, visit: PastVisit) => entriesClient.enter(caseId, visit),
    onDone: () => {
      setEntered((before) => before + 1);
      told(own.entered);
    },
  });
  const decide = useDeed({
    send: (commandId, { caseId, isApproved }: Decided) => entriesClient.decide(caseId, commandId, isApproved),
    onDone: (_receipt, { isApproved }) => {
      told(isApproved ? own.approved : own.declined);
    },
  });
  const beside: Beside = {
    me: me.value?.member.memberId,
    services: services.value?.items ?? [],
    nameOf: ({ memberId, surname }) =>
      [...(elders.value?.items ?? []), ...(volunteers.value?.items ?? [])].find(
        (person) => person.memberId === memberId,
      )?.name ?? `${surname}*`,
    command: decide,
  };
  return (
    <DeskPage
      title={own.entries}
      problems={failureProblems(sentences, [enter, decide])}
      news={news}
      community={community}
      back="/desk"
    >
      <p>{own.entriesHint}</p>
      {code !== undefined && (
        <>
          <details key={`${code}.${String(entered)}`} open={query.elder !== undefined}>
            <summary>{own.entryNew}</summary>
            <Loaded resource={elders}>
              {({ items }) => (
                <EntryForm
                  elders={items}
                  volunteers={volunteers}
                  services={beside.services.filter(({ madeBy }) => madeBy === 'volunteer')}
                  command={enter}
                />
              )}
            </Loaded>
          </details>
          <h2>{own.waiting}</h2>
          <Loaded resource={list}>{(first) => <Waiting first={first} code={code} beside={beside} />}</Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskEntries;
