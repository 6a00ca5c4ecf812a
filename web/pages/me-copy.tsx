import type { OwnCopy } from '@time-bank/contracts/privacy';
import { useState } from 'preact/hooks';
import type { Failure } from '../answer.ts';
import { jpegAddress } from '../base64.ts';
import { dateOf, momentWords, whenWords } from '../china-time.ts';
import { useDay } from '../components/binding-facts.tsx';
import { Facts } from '../components/facts.tsx';
import { failureProblems } from '../components/failure-problems.ts';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { spokenPhone } from '../components/phone-link.tsx';
import { stateWords } from '../components/state-words.ts';
import { StatementList } from '../components/statement-list.tsx';
import { useWords } from '../language.tsx';
import { meClient } from '../me-client.ts';
import { useMeSentences, useMeWords } from '../me-words.ts';
import { saveFile } from '../save-file.ts';
import { useResource } from '../use-resource.ts';

/** The whole copy: where the statement goes on, the rest is read before it is saved. */
const readWhole = async (first: OwnCopy): Promise<OwnCopy | Failure> => {
  const whole = { ...first, entries: [...first.entries] };
  let { cursor } = first;
  while (cursor !== undefined) {
    const answer = await meClient.readCopy(cursor);
    if (answer.kind !== 'done') return answer;
    whole.entries.push(...answer.value.entries);
    ({ cursor } = answer.value);
  }
  delete whole.cursor;
  return whole;
};

