import { useState } from 'preact/hooks';
import { instantAt } from '../china-time.ts';
import { type NewActivity, helpClient } from '../help-client.ts';
import { useHelpWords } from '../help-words.ts';
import type { Command } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import { DeedForm } from './deed-form.tsx';
import { Field, SelectField } from './field.tsx';
import { Loaded } from './loaded.tsx';

const PLACES_MAX = 50;
const empty = {
  organisation: '',
  title: '',
  place: '',
  day: '',
  at: '14:00',
  minutes: '90',
  guests: '20',
  helpers: '3',
};

/** Invites to an activity of an organisation of the community. */
export const ActivityForm = ({ code, command }: { code: string; command: Command<NewActivity> }) => {
  const own = useHelpWords();
  const organisations = useResource(`organisations.${code}`, () => helpClient.listOrganisations(code));
  const [fields, setFields] = useState(empty);
  const [isMissing, setMissing] = useState(false);
  const write = (name: keyof typeof empty) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setMissing(false);
  };
  const invite = (first: string | undefined) => {
    const startAt = instantAt(fields.day, fields.at);
    const organisationId = fields.organisation === '' ? first : fields.organisation;
    const [title, place] = [fields.title.trim(), fields.place.trim()];
    const isWhole = organisationId !== undefined && startAt !== undefined && title !== '' && place !== '';
    setMissing(!isWhole);
    if (!isWhole) return;
    command.submit({
      organisationId,
      communityCode: code,
      serviceCode: 'F01',
      title,
      place,
      startAt,
      plannedMinutes: Number(fields.minutes),
      guestPlaces: Number(fields.guests),
      volunteerPlaces: Number(fields.helpers),
    });
  };
  const count = (name: 'minutes' | 'guests' | 'helpers', label: string, max: number) => (
    <Field
      id={name}
      type="number"
      inputMode="numeric"
      min={0}
      max={max}
      label={label}
      value={fields[name]}
      onWrite={write(name)}
    />
  );
  return (
    <Loaded resource={organisations}>
      {({ items }) => (
        <DeedForm
          title={own.activityNew}
          label={own.invite}
          command={command}
          onSend={() => {
            invite(items[0]?.accountId);
          }}
        >
          <div role="alert">{isMissing && <p>! {own.fieldMissing}</p>}</div>
          <SelectField
            id="organisation"
            label={own.organisation}
            value={fields.organisation}
            onWrite={write('organisation')}
            options={items.map(({ accountId, name }) => ({ value: accountId, label: name }))}
          />
          <Field id="title" maxLength={60} label={own.title} value={fields.title} onWrite={write('title')} />
          <Field id="place" maxLength={120} label={own.place} value={fields.place} onWrite={write('place')} />
          <Field id="day" type="date" label={own.day} value={fields.day} onWrite={write('day')} />
          <Field id="at" type="time" label={own.at} value={fields.at} onWrite={write('at')} />
          {count('minutes', own.howLong, 240)}
          {count('guests', own.guestPlaces, 150)}
          {count('helpers', own.volunteerPlaces, PLACES_MAX)}
        </DeedForm>
      )}
    </Loaded>
  );
};
