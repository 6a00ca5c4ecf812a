import { useEffect, useState } from 'preact/hooks';
import { useAccountsWords } from '../accounts-words.ts';
import type { Answer } from '../answer.ts';
import { client } from '../client.ts';
import { correctionsClient } from '../corrections-client.ts';
import { useWords } from '../language.tsx';
import { useResource } from '../use-resource.ts';
import { CommunityField, useCommunity } from './community-field.tsx';
import { ElderField } from './elder-field.tsx';
import { Field } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { Sentence } from './sentence.tsx';

/** Somebody whose account a coordinator looks at. */
export interface Person {
  memberId: string;
  name: string;
}

const nobody: Answer<Person | undefined> = { kind: 'done', value: undefined };

/** Finds somebody who is not in the list of elders, by the whole number of their telephone. */
export const ByPhone = ({ onFind }: { onFind: (person: Person) => void }) => {
  const words = useWords();
  const own = useAccountsWords();
  const [phone, setPhone] = useState('');
  const [asked, setAsked] = useState('');
  const [isMissing, setMissing] = useState(false);
  const found = useResource<Person | undefined>(`member.${asked}`, () =>
    asked === '' ? Promise.resolve(nobody) : correctionsClient.findMember(asked),
  );
  useEffect(() => {
    if (found.value !== undefined) onFind(found.value);
  }, [found.value]);
  const { failure } = found;
  const code = failure?.kind === 'refused' ? failure.refusal.code : undefined;
  const problem =
    isMissing || code === 'invalid_fields'
      ? own.byPhoneMissing
      : code === 'unknown_member'
        ? own.phoneUnknown
        : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = phone.trim();
        setMissing(wanted.length < 5);
        if (wanted.length < 5) return;
        if (wanted === asked) found.reload();
        else setAsked(wanted);
      }}
    >
      <Field
        id="phone"
        type="tel"
        inputMode="tel"
        autocomplete="off"
        maxLength={24}
        label={own.byPhone}
        hint={own.byPhoneHint}
        problem={problem}
        value={phone}
        onWrite={(text) => {
          setPhone(text);
          setMissing(false);
        }}
      />
      <div role="alert">
        {problem === undefined && failure !== undefined && (
          <p>
            <Sentence failure={failure} />
          </p>
        )}
        {problem !== undefined && <p class="unseen">{problem}</p>}
      </div>
      <button type="submit">
        {failure === undefined || problem !== undefined ? own.find : words.tryAgain}
      </button>
    </form>
  );
};

/** Finds the person whose account is meant: an elder of one's communities by name, anybody else by telephone. */
export const PersonFinder = ({
  title,
  person,
  onFind,
}: {
  /** Whose account is meant, where nothing else is said. */
  title?: string;
  person: Person | undefined;
  onFind: (person: Person) => void;
}) => {
  const own = useAccountsWords();
  const community = useCommunity();
  const elders = useResource(`elders.${community.code ?? ''}`, () => client.listElders(community.code));
  return (
    <section class="card">
      <h2>{title ?? own.whose}</h2>
      {community.failure !== undefined && (
        <p role="alert">
          <Sentence failure={community.failure} />
        </p>
      )}
      <CommunityField community={community} />
      <Loaded resource={elders}>
        {({ items }) => (
          <ElderField
            elders={items}
            problem={undefined}
            value={person?.memberId ?? ''}
            onWrite={(memberId) => {
              const elder = items.find((each) => each.memberId === memberId);
              if (elder !== undefined) onFind(elder);
            }}
          />
        )}
      </Loaded>
      <ByPhone onFind={onFind} />
    </section>
  );
};
