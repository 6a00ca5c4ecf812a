import type { BindingView } from '@time-bank/contracts/helping';
import { useState } from 'preact/hooks';
import type { Answer, Failure } from '../answer.ts';
import { type Confirmation, type OnBehalf, helpingClient } from '../helping-client.ts';
import { useHelpingWords } from '../helping-words.ts';
import { usePeopleWords } from '../people-words.ts';
import { useHelperName } from '../own-bindings.ts';
import type { Command } from '../use-command.ts';
import { useDeed } from '../use-deed.ts';
import { AskedCommand } from './asked-command.tsx';
import { BehalfFields, behalfOf, behalfProblems, blankBehalf } from './behalf-fields.tsx';
import { BindingFacts } from './binding-facts.tsx';
import { DeedForm } from './deed-form.tsx';
import { problemAt } from './failure-problems.ts';
import type { Problem } from './error-summary.tsx';
import { Field } from './field.tsx';

/** What staff do with a binding. */
type Deed =
  | { what: 'check'; decision: 'accept' | 'decline' }
  | { what: 'confirm'; how: Confirmation }
  | { what: 'end'; forWhom: OnBehalf };

const pressed = (command: Command<Deed>, deed: Deed): Command<null> => ({
  ...command,
  submit: () => {
    command.submit(deed);
  },
});

const ByCard = ({ binding, command }: { binding: BindingView; command: Command<Deed> }) => {
  const own = usePeopleWords();
  const id = `card-${binding.bindingId}`;
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [problems, setProblems] = useState<Problem[]>([]);
  const send = () => {
    const isRight = /^\d{6}$/.test(code) && /^\d{4,6}$/.test(pin);
    setProblems(isRight ? [] : [{ field: id, words: own.cardWrong }]);
    if (!isRight) return;
    command.submit({
      what: 'confirm',
      how: { by: 'card', decision: 'accept', card: { memberId: binding.elder.memberId, code, pin } },
    });
  };
  return (
    <DeedForm title={own.byCard} hint={own.byCardHint} label={own.byCard} command={command} onSend={send}>
      <Field
        id={id}
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        label={own.cardCode}
        problem={problemAt(problems, id)}
        value={code}
        onWrite={setCode}
      />
      <Field
        id={`${id}-pin`}
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        label={own.cardPin}
        value={pin}
        onWrite={setPin}
      />
    </DeedForm>
  );
};

const EndFor = ({ binding, command }: { binding: BindingView; command: Command<Deed> }) => {
  const own = usePeopleWords();
  const id = `end-${binding.bindingId}`;
  const [fields, setFields] = useState(blankBehalf);
  const [problems, setProblems] = useState<Problem[]>([]);
  return (
    <DeedForm
      title={own.endBinding}
      label={own.endBinding}
      command={command}
      onSend={() => {
        setProblems(behalfProblems(id, fields, own));
        const forWhom = behalfOf(fields, own, binding.elder.memberId);
        if (forWhom !== undefined) command.submit({ what: 'end', forWhom });
      }}
    >
      <BehalfFields
        id={id}
        fields={fields}
        problems={problems}
        onWrite={(name, text) => {
          setFields({ ...fields, [name]: text });
          setProblems([]);
        }}
      />
    </DeedForm>
  );
};

/** One binding on a desk: looking at its proof, writing down how the elder agreed, ending it for the elder. */
export const BindingDesk = ({
  binding,
  heading: Heading = 'h2',
  onDone,
  onFailure,
}: {
  binding: BindingView;
  /** The level that fits the page. */
  heading?: 'h2' | 'h3';
  onDone: (news: string) => void;
  /** Tells the page what failed, or that nothing does any more. */
  onFailure: (failure: Failure | undefined) => void;
}) => {
  const own = usePeopleWords();
  const { called, notNow } = useHelpingWords();
  const nameOf = useHelperName();
  const { bindingId, elder, state } = binding;
  const news = (deed: Deed): string => {
    if (deed.what === 'end') return own.endBindingDone;
    if (deed.what === 'confirm') return own.confirmed;
    return deed.decision === 'accept' ? own.checked : own.checkedNo;
  };
  const send = (content: Deed): Promise<Answer<unknown>> => {
    switch (content.what) {
      case 'check':
        return helpingClient.check(elder.memberId, bindingId, content.decision);
      case 'confirm':
        return helpingClient.confirm(elder.memberId, bindingId, content.how);
      case 'end':
        return helpingClient.end(elder.memberId, bindingId, content.forWhom.note, content.forWhom);
    }
  };
  const command = useDeed({
    send: async (_id, content: Deed) => {
      const answer = await send(content);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: (_value, content) => {
      onDone(news(content));
    },
  });
  return (
    <li class="card">
      <Heading>{own.pair(called(elder.surname, elder.gender), nameOf(binding))}</Heading>
      <BindingFacts binding={binding} />
      {state === 'proposed' && (
        <>
          <AskedCommand
            label={own.checkYes}
            about={nameOf(binding)}
            question={own.checkYesSure}
            yes={own.checkYesYes}
            no={notNow}
            command={pressed(command, { what: 'check', decision: 'accept' })}
            primary
          />
          <AskedCommand
            label={own.checkNo}
            about={nameOf(binding)}
            question={own.checkNoSure}
            yes={own.checkNoYes}
            no={notNow}
            command={pressed(command, { what: 'check', decision: 'decline' })}
          />
        </>
      )}
      {state === 'checked' && (
        <>
          <AskedCommand
            label={own.byVoice}
            about={nameOf(binding)}
            question={own.byVoiceSure}
            yes={own.byVoiceYes}
            no={notNow}
            command={pressed(command, { what: 'confirm', how: { by: 'voice', decision: 'accept' } })}
          />
          <ByCard binding={binding} command={command} />
        </>
      )}
      {(state === 'bound' || state === 'checked') && <EndFor binding={binding} command={command} />}
    </li>
  );
};
