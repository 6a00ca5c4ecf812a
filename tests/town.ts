/**
 * A small town for tests: a real engine, the real app, a clock that the test moves, and people who came in
 * through the real import, so that nothing in a test could not happen.
 */
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { makeApp } from '@time-bank/api/app';
import type { LogLine } from '@time-bank/api/deps';
import type { CallLimits } from '@time-bank/api/rate-limit';
import { type MemberId, type SessionId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { type Member, Phone, VisitCode } from '@time-bank/contracts/member';
import { CommunityCode, countyOf } from '@time-bank/contracts/region';
import { instantOf } from '@time-bank/contracts/time';
import { type ListedPerson, importPeople } from '@time-bank/desk/import-people';
import { keepWeek } from '@time-bank/desk/keep-week';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { type CodeMessage, type CodeSender, Unavailable } from '@time-bank/desk/ports';
import { type KnownBank, documentSigner } from '@time-bank/identity/document-signer';
import { parseTokenKeys } from '@time-bank/identity/token';
import { connect } from '@time-bank/store/client';
import { createTables, tablesAnswer } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { type Device, aDevice } from './device.ts';
import { type TestEngine, startEngine } from './engine.ts';
import { papers } from './papers.ts';
import { aSealer } from './seal/sealed-town.ts';
import { everyWay } from './walks-sign-in/houses.ts';
import { accessToken, rowOf } from './signed-in.ts';
import { testVault } from './vault.ts';

/** Two communities of one sub-district, and one of another county. */
export const HOME = CommunityCode.parse('341302001003');
export const NEXT_DOOR = CommunityCode.parse('341302001004');
export const FAR_AWAY = CommunityCode.parse('340102001001');

const regions = [
  { code: '34', name: '安徽省' },
  { code: '3413', name: '宿州市' },
  { code: '341302', name: '埇桥区' },
  { code: '341302001', name: '埇桥街道' },
  { code: HOME, name: '东仙桥社区居委会' },
  { code: NEXT_DOOR, name: '西仙桥社区居委会' },
  { code: '340102', name: '瑶海区' },
  { code: '340102001', name: '明光路街道' },
  { code: FAR_AWAY, name: '远方社区居委会' },
];

/** Saturday, 21 November 2026, ten in the morning in China. */
export const NOW = '2026-11-21T02:00:00.000Z';

/** What an answer is, read once. */
export interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into any answer
  body: any;
  headers: Headers;
}

const keys = parseTokenKeys(JSON.stringify({ test: randomBytes(48).toString('base64url') }));

/** A bank with a key of its own. */
export const aBank = (bank: string): KnownBank => ({
  bank,
  kid: `bank-${randomBytes(4).toString('hex')}`,
  key: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
});

/** Who makes the devices that call for help in this town. */
export const DEVICE_MAKER = { provider: 'ankang', secret: 'a-secret-of-the-maker-of-devices-0001' };

/** Another bank, whose documents the town believes. */
export const NEIGHBOUR = aBank('邻市时间银行');
/** One more of them. */
export const THIRD_BANK = aBank('远方时间银行');

const roomy = { max: 1_000_000, seconds: 60 };
/** Limits that no test reaches but those about limits. */
export const roomyLimits: CallLimits = {
  byAddress: { code: roomy, sign_in: roomy, question: roomy, refresh: roomy, look: roomy, device: roomy },
  looks: roomy,
  calls: roomy,
};

