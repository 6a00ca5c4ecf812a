import { Route, Router } from 'preact-iso/router';
import DeskBindings from './desk-bindings.tsx';
import DeskEnter from './desk-enter.tsx';
import DeskPeople from './desk-people.tsx';
import DeskPerson from './desk-person.tsx';
import DeskVolunteers from './desk-volunteers.tsx';
import DeskWishes from './desk-wishes.tsx';
import NotFound from './not-found.tsx';

/** The staff's pages on people: they come together, apart from those on visits. */
const DeskPeoplePages = () => (
  <Router>
    <Route path="/people" component={DeskPeople} />
    <Route path="/people/helpers" component={DeskBindings} />
    <Route path="/people/volunteers" component={DeskVolunteers} />
    <Route path="/people/new" component={DeskEnter} />
    <Route path="/people/wishes" component={DeskWishes} />
    <Route path="/people/:memberId" component={DeskPerson} />
    <Route default component={NotFound} />
  </Router>
);

export default DeskPeoplePages;
