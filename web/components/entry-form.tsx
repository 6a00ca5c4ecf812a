import type { ElderRow } from '@time-bank/contracts/member';
import type { VolunteerList } from '@time-bank/contracts/volunteering';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { dateOf, instantAt, now } from '../china-time.ts';
import type { PastVisit } from '../entries-client.ts';
import { useEntriesWords } from '../entries-words.ts';
import { keysOf } from '../keys-of.ts';
import { type Service, serviceOf } from '../services.ts';
import type { Command } from '../use-command.ts';
import type { Resource } from '../use-resource.ts';
import type { EntriesCatalogue } from '../words/entries-zh-hans.ts';
import { ChoiceList } from './choice-list.tsx';
import { ElderField } from './elder-field.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field, TextField } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { ByPhone, type Person } from './person-finder.tsx';
import { ProblemLines } from './problem-lines.tsx';
import { SendButton } from './send-button.tsx';
import { ServiceField } from './service-field.tsx';
import { VolunteerField } from './volunteer-field.tsx';

const PROOF_MAX = 160;
const LEAST_MINUTES = 15;
const MOST_MINUTES = 480;

const blank = { elder: '', service: 'B01', day: '', arrived: '', left: '', why: '', proof: '' };
type Fields = typeof blank;

/** How long somebody was there, whole minutes; nothing where that is no visit. */
const minutesOf = ({ day, arrived, left }: Fields): number | undefined => {
  const [from, to] = [instantAt(day, arrived), instantAt(day, left)];
  if (from === undefined || to === undefined) return undefined;
  const minutes = (Date.parse(to) - Date.parse(from)) / 60_000;
  return minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES ? minutes : undefined;
};

const problemsOf = (
  fields: Fields,
  person: Person | undefined,
  own: EntriesCatalogue,
  elderMissing: string,
): Problem[] => [
  ...(fields.elder === '' ? [{ field: 'elder', words: elderMissing }] : []),
  ...(person === undefined ? [{ field: 'volunteer', words: own.volunteerMissing }] : []),
  ...(fields.day === '' ? [{ field: 'day', words: own.dayMissing }] : []),
  ...(fields.day === '' || minutesOf(fields) !== undefined
    ? []
    : [{ field: 'arrived', words: own.clocksWrong }]),
  ...(fields.why === '' ? [{ field: 'why', words: own.whyMissing }] : []),
  ...(fields.proof.trim() === '' ? [{ field: 'proof', words: own.proofMissing }] : []),
];

const visitOf = (
  fields: Fields,
  person: Person | undefined,
  services: readonly Service[],
  own: EntriesCatalogue,
): PastVisit | undefined => {
  const service = serviceOf(services, fields.service);
  const startedAt = instantAt(fields.day, fields.arrived);
  const servedMinutes = minutesOf(fields);
  const why = keysOf(own.whys).find((each) => each === fields.why);
  if (person === undefined || service === undefined || why === undefined) return undefined;
  if (startedAt === undefined || servedMinutes === undefined) return undefined;
  return {
    elderId: fields.elder,
    volunteerId: person.memberId,
    serviceCode: service.code,
    startedAt,
    servedMinutes,
    evidence: own.grounds(own.whys[why], fields.proof.trim()),
  };
};

/** Enters a visit that was forgotten: to whom, by whom, what, from when to when, why so late, and what shows it. */
export const EntryForm = ({
  elders,
  volunteers,
  services,
  command,
}: {
  elders: readonly ElderRow[];
  volunteers: Resource<VolunteerList>;
  services: readonly Service[];
  command: Command<PastVisit>;
}) => {
  const own = useEntriesWords();
  const { query } = useLocation();
  const [fields, setFields] = useState<Fields>({ ...blank, elder: query.elder ?? '' });
  const [person, setPerson] = useState<Person>();
  const [problems, setProblems] = useState<Problem[]>([]);
  const clear = (...names: string[]) => {
    setProblems((before) => before.filter(({ field }) => !names.includes(field ?? '')));
  };
  const write = (name: keyof Fields) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    clear(name, ...(name === 'left' ? ['arrived'] : []));
  };
  const find = (found: Person) => {
    setPerson(found);
    clear('volunteer');
  };
  const at = (field: string) => problemAt(problems, field);
  const submit = () => {
    const found = problemsOf(fields, person, own, own.elderMissing);
    setProblems(found);
    const visit = visitOf(fields, person, services, own);
    if (found.length === 0 && visit !== undefined) command.submit(visit);
  };
  return (
    <div class="card">
      <ElderField elders={elders} problem={at('elder')} value={fields.elder} onWrite={write('elder')} />
      <Loaded resource={volunteers}>
        {({ items }) => (
          <VolunteerField
            volunteers={items.map(({ memberId, name, surname }) => ({ memberId, name: name ?? surname }))}
            person={person}
            problem={at('volunteer')}
            onFind={find}
          />
        )}
      </Loaded>
      <details>
        <summary>{own.others}</summary>
        <ByPhone onFind={find} />
      </details>
      <div role="status">{person !== undefined && <p>✓ {own.chosen(person.name)}</p>}</div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ServiceField
          services={services}
          value={fields.service}
          onChoose={({ code: chosen }) => {
            write('service')(chosen);
          }}
        />
        <div class="beside">
          <Field
            id="day"
            type="date"
            max={dateOf(now())}
            label={own.day}
            problem={at('day')}
            value={fields.day}
            onWrite={write('day')}
          />
          <Field
            id="arrived"
            type="time"
            label={own.arrivedAt}
            problem={at('arrived')}
            value={fields.arrived}
            onWrite={write('arrived')}
          />
          <Field id="left" type="time" label={own.leftAt} value={fields.left} onWrite={write('left')} />
        </div>
        <ChoiceList
          id="why"
          label={own.why}
          problem={at('why')}
          value={fields.why}
          onWrite={write('why')}
          choices={keysOf(own.whys).map((value) => ({ value, label: own.whys[value] }))}
        />
        <TextField
          id="proof"
          label={own.proof}
          hint={own.proofHint}
          problem={at('proof')}
          maxLength={PROOF_MAX}
          value={fields.proof}
          onWrite={write('proof')}
        />
        <ProblemLines problems={problems} />
        <SendButton command={command} label={own.enter} />
      </form>
    </div>
  );
};
