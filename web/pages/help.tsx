import type { HelpState } from '@time-bank/contracts/emergency';
import { useEffect, useState } from 'preact/hooks';
import { failureProblems } from '../components/failure-problems.ts';
import { Page } from '../components/page.tsx';
import { Sure } from '../components/sure.tsx';
import { helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { ambulancePhone, servicePhone } from '../service-phone.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** While somebody is on the way the page looks again so often. */
const LOOK_AGAIN_MS = 5000;

type Call = NonNullable<HelpState['call']>;

const isLive = ({ state }: Call): boolean =>
  state === 'open' || state === 'answered' || state === 'dispatched' || state === 'on_site';

/** How the call stands, in large words; who listens hears each change. */
const Stands = ({ call }: { call: Call }) => {
  const own = useHelpWords();
  return (
    <section class="card" aria-live="polite">
      <h2 class="number">{own.states[call.state]}</h2>
      {call.answeredBy !== undefined && <p>{own.answeredBy(call.answeredBy.surname)}</p>}
    </section>
  );
};

/** The button that calls, which asks once more before it does. */
const CallButton = ({ label, onCalled }: { label: string; onCalled: () => void }) => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const [asks, setAsks] = useState(false);
  const command = useDeed({
    send: (commandId, _nothing: null) => helpClient.callForHelp(commandId),
    onDone: () => {
      setAsks(false);
      onCalled();
    },
  });
  const problems = failureProblems(sentences, [command]);
  return (
    <>
      {problems.length > 0 && (
        <div role="alert">
          {problems.map(({ words }) => (
            <p key={words}>! {words}</p>
          ))}
        </div>
      )}
      {asks ? (
        <Sure
          question={own.needHelpSure}
          yes={own.needHelpYes}
          no={own.needHelpNo}
          command={command}
          onNo={() => {
            setAsks(false);
          }}
        />
      ) : (
        <button
          type="button"
          class="primary"
          onClick={() => {
            setAsks(true);
          }}
        >
          {label}
        </button>
      )}
    </>
  );
};

const Mistake = ({ call, onDone }: { call: Call; onDone: () => void }) => {
  const own = useHelpWords();
  const [asks, setAsks] = useState(false);
  const command = useDeed({
    send: (commandId, _nothing: null) => helpClient.takeBack(commandId, call.caseId),
    onDone: () => {
      setAsks(false);
      onDone();
    },
  });
  if (asks)
    return (
      <Sure
        question={own.mistakeSure}
        yes={own.mistakeYes}
        no={own.mistakeNo}
        command={command}
        onNo={() => {
          setAsks(false);
        }}
      />
    );
  return (
    <button
      type="button"
      onClick={() => {
        setAsks(true);
      }}
    >
      {own.mistake}
    </button>
  );
};

/**
 * The elder calls for help. 120 stands first and is a link of its own: it calls without the network, and while the rest
 * of the page is still on its way.
 */
const Help = () => {
  const own = useHelpWords();
  const [news, setNews] = useState<string>();
  const state = useResource('help', helpClient.readHelp);
  const call = state.value?.call;
  const isOn = call !== undefined && isLive(call);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(state.reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isOn]);
  const told = (words: string) => () => {
    setNews(words);
    state.reload();
  };
  return (
    <Page title={own.help} news={news}>
      <p>{own.ambulanceHint}</p>
      <a class="button primary" href={`tel:${ambulancePhone}`}>
        {own.ambulance}
      </a>
      <a class="button" href={`tel:${servicePhone}`}>
        {own.servicePoint} <span class="number">{servicePhone}</span>
      </a>
      {call !== undefined && call.state !== 'closed' && <Stands call={call} />}
      <p>{own.needHelpHint}</p>
      <CallButton label={isOn ? own.callAgain : own.needHelp} onCalled={told(own.called)} />
      {call !== undefined && isOn && call.state !== 'on_site' && (
        <Mistake call={call} onDone={told(own.mistaken)} />
      )}
    </Page>
  );
};

export default Help;
