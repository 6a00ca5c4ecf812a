/** The store that a command works on: an endpoint that was named, a service's engine, or an engine of its own. */
import { Unavailable } from '@time-bank/desk/ports';
import { type Connection, connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { runningEngine, startEngine } from './engine.ts';
import { CannotStart, type LocalSettings } from './settings.ts';

/** A connection with its tables made, and how to let go of it. */
export interface OpenStore {
  connection: Connection;
  close: () => Promise<void>;
}

/**
 * Opens the store. With `share`, a service that runs on the data folder lends its engine; without it the folder
 * must be free. Throws CannotStart as `startEngine` does, and where the named endpoint does not answer.
 */
export const openStore = async (
  settings: LocalSettings,
  { share, onRestart }: { share: boolean; onRestart?: () => void },
): Promise<OpenStore> => {
  const lent = settings.endpoint ?? (share ? await runningEngine(settings.dataDir) : undefined);
  const engine = lent === undefined ? await startEngine(settings.dataDir, onRestart) : undefined;
  const connection = connect({ tables: settings.tables, endpoint: engine?.endpoint ?? lent });
  const close = async (): Promise<void> => {
    connection.client.destroy();
    await engine?.stop();
  };
  try {
    await createTables(connection);
  } catch (error) {
    await close();
    if (!(error instanceof Unavailable) || settings.endpoint === undefined) throw error;
    throw new CannotStart(`No DynamoDB answers at ${settings.endpoint}: see DYNAMODB_ENDPOINT.`);
  }
  return { connection, close };
};
