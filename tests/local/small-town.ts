/**
 * A small town in a data folder, with visits of the last weeks made through the door by a clock that is set back:
 * eight neighbours who have hours, give them to each other, and have visits that wait to be confirmed.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { makeApp } from '@time-bank/api/app';
import { type MemberId, type RequestId, SessionId, type TransferId, idMaker } from '@time-bank/contracts/ids';
import { type Member, Phone, VisitCode } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { instantOf } from '@time-bank/contracts/time';
import { type ListedPerson, importPeople } from '@time-bank/desk/import-people';
import { localVault } from '@time-bank/local/personal-keys';
import { readLocalSettings } from '@time-bank/local/settings';
import { type OpenStore, openStore } from '@time-bank/local/store-at';
import { localTokenKeys } from '@time-bank/local/token-keys';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { type Device, aDevice } from '../device.ts';
import { papers } from '../papers.ts';
import { type SignedInAs, accessToken, rowOf } from '../signed-in.ts';
import type { Folder } from './commands.ts';

export const HOME = CommunityCode.parse('341302001003');
/** Where the neighbours' donations go. */
export const POOL = 'pool:341302001';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Days of four hours, the most that a day credits. */
const DAYS_SERVED = 10;
/**
 * Visits of half an hour that wait to be confirmed: on the last two days so many each day paid by the community, and so
 * many by the neighbour. After three days a visit counts by silence, and here the word itself is to be watched.
 */
const WAITING = { days: 2, aDay: 3 };

/** A visit that waits for its receiver's word. */
export interface Waiting {
  requestId: RequestId;
  /** Who says that it took place. */
  receiver: Member;
  volunteer: Member;
  isPaidByReceiver: boolean;
}

/** One of the eight: gives hours to the next one. */
export interface Neighbour {
  member: Member;
  next: Member;
  waiting: Waiting[];
}

/** The people, and the lines that stand on their accounts before anything else happens. */
export interface SmallTown {
  neighbours: Neighbour[];
  everybody: Member[];
  lines: TransferId[];
}

const settingsOf = (folder: Folder) => readLocalSettings({ ...process.env, ...folder.environment });

/** What opens the sealed parts of a folder's tables. */
export const vaultOf = (folder: Folder) => localVault(settingsOf(folder));

/** The tables of a folder, while no service runs on it. */
export const openTables = async (folder: Folder): Promise<OpenStore> =>
  openStore(settingsOf(folder), { share: false });

const keysOf = (folder: Folder) => localTokenKeys(join(folder.dataDir, 'token-keys.json'));

const devices = new Map<MemberId, Device>();
const deviceOf = ({ memberId }: Member): Device => {
  const device = devices.get(memberId) ?? aDevice();
  devices.set(memberId, device);
  return device;
};
const signedInAs = (member: Member): SignedInAs => ({
  member,
  sessionId: SessionId.parse(`ses_${member.memberId.slice(4)}`),
  device: deviceOf(member),
});

/** Signs tokens as the service of the folder does. */
export const tokenOf = (folder: Folder, member: Member, nowMs: number): Promise<string> =>
  accessToken(keysOf(folder), signedInAs(member), nowMs);

