import { useState } from 'preact/hooks';
import { instantAt } from '../china-time.ts';
import { type NewActivity, helpClient } from '../help-client.ts';
import { useHelpWords } from '../help-words.ts';
import { type Service, readServices, serviceOf } from '../services.ts';
import type { Command } from '../use-command.ts';
import { useResource } from '../use-resource.ts';
import { DeedForm } from './deed-form.tsx';
import { Field, SelectField } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { PlannedService } from './planned-service.tsx';
import { isLengthOf } from './service-hint.tsx';

const PLACES_MAX = 50;
const empty = {
  organisation: '',
  service: 'F01',
  title: '',
  place: '',
  day: '',
  at: '14:00',
  minutes: '90',
  guests: '20',
  helpers: '3',
};

/** The services that groups make. */
const groupCodes: readonly NewActivity['serviceCode'][] = ['F01', 'G02', 'G03', 'J01', 'J02'];

const groupCodeOf = ({ code }: Service): NewActivity['serviceCode'] | undefined =>
  groupCodes.find((each) => each === code);

/** Invites to an activity of an organisation of the community. */
export const ActivityForm = ({ code, command }: { code: string; command: Command<NewActivity> }) => {
  const own = useHelpWords();
  const organisations = useResource(`organisations.${code}`, () => helpClient.listOrganisations(code));
  const offered = useResource(`services.${code}`, () => readServices(code));
  const services = offered.value?.items.filter((service) => groupCodeOf(service) !== undefined) ?? [];
  const [fields, setFields] = useState(empty);
  const service = serviceOf(services, fields.service) ?? services[0];
  const [isMissing, setMissing] = useState(false);
  const write = (name: keyof typeof empty) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setMissing(false);
  };
  const invite = (first: string | undefined) => {
    const startAt = instantAt(fields.day, fields.at);
    const organisationId = fields.organisation === '' ? first : fields.organisation;
    const [title, place] = [fields.title.trim(), fields.place.trim()];
    const serviceCode = service === undefined ? undefined : groupCodeOf(service);
    const isLong = service !== undefined && isLengthOf(service, fields.minutes);
    const isWhole =
      organisationId !== undefined &&
      startAt !== undefined &&
      serviceCode !== undefined &&
      isLong &&
      title !== '' &&
      place !== '';
    setMissing(!isWhole);
    if (!isWhole) return;
    command.submit({
      organisationId,
      communityCode: code,
      serviceCode,
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
          <PlannedService
            offered={offered}
            services={services}
            service={service}
            onChoose={(chosen) => {
              write('service')(chosen.service);
              write('minutes')(chosen.minutes);
            }}
          />
          <Field id="title" maxLength={60} label={own.title} value={fields.title} onWrite={write('title')} />
          <Field id="place" maxLength={120} label={own.place} value={fields.place} onWrite={write('place')} />
          <Field id="day" type="date" label={own.day} value={fields.day} onWrite={write('day')} />
          <Field id="at" type="time" label={own.at} value={fields.at} onWrite={write('at')} />
          {count('minutes', own.howLong, service?.maxMinutes ?? 240)}
          {count('guests', own.guestPlaces, 150)}
          {count('helpers', own.volunteerPlaces, PLACES_MAX)}
        </DeedForm>
      )}
    </Loaded>
  );
};
