import type { LinkageList, LinkageView } from '@time-bank/contracts/linkage';
import type { ElderRow } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { client } from '../client.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MoreButton, useMore } from '../components/more-items.tsx';
import { NeedForm } from '../components/need-form.tsx';
import { readMe } from '../first-reads.ts';
import { useWords } from '../language.tsx';
import { type Need, linkageClient } from '../linkage-client.ts';
import { useLinkageSentences, useLinkageWords } from '../linkage-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** Those who look after the elders of a place: they see the list of elders, and tell of what one needs. */
const reporters: readonly Role[] = ['coordinator', 'social_worker', 'care_commissioner'];

/** One card in short: whose, what is needed, how far it is, who has still to do something. */
const Card = ({ card, elders }: { card: LinkageView; elders: readonly ElderRow[] }) => {
  const words = useWords();
  const own = useLinkageWords();
  const { memberId, surname, gender } = card.elder;
  const name = elders.find((elder) => elder.memberId === memberId)?.name ?? words.familiar(surname, gender);
  const since = card.steps[0]?.at;
  const undone = card.tasks.filter(({ isDone }) => !isDone).map(({ society }) => own.societies[society]);
  return (
    <>
      <h3>{name}</h3>
      <Facts
        facts={[
          { name: own.need, content: card.need },
          { name: own.state, content: own.states[card.state] },
          { name: own.undone, content: undone.join(own.between) },
          { name: own.since, content: since === undefined ? undefined : momentWords(words, since) },
        ]}
      />
      <a class="button" href={`/desk/linkages/${card.caseId}`}>
        {own.see}
        <span class="unseen"> {name}</span>
      </a>
    </>
  );
};

const Cards = ({
  first,
  code,
  elders,
}: {
  first: LinkageList;
  code: string;
  elders: readonly ElderRow[];
}) => {
  const own = useLinkageWords();
  const more = useMore(first, (cursor) => linkageClient.list(code, cursor));
  if (more.items.length === 0) return <p>✓ {own.none}</p>;
  return (
    <>
      <ul class="cards">
        {more.items.map((card) => (
          <li class="card" key={card.caseId} ref={more.refOf(card)}>
            <Card card={card} elders={elders} />
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </>
  );
};

/** The open linkage cards of a community, those that nothing was done about for longest first. */
const DeskLinkages = () => {
  const own = useLinkageWords();
  const sentences = useLinkageSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const me = useResource('me', readMe);
  const roles = me.value?.member.roles.map(({ role }) => role) ?? [];
  const mayReport = roles.some((role) => reporters.includes(role));
  const elders = useResource<{ items: ElderRow[] }>(`elders.${mayReport ? (code ?? '') : ''}`, () =>
    mayReport ? client.listElders(code) : Promise.resolve({ kind: 'done', value: { items: [] } }),
  );
  const list = useResource<LinkageList>(`linkages.${code ?? ''}`, () =>
    code === undefined ? Promise.resolve({ kind: 'done', value: { items: [] } }) : linkageClient.list(code),
  );
  const [news, setNews] = useState<string>();
  const [reported, setReported] = useState(0);
  const report = useDeed({
    send: (caseId, need: Need) => linkageClient.report(caseId, need),
    onDone: () => {
      setReported((before) => before + 1);
      setNews(own.reported);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.title}
      problems={failureProblems(sentences, [report])}
      news={news}
      community={community}
      back={roles.includes('coordinator') ? '/desk' : '/'}
    >
      <p>{own.hint}</p>
      {code !== undefined && (
        <>
          {mayReport && (
            <Loaded resource={elders} key={`${code}.${String(reported)}`}>
              {({ items }) => <NeedForm elders={items} command={report} />}
            </Loaded>
          )}
          <h2>{own.open}</h2>
          <Loaded resource={list}>
            {(first) => <Cards first={first} code={code} elders={elders.value?.items ?? []} />}
          </Loaded>
        </>
      )}
    </DeskPage>
  );
};

export default DeskLinkages;
