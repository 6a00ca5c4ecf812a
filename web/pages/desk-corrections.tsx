import type { CorrectionList, CorrectionView } from '@time-bank/contracts/correction';
import { useState } from 'preact/hooks';
import { useAccountsSentences, useAccountsWords } from '../accounts-words.ts';
import { sentenceOf } from '../answer.ts';
import { momentWords } from '../china-time.ts';
import { client } from '../client.ts';
import { CommunityField, useCommunity } from '../components/community-field.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { Page } from '../components/page.tsx';
import { Sentence } from '../components/sentence.tsx';
import { Sure } from '../components/sure.tsx';
import { correctionsClient } from '../corrections-client.ts';
import { readMe } from '../first-reads.ts';
import { useWords } from '../language.tsx';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

type Decision = 'approve' | 'decline';

/** What is about to be decided. */
interface Asked {
  correctionId: string;
  decision: Decision;
}

/** One correction: whose, what, why, and the two buttons where it is somebody else's. */
const Case = ({
  view,
  name,
  isOwn,
  asked,
  command,
  onAsk,
}: {
  view: CorrectionView;
  name: string;
  isOwn: boolean;
  asked: Asked | undefined;
  command: Command<null>;
  onAsk: (decision: Decision | undefined) => void;
}) => {
  const words = useWords();
  const own = useAccountsWords();
  const sentences = useAccountsSentences();
  const { state, insteadMinutes, refusal } = view;
  return (
    <>
      <h2>{name}</h2>
      <p>
        <strong>{own.states[state]}</strong>
        {refusal !== undefined &&
          ` · ${sentenceOf(sentences, { kind: 'refused', refusal: { code: refusal } })}`}
      </p>
      <Facts
        facts={[
          { name: own.takenBack, content: words.hours(view.amountMinutes) },
          {
            name: own.instead,
            content: insteadMinutes === undefined ? own.nothing : words.hours(insteadMinutes),
          },
          { name: own.reason, content: view.reason },
          { name: own.openedAt, content: momentWords(words, view.openedAt) },
        ]}
      />
      {state === 'proposed' && isOwn && <p>{own.own}</p>}
      {state === 'proposed' && !isOwn && asked === undefined && (
        <p class="beside">
          {(['approve', 'decline'] as const).map((decision) => (
            <button
              type="button"
              key={decision}
              onClick={() => {
                onAsk(decision);
              }}
            >
              {own[decision]}
              <span class="unseen"> {name}</span>
            </button>
          ))}
        </p>
      )}
      {asked !== undefined && (
        <Sure
          question={own[`${asked.decision}Sure`]}
          yes={own[`${asked.decision}Yes`]}
          no={own.notNow}
          command={command}
          onNo={() => {
            onAsk(undefined);
          }}
        />
      )}
    </>
  );
};

const Cases = ({
  first,
  code,
  me,
  nameOf,
  asked,
  command,
  onAsk,
}: {
  first: CorrectionList;
  code: string;
  me: string | undefined;
  nameOf: (accountId: string) => string;
  asked: Asked | undefined;
  command: Command<null>;
  onAsk: (asked: Asked | undefined) => void;
}) => {
  const own = useAccountsWords();
  const more = useMore(first, (cursor) => correctionsClient.listCorrections(code, cursor));
  if (more.items.length === 0) return <p>{own.empty}</p>;
  return (
    <>
      <ul>
        {more.items.map((view) => (
          <li class="card" key={view.correctionId} ref={more.refOf(view)}>
            <Case
              view={view}
              name={nameOf(view.accountId)}
              isOwn={view.openedBy === me}
              asked={asked?.correctionId === view.correctionId ? asked : undefined}
              command={command}
              onAsk={(decision) => {
                onAsk(decision === undefined ? undefined : { correctionId: view.correctionId, decision });
              }}
            />
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** Corrections that wait for a second person: whoever proposed one leaves it to a colleague. */
const DeskCorrections = () => {
  const words = useWords();
  const own = useAccountsWords();
  const sentences = useAccountsSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const me = useResource('me', readMe);
  const elders = useResource(`elders.${code ?? ''}`, () => client.listElders(code));
  // Until the communities are known there is nothing to ask for.
  const list = useResource<CorrectionList>(`corrections.${code ?? ''}`, () =>
    code === undefined
      ? Promise.resolve({ kind: 'done', value: { items: [] } })
      : correctionsClient.listCorrections(code),
  );
  const [asked, setAsked] = useState<Asked>();
  const [news, setNews] = useState<string>();
  const command = useCommand({
    slot: `correction.${asked?.correctionId ?? ''}.${asked?.decision ?? ''}`,
    prefix: 'cmd',
    send: (commandId, _content: null) =>
      correctionsClient.decide(asked?.correctionId ?? '', commandId, asked?.decision ?? 'decline'),
    onDone: () => {
      setNews(asked?.decision === 'approve' ? own.approved : own.declined);
      setAsked(undefined);
      list.reload();
      scrollTo(0, 0);
    },
  });
  // An account has the digits of its member.
  const nameOf = (accountId: string) =>
    elders.value?.items.find(({ memberId }) => memberId.slice(4) === accountId.slice(4))?.name ?? own.unnamed;
  return (
    <Page title={own.title} problems={failureProblems(sentences, [command])} news={news} wide>
      <p>{own.intro}</p>
      <a class="button" href="/desk/corrections/new">
        {own.propose}
      </a>
      {community.failure !== undefined && (
        <p role="alert">
          <Sentence failure={community.failure} />
        </p>
      )}
      <CommunityField community={community} />
      {code !== undefined && (
        <Loaded resource={list}>
          {(first) => (
            <Cases
              first={first}
              code={code}
              me={me.value?.member.memberId}
              nameOf={nameOf}
              asked={asked}
              command={command}
              onAsk={(next) => {
                setAsked(next);
                setNews(undefined);
                command.clear();
              }}
            />
          )}
        </Loaded>
      )}
      <a class="button" href="/desk">
        {words.back}
      </a>
    </Page>
  );
};

export default DeskCorrections;
