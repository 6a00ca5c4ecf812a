/** A command as a client keeps it: what is sent, again and again, until it is answered. */
import type { Home } from '@time-bank/desk/carry-out';
import type { Ports } from '@time-bank/desk/ports';
import type { Outcome } from '@time-bank/contracts/refusals';
import type { RequestId } from '@time-bank/contracts/ids';

/** The ports that use cases of a simulation get. */
export type SimPorts = Pick<
  Ports,
  'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'weekBook' | 'policies' | 'personFiles'
>;

/** A command. */
export interface Order {
  operation: string;
  /** Tells it from every other command. */
  id: string;
  run: (ports: SimPorts) => Promise<Outcome<unknown>>;
  /** The same id with other content. */
  altered?: (ports: SimPorts) => Promise<Outcome<unknown>>;
  /** A movement without a request: where its line stands. */
  home?: Home;
  /** A step of a request: which, and under which id. */
  step?: { requestId: RequestId; stepId: string };
  /** Where a refusal is kept. */
  refusalAt?: () => Home | undefined;
}
