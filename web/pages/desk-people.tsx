import { useState } from 'preact/hooks';
import { choosePerson } from '../chosen-people.ts';
import { DeskPage } from '../components/desk-page.tsx';
import { type Person, PersonFinder } from '../components/person-finder.tsx';
import { usePeopleWords } from '../people-words.ts';

/** Where staff begin who do something for a person: find them first. */
const DeskPeople = () => {
  const own = usePeopleWords();
  const [person, setPerson] = useState<Person>();
  return (
    <DeskPage title={own.title} back="/">
      <p>{own.intro}</p>
      <p class="beside">
        <a class="button" href="/desk/people/helpers">
          {own.waiting}
        </a>
        <a class="button" href="/desk/people/volunteers">
          {own.volunteers}
        </a>
        <a class="button" href="/desk/people/new">
          {own.enter}
        </a>
        <a class="button" href="/desk/people/wishes">
          {own.wishes}
        </a>
      </p>
      <PersonFinder
        title={own.find}
        person={person}
        onFind={(found) => {
          choosePerson(found.memberId, found.name);
          setPerson(found);
        }}
      />
      {person !== undefined && (
        <a class="button primary" href={`/desk/people/${person.memberId}`}>
          {own.open(person.name)}
        </a>
      )}
    </DeskPage>
  );
};

export default DeskPeople;
