/** Everything that runs on a laptop, started and stopped as one. */
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { writeLog } from '@time-bank/api/log';
import type { CallLimits } from '@time-bank/api/rate-limit';
import type { SignInSetup } from '@time-bank/api/sign-in-setup';
import { idMaker } from '@time-bank/contracts/ids';
import type { Clock } from '@time-bank/desk/ports';
import { standardRules } from '@time-bank/desk/sign-in';
import type { PlanWork } from '@time-bank/desk/work-on-plan';
import { workOnOrders } from '@time-bank/planner/plan-orders';
import { channelsOf } from '@time-bank/desk/notice-senders';
import { makeNotifier } from '@time-bank/notifier/run';
import { noticeSendersOf, readNotifierSecrets } from '@time-bank/notifier/senders';
import { readNotifierSettings } from '@time-bank/notifier/settings';
import { runSchedule } from '@time-bank/planner/run';
import { project } from '@time-bank/projector/project';
import { closeStream, tablesAnswer } from '@time-bank/store/create-tables';
import type { Connection } from '@time-bank/store/client';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { jitter, newErrorId, systemClock } from '@time-bank/store/system';
import type { Vault } from '@time-bank/store/vault';
import { buildWeb } from '@time-bank/web/build';
import type { Context } from 'hono';
import { makeLocalApp } from './app.ts';
import { enterRegions, fillDemo } from './demo/fill.ts';
import { devInbox } from './dev-inbox.ts';
import { localDocumentSigner } from './document-key.ts';
import { prepareDataDir } from './engine.ts';
import { localVault } from './personal-keys.ts';
import { type PumpOrder, startPump } from './pump.ts';
import { localSealWork, startSealing } from './sealing.ts';
import { CannotStart, type LocalSettings } from './settings.ts';
import { openStore } from './store-at.ts';
import { localTokenKeys } from './token-keys.ts';

/** How often the schedule runs here; the cloud's runs every five minutes. */
const SCHEDULE_MS = 60_000;
/** How often notices go out here; in the cloud once a minute. */
const NOTICES_MS = 5_000;

