/** `npm start`: the service on this machine, until Ctrl-C. */
import { startService } from './service.ts';
import { CannotStart, readLocalSettings } from './settings.ts';

/** How long a stop may take. */
const PATIENCE_MS = 5000;

/** What a shell reports for a command that was interrupted. */
const INTERRUPTED = 130;

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

// Whoever loses patience while the town is filled ends everything too; the next start finishes the filling.
let stop = (): void => process.exit(INTERRUPTED);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop();
  });
}

try {
  const service = await startService(readLocalSettings(), say);
  stop = () => {
    stop = () => undefined;
    // Whatever hangs, nobody waits longer than this; the engine ends with the process.
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    void service.stop().then(() => process.exit(0));
  };
  say(`ready ${service.url}`);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
