/**
 * A command is kept with its id before it is sent. Whoever sends the same content again, after a lost answer or
 * after closing the page, sends the same id, and the service does the thing once. Other content gets a new id.
 */
import { forget, keep, recallRecord } from './device-storage.ts';
import { type CommandPrefix, newId } from './new-id.ts';

const nameOf = (slot: string): string => `command.${slot}`;

const isIdOf = <Prefix extends CommandPrefix>(prefix: Prefix, id: unknown): id is `${Prefix}_${string}` =>
  typeof id === 'string' && id.startsWith(`${prefix}_`);

/**
 * The id to send `content` with. `slot` names the button that was pressed, e.g. `accept.req_…`; there is one
 * command to a slot.
 */
export const keepCommand = <Prefix extends CommandPrefix>(
  slot: string,
  prefix: Prefix,
  content: unknown,
): `${Prefix}_${string}` => {
  const kept = recallRecord(nameOf(slot));
  const text = JSON.stringify(content);
  if (kept.content === text && isIdOf(prefix, kept.id)) return kept.id;
  const id = newId(prefix);
  keep(nameOf(slot), JSON.stringify({ id, content: text }));
  return id;
};

/** Forgets the command of `slot`: it was done, or refused for good. */
export const forgetCommand = (slot: string): void => {
  forget(nameOf(slot));
};
