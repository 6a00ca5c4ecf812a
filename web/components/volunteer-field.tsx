import { useState } from 'preact/hooks';
import { useAskWords } from '../ask-words.ts';
import { Field, SelectField } from './field.tsx';
import type { Person } from './person-finder.tsx';

const LINES_SHOWN = 5;

/** Finds a volunteer of a community by part of the name, then takes one from the list. */
export const VolunteerField = ({
  volunteers,
  person,
  problem,
  onFind,
}: {
  volunteers: readonly Person[];
  person: Person | undefined;
  problem?: string | undefined;
  onFind: (person: Person) => void;
}) => {
  const own = useAskWords();
  const [search, setSearch] = useState('');
  const found = volunteers.filter(({ name }) => name.includes(search.trim()));
  return (
    <>
      <Field
        id="volunteer-search"
        type="search"
        autocomplete="off"
        label={own.search}
        hint={own.searchHint}
        value={search}
        onWrite={setSearch}
      />
      <SelectField
        id="volunteer"
        label={own.volunteer}
        hint={own.found(found.length)}
        problem={problem}
        rows={LINES_SHOWN}
        value={person?.memberId ?? ''}
        onWrite={(memberId) => {
          const chosen = volunteers.find((each) => each.memberId === memberId);
          if (chosen !== undefined) onFind(chosen);
        }}
        options={found.map(({ memberId, name }) => ({ value: memberId, label: name }))}
      />
    </>
  );
};
