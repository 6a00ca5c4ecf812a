import type { HelpState } from '@time-bank/contracts/emergency';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../answer.ts';
import { type Whom, helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { ambulancePhone, servicePhone } from '../service-phone.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { AskedCommand } from './asked-command.tsx';
import { failureProblems } from './failure-problems.ts';
import { Page } from './page.tsx';
import { ProblemLines } from './problem-lines.tsx';

/** While somebody is on the way the page looks again so often. */
const LOOK_AGAIN_MS = 5000;

type Call = NonNullable<HelpState['call']>;

const isLive = ({ state }: Call): boolean =>
  state === 'open' || state === 'answered' || state === 'dispatched' || state === 'on_site';

/** What is said around the button, which differs with whom it is for. */
export interface CallSaid {
  title: string;
  hint: string;
  label: string;
  sure: string;
  called: string;
}

/** What is said where somebody calls for another one, by their name. */
export const useCallFor = (name: string): CallSaid => {
  const own = useHelpWords();
  return {
    title: own.helpFor(name),
    hint: own.needHelpForHint(name),
    label: own.needHelpFor,
    sure: own.needHelpForSure(name),
    called: own.calledFor,
  };
};

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
const CallButton = ({
  whom,
  said,
  isAgain,
  onCalled,
}: {
  whom: Whom;
  said: CallSaid;
  isAgain: boolean;
  onCalled: () => void;
}) => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const command = useDeed({
    send: (commandId, _nothing: null) => helpClient.callForHelp(commandId, whom),
    onDone: onCalled,
  });
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <AskedCommand
        primary
        label={isAgain ? own.callAgain : said.label}
        question={said.sure}
        yes={own.needHelpYes}
        no={own.needHelpNo}
        command={command}
      />
    </>
  );
};

const Mistake = ({ call, onDone }: { call: Call; onDone: () => void }) => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const command = useDeed({
    send: (commandId, _nothing: null) => helpClient.takeBack(commandId, call.caseId),
    onDone,
  });
  return (
    <>
      <ProblemLines problems={failureProblems(sentences, [command])} />
      <AskedCommand
        label={own.mistake}
        question={own.mistakeSure}
        yes={own.mistakeYes}
        no={own.mistakeNo}
        command={command}
      />
    </>
  );
};

const nothingKnown = (): Promise<Answer<HelpState>> => Promise.resolve({ kind: 'done', value: {} });

/**
 * The page that calls for help: 120 first, then the service point, then the community, which asks once more. A visitor
 * cannot look up how the call stands: they are rung. It can be used before anything was read, and while the rest of the
 * page is still on its way.
 */
export const CallForHelp = ({
  whom = {},
  said,
  told,
  children,
}: {
  whom?: Whom;
  said: CallSaid;
  /** What has just happened and led here. */
  told?: string | undefined;
  children?: ComponentChildren;
}) => {
  const own = useHelpWords();
  const [news, setNews] = useState(told);
  const [count, setCount] = useState(0);
  const { elderId, requestId } = whom;
  const state = useResource(
    `help.${elderId ?? ''}`,
    requestId === undefined ? () => helpClient.readHelp(elderId) : nothingKnown,
  );
  const call = state.value?.call;
  const isOn = call !== undefined && isLive(call);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(state.reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isOn]);
  const tell = (words: string) => () => {
    setNews(words);
    setCount(count + 1);
    state.reload();
  };
  return (
    <Page title={said.title} news={news}>
      <p>{own.ambulanceHint}</p>
      <a class="button primary" href={`tel:${ambulancePhone}`}>
        {own.ambulance}
      </a>
      <a class="button" href={`tel:${servicePhone}`}>
        {own.servicePoint} <span class="number">{servicePhone}</span>
      </a>
      {call !== undefined && call.state !== 'closed' && <Stands call={call} />}
      <p>{said.hint}</p>
      <CallButton
        key={`call.${String(count)}`}
        whom={whom}
        said={said}
        isAgain={isOn || (requestId !== undefined && count > 0)}
        onCalled={tell(said.called)}
      />
      {call !== undefined && isOn && call.state !== 'on_site' && (
        <Mistake key={`mistake.${String(count)}`} call={call} onDone={tell(own.mistaken)} />
      )}
      {children}
    </Page>
  );
};
