import type { EmergencyAct, EmergencyList, EmergencyView, HandedTo } from '@time-bank/contracts/emergency';
import { useEffect, useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { SelectField, TextField } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PhoneInLine, PhoneLink } from '../components/phone-link.tsx';
import { type CallAct, helpClient } from '../help-client.ts';
import { useHelpSentences, useHelpWords } from '../help-words.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { ambulancePhone } from '../service-phone.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

/** The list looks again so often. */
const LOOK_AGAIN_MS = 5000;
const WORDS_MAX = 200;

/** What can be done from each state, the next thing first. */
const nextActs: Record<EmergencyView['state'], readonly EmergencyAct[]> = {
  open: ['answered'],
  answered: ['dispatched', 'on_site', 'handed_over', 'reviewed'],
  dispatched: ['on_site', 'handed_over'],
  on_site: ['handed_over', 'reviewed'],
  handed_over: ['reviewed'],
  mistaken: ['reviewed', 'answered'],
  reviewed: ['closed'],
  closed: [],
};

interface Deed {
  caseId: string;
  act: CallAct;
}

/** The buttons of a call: one for each thing that can be done now, with a word where one is needed. */
const Acts = ({ call, command }: { call: EmergencyView; command: Command<Deed> }) => {
  const own = useHelpWords();
  const [words, setWords] = useState('');
  const [to, setTo] = useState<HandedTo>('ambulance');
  const [isMissing, setMissing] = useState(false);
  const acts = nextActs[call.state];
  const press = (act: EmergencyAct) => () => {
    const said = words.trim();
    setMissing(act === 'reviewed' && said === '');
    if (act === 'reviewed' && said === '') return;
    command.submit({
      caseId: call.caseId,
      act: { act, ...(act === 'handed_over' ? { to } : {}), ...(said === '' ? {} : { words: said }) },
    });
  };
  return (
    <>
      {acts.includes('handed_over') && (
        <SelectField
          id={`to-${call.caseId}`}
          label={own.to}
          value={to}
          onWrite={(value) => {
            setTo(keysOf(own.handedTo).find((each) => each === value) ?? 'ambulance');
          }}
          options={keysOf(own.handedTo).map((value) => ({ value, label: own.handedTo[value] }))}
        />
      )}
      {call.state !== 'open' && (
        <TextField
          id={`words-${call.caseId}`}
          label={own.say}
          problem={isMissing ? own.sayMissing : undefined}
          maxLength={WORDS_MAX}
          value={words}
          onWrite={setWords}
        />
      )}
      {acts.map((act, index) => (
        <button
          type="button"
          key={act}
          class={index === 0 ? 'primary' : ''}
          disabled={command.sending}
          onClick={press(act)}
        >
          {own.acts[act]}
        </button>
      ))}
    </>
  );
};

const History = ({ call }: { call: EmergencyView }) => {
  const words = useWords();
  const own = useHelpWords();
  return (
    <details>
      <summary>{own.history}</summary>
      <ol class="lines">
        {call.steps.map(({ step, at, by, rung, to, words: said }, index) => (
          <li key={`${at}${String(index)}`}>
            {momentWords(words, at)} · {own.steps[step]}
            {rung !== undefined && ` ${own.rungs[rung]}`}
            {to !== undefined && ` ${own.handedTo[to]}`}
            {by !== undefined && ` · ${by.surname}`}
            {said !== undefined && <span class="quiet"> {said}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
};

const Contacts = ({ call }: { call: EmergencyView }) => {
  const own = useHelpWords();
  if (call.contacts.length === 0) return <p class="quiet">{own.noContacts}</p>;
  return (
    <p class="phones">
      {call.contacts.map(({ name, relation, phone }) => (
        <PhoneInLine key={phone} name={`${relation} ${name}`} phone={phone} />
      ))}
    </p>
  );
};

const Call = ({ call, command }: { call: EmergencyView; command: Command<Deed> }) => {
  const own = useHelpWords();
  const next =
    call.nextRungAt === undefined
      ? undefined
      : Math.round((Date.parse(call.nextRungAt) - Date.parse(call.openedAt)) / 1000) - call.secondsOpen;
  const figures = [
    call.calls > 1 ? own.calls(call.calls) : undefined,
    call.answerSeconds === undefined ? undefined : own.answerTook(call.answerSeconds),
    call.onSiteMinutes === undefined ? undefined : own.onSiteTook(call.onSiteMinutes),
  ].filter((figure) => figure !== undefined);
  return (
    <li class="card">
      <h2>
        {call.elder.name} · {own.deskStates[call.state]}
      </h2>
      <p>
        <strong>{own.opened(call.secondsOpen)}</strong> · {own.rung}
        {own.rungs[call.rung]}
        {next !== undefined && ` · ${own.next(next)}`}
      </p>
      <p>
        {own.sources[call.source]}
        {call.words !== undefined && ` · ${call.words}`}
        {figures.length > 0 && ` · ${figures.join(' · ')}`}
      </p>
      {call.isFlooded && <p>! {own.flooded}</p>}
      {call.elder.phone !== undefined && <PhoneLink phone={call.elder.phone} />}
      {call.address !== undefined && (
        <p>
          {own.address} {call.address} {call.homeNotes}
        </p>
      )}
      <h3>{own.contacts}</h3>
      <Contacts call={call} />
      <Acts call={call} command={command} />
      <History call={call} />
    </li>
  );
};

const Calls = ({ list, command }: { list: EmergencyList; command: Command<Deed> }) => {
  const own = useHelpWords();
  const waiting = list.items.filter(({ state }) => state === 'open').length;
  return (
    <>
      <p aria-live="polite" class="unseen">
        {waiting > 0 ? `${own.emergencies} ${String(waiting)}` : own.none}
      </p>
      {list.items.length === 0 && <p>{own.none}</p>}
      <ul>
        {list.items.map((call) => (
          <Call key={call.caseId} call={call} command={command} />
        ))}
      </ul>
    </>
  );
};

/** The calls for help of a community, by how long they wait and whom they have reached. */
const DeskEmergency = () => {
  const own = useHelpWords();
  const sentences = useHelpSentences();
  const community = useCommunity();
  const code = community.code ?? community.communities[0]?.code;
  const list = useResource<EmergencyList>(`emergencies.${code ?? ''}`, () =>
    code === undefined ? Promise.resolve({ kind: 'done', value: { items: [] } }) : helpClient.listCalls(code),
  );
  useEffect(() => {
    const timer = setInterval(list.reload, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send: (commandId, { caseId, act }: Deed) => helpClient.moveCall(commandId, caseId, act),
    onDone: () => {
      setNews(own.acted);
      list.reload();
    },
  });
  return (
    <DeskPage
      title={own.emergencies}
      problems={failureProblems(sentences, [command])}
      news={news}
      community={community}
      back="/desk"
      first={
        <a class="button" href={`tel:${ambulancePhone}`}>
          {own.ambulance}
        </a>
      }
    >
      <p class="quiet">{own.lookedAt}</p>
      {code !== undefined && (
        <Loaded resource={list}>{(value) => <Calls list={value} command={command} />}</Loaded>
      )}
    </DeskPage>
  );
};

export default DeskEmergency;
