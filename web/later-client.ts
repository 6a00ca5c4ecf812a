import type { Answer } from './answer.ts';
import type { client } from './client.ts';

/** Asks with the client that the other pages bring, for what on the first page is pressed seldom. */
export const askLater = async <Value>(
  ask: (later: typeof client) => Promise<Answer<Value>>,
): Promise<Answer<Value>> => {
  try {
    return await ask((await import('./client.ts')).client);
  } catch {
    return { kind: 'unreachable' };
  }
};
