import type { LinkageView } from '@time-bank/contracts/linkage';
import type { Role } from '@time-bank/contracts/role';
import { useRoute } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { dayWords, momentWords } from '../china-time.ts';
import { DeskPage } from '../components/desk-page.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { LinkageSteps } from '../components/linkage-steps.tsx';
import { Loaded } from '../components/loaded.tsx';
import { readMe } from '../first-reads.ts';
import { useWords } from '../language.tsx';
import { type CardStep, linkageClient } from '../linkage-client.ts';
import { useLinkageSentences, useLinkageWords } from '../linkage-words.ts';
import { readServices, serviceOf } from '../services.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** What is needed, what was found and what would help, what came of it; and whose turn it is. */
const Need = ({ card }: { card: LinkageView }) => {
  const words = useWords();
  const own = useLinkageWords();
  const services = useResource(`services.${card.communityCode}`, () => readServices(card.communityCode));
  const { serviceCode, plannedMinutes } = card;
  const service = serviceCode === undefined ? undefined : serviceOf(services.value?.items ?? [], serviceCode);
  return (
    <>
      <h2>{own.card(words.familiar(card.elder.surname, card.elder.gender))}</h2>
      <Facts
        facts={[
          { name: own.need, content: card.need },
          { name: own.source, content: own.sources[card.source] },
          { name: own.state, content: own.states[card.state] },
          { name: own.finding, content: card.finding },
          {
            name: own.service,
            content:
              service === undefined || plannedMinutes === undefined
                ? undefined
                : `${service.words[words.locale]} · ${words.hours(plannedMinutes)}`,
          },
          { name: own.outcome, content: card.outcome },
        ]}
      />
      <p>
        <strong>{own.next[card.state]}</strong>
      </p>
    </>
  );
};

/** Who does what, and whether it is done; what was given. */
const Done = ({ card }: { card: LinkageView }) => {
  const words = useWords();
  const own = useLinkageWords();
  return (
    <>
      <h2>{own.tasks}</h2>
      {card.tasks.length === 0 ? (
        <p>{own.tasksNone}</p>
      ) : (
        <ul class="lines">
          {card.tasks.map(({ society, what, isDone }) => (
            <li key={society}>
              {own.task(own.societies[society], what)} · {isDone ? `✓ ${own.done}` : own.toDo}
            </li>
          ))}
        </ul>
      )}
      <h2>{own.gifts}</h2>
      {card.resources.length === 0 ? (
        <p>{own.giftsNone}</p>
      ) : (
        <ul class="lines">
          {card.resources.map(({ resourceId, name, quantity, unit, at }) => (
            <li key={`${resourceId}${at}`}>
              {own.gift(name, quantity, unit)} · {dayWords(words, at)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const History = ({ card }: { card: LinkageView }) => {
  const words = useWords();
  const own = useLinkageWords();
  return (
    <>
      <h2>{own.history}</h2>
      <ol class="lines">
        {card.steps.map(({ step, at, society, by }, index) => (
          <li key={`${at}${String(index)}`}>
            {momentWords(words, at)} · {own.steps[step]} · {own.societies[society]}{' '}
            {words.familiarVolunteer(by.surname, by.gender)}
          </li>
        ))}
      </ol>
    </>
  );
};

/** Where a card leads on: to the visit that was asked for, and to the elder, for those who look after both. */
const Onward = ({ card, roles }: { card: LinkageView; roles: readonly Role[] }) => {
  const own = useLinkageWords();
  if (!roles.includes('coordinator')) return null;
  return (
    <p class="beside">
      {card.requestId !== undefined && (
        <a class="button" href={`/desk/requests/${card.requestId}`}>
          {own.toVisit}
        </a>
      )}
      <a class="button" href={`/desk/people/${card.elder.memberId}`}>
        {own.toPerson}
      </a>
    </p>
  );
};

/** One linkage card: what is needed, who does what, what was given, what was done; and the next step of it. */
const DeskLinkage = () => {
  const own = useLinkageWords();
  const sentences = useLinkageSentences();
  const caseId = useRoute().params.caseId ?? '';
  const me = useResource('me', readMe);
  const roles = me.value?.member.roles.map(({ role }) => role) ?? [];
  const card = useResource(`linkage.${caseId}`, () => linkageClient.read(caseId));
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, step: CardStep) => linkageClient.move(caseId, commandId, step),
    onDone: (_receipt, { step }) => {
      setNews(own.said[step]);
      card.reload();
      scrollTo(0, 0);
    },
  });
  return (
    <DeskPage
      title={own.title}
      problems={failureProblems(sentences, [command])}
      news={news}
      back="/desk/linkages"
    >
      <Loaded resource={card}>
        {(value) => (
          <>
            <Need card={value} />
            <LinkageSteps card={value} roles={roles} command={command} />
            <Onward card={value} roles={roles} />
            <Done card={value} />
            <History card={value} />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
};

export default DeskLinkage;
