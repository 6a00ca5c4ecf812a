/**
 * Every route as everybody: what the table says for each, worked out from the list of routes and the rules alone. The
 * matrix test asks the API the same; the bench counts them.
 */
import { routeActions } from '@time-bank/api/route-actions';
import { type Route, routes } from '@time-bank/contracts/routes';
import { Role } from '@time-bank/contracts/role';
import { type Action, type Rule, rules } from '@time-bank/identity/rules';

/** Who asks: somebody with one role, somebody who has signed in and has none, somebody who has not. */
export type Asker = Role | 'member' | 'nobody';
/** All of them. */
export const askers: readonly Asker[] = [...Role.options, 'member', 'nobody'];

/**
 * Where what is asked about lies: where the asker holds the role, where they do not, or nowhere. A route that is about
 * nothing but the asker has no `missing`.
 */
export type Place = 'own' | 'foreign' | 'missing';

/** What the table says: `allowed`, or the refusal. */
export interface Cell {
  route: Route;
  asker: Asker;
  place: Place;
  action?: Action;
  expected: string;
}

/** What is about the asker, whoever that is, though its path or its action does not say so. */
const aboutOneself = ['giveHours', 'donateHours', 'chooseOverflow', 'redeemHours', 'askForHelp'];

const isAboutOneself = ({ path, operationId }: Route): boolean =>
  aboutOneself.includes(operationId) || (path.startsWith('/api/me') && !path.includes('{'));

/** True where nothing is named that could be somebody else's. */
const namesNothing = ({ may }: Rule): boolean =>
  may.member?.includes('none') === true ||
  Object.values(may).some((relations) => relations.includes('other_region') && relations.includes('none'));

const mayNameNothing = ({ may }: Rule): boolean =>
  Object.values(may).some((relations) => relations.includes('none'));

/** City and province look from above the county. */
const isAbove = (asker: Asker): boolean => asker === 'city' || asker === 'province';

const meets = (rule: Rule, holder: Role | 'member', relation: string): boolean =>
  rule.may[holder]?.some((each) => each === relation) === true && rule.only?.[holder] !== 'for_phoneless';

const relationOf = (rule: Rule, asker: Role | 'member', place: Place): string => {
  if (namesNothing(rule)) return 'none';
  // A list that may be asked for without naming a region is asked here for one that is nobody's.
  if (place === 'missing') return mayNameNothing(rule) ? 'other_region' : 'none';
  if (asker === 'member' || place === 'foreign' || (rule.personal === true && isAbove(asker))) {
    return 'other_region';
  }
  // A helper is bound to the one whom it is about, or to nobody; an organisation is asked about itself.
  if (asker === 'family_proxy' || asker === 'guardian') return 'bound';
  return asker === 'organisation' && rule.may.organisation?.includes('own') === true ? 'own' : 'own_region';
};

const expectedOf = (route: Route, action: Action, asker: Asker, place: Place): string => {
  if (asker === 'nobody') return 'not_signed_in';
  const rule = rules[action];
  const holders: (Role | 'member')[] = asker === 'member' ? ['member'] : [asker, 'member'];
  if (!holders.some((holder) => rule.may[holder] !== undefined)) return 'not_allowed';
  if (isAboutOneself(route) && rule.may.member?.includes('own') === true) return 'allowed';
  return holders.some((holder) => meets(rule, holder, relationOf(rule, holder, place)))
    ? 'allowed'
    : rule.otherwise;
};

const placesOf = (route: Route, action: Action | undefined): readonly Place[] =>
  action === undefined || namesNothing(rules[action]) || isAboutOneself(route)
    ? ['own', 'foreign']
    : ['own', 'foreign', 'missing'];

/** The cells of one route; without a row in the list of what routes ask, none. */
export const cellsOf = (route: Route): Cell[] => {
  const asks = routeActions[route.operationId];
  if (asks === undefined) return [];
  if (asks === 'public') {
    return askers.map((asker) => ({ route, asker, place: 'own', expected: 'allowed' }));
  }
  const [action] = asks;
  return askers.flatMap((asker) =>
    placesOf(route, action).map((place) => ({
      route,
      asker,
      place,
      action,
      expected: expectedOf(route, action, asker, place),
    })),
  );
};

/** How many routes, askers and cells there are, and how many routes nothing is said about. */
export const countCells = () => ({
  routes: routes.length,
  roles: askers.length,
  cells: routes.flatMap(cellsOf).length,
  uncovered: routes.filter((route) => cellsOf(route).length === 0).length,
});
