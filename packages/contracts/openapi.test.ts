import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes.ts';

const document = openApiDocument();

/** Every object within a value, the value itself among them. */
const objectsIn = (value: unknown): Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
};

interface Operation {
  operationId: string;
  security: unknown[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: unknown }>;
}
const operationOf = (path: string, method: string): Operation =>
  (document.paths[path] as Record<string, Operation> | undefined)?.[method] as Operation;

it('is plain JSON that says the same twice', () => {
  expect(JSON.parse(JSON.stringify(document))).toEqual(openApiDocument());
});

it('leads from every reference to a part of itself', () => {
  const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
  expect(references.length).toBeGreaterThan(20);
  const known = new Set(
    Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
  );
  expect([...new Set(references)].filter((reference) => !known.has(reference))).toEqual([]);
});

it('has the routes of the list and no others', () => {
  const listed = routes.map(({ method, path }) => `${method} ${path}`).sort();
  const written = Object.entries(document.paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .sort();
  expect(written).toEqual(listed);
  expect(new Set(listed).size).toBe(listed.length);
  expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
});

describe.each(routes)('$method $path', (route) => {
  const operation = operationOf(route.path, route.method);

  it('names itself, its answer and every refusal it may give', () => {
    expect(operation.operationId).toBe(route.operationId);
    expect(operation.responses[route.status]?.content !== undefined).toBe(route.answer !== undefined);
    for (const code of route.refusals) expect(operation.responses['default']?.description).toContain(code);
  });

  it('asks for a sign-in where it needs one', () => {
    expect(operation.security.length > 0).toBe(route.signedIn);
  });

  it('has a body where the list has one, and a parameter for each part of the path', () => {
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined);
    const parts = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name)).toEqual(parts);
  });
});

it('tells which part of a query may be left out', () => {
  const { parameters } = operationOf('/api/account/entries', 'get');
  const scope = operationOf('/api/requests', 'get').parameters.find(({ name }) => name === 'scope');
  expect(scope?.required).toBe(true);
  expect(parameters.map(({ name, required }) => ({ name, required }))).toEqual([
    { name: 'cursor', required: false },
  ]);
});

it('refuses fields that it does not know, in every body', () => {
  const references = routes.flatMap(({ path, method, body }) =>
    body === undefined ? [] : [JSON.stringify(operationOf(path, method).requestBody)],
  );
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references) {
    const name = /schemas\/(\w+)"/.exec(reference)?.[1] ?? '';
    expect(document.components.schemas[name]?.['additionalProperties'], name).toBe(false);
  }
});
