/** How long a newcomer waits for the ready line. */
import { aFolder, start } from '../local/commands.ts';

export interface StartFigures {
  /** An empty data folder, the demo town filled in. */
  startSeconds: number;
  /** The same folder a second time. */
  restartSeconds: number;
}

const seconds = async (environment: Record<string, string>): Promise<number> => {
  const began = performance.now();
  const service = await start(environment);
  const took = (performance.now() - began) / 1000;
  if (!service.isReady) throw new Error(service.output());
  await service.interrupt();
  return Math.round(took * 10) / 10;
};

/** Starts the service twice on one data folder. */
export const measureStart = async (): Promise<StartFigures> => {
  const folder = aFolder();
  const environment = { ...folder.environment, DEMO: '1' };
  try {
    return { startSeconds: await seconds(environment), restartSeconds: await seconds(environment) };
  } finally {
    folder.remove();
  }
};
