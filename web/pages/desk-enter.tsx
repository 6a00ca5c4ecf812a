import { useState } from 'preact/hooks';
import { choosePerson } from '../chosen-people.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { useCommunity } from '../components/community-field.tsx';
import { DeskPage } from '../components/desk-page.tsx';
import type { Problem } from '../components/error-summary.tsx';
import { failureProblems, problemAt } from '../components/failure-problems.ts';
import { Field, SelectField } from '../components/field.tsx';
import { SendButton } from '../components/send-button.tsx';
import { dateOf, now } from '../china-time.ts';
import { useDeskWords } from '../desk-words.tsx';
import { keysOf } from '../keys-of.ts';
import { useWords } from '../language.tsx';
import { type NewPerson, peopleClient } from '../people-client.ts';
import { usePeopleSentences, usePeopleWords } from '../people-words.ts';
import { useDeed } from '../use-deed.ts';

const blank = { name: '', phone: '', birth: '', gender: '', address: '', situation: '', language: 'cmn' };
type Fields = typeof blank;
type Own = ReturnType<typeof usePeopleWords>;

const phoneIn = (text: string): string => {
  const digits = text.normalize('NFKC').replace(/[\s()-]/g, '');
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : digits.replace(/^00/, '+');
};

const problemsOf = (fields: Fields, own: Own): Problem[] => [
  ...(fields.name.trim() === '' ? [{ field: 'name', words: own.nameMissing }] : []),
  ...(fields.phone.trim() === '' || /^\+[1-9]\d{6,14}$/.test(phoneIn(fields.phone))
    ? []
    : [{ field: 'phone', words: own.newPhoneMissing }]),
  ...(/^\d{4}-\d\d-\d\d$/.test(fields.birth) && fields.birth < dateOf(now())
    ? []
    : [{ field: 'birth', words: own.birthMissing }]),
  ...(fields.gender === '' ? [{ field: 'gender', words: own.genderMissing }] : []),
  ...(fields.address.trim() === '' ? [{ field: 'address', words: own.addressMissing }] : []),
];

/** Enters a resident of a community, with a telephone or without. */
const DeskEnter = () => {
  const words = useWords();
  const own = usePeopleWords();
  const desk = useDeskWords();
  const sentences = usePeopleSentences();
  const community = useCommunity();
  const [fields, setFields] = useState(blank);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [entered, setEntered] = useState<{ memberId: string; name: string }>();
  const command = useDeed({
    prefix: 'mem',
    send: (memberId, person: NewPerson) => peopleClient.enterPerson(memberId, person),
    onDone: ({ memberId }, { name }) => {
      choosePerson(memberId, name);
      setEntered({ memberId, name });
      setFields(blank);
      scrollTo(0, 0);
    },
  });
  const code = community.code ?? community.communities[0]?.code;
  const write = (name: keyof Fields) => (text: string) => {
    setFields({ ...fields, [name]: text });
    setProblems(problems.filter(({ field }) => field !== name));
    setEntered(undefined);
    command.clear();
  };
  const send = () => {
    const found = problemsOf(fields, own);
    setProblems(found);
    const gender = keysOf(words.genders).find((each) => each === fields.gender);
    const situation = keysOf(desk.livingSituations).find((each) => each === fields.situation);
    const language = keysOf(words.languages).find((each) => each === fields.language);
    if (found.length > 0 || gender === undefined || code === undefined) return;
    command.submit({
      communityCode: code,
      name: fields.name.trim(),
      birthDate: fields.birth,
      gender,
      address: fields.address.trim(),
      languages: language === undefined ? [] : [language],
      skills: [],
      freeTimes: [],
      ...(fields.phone.trim() === '' ? {} : { phone: phoneIn(fields.phone) }),
      ...(situation === undefined ? {} : { livingSituation: situation }),
    });
  };
  const shown = [
    ...problems,
    ...failureProblems(sentences, [command], {
      name: { field: 'name', words: own.nameMissing },
      phone: { field: 'phone', words: own.newPhoneMissing },
      birthDate: { field: 'birth', words: own.birthMissing },
      address: { field: 'address', words: own.addressMissing },
    }),
  ];
  return (
    <DeskPage
      title={own.enter}
      problems={shown}
      news={entered === undefined ? undefined : own.entered(entered.name)}
      community={community}
    >
      {entered !== undefined && (
        <a class="button" href={`/desk/people/${entered.memberId}`}>
          {own.open(entered.name)}
        </a>
      )}
      <p>{own.enterHint}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          id="name"
          autocomplete="off"
          maxLength={40}
          label={own.name}
          problem={problemAt(shown, 'name')}
          value={fields.name}
          onWrite={write('name')}
        />
        <ChoiceList
          id="gender"
          label={own.gender}
          problem={problemAt(shown, 'gender')}
          value={fields.gender}
          onWrite={write('gender')}
          choices={keysOf(words.genders).map((value) => ({ value, label: words.genders[value] }))}
        />
        <Field
          id="birth"
          type="date"
          max={dateOf(now())}
          label={own.birth}
          problem={problemAt(shown, 'birth')}
          value={fields.birth}
          onWrite={write('birth')}
        />
        <Field
          id="phone"
          type="tel"
          inputMode="tel"
          autocomplete="off"
          maxLength={24}
          label={own.phoneOptional}
          problem={problemAt(shown, 'phone')}
          value={fields.phone}
          onWrite={write('phone')}
        />
        <Field
          id="address"
          autocomplete="off"
          maxLength={120}
          label={own.address}
          problem={problemAt(shown, 'address')}
          value={fields.address}
          onWrite={write('address')}
        />
        <SelectField
          id="language"
          label={words.languageWish}
          value={fields.language}
          onWrite={write('language')}
          options={keysOf(words.languages).map((value) => ({ value, label: words.languages[value] }))}
        />
        <SelectField
          id="situation"
          label={own.situation}
          value={fields.situation}
          onWrite={write('situation')}
          options={[
            { value: '', label: own.unknownYet },
            ...keysOf(desk.livingSituations).map((value) => ({ value, label: desk.livingSituations[value] })),
          ]}
        />
        <SendButton command={command} label={own.enter} />
      </form>
    </DeskPage>
  );
};

export default DeskEnter;
