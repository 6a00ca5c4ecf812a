/** What the API is given when it is put together. */
import type { DocumentSigner, Ports } from '@time-bank/desk/ports';
import type { TokenKeys } from '@time-bank/identity/token';

/** A line of the log: codes and ids, never names, numbers, tokens or bodies. */
export type LogLine = Record<string, string | number | boolean | undefined>;

export interface Deps {
  ports: Omit<Ports, 'codeSender'>;
  /** Absent where no way to send a code is set up: then nobody can ask for one. */
  codeSender?: Ports['codeSender'];
  /** Absent where no key for documents is set up: then nobody moves to or from another bank. */
  documentSigner?: DocumentSigner;
  keys: TokenKeys;
  /** Whether the tables answer; throws Unavailable where the store does not. */
  tablesAnswer: () => Promise<boolean>;
  newErrorId: () => string;
  log: (line: LogLine) => void;
}
