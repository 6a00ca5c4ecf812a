/** The tests that a mutant of the ledger's or the policy's sources has to survive: those of the two rooms. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['packages/{ledger,policy}/*.test.ts'], testTimeout: 20_000 },
});
