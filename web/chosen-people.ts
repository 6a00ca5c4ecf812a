import type { Answer } from './answer.ts';
import { peopleClient } from './people-client.ts';

const known = new Map<string, string>();

/** Remembers, until the page is closed, the name of whom staff have found: no name stands in an address. */
export const choosePerson = (memberId: string, name: string): void => {
  known.set(memberId, name);
};

/** The name of whom staff act for: as they were found, or read again after the page was opened anew. */
export const readChosenName = async (memberId: string): Promise<Answer<string>> => {
  const name = known.get(memberId);
  if (name !== undefined) return { kind: 'done', value: name };
  const person = await peopleClient.readPerson(memberId);
  return person.kind === 'done' ? { kind: 'done', value: person.value.name } : person;
};