/** Starts a town, on an engine of its own unless it is given one. `stop` it when the file is done. */
export const startTown = async (given?: TestEngine) => {
  const engine = given ?? (await startEngine());
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const connection = connect({
    tables: { ledger: `${prefix}-ledger`, care: `${prefix}-care`, seals: `${prefix}-seals` },
    endpoint: engine.endpoint,
  });
  await createTables(connection);
  let nowMs = Date.parse(NOW);
  const clock = { nowMs: () => nowMs };
  const ids = idMaker(clock.nowMs);
  const ports = { clock, ids, ...dynamoPorts(connection, testVault, clock, Math.random) };
  await ports.regions.put(regions);
  const sent: CodeMessage[] = [];
  const notices: Parameters<CodeSender['sendNotice']>[0][] = [];
  const log: LogLine[] = [];
  const deps = {
    ports,
    keys,
    documentSigner: documentSigner(aBank('本市时间银行'), [NEIGHBOUR, THIRD_BANK]),
    codeSender: {
      send: (message: CodeMessage | undefined) => {
        if (message !== undefined) sent.unshift(message);
        return Promise.resolve();
      },
      sendNotice: (notice: Parameters<CodeSender['sendNotice']>[0]) => {
        notices.unshift(notice);
        return Promise.resolve();
      },
    },
    signIn: everyWay,
    deviceKeys: { [DEVICE_MAKER.provider]: [DEVICE_MAKER.secret] },
    addressOf: () => '192.0.2.1',
    limits: roomyLimits,
    tablesAnswer: () => tablesAnswer(connection),
    newErrorId: () => ids.command().slice(4),
    log: (line: LogLine) => {
      log.push(line);
    },
  };
  const app = makeApp(deps);

  /** The device of a member, made when it is first asked for. */
  const devices = new Map<MemberId, Device>();
  const deviceOf = ({ memberId }: Pick<Member, 'memberId'>): Device => {
    const device = devices.get(memberId) ?? aDevice();
    devices.set(memberId, device);
    return device;
  };

  const signIns = new Map<MemberId, { sessionId: SessionId; authority: number }>();
  /** The sign-in of a member as the tables have it. */
  const signInNow = async (member: Pick<Member, 'memberId'>) => {
    const { memberId } = member;
    const before = signIns.get(memberId)?.sessionId;
    const [kept, head] = await Promise.all([
      before === undefined ? undefined : ports.sessions.readNow(memberId, before),
      ports.journal.readAccountNow(accountOf(memberId)),
    ]);
    const authority = head?.authority ?? 0;
    if (kept !== undefined && kept.endedAt === undefined) return { sessionId: kept.sessionId, authority };
    const sessionId = ids.session();
    const asWhom = { member: { memberId, roles: [] }, sessionId, device: deviceOf(member) };
    await ports.sessions.start(rowOf(asWhom, nowMs));
    return { sessionId, authority };
  };
  /**
   * A member's sign-in with a passkey, on a device that may move hours; another one where it was ended. As it was last
   * where the tables are away.
   */
  const signInOf = async (member: Pick<Member, 'memberId'>) => {
    const before = signIns.get(member.memberId);
    try {
      const now = await signInNow(member);
      signIns.set(member.memberId, now);
      return now;
    } catch (error) {
      if (!(error instanceof Unavailable) || before === undefined) throw error;
      return before;
    }
  };
  /** Signs a new member in, so that nothing is written when they ask for something. */
  const withSession = async (member: Member): Promise<Member> => {
    await signInOf(member);
    return member;
  };

  let people = 0;
  /** Adds a person through the import. Left out: a woman of 76 who lives alone, with a telephone, in HOME. */
  const aMember = async (
    particulars: Partial<ListedPerson> = {},
    { phoneless = false } = {},
  ): Promise<Member> => {
    people += 1;
    const communityCode = particulars.communityCode ?? HOME;
    const listed: ListedPerson = {
      name: `王试${String(people)}`,
      birthDate: '1950-03-08',
      gender: 'female',
      address: `和平里${String(people)}号楼1单元101室`,
      languages: ['cmn'],
      roles: [{ role: 'resident', region: communityCode }],
      skills: [],
      freeTimes: [],
      livingSituation: 'alone',
      abilityLevel: 0,
      point: { latitude: 33.64, longitude: 116.97 },
      ...(particulars.roles?.some(({ role }) => role === 'volunteer') === true
        ? { volunteering: papers }
        : {}),
      ...(phoneless ? {} : { phone: Phone.parse(`+86100${String(people).padStart(8, '0')}`) }),
      ...particulars,
      communityCode,
    };
    const cardCode = () => VisitCode.parse(String(randomInt(1_000_000)).padStart(6, '0'));
    const report = await importPeople({ ...ports, cardCode }, [listed], false);
    if (report.added !== 1) throw new Error(`not added: ${JSON.stringify(report.problems)}`);
    const lists = await Promise.all([
      ports.people.listResidents(communityCode),
      ports.people.listVolunteers(countyOf(communityCode)),
    ]);
    const found = lists.flat().find(({ name }) => name === listed.name);
    if (found !== undefined) return withSession(found);
    const id = listed.phone === undefined ? undefined : await ports.people.findByPhone(listed.phone);
    const member = id === undefined ? undefined : await ports.people.readMember(id);
    if (member === undefined)
      throw new Error('a person who is neither resident nor volunteer needs a telephone here');
    return withSession(member);
  };
  const anElder = aMember;
  const aVolunteer = (particulars: Partial<ListedPerson> = {}): Promise<Member> => {
    const region = particulars.communityCode ?? HOME;
    return aMember({ birthDate: '1962-05-01', roles: [{ role: 'volunteer', region }], ...particulars });
  };
  const aCoordinator = (region: string = HOME): Promise<Member> =>
    aMember({
      birthDate: '1985-05-01',
      communityCode: CommunityCode.parse(region.padEnd(12, '0').slice(0, 12) === region ? region : HOME),
      roles: [{ role: 'coordinator', region }],
    });

  /** An access token of a member, with all their roles. */
  const tokenOf = async (member: Pick<Member, 'memberId' | 'roles'>): Promise<string> => {
    const signIn = await signInOf(member);
    return accessToken(keys, { member, ...signIn, device: deviceOf(member) }, nowMs);
  };

  /** What a member's client sends along: the token, and the proof that the message comes from their device. */
  const headersOf = async (
    who: Pick<Member, 'memberId' | 'roles'>,
    { method, path, body }: { method: string; path: string; body?: string | undefined },
  ): Promise<Record<string, string>> => {
    const token = await tokenOf(who);
    return {
      Authorization: `Bearer ${token}`,
      DPoP: deviceOf(who).prove({ method, path, body, token, nowMs }),
    };
  };

  /** Sends a message as a member, or as nobody. A string body goes as it is. */
  const ask = async (
    who: Member | undefined,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.request(`http://localhost${path}`, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(who === undefined ? {} : await headersOf(who, { method, path, body: sent })),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };

  const sealer = aSealer(ports, clock.nowMs);
  /** Seals the accounts of members as they stand, as the sealer would seconds later. */
  const seal = (...members: Member[]) =>
    sealAccounts(
      sealer.work,
      members.map(({ memberId }) => ({ subject: accountOf(memberId) })),
    );

  /** Moves the clock on. */
  const pass = (minutes: number): void => {
    nowMs += minutes * 60_000;
  };

  return {
    app,
    deps,
    ports,
    keys,
    connection,
    ids,
    sent,
    notices,
    log,
    aMember,
    anElder,
    aVolunteer,
    aCoordinator,
    tokenOf,
    deviceOf,
    headersOf,
    ask,
    seal,
    pass,
    now: () => instantOf(nowMs),
    /** Sets the clock. */
    setClock: (instant: string): void => {
      nowMs = Date.parse(instant);
    },
    /** An instant `minutes` from now. */
    soon: (minutes: number) => instantOf(nowMs + minutes * 60_000),
    /** Shows a request on the board, as the stream consumer would. */
    project: async (requestId: string): Promise<void> => {
      const facts = await ports.careBook.readRequestNow(
        requestId as Parameters<typeof ports.careBook.readRequestNow>[0],
      );
      if (facts !== undefined) await keepWeek(ports, facts.request);
    },
    stop: async (): Promise<void> => {
      connection.client.destroy();
      await engine.stop();
    },
  };
};

export type Town = Awaited<ReturnType<typeof startTown>>;

/** The body of a request for a companionship visit, an hour from now, for an hour. */
export const aRequest = (town: Town, receiver: Member, change: Record<string, unknown> = {}) => ({
  requestId: town.ids.request(),
  serviceCode: 'C01',
  receiverId: receiver.memberId,
  plannedStartAt: town.soon(60),
  plannedMinutes: 60,
  wishes: { languages: [] },
  ...change,
});

/** Lives a visit from posting to confirmation; `minutes` is how long the volunteer stays. Gives the ids used. */
export const liveVisit = async (
  town: Town,
  cast: { coordinator: Member; elder: Member; volunteer: Member; confirmer?: Member },
  minutes = 60,
) => {
  const body = aRequest(town, cast.elder);
  const path = `/api/requests/${body.requestId}`;
  const answers: Answer[] = [];
  answers.push(await town.ask(cast.coordinator, 'POST', '/api/requests', body));
  const visitId = town.ids.visit();
  answers.push(await town.ask(cast.volunteer, 'POST', `${path}/accept`, { visitId }));
  town.pass(60);
  const checkInId = town.ids.command();
  answers.push(
    await town.ask(cast.volunteer, 'POST', `${path}/check-in`, {
      commandId: checkInId,
      code: cast.elder.visitCode,
    }),
  );
  town.pass(minutes);
  const checkOutId = town.ids.command();
  answers.push(await town.ask(cast.volunteer, 'POST', `${path}/check-out`, { commandId: checkOutId }));
  const transferId = town.ids.transfer();
  answers.push(await town.ask(cast.confirmer ?? cast.elder, 'POST', `${path}/confirm`, { transferId }));
  return { requestId: body.requestId, body, visitId, checkInId, checkOutId, transferId, answers };
};
