/**
 * The demo town on a real engine with a data folder, as it runs on a laptop: the API, the stream's consumer, the
 * schedule, the notifier. Time is the simulation's; the engine can be killed at any moment and comes back.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { VisitCode } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { CommunityCode as Code } from '@time-bank/contracts/region';
import { importPeople } from '@time-bank/desk/import-people';
import { Unavailable } from '@time-bank/desk/ports';
import { startEngine } from '@time-bank/local/engine';
import { readPeopleFile } from '@time-bank/local/people-file';
import { startPump } from '@time-bank/local/pump';
import { type Delivery, deliverNotices } from '@time-bank/desk/deliver-notices';
import { workOnOrders } from '@time-bank/planner/plan-orders';
import { runSchedule } from '@time-bank/planner/run';
import { project } from '@time-bank/projector/project';
import { type Answer, HOME, NEXT_DOOR, type Town, startTown } from '../../town.ts';
import { type Chance, chanceOf } from '../random.ts';

const PEOPLE = new URL('../../../functions/local/demo/people.csv', import.meta.url);
/** Three communities of one sub-district: enough for everything to happen, and few enough to be lived in minutes. */
const THIRD = Code.parse('341302001007');
const COMMUNITIES: readonly CommunityCode[] = [HOME, NEXT_DOOR, THIRD];
/** A client asks again so often while the engine is away, with pauses between. */
const TRIES_MAX = 60;
const PAUSE_MS = 250;

/** A community with its people. */
export interface Community {
  code: CommunityCode;
  coordinator: Member;
  residents: Member[];
}

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, PAUSE_MS));

/** Opens the town; `close` it when everything is done. */
export const openWorld = async (seed: number) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'time-bank-life-'));
  let restarts = 0;
  const engine = await startEngine(dataDir, () => {
    restarts += 1;
  });
  const town: Town = await startTown(engine);
  const chance: Chance = chanceOf(seed);
  await town.ports.regions.put([{ code: THIRD, name: '三八社区居委会' }]);
  const { rows: everybody } = readPeopleFile(readFileSync(PEOPLE));
  const rows = everybody.filter(({ communityCode }) => COMMUNITIES.includes(communityCode));
  const report = await importPeople(
    {
      ...town.ports,
      cardCode: () => VisitCode.parse(String(chance.below(1_000_000)).padStart(6, '0')),
    },
    rows.map(({ line: _line, ...person }) => person),
    false,
  );
  if (report.problems.length > 0) throw new Error('the demo town does not come in');
  const pump = await startPump(town.connection, {
    table: 'care',
    handle: async (records) =>
      (await project(town.ports, records, () => undefined)) ??
      (await workOnOrders(town.ports, records, () => undefined)),
    placeFile: join(dataDir, 'stream.json'),
    log: () => undefined,
  });

  /** What went out, by the message's own id: the same word to the same person by the same way has the same one. */
  const told = new Map<string, number>();
  /** Kills the engine as the power would; it comes back by itself. */
  const kill = (): void => {
    const note = JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { enginePid: number };
    process.kill(note.enginePid, 'SIGKILL');
  };
  let diesAtNextWord = false;
  const goesOut = ({ messageId }: { messageId: string }): Promise<void> => {
    told.set(messageId, (told.get(messageId) ?? 0) + 1);
    // Sent, and not written down yet: the worst moment.
    if (diesAtNextWord) kill();
    diesAtNextWord = false;
    return Promise.resolve();
  };
  const delivery: Delivery = {
    senders: { sms: goesOut, email: goesOut },
    gone: new Set(),
    broke: () => undefined,
  };

  /** Does something of the service again until the engine is there. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Unavailable) || tries >= TRIES_MAX) throw error;
        await pause();
      }
    }
  };

  const answers = new Map<string, number>();
  /** Asks the API as somebody would: the same message again while nobody answers. */
  const ask = async (who: Member, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    for (let tries = 0; ; tries += 1) {
      const answer = await patiently(() => town.ask(who, method, path, body));
      const isAway = answer.status === 503 || (answer.body?.error?.code as string) === 'busy_try_again';
      if (!isAway || tries >= TRIES_MAX) {
        const name = path.replaceAll(/[a-z]{3}_[0-9A-Z]{26}/g, ':id').replace(/\?.*/, '');
        const told = answer.status < 400 ? 'done' : (answer.body.error.code as string);
        const key = `${method} ${name} ${told}`;
        answers.set(key, (answers.get(key) ?? 0) + 1);
        return answer;
      }
      await pause();
    }
  };

  const members = new Map<MemberId, Member>();
  const readCommunity = async (code: CommunityCode): Promise<Community | undefined> => {
    const residents = await town.ports.people.listResidents(code);
    for (const member of residents) members.set(member.memberId, member);
    const [coordinator] = await town.ports.people.listHolders('coordinator', code);
    return coordinator === undefined ? undefined : { code, coordinator, residents };
  };
  const communities = (await Promise.all(COMMUNITIES.map(readCommunity))).filter(
    (each) => each !== undefined,
  );
  const volunteers = await town.ports.people.listVolunteers(HOME.slice(0, 6));
  for (const member of volunteers) members.set(member.memberId, member);

  return {
    town,
    chance,
    communities,
    volunteers,
    members,
    answers,
    told,
    ask,
    patiently,
    restarts: () => restarts,
    kill,
    /** The engine dies the next time that a word has gone out. */
    killAtNextWord: (): void => {
      diesAtNextWord = true;
    },
    /** Waits for the stream's consumer. */
    drained: () => pump.drained(),
    /** What the schedule and the stream's consumer do by now. */
    tick: async (): Promise<void> => {
      await patiently(() => runSchedule(town.ports));
      await pump.drained();
      await patiently(() => deliverNotices(town.ports, delivery));
    },
    close: async (): Promise<void> => {
      await pump.stop();
      await town.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

export type World = Awaited<ReturnType<typeof openWorld>>;
