/** All of the store's ports in memory, for tests and simulations. */
import { type CareMemory, careMemory } from './memory-care.ts';
import { memoryBooks } from './memory-books.ts';
import { memoryCareBook } from './memory-care-book.ts';
import { memoryCaseBook } from './memory-case-book.ts';
import { memoryChallenges } from './memory-challenges.ts';
import { type LedgerMemory, ledgerMemory, memoryJournal, openInMemory } from './memory-journal.ts';
import { memoryPeople } from './memory-people.ts';
import { memoryPolicies } from './memory-policies.ts';
import { memoryRegions } from './memory-regions.ts';
import { type SealsMemory, memorySealBook, sealsMemory } from './memory-seal-book.ts';
import { memoryWeekBook } from './memory-week-book.ts';
import type { StorePorts } from './dynamo-ports.ts';

/** The tables, to be looked at by whoever checks laws. */
export interface Memory {
  ledger: LedgerMemory;
  care: CareMemory;
  seals: SealsMemory;
}

/** The ports, and what they keep. */
export const memoryPorts = (): { ports: StorePorts; memory: Memory } => {
  const memory: Memory = { ledger: ledgerMemory(), care: careMemory(), seals: sealsMemory() };
  return {
    memory,
    ports: {
      journal: memoryJournal(memory.ledger, memory.care),
      careBook: memoryCareBook(memory.care),
      people: memoryPeople((accountId) => {
        openInMemory(memory.ledger, accountId, 'open');
      }),
      regions: memoryRegions(),
      challenges: memoryChallenges(),
      weekBook: memoryWeekBook(),
      policies: memoryPolicies(),
      caseBook: memoryCaseBook(),
      books: memoryBooks(memory.ledger),
      sealBook: memorySealBook(memory.seals),
    },
  };
};
