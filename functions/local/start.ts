/** `npm start`: the service on this machine, until Ctrl-C. */
import { CannotStart, readLocalSettings } from './settings.ts';
import { startService } from './service.ts';

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

try {
  const service = await startService(readLocalSettings(), say);
  say(`ready ${service.url}`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void service.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
