/**
 * What the first page reads. The script inside `index.html` has asked for it before this one arrived; Hono's client
 * would weigh as much as all that the page says, so only its types are here: paths and answers are the API's.
 */
import { type Answer, answerOf } from './answer.ts';
import { patientFetch } from './patient-fetch.ts';
import type { WireSchema } from './wire-api.ts';

type FirstPath = '/api/me' | '/api/account' | '/api/account/entries';
type Read<Path extends FirstPath> = WireSchema[Path]['$get']['output'];

const askedEarly = (path: FirstPath): Promise<Response> | undefined => {
  const early = window.early?.[path];
  if (early !== undefined) Reflect.deleteProperty(window.early ?? {}, path);
  return early;
};

const read = <Path extends FirstPath>(path: Path): Promise<Answer<Read<Path>>> =>
  answerOf<Read<Path>>(askedEarly(path) ?? patientFetch(path));

/** Oneself: roles, home, and the code on one's own card. */
export const readMe = () => read('/api/me');

/** One's own balance. */
export const readBalance = () => read('/api/account');

/** The newest lines of one's own statement. */
export const readNewestEntries = () => read('/api/account/entries');