const Requests = ({ title, items }: { title: string; items: OwnCopy['received'] }) => {
  const words = useWords();
  return (
    <section>
      <h2>{title}</h2>
      <ul class="lines">
        {items.map((request) => (
          <li key={request.requestId}>
            <strong>{request.serviceWords[words.locale]}</strong>
            <span class="apart">
              {whenWords(words, request.plannedStartAt)} · {words.hours(request.plannedMinutes)} ·{' '}
              {stateWords(words.receiverStates, request.state)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** One line of a list: what it is, and when. */
interface Line {
  key: string;
  what: string;
  when: string;
}

/** A list under its heading; nothing where it is empty. */
const Lines = ({ title, lines }: { title: (count: number) => string; lines: readonly Line[] }) =>
  lines.length === 0 ? null : (
    <section>
      <h2>{title(lines.length)}</h2>
      <ul class="lines">
        {lines.map(({ key, what, when }) => (
          <li key={key}>
            <strong>{what}</strong>
            <span class="apart">{when}</span>
          </li>
        ))}
      </ul>
    </section>
  );

/** What comes again, calls for help, activities, what was planned, what one was told, and one's picture. */
const Records = ({ copy }: { copy: OwnCopy }) => {
  const words = useWords();
  const { locale } = words;
  const own = useMeWords();
  const day = useDay();
  const when = (at: string): string => whenWords(words, at);
  return (
    <>
      {copy.portrait !== undefined && (
        <>
          <h2>{own.portrait}</h2>
          <img class="face" src={jpegAddress(copy.portrait)} width="160" height="160" alt={own.portraitAlt} />
        </>
      )}
      <Lines
        title={own.copySeries}
        lines={copy.series.map(({ caseId, words: said, from }) => ({
          key: caseId,
          what: said[locale],
          when: own.copyFrom(day(from)),
        }))}
      />
      <Lines
        title={own.copyPlanned}
        lines={copy.planned.map(({ otherId, plannedStartAt, plannedMinutes, serviceWords }) => ({
          key: `${plannedStartAt} ${otherId}`,
          what: serviceWords[locale],
          when: `${when(plannedStartAt)} · ${words.hours(plannedMinutes)}`,
        }))}
      />
      <Lines
        title={own.copyActivities}
        lines={copy.activities.map(({ caseId, title, startAt }) => ({
          key: caseId,
          what: title,
          when: when(startAt),
        }))}
      />
      <Lines
        title={own.copyServed}
        lines={copy.served.map(({ caseId, title, date, minutes }) => ({
          key: caseId,
          what: title,
          when: `${day(date)} · ${words.hours(minutes)}`,
        }))}
      />
      <Lines
        title={own.copyCalls}
        lines={copy.calls.map(({ caseId, words: said, openedAt }) => ({
          key: caseId,
          what: said ?? own.copyCall,
          when: momentWords(words, openedAt),
        }))}
      />
      <Lines
        title={own.copyNotices}
        lines={copy.notices.map(({ words: said, at }) => ({
          key: `${at} ${said.en}`,
          what: said[locale],
          when: momentWords(words, at),
        }))}
      />
    </>
  );
};

const Copy = ({ copy, onFailure }: { copy: OwnCopy; onFailure: (failure: Failure | undefined) => void }) => {
  const words = useWords();
  const own = useMeWords();
  const [isSaving, setSaving] = useState(false);
  const { member, balance } = copy;
  const save = async () => {
    setSaving(true);
    const whole = await readWhole(copy);
    setSaving(false);
    if ('kind' in whole) onFailure(whole);
    else {
      onFailure(undefined);
      saveFile(`time-bank-${dateOf(copy.madeAt)}.json`, JSON.stringify(whole, null, 2), 'application/json');
    }
  };
  const known = [...new Set(member.roles.map(({ role }) => own.roles[role]))];
  return (
    <>
      <p class="unprinted">{own.copyHint}</p>
      <button type="button" class="primary" disabled={isSaving} onClick={() => void save()}>
        {isSaving ? words.sending : own.copySave}
      </button>
      <button
        type="button"
        onClick={() => {
          print();
        }}
      >
        {own.copyPrint}
      </button>
      <p class="quiet">{own.copyMadeAt(momentWords(words, copy.madeAt))}</p>
      <h2>{own.copyMe}</h2>
      <Facts
        facts={[
          { name: own.copyName, content: member.name },
          {
            name: own.copyPhone,
            content: member.phone === undefined ? undefined : spokenPhone(member.phone),
          },
          { name: own.copyBirth, content: member.birthDate },
          { name: own.copyAddress, content: member.address },
          { name: own.copyRoles, content: known.join(words.listComma) },
        ]}
      />
      {balance !== undefined && (
        <>
          <h2>{own.copyHours}</h2>
          <Facts
            facts={[
              { name: own.copyAvailable, content: words.hours(balance.availableMinutes) },
              { name: own.copyHeld, content: words.hours(balance.heldMinutes) },
            ]}
          />
        </>
      )}
      <h2>{own.consents}</h2>
      <ul class="lines">
        {copy.consents.map(({ purpose, isGiven }) => (
          <li key={purpose} class="apart">
            <span>{own.purposes[purpose].name}</span>{' '}
            <span>{isGiven ? own.consentGiven : own.consentNot}</span>
          </li>
        ))}
      </ul>
      <p>{own.copyHelpers(copy.helpers.length + copy.helped.length)}</p>
      <Requests title={own.copyReceived(copy.received.length)} items={copy.received} />
      <Requests title={own.copyVisited(copy.visited.length)} items={copy.visited} />
      <Records copy={copy} />
      <h2>{own.copyEntries(copy.entries.length)}</h2>
      <StatementList entries={copy.entries} />
      {copy.cursor !== undefined && <p>{own.copyMore}</p>}
    </>
  );
};

/** Everything that is known of oneself: to read, to print, to save as JSON. */
const MeCopy = () => {
  const own = useMeWords();
  const sentences = useMeSentences();
  const [failure, setFailure] = useState<Failure>();
  const copy = useResource('copy', () => meClient.readCopy());
  return (
    <MePage
      title={own.copy}
      problems={failureProblems(sentences, [failure === undefined ? {} : { failure }])}
    >
      <Loaded resource={copy}>{(value) => <Copy copy={value} onFailure={setFailure} />}</Loaded>
    </MePage>
  );
};

export default MeCopy;
