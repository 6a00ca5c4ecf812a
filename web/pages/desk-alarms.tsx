import type { AlarmFound, AlarmView } from '@time-bank/contracts/alarm';
import { civilDateOf, plusDays, plusMinutes, startOfDay } from '@time-bank/contracts/time';
import { useState } from 'preact/hooks';
import { momentWords, now } from '../china-time.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeedForm } from '../components/deed-form.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Field } from '../components/field.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { useWords } from '../language.tsx';
import { newId } from '../new-id.ts';
import { usePeopleSentences } from '../people-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { weekClient } from '../week-client.ts';
import { useWeekWords } from '../week-words.ts';

const everything: readonly AlarmFound[] = ['well', 'away', 'in_hospital', 'needs_help', 'moved', 'died'];

/** The next morning at nine: still within a day of an alarm of this afternoon. */
const tomorrowMorning = (): string => plusMinutes(startOfDay(plusDays(civilDateOf(now()), 1)), 9 * 60);

/** One alarm, and what is done about it. */
const Alarm = ({ alarm, onDone }: { alarm: AlarmView; onDone: () => void }) => {
  const words = useWords();
  const own = useWeekWords();
  const sentences = usePeopleSentences();
  const [note, setNote] = useState('');
  const [found, setFound] = useState<string>('well');
  const [when, setWhen] = useState('soon');
  const check = useDeed({
    send: (commandId, said: string) => weekClient.checkAlarm(alarm.caseId, commandId, said),
    onDone,
  });
  const again = useDeed({
    send: (commandId, visit: { requestId: string; plannedStartAt: string }) =>
      weekClient.tryAgain(alarm.caseId, commandId, visit),
    onDone,
  });
  const close = useDeed({
    send: (commandId, ending: { found: AlarmFound; note: string }) =>
      weekClient.closeAlarm(alarm.caseId, commandId, ending),
    onDone,
  });
  const id = (name: string): string => `${name}-${alarm.caseId}`;
  const noteField = (name: string) => (
    <Field id={id(name)} label={own.note} hint={own.lookedHint} value={note} onWrite={setNote} />
  );
  const [problem] = failureProblems(sentences, [check, again, close]);
  return (
    <li class="card">
      <h2>
        ! {alarm.elderName ?? alarm.elder.surname} · {own.alarmKinds[alarm.alarm]}
      </h2>
      <p>
        {own.since(momentWords(words, alarm.openedAt))}
        {alarm.isOverdue && <strong> · {own.overdue}</strong>}
      </p>
      {alarm.phone !== undefined && <PhoneLink phone={alarm.phone} />}
      {alarm.acts.map(({ commandId, note: said }) => said !== undefined && <p key={commandId}>{said}</p>)}
      {problem !== undefined && <p role="alert">{problem.words}</p>}
      <DeedForm
        title={own.again}
        hint={own.againHint}
        label={own.again}
        command={again}
        onSend={() => {
          const plannedStartAt = when === 'soon' ? plusMinutes(now(), 120) : tomorrowMorning();
          again.submit({ requestId: newId('req'), plannedStartAt });
        }}
      >
        <ChoiceList
          id={id('when')}
          label={own.again}
          value={when}
          onWrite={setWhen}
          choices={[
            { value: 'soon', label: own.inTwoHours },
            { value: 'tomorrow', label: own.tomorrow },
          ]}
        />
      </DeedForm>
      <DeedForm
        title={own.looked}
        label={own.lookedSend}
        command={check}
        onSend={() => {
          check.submit(note.trim());
        }}
      >
        {noteField('looked')}
      </DeedForm>
      <DeedForm
        title={own.close}
        label={own.closeSend}
        command={close}
        onSend={() => {
          close.submit({ found: everything.find((each) => each === found) ?? 'well', note: note.trim() });
        }}
      >
        <ChoiceList
          id={id('found')}
          label={own.foundWhat}
          value={found}
          onWrite={setFound}
          choices={everything.map((each) => ({ value: each, label: own.found[each] }))}
        />
        {noteField('ending')}
      </DeedForm>
    </li>
  );
};

/** Elders who were not met, and danger that was seen: open until somebody says what was found. */
const DeskAlarms = () => {
  const own = useWeekWords();
  const community = useCommunity();
  const [news, setNews] = useState<string>();
  const alarms = useResource(`alarms.${community.code ?? ''}`, () => weekClient.listAlarms(community.code));
  return (
    <DeskPage title={own.alarms} news={news} community={community} back="/desk/week">
      <p>{own.alarmsIntro}</p>
      <Loaded resource={alarms}>
        {({ items }) =>
          items.length === 0 ? (
            <p>✓ {own.noAlarms}</p>
          ) : (
            <ul class="cards">
              {items.map((alarm) => (
                <Alarm
                  key={alarm.caseId}
                  alarm={alarm}
                  onDone={() => {
                    setNews(own.saved);
                    alarms.reload();
                  }}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </DeskPage>
  );
};

export default DeskAlarms;
