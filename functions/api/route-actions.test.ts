import { routes } from '@time-bank/contracts/routes';
import { actions } from '@time-bank/identity/rules';
import { describe, expect, it } from 'vitest';
import { openApiWithPermissions, routeActions } from './route-actions.ts';

const operations = routes.map(({ operationId }) => operationId);

describe('every route says what it asks leave for', () => {
  it.each(operations)('%s has a row', (operationId) => {
    expect(Object.keys(routeActions)).toContain(operationId);
  });

  it('and no row is left over', () => {
    expect(Object.keys(routeActions).filter((name) => !operations.includes(name))).toEqual([]);
  });

  it.each(routes)('$operationId asks for leave exactly where it asks for a sign-in', (route) => {
    expect(routeActions[route.operationId] === 'public').toBe(!route.signedIn);
  });

  /** Asked for beside another action, by a use case or within a message; no route begins with it. */
  const within: readonly string[] = [];

  it('every action is asked for by a route', () => {
    const asked = new Set(Object.values(routeActions).flatMap((asks) => (asks === 'public' ? [] : asks)));
    expect(actions.filter((action) => !asked.has(action) && !within.includes(action))).toEqual([]);
  });
});

it('the description for machines says of each operation which actions it asks for, and who may', () => {
  const { paths } = openApiWithPermissions();
  expect(paths['/api/candidates']).toBeUndefined();
  expect(paths['/api/requests/{requestId}/candidates']?.['get']).toMatchObject({
    operationId: 'listCandidates',
    'x-actions': ['list_candidates'],
    'x-roles': ['coordinator', 'social_worker'],
  });
  expect(paths['/api/health']?.['get']).not.toHaveProperty('x-actions');
});
