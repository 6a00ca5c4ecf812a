/**
 * The type of the API as JSON carries it. Ids are branded where they are checked, which is in the API: here they are
 * sent as texts. What a request leaves out may be undefined; what an answer leaves out is not there.
 */
import type { Api } from '@time-bank/api/app';
import type { Hono } from 'hono';
import type { BlankEnv, ExtractSchema } from 'hono/types';

type Sent<T> = T extends string
  ? keyof T extends keyof string
    ? T
    : string
  : T extends object
    ? { [Name in keyof T]: Sent<T[Name]> | (object extends Pick<T, Name> ? undefined : never) }
    : T;

type Answered<T> = T extends string
  ? T
  : T extends object
    ? { [Name in keyof T]: Answered<Exclude<T[Name], undefined>> }
    : T;

type Door<Endpoint> = Endpoint extends { input: infer Input; output: infer Output }
  ? Omit<Endpoint, 'input' | 'output'> & { input: Sent<Input>; output: Answered<Output> }
  : never;

type Doors<Schema> = {
  [Path in keyof Schema]: { [Method in keyof Schema[Path]]: Door<Schema[Path][Method]> };
};

/** Every path, with what each method takes and answers. */
export type WireSchema = Doors<ExtractSchema<Api>>;

/** The API, for Hono's client. */
export type WireApi = Hono<BlankEnv, WireSchema>;
