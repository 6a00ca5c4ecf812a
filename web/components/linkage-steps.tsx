import type { LinkageView, ResourceView, Society } from '@time-bank/contracts/linkage';
import type { ServiceList } from '@time-bank/contracts/request-life';
import type { Role } from '@time-bank/contracts/role';
import type { FunctionComponent } from 'preact';
import { useState } from 'preact/hooks';
import { dateOf, dayWords, instantAt, now } from '../china-time.ts';
import { useDeskWords } from '../desk-words.tsx';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { type CardStep, linkageClient } from '../linkage-client.ts';
import { useLinkageWords } from '../linkage-words.ts';
import { newId } from '../new-id.ts';
import { readServices, serviceOf } from '../services.ts';
import type { Command } from '../use-command.ts';
import { type Resource, useResource } from '../use-resource.ts';
import { wishesOf } from '../wishes-of.ts';
import { DeedForm } from './deed-form.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field, SelectField, TextField } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { PlannedService } from './planned-service.tsx';
import { ProblemLines } from './problem-lines.tsx';
import { isLengthOf } from './service-hint.tsx';
import { GenderField, LanguageField, NoteField } from './wish-fields.tsx';

const TASK_MAX = 100;
const WORDS_MAX = 200;

interface StepProps {
  card: LinkageView;
  command: Command<CardStep>;
}

/** The fields of a form, and what is wrong with them until they are written in again. */
const useFields = <Fields extends Record<string, string>>(blank: Fields) => {
  const [fields, setFields] = useState(blank);
  const [problems, setProblems] = useState<Problem[]>([]);
  const write = (name: keyof Fields & string) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setProblems((before) => before.filter(({ field }) => field !== name));
  };
  return { fields, problems, write, setProblems, at: (field: string) => problemAt(problems, field) };
};

