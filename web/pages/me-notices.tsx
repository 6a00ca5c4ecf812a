import type {
  NoticeChannel,
  NoticeSettingsView,
  NoticeStop,
  StoppableGroup,
} from '@time-bank/contracts/notices';
import { useState } from 'preact/hooks';
import { ChoiceList } from '../components/choice-list.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { SendButton } from '../components/send-button.tsx';
import { keysOf } from '../keys-of.ts';
import { useMeSentences } from '../me-words.ts';
import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { knowsPush, turnPushOff, turnPushOn } from '../push-here.ts';
import { type Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';

type Deed =
  | { what: 'settings'; locale: NoticeSettingsView['locale']; stops: NoticeStop[] }
  | { what: 'address'; address?: string }
  | { what: 'calendar_end' };

const send = (id: string, deed: Deed) => {
  switch (deed.what) {
    case 'settings':
      return noticesClient.changeSettings({ locale: deed.locale, stops: deed.stops });
    case 'address':
      return noticesClient.changeAddress(id, deed.address);
    case 'calendar_end':
      return noticesClient.endCalendar();
  }
};

interface PartProps {
  view: NoticeSettingsView;
  command: Command<Deed>;
}

const isOff = (stops: readonly NoticeStop[], group: StoppableGroup, channel: NoticeChannel): boolean =>
  stops.some((stop) => stop.group === group && stop.channel === channel);

/** One group, with a button for each way out. */
const Group = ({ view, command, group }: PartProps & { group: StoppableGroup }) => {
  const own = useNoticesWords();
  const { name, what } = own.groups[group];
  return (
    <li class="card">
      <h2>{name}</h2>
      <p>{what}</p>
      {view.offers.map((channel) => {
        const off = isOff(view.stops, group, channel);
        const others = view.stops.filter((stop) => stop.group !== group || stop.channel !== channel);
        return (
          <div key={channel}>
            <p>
              {own.channels[channel]}: <strong>{off ? `○ ${own.isStopped}` : `✓ ${own.goesOut}`}</strong>
            </p>
            <button
              type="button"
              disabled={command.sending}
              onClick={() => {
                const stops = off ? others : [...others, { group, channel }];
                command.submit({ what: 'settings', locale: view.locale, stops });
              }}
            >
              {off ? own.startIt : own.stopIt}
              <span class="unseen">
                {' '}
                {name} {own.channels[channel]}
              </span>
            </button>
          </div>
        );
      })}
    </li>
  );
};

const Mail = ({ view, command }: PartProps) => {
  const own = useNoticesWords();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { address } = view;
  return (
    <section>
      <h2>{own.mail}</h2>
      {address !== undefined && (
        <>
          <p>{address.isConfirmed ? own.mailGood(address.address) : own.mailWaits(address.address)}</p>
          <button
            type="button"
            disabled={command.sending}
            onClick={() => {
              command.submit({ what: 'address' });
            }}
          >
            {own.mailEnd}
          </button>
        </>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const written = text.trim();
          const isAddress = /^\S+@\S+\.\S+$/.test(written);
          setWrong(!isAddress);
          if (isAddress) command.submit({ what: 'address', address: written });
        }}
      >
        <Field
          id="address"
          label={own.mail}
          hint={own.mailHint}
          problem={isWrong ? own.mailWrong : undefined}
          value={text}
          maxLength={254}
          autocomplete="off"
          onWrite={setText}
        />
        <SendButton command={command} label={own.mailSave} />
      </form>
    </section>
  );
};

const Push = ({ view, reload }: { view: NoticeSettingsView; reload: () => void }) => {
  const own = useNoticesWords();
  const [isRefused, setRefused] = useState(false);
  const on = async () => {
    const here = await turnPushOn(view.pushKey ?? '').catch(() => undefined);
    setRefused(here === undefined);
    if (here !== undefined && (await noticesClient.addPush(here)).kind === 'done') reload();
  };
  const off = async () => {
    const endpoint = await turnPushOff().catch(() => undefined);
    if (endpoint !== undefined) await noticesClient.removePush(endpoint);
    reload();
  };
  return (
    <section>
      <h2>{own.push}</h2>
      <p>{own.pushHint}</p>
      {view.pushCount > 0 && <p>{own.pushCount(view.pushCount)}</p>}
      {isRefused && <p role="alert">{own.pushNot}</p>}
      <button
        type="button"
        onClick={() => {
          void on();
        }}
      >
        {own.pushOn}
      </button>
      {view.pushCount > 0 && (
        <button
          type="button"
          onClick={() => {
            void off();
          }}
        >
          {own.pushOff}
        </button>
      )}
    </section>
  );
};

const Calendar = ({ view, command, reload }: PartProps & { reload: () => void }) => {
  const own = useNoticesWords();
  const sentences = useMeSentences();
  const [path, setPath] = useState<string>();
  const make = useDeed({
    send: () => noticesClient.makeCalendar(),
    onDone: ({ path: made }) => {
      setPath(made);
      reload();
    },
  });
  return (
    <section>
      <h2>{own.calendar}</h2>
      <p>{own.calendarHint}</p>
      {failureProblems(sentences, [make]).map(({ words }) => (
        <p role="alert" key={words}>
          {words}
        </p>
      ))}
      {path !== undefined && (
        <div role="status">
          <p>{own.calendarMade}</p>
          <p class="code-line">{`${location.origin}${path}`}</p>
        </div>
      )}
      {path === undefined && view.hasCalendar && <p>{own.calendarOn}</p>}
      <button
        type="button"
        disabled={make.sending}
        onClick={() => {
          make.submit(null);
        }}
      >
        {view.hasCalendar ? own.calendarAgain : own.calendarMake}
      </button>
      {view.hasCalendar && (
        <button
          type="button"
          disabled={command.sending}
          onClick={() => {
            setPath(undefined);
            command.submit({ what: 'calendar_end' });
          }}
        >
          {own.calendarEnd}
        </button>
      )}
    </section>
  );
};

/** By which ways one is told, and what of it one does not want; one's calendar. */
const MeNotices = () => {
  const own = useNoticesWords();
  const sentences = useMeSentences();
  const settings = useResource('notice-settings', noticesClient.readSettings);
  const [news, setNews] = useState<string>();
  const command = useDeed({
    send,
    onDone: () => {
      setNews(own.saved);
      settings.reload();
    },
  });
  return (
    <MePage title={own.settings} problems={failureProblems(sentences, [command])} news={news}>
      <p>{own.settingsHint}</p>
      <a class="button" href="/inbox">
        {own.inbox}
      </a>
      <Loaded resource={settings}>
        {(view) => (
          <>
            <ChoiceList
              id="locale"
              label={own.language}
              value={view.locale}
              onWrite={(text) => {
                const locale = keysOf(own.languages).find((each) => each === text);
                if (locale !== undefined) command.submit({ what: 'settings', locale, stops: view.stops });
              }}
              choices={keysOf(own.languages).map((value) => ({ value, label: own.languages[value] }))}
            />
            {view.offers.length === 0 && <p>{own.noWay}</p>}
            {view.offers.includes('sms') && !view.hasPhone && <p>{own.noPhone}</p>}
            {view.offers.length > 0 && (
              <ul>
                {keysOf(own.groups).map((group) => (
                  <Group key={group} view={view} command={command} group={group} />
                ))}
              </ul>
            )}
            {view.offers.includes('email') && <Mail view={view} command={command} />}
            {view.offers.includes('push') && knowsPush() && <Push view={view} reload={settings.reload} />}
            <Calendar view={view} command={command} reload={settings.reload} />
          </>
        )}
      </Loaded>
    </MePage>
  );
};

export default MeNotices;
