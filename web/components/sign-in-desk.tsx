import type { Role } from '@time-bank/contracts/role';
import { useState } from 'preact/hooks';
import { momentWords } from '../china-time.ts';
import { readMe } from '../first-reads.ts';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import type { Tell } from '../pages/desk-person.tsx';
import { type Recovery, peopleClient } from '../people-client.ts';
import { usePeopleWords } from '../people-words.ts';
import { useDeed } from '../use-deed.ts';
import { useResource } from '../use-resource.ts';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { Field, TextField } from './field.tsx';

const NOTE_MAX = 200;

type Props = Tell & { memberId: string };

const EndAll = ({ memberId, onDone, onFailure }: Props) => {
  const own = usePeopleWords();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const command = useDeed({
    send: async (commandId, why: string) => {
      const answer = await peopleClient.endSignIns(memberId, commandId, why);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: () => {
      setReason('');
      onDone(own.endSignInsDone);
    },
  });
  return (
    <DeedForm
      title={own.endSignIns}
      hint={own.endSignInsHint}
      label={own.endSignInsYes}
      command={command}
      onSend={() => {
        setMissing(reason.trim() === '');
        if (reason.trim() !== '') command.submit(reason.trim());
      }}
    >
      <TextField
        id="end-reason"
        label={own.endSignInsReason}
        problem={isMissing ? own.noteMissing : undefined}
        maxLength={NOTE_MAX}
        value={reason}
        onWrite={setReason}
      />
    </DeedForm>
  );
};

const Recover = ({ memberId, onDone, onFailure }: Props) => {
  const words = useWords();
  const own = usePeopleWords();
  const [fields, setFields] = useState({ phone: '', check: '', note: '' });
  const [problems, setProblems] = useState<Problem[]>([]);
  const command = useDeed({
    send: async (commandId, recovery: Recovery) => {
      const answer = await peopleClient.recoverSignIn(memberId, commandId, recovery);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: ({ spendsFrom }) => {
      setFields({ phone: '', check: '', note: '' });
      onDone(own.recovered(momentWords(words, spendsFrom)));
    },
  });
  const send = () => {
    const check = keysOf(own.personChecks).find((each) => each === fields.check);
    const [phone, note] = [fields.phone.trim(), fields.note.trim()];
    setProblems([
      ...(phone.length < 5 ? [{ field: 'new-phone', words: own.newPhoneMissing }] : []),
      ...(check === undefined ? [{ field: 'person-check', words: own.checkMissing }] : []),
      ...(note === '' ? [{ field: 'recovery-note', words: own.noteMissing }] : []),
    ]);
    if (phone.length >= 5 && check !== undefined && note !== '') command.submit({ phone, check, note });
  };
  const write = (name: keyof typeof fields) => (text: string) => {
    setFields({ ...fields, [name]: text });
    setProblems([]);
  };
  return (
    <DeedForm
      title={own.recover}
      hint={own.recoverHint}
      label={own.recoverYes}
      command={command}
      onSend={send}
    >
      <Field
        id="new-phone"
        type="tel"
        inputMode="tel"
        autocomplete="off"
        maxLength={24}
        label={own.newPhone}
        problem={problemAt(problems, 'new-phone')}
        value={fields.phone}
        onWrite={write('phone')}
      />
      <ChoiceList
        id="person-check"
        label={own.check}
        problem={problemAt(problems, 'person-check')}
        value={fields.check}
        onWrite={write('check')}
        choices={keysOf(own.personChecks).map((value) => ({ value, label: own.personChecks[value] }))}
      />
      <TextField
        id="recovery-note"
        label={own.note}
        problem={problemAt(problems, 'recovery-note')}
        maxLength={NOTE_MAX}
        value={fields.note}
        onWrite={write('note')}
      />
    </DeedForm>
  );
};

const Enrol = ({ memberId, onDone, onFailure }: Props) => {
  const words = useWords();
  const own = usePeopleWords();
  const [given, setGiven] = useState<string>();
  const command = useDeed({
    send: async (commandId, _content: null) => {
      const answer = await peopleClient.enrol(memberId, commandId);
      onFailure(answer.kind === 'done' ? undefined : answer);
      return answer;
    },
    onDone: ({ code, expiresAt }) => {
      setGiven(code);
      onDone(own.enrolled(momentWords(words, expiresAt)));
    },
  });
  return (
    <>
      {given !== undefined && <p class="code">{given}</p>}
      <DeedForm
        title={own.enrol}
        hint={own.enrolHint}
        label={own.yes}
        command={command}
        onSend={() => {
          command.submit(null);
        }}
      />
    </>
  );
};

// Those who give out the first passkey of a colleague.
const mayEnrol: readonly Role[] = ['township', 'county', 'administrator'];

/** A person's sign-ins on a desk: all ended at once, another number for a lost one, the first passkey of staff. */
export const SignInDesk = (props: Props) => {
  const own = usePeopleWords();
  const me = useResource('me', readMe);
  const roles = me.value?.member.roles ?? [];
  return (
    <section>
      <h2>{own.signIns}</h2>
      <EndAll {...props} />
      <Recover {...props} />
      {roles.some(({ role }) => mayEnrol.includes(role)) && <Enrol {...props} />}
    </section>
  );
};
