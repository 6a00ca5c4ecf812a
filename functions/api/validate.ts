/** Messages from outside become values: by schema, strictly, with the names of what is wrong. */
import { RequestId } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import type { FieldProblem } from '@time-bank/contracts/refusals';
import { validator } from 'hono/validator';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { Refused } from './refused.ts';

// zod/mini is silent until it is given a language; this one alone, not the list of all.
z.config(en());

const DETAILS_MAX = 20;

const problemsOf = (issues: readonly z.core.$ZodIssue[]): FieldProblem[] =>
  issues
    .flatMap((issue): FieldProblem[] => {
      const path = issue.path.map(String).join('.');
      if (issue.code !== 'unrecognized_keys') return [{ property: path, message: issue.message }];
      return issue.keys.map((key) => ({
        property: path === '' ? key.slice(0, 40) : `${path}.${key.slice(0, 40)}`,
        message: 'Unknown field',
      }));
    })
    .slice(0, DETAILS_MAX);

const parse = <S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Refused({ code: 'invalid_fields', details: problemsOf(parsed.error.issues) });
  return parsed.data;
};

/** The JSON body by `schema`. Refuses: malformed_json, invalid_fields. */
export const body = <S extends z.ZodMiniType>(schema: S) =>
  validator('json', (value: z.input<S>) => parse(schema, value));

/** The query by `schema`. Refuses: invalid_fields. */
export const query = <S extends z.ZodMiniType>(schema: S) =>
  validator('query', (value) => parse(schema, value));

/** The request id in the path; anything else is a request that does not exist. Refuses: unknown_request. */
export const requestIdParam = validator('param', (value) => {
  const parsed = RequestId.safeParse(value['requestId']);
  if (!parsed.success) throw new Refused({ code: 'unknown_request' });
  return { requestId: parsed.data };
});

/** The pool in the path; anything else is a pool that does not exist. Refuses: unknown_pool. */
export const poolIdParam = validator('param', (value) => {
  const parsed = PoolId.safeParse(value['poolId']);
  if (!parsed.success) throw new Refused({ code: 'unknown_pool' });
  return { poolId: parsed.data };
});
