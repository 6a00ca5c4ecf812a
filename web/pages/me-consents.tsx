import type { ConsentView } from '@time-bank/contracts/privacy';
import { useState } from 'preact/hooks';
import { dateOf } from '../china-time.ts';
import { useDay } from '../components/binding-facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { type Consent, meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { type Command, useCommand } from '../use-command.ts';
import { useResource } from '../use-resource.ts';

/** What a purpose is, how it stands, and the one button that changes it. */
const Purpose = ({ view, command }: { view: ConsentView; command: Command<Consent> }) => {
  const own = useMeWords();
  const day = useDay();
  const { purpose, version, isGiven, saidVersion, at } = view;
  const { name, what } = own.purposes[purpose];
  return (
    <li class="card">
      <h2>{name}</h2>
      <p>{what}</p>
      <p>
        <strong>{isGiven ? own.consentGiven : own.consentNot}</strong>
        {at !== undefined && ` · ${own.consentSince(day(dateOf(at)))}`}
      </p>
      {saidVersion !== undefined && saidVersion !== version && <p>! {own.consentChanged}</p>}
      <button
        type="button"
        disabled={command.sending}
        onClick={() => {
          command.submit({ purpose, version, isGiven: !isGiven });
        }}
      >
        {isGiven ? own.consentTake : own.consentGive}
        <span class="unseen"> {name}</span>
      </button>
    </li>
  );
};

/** What one agrees to, each by itself, and each can be taken back. */
const MeConsents = () => {
  const own = useMeWords();
  const sentences = useMeSentences();
  const list = useResource('consents', meClient.listConsents);
  const [news, setNews] = useState<string>();
  const command = useCommand({
    slot: 'consent',
    prefix: 'fil',
    send: (consentId, consent: Consent) => meClient.giveConsent(consentId, consent),
    onDone: ({ purpose, isGiven }) => {
      setNews(own.consentSaved(own.purposes[purpose].name, isGiven));
      list.reload();
    },
  });
  return (
    <MePage title={own.consents} problems={failureProblems(sentences, [command])} news={news}>
      <p>{own.consentsHint}</p>
      <Loaded resource={list}>
        {({ items }) => (
          <ul>
            {items.map((view) => (
              <Purpose key={view.purpose} view={view} command={command} />
            ))}
          </ul>
        )}
      </Loaded>
    </MePage>
  );
};

export default MeConsents;
