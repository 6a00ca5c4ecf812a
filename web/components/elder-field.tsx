import type { ElderRow } from '@time-bank/contracts/member';
import { useState } from 'preact/hooks';
import { useDeskWords } from '../desk-words.tsx';
import { Field, SelectField } from './field.tsx';

/** Finds an elder by part of the name or address, then takes one from the list. */
export const ElderField = ({
  elders,
  problem,
  value,
  onWrite,
}: {
  elders: readonly ElderRow[];
  problem: string | undefined;
  value: string;
  onWrite: (elderId: string) => void;
}) => {
  const words = useDeskWords();
  const [search, setSearch] = useState('');
  const wanted = search.trim();
  const isFound = (elder: ElderRow) => `${elder.name} ${elder.address}`.includes(wanted);
  const found = elders.filter(isFound);
  const described = (elder: ElderRow) =>
    [
      elder.name,
      words.elderAge(elder.age),
      elder.livingSituation === undefined ? '' : words.livingSituations[elder.livingSituation],
      elder.hasPhone ? '' : words.noPhone,
      elder.address,
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      <Field
        id="search"
        type="search"
        autocomplete="off"
        label={words.findElder}
        hint={words.findElderHint}
        value={search}
        onWrite={(text) => {
          setSearch(text);
          const matches = elders.filter((elder) => `${elder.name} ${elder.address}`.includes(text.trim()));
          const [only] = matches;
          if (matches.length === 1 && only !== undefined) onWrite(only.memberId);
        }}
      />
      <SelectField
        id="elder"
        label={words.elder}
        hint={wanted === '' ? undefined : words.elderFound(found.length)}
        problem={problem}
        rows={5}
        value={value}
        onWrite={onWrite}
        options={elders
          .filter((elder) => isFound(elder) || elder.memberId === value)
          .map((elder) => ({ value: elder.memberId, label: described(elder) }))}
      />
    </>
  );
};
