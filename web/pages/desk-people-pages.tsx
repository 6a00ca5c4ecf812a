import { Route, Router } from 'preact-iso/router';
import { page } from '../lazy-page.ts';
import DeskBindings from './desk-bindings.tsx';
import DeskEnter from './desk-enter.tsx';
import DeskPeople from './desk-people.tsx';
import DeskPerson from './desk-person.tsx';
import NotFound from './not-found.tsx';

// Opened now and then, by whoever keeps papers and answers wishes.
const DeskVolunteers = page(() => import('./desk-volunteers.tsx'));
const DeskWishes = page(() => import('./desk-wishes.tsx'));

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
