/** All of the store's ports in memory, for tests and simulations. */
import { accountOf } from '@time-bank/contracts/ids';
import { type CareMemory, careMemory, forgetHabits, forgetReceiver } from './memory-care.ts';
import { boardMemory, forgetEvents } from './memory-board.ts';
import { memoryAuditLog } from './memory-audit-log.ts';
import { memoryBooks } from './memory-books.ts';
import { memoryCareBook } from './memory-care-book.ts';
import { caseMemory, forgetCases, memoryCaseBook } from './memory-case-book.ts';
import { memoryChallenges } from './memory-challenges.ts';
import { type LedgerMemory, ledgerMemory, memoryJournal, openInMemory } from './memory-journal.ts';
import { memoryInbox } from './memory-inbox.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { memoryNumbersBook } from './memory-numbers-book.ts';
import { memoryPeople } from './memory-people.ts';
import { forgetLeaves, leafMemory, memoryPersonFiles } from './memory-person-files.ts';
import { memoryPolicies } from './memory-policies.ts';
import { memoryRateLimits } from './memory-rate-limits.ts';
import { memoryRegions } from './memory-regions.ts';
import { type SealsMemory, memorySealBook, sealsMemory } from './memory-seal-book.ts';
import { memorySessions } from './memory-sessions.ts';
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
  const leaves = leafMemory();
  const cases = caseMemory();
  const boards = boardMemory();
  const people = memoryPeople(
    (accountId) => {
      openInMemory(memory.ledger, accountId, 'open');
    },
    (memberId) => {
      memory.ledger.forgotten.add(accountOf(memberId));
      forgetReceiver(memory.care, memberId);
      forgetHabits(memory.care, memberId);
      forgetLeaves(leaves, memberId);
      forgetCases(cases, memberId);
      forgetEvents(boards, memberId);
    },
  );
  return {
    memory,
    ports: {
      journal: memoryJournal(memory.ledger, memory.care, leaves, cases),
      careBook: memoryCareBook(memory.care),
      people,
      regions: memoryRegions(),
      challenges: memoryChallenges(),
      weekBook: memoryWeekBook((communityCode) => people.listResidents(communityCode), boards),
      policies: memoryPolicies(),
      caseBook: memoryCaseBook(cases),
      personFiles: memoryPersonFiles(leaves),
      sessions: memorySessions(),
      auditLog: memoryAuditLog(),
      rateLimits: memoryRateLimits(),
      numbersBook: memoryNumbersBook(),
      outbox: memoryOutbox(memory.care),
      inbox: memoryInbox(),
      books: memoryBooks(memory.ledger),
      sealBook: memorySealBook(memory.seals),
    },
  };
};