/** The community takes the card on: one line for each society, empty where it has nothing to do. */
const OpenForm = ({ command }: StepProps) => {
  const own = useLinkageWords();
  const blank: Record<Society, string> = {
    community: '',
    social_worker: '',
    organisation: '',
    volunteer: '',
    charity: '',
  };
  const { fields, problems, write, setProblems, at } = useFields(blank);
  const societies = keysOf(own.societies);
  return (
    <DeedForm
      title={own.steps.opened}
      hint={own.openHint}
      label={own.openSend}
      command={command}
      onSend={() => {
        const tasks = societies
          .map((society) => ({ society, what: fields[society].trim() }))
          .filter(({ what }) => what !== '');
        setProblems(tasks.length === 0 ? [{ field: 'community', words: own.taskMissing }] : []);
        if (tasks.length > 0) command.submit({ step: 'opened', tasks });
      }}
    >
      {societies.map((society) => (
        <Field
          key={society}
          id={society}
          autocomplete="off"
          maxLength={TASK_MAX}
          label={own.taskFor(own.societies[society])}
          problem={at(society)}
          value={fields[society]}
          onWrite={write(society)}
        />
      ))}
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};

const AssessFields = ({ card, command, offered }: StepProps & { offered: Resource<ServiceList> }) => {
  const own = useLinkageWords();
  const deskWords = useDeskWords();
  const services = offered.value?.items.filter(({ byCommunity }) => byCommunity) ?? [];
  const { fields, problems, write, setProblems, at } = useFields({
    finding: card.finding ?? '',
    service: card.serviceCode ?? 'C01',
    minutes: String(card.plannedMinutes ?? 60),
  });
  const service = serviceOf(services, fields.service) ?? services[0];
  return (
    <DeedForm
      title={own.steps.assessed}
      label={own.assessSend}
      command={command}
      onSend={() => {
        const finding = fields.finding.trim();
        if (service === undefined) return;
        const { minMinutes, maxMinutes } = service;
        const found = [
          ...(finding === '' ? [{ field: 'finding', words: own.findingMissing }] : []),
          ...(isLengthOf(service, fields.minutes)
            ? []
            : [{ field: 'minutes', words: deskWords.minutesMissing(minMinutes, maxMinutes) }]),
        ];
        setProblems(found);
        if (found.length > 0) return;
        const plannedMinutes = Number(fields.minutes);
        command.submit({ step: 'assessed', finding, serviceCode: service.code, plannedMinutes });
      }}
    >
      <TextField
        id="finding"
        label={own.assessFinding}
        problem={at('finding')}
        maxLength={WORDS_MAX}
        value={fields.finding}
        onWrite={write('finding')}
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
      <Field
        id="minutes"
        type="number"
        inputMode="numeric"
        label={deskWords.minutes}
        problem={at('minutes')}
        value={fields.minutes}
        onWrite={write('minutes')}
      />
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};

/** A social worker says what they found, and which service would help, how long. */
const AssessForm = (props: StepProps) => {
  const { communityCode } = props.card;
  const offered = useResource(`services.${communityCode}`, () => readServices(communityCode));
  return <Loaded resource={offered}>{() => <AssessFields {...props} offered={offered} />}</Loaded>;
};

/** An organisation or the community asks for the visit that would help. Sent again it is the same visit. */
const DispatchForm = ({ command }: StepProps) => {
  const words = useWords();
  const own = useLinkageWords();
  const [requestId] = useState(() => newId('req'));
  const { fields, problems, write, setProblems, at } = useFields({
    date: '',
    clock: '',
    language: '',
    gender: '',
    note: '',
  });
  return (
    <DeedForm
      title={own.steps.dispatched}
      hint={own.dispatchHint}
      label={own.dispatchSend}
      command={command}
      onSend={() => {
        const plannedStartAt = instantAt(fields.date, fields.clock);
        setProblems([
          ...(fields.date === '' ? [{ field: 'date', words: words.dateMissing }] : []),
          ...(fields.clock === '' ? [{ field: 'clock', words: words.timeMissing }] : []),
        ]);
        if (plannedStartAt === undefined) return;
        const note = fields.note.trim();
        command.submit({
          step: 'dispatched',
          requestId,
          plannedStartAt,
          wishes: wishesOf(words, fields),
          ...(note === '' ? {} : { note }),
        });
      }}
    >
      <div class="beside">
        <Field
          id="date"
          type="date"
          min={dateOf(now())}
          label={words.date}
          problem={at('date')}
          value={fields.date}
          onWrite={write('date')}
        />
        <Field
          id="clock"
          type="time"
          label={words.time}
          problem={at('clock')}
          value={fields.clock}
          onWrite={write('clock')}
        />
      </div>
      <LanguageField problem={undefined} value={fields.language} onWrite={write('language')} />
      <GenderField problem={undefined} value={fields.gender} onWrite={write('gender')} />
      <NoteField problem={undefined} value={fields.note} onWrite={write('note')} />
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};

const GiveFields = ({ items, command }: Pick<StepProps, 'command'> & { items: readonly ResourceView[] }) => {
  const words = useWords();
  const own = useLinkageWords();
  const { fields, problems, write, setProblems, at } = useFields({ resource: '', quantity: '' });
  const chosen = items.find(({ resourceId }) => resourceId === fields.resource) ?? items[0];
  if (chosen === undefined) return <p>{own.resourcesNone}</p>;
  return (
    <DeedForm
      title={own.steps.resource}
      label={own.giveSend}
      command={command}
      onSend={() => {
        const quantity = Number(fields.quantity);
        const isRight = /^\d+$/.test(fields.quantity) && quantity >= 1 && quantity <= chosen.leftQuantity;
        setProblems(isRight ? [] : [{ field: 'quantity', words: own.quantityMissing }]);
        if (isRight) command.submit({ step: 'resource', resourceId: chosen.resourceId, quantity });
      }}
    >
      <SelectField
        id="resource"
        label={own.resource}
        value={chosen.resourceId}
        onWrite={write('resource')}
        options={items.map(({ resourceId, name, donor, leftQuantity, unit, until }) => ({
          value: resourceId,
          label: own.left(
            name,
            donor,
            `${String(leftQuantity)}${unit}`,
            dayWords(words, `${until}T04:00:00.000Z`),
          ),
        }))}
      />
      <Field
        id="quantity"
        type="number"
        inputMode="numeric"
        label={own.quantity}
        problem={at('quantity')}
        value={fields.quantity}
        onWrite={write('quantity')}
      />
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};

/** Something that charity gave goes to the elder: what, and how much of what is left. */
const GiveForm = ({ card, command }: StepProps) => {
  const { communityCode } = card;
  const list = useResource(`resources.${communityCode}`, () => linkageClient.listResources(communityCode));
  return <Loaded resource={list}>{({ items }) => <GiveFields items={items} command={command} />}</Loaded>;
};

/** The card ends, with what came of it. */
const CloseForm = ({ command }: StepProps) => {
  const own = useLinkageWords();
  const { fields, problems, write, setProblems, at } = useFields({ outcome: '' });
  return (
    <DeedForm
      title={own.steps.closed}
      hint={own.closeHint}
      label={own.closeSend}
      command={command}
      onSend={() => {
        const outcome = fields.outcome.trim();
        setProblems(outcome === '' ? [{ field: 'outcome', words: own.outcomeMissing }] : []);
        if (outcome !== '') command.submit({ step: 'closed', outcome });
      }}
    >
      <TextField
        id="outcome"
        label={own.closeOutcome}
        problem={at('outcome')}
        maxLength={WORDS_MAX}
        value={fields.outcome}
        onWrite={write('outcome')}
      />
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};

const underWay: readonly LinkageView['state'][] = ['reported', 'opened', 'assessed', 'dispatched'];

/** What can be done from which state, and by whom; the service asks again. */
const forms: readonly {
  step: CardStep['step'];
  from: readonly LinkageView['state'][];
  by: readonly Role[];
  Form: FunctionComponent<StepProps>;
}[] = [
  { step: 'opened', from: ['reported'], by: ['coordinator', 'township'], Form: OpenForm },
  { step: 'assessed', from: ['opened', 'assessed'], by: ['social_worker'], Form: AssessForm },
  {
    step: 'dispatched',
    from: ['assessed', 'dispatched'],
    by: ['organisation', 'coordinator', 'provider'],
    Form: DispatchForm,
  },
  { step: 'resource', from: underWay, by: ['coordinator', 'social_worker', 'donor'], Form: GiveForm },
  { step: 'closed', from: underWay, by: ['coordinator', 'social_worker'], Form: CloseForm },
];

/** What somebody of these roles can do about a card now, each step closed until it is opened. */
export const LinkageSteps = ({ card, roles, command }: StepProps & { roles: readonly Role[] }) => (
  <>
    {forms
      .filter(({ from, by }) => from.includes(card.state) && by.some((role) => roles.includes(role)))
      .map(({ step, Form }) => (
        // What was written belongs to the card as it stood.
        <Form key={`${step}.${String(card.steps.length)}`} card={card} command={command} />
      ))}
  </>
);