/** What a member's client sends along with a command: the token, and the proof that it comes from their device. */
export const headersOf = async (
  folder: Folder,
  member: Member,
  command: { path: string; body: string; nowMs: number },
): Promise<Record<string, string>> => {
  const token = await tokenOf(folder, member, command.nowMs);
  return {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${token}`,
    DPoP: deviceOf(member).prove({ method: 'POST', token, ...command }),
  };
};

const listed = (number: number, change: Partial<ListedPerson>): ListedPerson => ({
  name: `王试${String(number)}`,
  birthDate: '1950-03-08',
  gender: 'female',
  communityCode: HOME,
  address: `和平里${String(number)}号楼1单元101室`,
  languages: ['cmn'],
  roles: [{ role: 'resident', region: HOME }],
  skills: [],
  freeTimes: [],
  phone: Phone.parse(`+86100${String(number).padStart(8, '0')}`),
  ...change,
});

const regions = [
  { code: '34', name: '安徽省' },
  { code: '3413', name: '宿州市' },
  { code: '341302', name: '埇桥区' },
  { code: '341302001', name: '埇桥街道' },
  { code: HOME, name: '东仙桥社区居委会' },
];

/** Fills the folder's tables. The engine runs only meanwhile. */
export const buildSmallTown = async (folder: Folder, neighbourCount: number): Promise<SmallTown> => {
  const store = await openTables(folder);
  try {
    const today = Date.now();
    let nowMs = today;
    const clock = { nowMs: () => nowMs };
    const nobodyMoves = () => Promise.reject(new Error('nobody moves here'));
    const ports = {
      clock,
      ids: idMaker(clock.nowMs),
      ...dynamoPorts(store.connection, vaultOf(folder), clock, Math.random),
      documentSigner: { bank: 'test', sign: nobodyMoves, verify: nobodyMoves },
    };
    const app = makeApp({
      ports,
      keys: keysOf(folder),
      addressOf: () => '192.0.2.1',
      tablesAnswer: () => Promise.resolve(true),
      newErrorId: () => 'error',
      log: (line) => {
        throw new Error(JSON.stringify(line));
      },
    });
    await ports.regions.put(regions);
    const both = (['resident', 'volunteer'] as const).map((role) => ({ role, region: HOME }));
    const list = [
      listed(0, { birthDate: '1985-05-01', roles: [{ role: 'coordinator', region: HOME }] }),
      ...Array.from({ length: neighbourCount }, (_, n) =>
        listed(10 + n, { birthDate: '1960-05-01', roles: both, volunteering: papers }),
      ),
      ...Array.from({ length: neighbourCount }, (_, n) => listed(100 + n, {})),
    ];
    const cardCode = () => VisitCode.parse(String(randomInt(1_000_000)).padStart(6, '0'));
    const report = await importPeople({ ...ports, cardCode }, list, false);
    if (report.added !== list.length) throw new Error(JSON.stringify(report.problems));
    const everybody = await Promise.all(
      list.map(async ({ phone }) => {
        const id = phone === undefined ? undefined : await ports.people.findByPhone(phone);
        const member = id === undefined ? undefined : await ports.people.readMember(id);
        if (member === undefined) throw new Error('somebody was not added');
        return member;
      }),
    );
    const [coordinator, ...others] = everybody;
    if (coordinator === undefined) throw new Error('there is no coordinator');
    await ports.sessions.start(rowOf(signedInAs(coordinator), nowMs));
    const tell = async (who: Member, path: string, body: object): Promise<void> => {
      const sent = { path: `/api${path}`, body: JSON.stringify(body), nowMs };
      const headers = await headersOf(folder, who, sent);
      const response = await app.request(sent.path, { method: 'POST', headers, body: sent.body });
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    };

    const lines: TransferId[] = [];
    /** A visit from its request to its end, so many days and hours ago. */
    const visit = async (
      { receiver, volunteer, isPaidByReceiver }: Omit<Waiting, 'requestId'>,
      when: { daysAgo: number; hour: number; minutes: number },
    ): Promise<Waiting> => {
      const startMs = Math.floor(today / DAY_MS - when.daysAgo) * DAY_MS + when.hour * HOUR_MS;
      nowMs = startMs - HOUR_MS;
      // A maker's ids never go back in time, and the clock does.
      const ids = idMaker(clock.nowMs);
      const requestId = ids.request();
      const wanted = {
        requestId,
        serviceCode: 'C01',
        plannedStartAt: instantOf(startMs),
        plannedMinutes: when.minutes,
        wishes: { languages: [] },
      };
      const path = `/requests/${requestId}`;
      if (isPaidByReceiver) {
        await tell(receiver, '/redemptions', wanted);
        lines.push(`trf_${requestId.slice(4)}` as TransferId);
      } else await tell(coordinator, '/requests', { ...wanted, receiverId: receiver.memberId });
      await tell(volunteer, `${path}/accept`, { visitId: ids.visit() });
      nowMs = startMs;
      await tell(volunteer, `${path}/check-in`, { commandId: ids.command(), code: receiver.visitCode });
      nowMs = startMs + when.minutes * 60_000;
      await tell(volunteer, `${path}/check-out`, { commandId: ids.command() });
      return { requestId, receiver, volunteer, isPaidByReceiver };
    };

    const helpers = others.slice(0, neighbourCount);
    const neighbours = helpers.map((member, index) => ({
      member,
      next: helpers[(index + 1) % neighbourCount] ?? member,
      elder: others[neighbourCount + index] ?? member,
    }));
    const live = async ({ member, next, elder }: (typeof neighbours)[number]): Promise<Neighbour> => {
      for (let day = 1; day <= DAYS_SERVED; day += 1) {
        const part = { receiver: elder, volunteer: member, isPaidByReceiver: false };
        const { requestId } = await visit(part, { daysAgo: WAITING.days + day, hour: 1, minutes: 240 });
        const transferId = idMaker(clock.nowMs).transfer();
        await tell(elder, `/requests/${requestId}/confirm`, { transferId });
        lines.push(transferId);
      }
      const waiting: Waiting[] = [];
      for (let number = 0; number < WAITING.days * WAITING.aDay; number += 1) {
        const daysAgo = 1 + (number % WAITING.days);
        const hour = 4 + Math.floor(number / WAITING.days);
        const forElder = { receiver: elder, volunteer: member, isPaidByReceiver: false };
        waiting.push(await visit(forElder, { daysAgo, hour, minutes: 30 }));
        const forMember = { receiver: member, volunteer: next, isPaidByReceiver: true };
        waiting.push(await visit(forMember, { daysAgo, hour: hour + WAITING.aDay, minutes: 30 }));
      }
      nowMs = today;
      const transferId = idMaker(clock.nowMs).transfer();
      await tell(coordinator, '/family-ties', {
        transferId,
        giverId: member.memberId,
        receiverId: next.memberId,
        relation: 'spouse',
        proof: '结婚证',
      });
      lines.push(transferId);
      return { member, next, waiting };
    };
    // One after the other: they share one clock.
    const lived: Neighbour[] = [];
    for (const neighbour of neighbours) lived.push(await live(neighbour));
    return { neighbours: lived, everybody, lines };
  } finally {
    await store.close();
  }
};