/** Takes the port before anything else is started. Throws CannotStart where it is busy. */
const takePort = async (server: Server, port: number): Promise<number> => {
  const listening = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  try {
    await listening;
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    const reason = denied ? 'may not be used by this user' : 'is busy';
    throw new CannotStart(`Port ${String(port)} ${reason}: choose another one with PORT.`);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};

/** What feeds the board, and works on the plans that somebody waits for. */
const boardPump = (ports: PlanWork, placeFile: string): PumpOrder => ({
  table: 'care',
  handle: async (records) =>
    (await project(ports, records, writeLog)) ?? (await workOnOrders(ports, records, writeLog)),
  placeFile,
  log: writeLog,
});

/** Reads what an earlier run left in the stream, and begins with a new one. Nobody writes meanwhile. */
const emptyStream = async (connection: Connection, order: PumpOrder): Promise<void> => {
  const pump = await startPump(connection, order);
  await pump.drained();
  await pump.stop();
  await closeStream(connection, order.table);
  rmSync(order.placeFile, { force: true });
};

/** Notices go where the environment says, and where it says nothing, onto the page of this machine. Gives what is offered, and how to stop. */
const startNotices = async (
  ports: Parameters<typeof makeNotifier>[0],
  inbox: ReturnType<typeof devInbox>,
  site: string,
) => {
  const settings = readNotifierSettings();
  const set = noticeSendersOf(settings, await readNotifierSecrets(settings), ports.clock);
  const senders = { ...inbox.ways, ...set };
  const run = makeNotifier(ports, senders, (line) => {
    if (line['failed'] !== 0 || line['stuck'] !== 0) writeLog(line);
  });
  const tell = (): void => {
    run().catch((error: unknown) => {
      writeLog({ event: 'notices_failed', name: error instanceof Error ? error.name : 'unknown' });
    });
  };
  tell();
  const timer = setInterval(tell, NOTICES_MS);
  const { PUSH_PUBLIC_KEY: pushKey } = settings;
  const offers = { channels: channelsOf(senders), site, ...(pushKey === undefined ? {} : { pushKey }) };
  return {
    offers,
    stop: () => {
      clearInterval(timer);
    },
  };
};

/** Passkeys are those of this machine; other houses are not set up. */
const localSignIn = (
  { isCodeEnoughForStaff }: LocalSettings,
  { mark }: Pick<Vault, 'mark'>,
  port: number,
): SignInSetup => ({
  rules: { ...standardRules, isCodeEnoughForStaff },
  mark,
  passkeys: { rpId: 'localhost', rpName: '养老互助时间', origins: [`http://localhost:${String(port)}`] },
});

export interface Service {
  url: string;
  stop: () => Promise<void>;
}

/** What a start may have of its own: its clock, this machine's else; how often one may call, as everywhere else. */
export interface StartWith {
  clock?: Clock;
  limits?: CallLimits;
}

/** Starts the service. `say` tells the person at the keyboard what takes time. Throws CannotStart. */
export const startService = async (
  settings: LocalSettings,
  say: (sentence: string) => void,
  { clock = systemClock, limits }: StartWith = {},
): Promise<Service> => {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = createServer((_request, response) => {
      response.writeHead(503, { 'Retry-After': '2' }).end();
    });
    const port = await takePort(server, settings.port);
    undo.push(() => {
      server.close();
      server.closeAllConnections();
    });
    prepareDataDir(settings.dataDir);
    const { connection, close } = await openStore(settings, {
      share: false,
      onRestart: () => {
        writeLog({ event: 'engine_restarted' });
      },
    });
    undo.push(close);
    const siteDir = join(settings.dataDir, 'site');
    await buildWeb(siteDir);
    const vault = localVault(settings);
    const ports = {
      clock,
      ids: idMaker(clock.nowMs),
      ...dynamoPorts(connection, vault, clock, jitter),
    };
    const board = boardPump(ports, join(settings.dataDir, 'stream.json'));
    if (settings.demo) {
      const filling = setTimeout(() => {
        say('Filling the empty data folder with the demo town; this happens once ...');
      }, 200);
      await fillDemo(ports, join(settings.dataDir, 'demo.json')).finally(() => {
        clearTimeout(filling);
      });
    } else if ((await ports.regions.listCounties('')).length === 0) await enterRegions(ports);
    // A table somewhere else has consumers of its own on its stream: it is left as it is.
    if (settings.endpoint === undefined) await emptyStream(connection, board);
    const pump = await startPump(connection, board);
    undo.push(pump.stop);
    const work = localSealWork(ports, { dataDir: settings.dataDir, clock });
    const own = settings.endpoint === undefined;
    const sealing = await startSealing(connection, work, { dataDir: settings.dataDir, own });
    undo.push(sealing.stop);
    const schedule = (): void => {
      runSchedule(ports).catch((error: unknown) => {
        writeLog({ event: 'schedule_failed', name: error instanceof Error ? error.name : 'unknown' });
      });
    };
    schedule();
    const timer = setInterval(schedule, SCHEDULE_MS);
    undo.push(() => {
      clearInterval(timer);
    });
    const inbox = devInbox();
    const notices = await startNotices(ports, inbox, `http://localhost:${String(port)}`);
    undo.push(notices.stop);
    const deps = {
      ports,
      noticeOffers: notices.offers,
      documentSigner: localDocumentSigner(settings.dataDir),
      keys: localTokenKeys(join(settings.dataDir, 'token-keys.json')),
      signIn: localSignIn(settings, vault, port),
      addressOf: (c: Context) => getConnInfo(c).remote.address ?? '',
      tablesAnswer: () => tablesAnswer(connection),
      ...(limits === undefined ? {} : { limits }),
      newErrorId,
      log: writeLog,
    };
    if (settings.isCodeEnoughForStaff) {
      say('For this demonstration staff sign in with a code alone; STAFF_FACTOR=passkey asks for more.');
    }
    const app = makeLocalApp(deps, inbox, siteDir);
    server.removeAllListeners('request');
    const listener = getRequestListener(app.fetch);
    server.on('request', (request, response) => {
      // By the clock of the service: the proof of a device says when it was made, and a browser learns the time here.
      response.setHeader('Date', new Date(clock.nowMs()).toUTCString());
      void listener(request, response);
    });
    return { url: `http://localhost:${String(port)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
