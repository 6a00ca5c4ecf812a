/**
 * No table and no log shows anybody. Every message of every route is sent with a canary in everything that a person
 * wrote, by people with canaries in all their particulars; then everything that is stored or logged is searched,
 * as text and as any bytes that might be text.
 */
import { type AttributeValue, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { makeApp } from '@time-bank/api/app';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { values } from '@time-bank/store/item';
import { entryKey, memberKey, requestKey } from '@time-bank/store/keys';
import { BrokenSeal } from '@time-bank/store/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSealer } from '../seal/sealed-town.ts';
import { dump, verdictOn } from '../seal/stored.ts';
import { type Town, aRequest, liveVisit, startTown } from '../town.ts';
import { writtenMessages } from '../walks/messages.ts';

type Item = Record<string, AttributeValue>;

/** Two letters that nothing else has. */
const CANARY = '鹮鹮';

/** What is written by people and says nothing of one: names of firms, and what is decided in public. */
const inPublic: readonly { path: RegExp; fields: readonly string[] }[] = [
  { path: /^\/api\/purchases$/, fields: ['provider'] },
  { path: /^\/api\/policies$/, fields: ['reason'] },
  // What is announced to the whole community: the organisation's line names it, as it names any activity.
  { path: /^\/api\/activities$/, fields: ['title'] },
  { path: /^\/api\/organisations\/\w+\/(hours|donations)$/, fields: ['activity', 'note'] },
];

const hasWords = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** The same message with a canary in everything that somebody wrote. */
const marked = (value: unknown, exempt: readonly string[] = []): unknown => {
  if (typeof value === 'string') return hasWords(value) ? `${value}${CANARY}` : value;
  if (Array.isArray(value)) return value.map((each) => marked(each, exempt));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, exempt.includes(name) ? part : marked(part, exempt)]),
  );
};

const particulars = {
  address: `和平里1号楼${CANARY}`,
  point: { latitude: 33.641357, longitude: 116.971357 },
};

/**
 * The town, but whoever writes anything in it writes a canary, and whoever comes to it has one for a name. `told` hears
 * of each message with a canary that was taken.
 */
const amongCanaries = (town: Town, told: (path: string) => void): Town => {
  let people = 0;
  const named = () => {
    people += 1;
    return { name: `王${CANARY}${String(people)}`, ...particulars };
  };
  const aMember: Town['aMember'] = (given, how) => town.aMember({ ...named(), ...given }, how);
  return {
    ...town,
    aMember,
    anElder: aMember,
    aVolunteer: (given) => town.aVolunteer({ ...named(), ...given }),
    ask: async (who, method, path, body, headers) => {
      if (typeof body !== 'object' || body === null) return town.ask(who, method, path, body, headers);
      const exempt = inPublic.flatMap((row) => (row.path.test(path) ? row.fields : []));
      const message = marked(body, exempt);
      const answer = await town.ask(who, method, path, message, headers);
      if (answer.status < 300 && JSON.stringify(message).includes(CANARY)) told(path);
      return answer.status === 400 ? town.ask(who, method, path, body, headers) : answer;
    },
  };
};

const everything = async (town: Town): Promise<{ table: string; item: Item }[]> => {
  const found: { table: string; item: Item }[] = [];
  for (const [table, TableName] of Object.entries(town.connection.tables)) {
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await town.connection.client.send(
        new ScanCommand({ TableName, ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }) }),
      );
      found.push(...(page.Items ?? []).map((item) => ({ table, item })));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  return found;
};

/** Every text in a value: as it stands, as its bytes, and as what it would be if it were base64. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') {
    return [value, Buffer.from(value, 'base64').toString(), Buffer.from(value, 'base64').toString('latin1')];
  }
  if (typeof value === 'number') return [String(value)];
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return [bytes.toString(), bytes.toString('latin1'), ...textsOf(bytes.toString())];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsOf(part)]);
};

/** What of a person may stand nowhere. */
const personal: readonly { what: string; is: RegExp }[] = [
  { what: 'a name, an address, or words', is: new RegExp(CANARY) },
  { what: 'words, in base64', is: /6bmu6bmu|m5rum5r|pua7pua/ },
  { what: 'a telephone number', is: /100000000\d\d/ },
  { what: 'a day of birth', is: /1950-03-08|1962-05-01|1985-05-01/ },
  { what: 'a place on the map', is: /33\.641357|116\.971357/ },
];

const shownIn = (value: unknown): string[] => {
  const texts = textsOf(value);
  return personal.flatMap(({ what, is }) => (texts.some((text) => is.test(text)) ? [what] : []));
};

/** Where something personal stands in plain: table, kind of item, attribute, and what it is. */
const leaksIn = (found: readonly { table: string; item: Item }[]): string[] => [
  ...new Set(
    found.flatMap(({ table, item }) =>
      Object.entries(item).flatMap(([name, value]) => {
        const kind = [item['pk'], item['sk']].map((part) => part?.S?.split('#')[0]).join(' ');
        return shownIn(value).map((what) => `${table}, ${kind}, ${name}: ${what}`);
      }),
    ),
  ),
];

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

describe('somebody who reads every table and every line of the log', () => {
  const told = new Set<string>();
  /** A store that fails in the middle of it, and says so with a name. */
  const fail = async (who: Member): Promise<number> => {
    const journal = {
      ...town.ports.journal,
      readAccountNow: () => Promise.reject(new Error(`王${CANARY} +8610000000001`)),
    };
    const app = makeApp({ ...town.deps, ports: { ...town.ports, journal } });
    const place = { method: 'GET', path: '/api/account' };
    const headers = await town.headersOf(who, place);
    return (await app.request(`http://localhost${place.path}`, { headers })).status;
  };
  beforeAll(async () => {
    const among = amongCanaries(town, (path) => told.add(path.replaceAll(/[a-z]{3}_\w{26}/g, '*')));
    for (const { who, method, path, body } of (await writtenMessages(among)).values()) {
      await among.ask(who, method, path, body);
    }
  }, 120_000);

  it('finds nobody: no name, number, address, place, day of birth, nor a word that anybody wrote', async () => {
    expect(leaksIn(await everything(town))).toEqual([]);
  });

  it('has read what messages of every area said, each of which had something to hide', () => {
    expect([...told]).toEqual(
      expect.arrayContaining([
        '/api/corrections',
        '/api/family-ties',
        '/api/family-ties/end',
        '/api/members',
        '/api/members/*/particulars',
        '/api/members/*/assessments',
        '/api/me/data-wishes',
        '/api/requests',
        '/api/requests/*/cancel',
        '/api/accounts/*/freeze',
        '/api/accounts/*/close',
        '/api/linkages',
      ]),
    );
  });

  it('finds nobody in the log either, not even where the store fails with a name in its mouth', async () => {
    expect(await fail(await town.anElder())).toBe(500);
    expect(town.log.length).toBeGreaterThan(0);
    expect(town.log.flatMap((line) => shownIn(line))).toEqual([]);
  });

  it('would find whoever is there: the search sees through bytes and base64', () => {
    const text = `王${CANARY}`;
    const bytes = Buffer.from(text);
    const hidden: AttributeValue[] = [
      { S: text },
      { B: bytes },
      { S: bytes.toString('base64url') },
      { S: Buffer.from(`x${text}`).toString('base64') },
      { L: [{ M: { in: { S: text } } }] },
      { M: { [text]: { N: '1' } } },
    ];
    for (const value of hidden) expect(shownIn(value)).toContain('a name, an address, or words');
  });
});

describe('somebody who writes into the tables', () => {
  const care = () => town.connection.tables.care;
  const stored = async (Key: Item): Promise<Item> => {
    const { Item: item } = await town.connection.client.send(
      new GetItemCommand({ TableName: care(), Key, ConsistentRead: true }),
    );
    if (item === undefined) throw new Error('there is no such item');
    return item;
  };
  const put = (item: Item) =>
    town.connection.client.send(new PutItemCommand({ TableName: care(), Item: item }));
  const profileOf = ({ memberId }: Member): Item => values({ ...memberKey(memberId) });

  it.each([
    { what: 'particulars', names: ['sealed'] },
    { what: 'particulars with their key', names: ['sealed', 'dataKey'] },
    { what: 'data key', names: ['dataKey'] },
  ])('cannot give one person the $what of another', async ({ names }) => {
    const [one, other] = [await town.anElder(), await town.anElder()];
    const [mine, theirs] = [await stored(profileOf(one)), await stored(profileOf(other))];
    const taken = Object.fromEntries(Object.entries(theirs).filter(([name]) => names.includes(name)));
    await put({ ...mine, ...taken });
    await expect(town.ports.people.readMember(one.memberId)).rejects.toThrow(BrokenSeal);
    expect((await town.ask(one, 'GET', '/api/me')).status).toBe(500);
    await put(mine);
    expect(await town.ports.people.readMember(one.memberId)).toEqual(one);
  });

  it('cannot put what is sealed of a request into another', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const posted = [aRequest(town, elder), aRequest(town, elder, { note: '三楼' })];
    for (const body of posted) await town.ask(coordinator, 'POST', '/api/requests', body);
    const [first, second] = await Promise.all(
      posted.map(({ requestId }) => stored(values({ ...requestKey(requestId) }))),
    );
    if (first === undefined || second === undefined) throw new Error('not posted');
    await put({ ...first, sealed: second['sealed'] ?? {} } as Item);
    const read = town.ports.careBook.readRequestNow(posted[0]!.requestId);
    await expect(read).rejects.toThrow(BrokenSeal);
    await put(first);
  });
});

describe('somebody who writes into the ledger', () => {
  it('cannot put the note of one line beside another, whosever it is', async () => {
    const [coordinator, ...elders] = [await town.aCoordinator(), await town.anElder(), await town.anElder()];
    const lines = [];
    for (const { memberId } of elders) {
      const accountId = accountOf(memberId);
      const transferId = town.ids.transfer();
      const body = { transferId, reason: 'dispute', note: '来电' };
      await town.ask(coordinator, 'POST', `/api/accounts/${accountId}/freeze`, body);
      lines.push({ accountId, transferId });
    }
    const TableName = town.connection.tables.ledger;
    const items = await Promise.all(
      lines.map(async ({ accountId, transferId }) => {
        const Key = values({ ...entryKey(accountId, transferId) });
        return (await town.connection.client.send(new GetItemCommand({ TableName, Key }))).Item ?? {};
      }),
    );
    const [first, second] = items;
    expect(first?.['no']?.S).toMatch(/^sealed:1:[\w-]+$/);
    const Item = { ...first, ...(second?.['no'] === undefined ? {} : { no: second['no'] }) };
    await town.connection.client.send(new PutItemCommand({ TableName, Item }));
    const [line] = lines;
    if (line === undefined) throw new Error('not frozen');
    const read = town.ports.journal.readLineNow(line.accountId, line.transferId);
    await expect(read).rejects.toThrow(BrokenSeal);
  });
});

describe('a person who is erased', () => {
  it('is in no table and on no statement any more, and the books balance as before', async () => {
    const { coordinator, elder, volunteer } = {
      coordinator: await town.aCoordinator(),
      elder: await town.anElder(),
      volunteer: await town.aVolunteer(),
    };
    const visit = await liveVisit(town, { coordinator, elder, volunteer });
    const accountId = accountOf(volunteer.memberId);
    const freeze = { transferId: town.ids.transfer(), reason: 'dispute', note: `王${CANARY}来电` };
    expect((await town.ask(coordinator, 'POST', `/api/accounts/${accountId}/freeze`, freeze)).status).toBe(
      201,
    );
    const page = { limit: 5 };
    const notes = async () =>
      (await town.ports.journal.listEntriesNow(accountId, page)).items.map(({ note }) => note);
    expect(await notes()).toEqual([freeze.note, undefined]);
    const before = await town.ports.journal.readAccountNow(accountId);
    const stood = await town.ports.books.readAccountBooksNow(accountId, 0);

    for (const { memberId } of [elder, volunteer]) await town.ports.people.erase(memberId, town.now());

    expect(await town.ports.people.readMember(volunteer.memberId)).toBeUndefined();
    expect(await notes()).toEqual([undefined, undefined]);
    const line = await town.ports.journal.readLineNow(accountId, freeze.transferId);
    expect(line).not.toHaveProperty('entry.note');
    expect(await town.ports.journal.readAccountNow(accountId)).toEqual(before);
    expect(await town.ports.books.readAccountBooksNow(accountId, 0)).toEqual(stood);
    const [facts] = (await town.ports.careBook.listReceived(elder.memberId, page)).items;
    expect(facts?.request).toMatchObject({ receiver: { surname: '*' }, place: { address: '*' } });
    expect(visit).toBeDefined();
    const seen = await town.ask(coordinator, 'GET', `/api/requests/${facts?.request.requestId ?? ''}`);
    expect([seen.status, seen.body.receiver.surname]).toEqual([200, '*']);
    const sealer = aSealer(town.ports);
    await sealAccounts(
      sealer.work,
      [elder, volunteer].map(({ memberId }) => ({ subject: accountOf(memberId) })),
    );
  });

  it('leaves everything that was sealed for `verify` to find in order', async () => {
    const own = await startTown();
    try {
      const [coordinator, elder, volunteer] = [
        await own.aCoordinator(),
        await own.anElder(),
        await own.aVolunteer(),
      ];
      await liveVisit(own, { coordinator, elder, volunteer });
      const accountId = accountOf(volunteer.memberId);
      const freeze = { transferId: own.ids.transfer(), reason: 'dispute', note: `王${CANARY}来电` };
      await own.ask(coordinator, 'POST', `/api/accounts/${accountId}/freeze`, freeze);
      const sealer = aSealer(own.ports);
      const subjects = [coordinator, elder, volunteer].map(({ memberId }) => ({
        subject: accountOf(memberId),
      }));
      await sealAccounts(sealer.work, subjects);
      await own.ports.people.erase(volunteer.memberId, own.now());
      const verdict = await verdictOn(await dump(own.connection, sealer));
      expect(verdict).toMatchObject({ kind: 'balance' });
      await own.ask(coordinator, 'POST', `/api/accounts/${accountId}/unfreeze`, {
        transferId: own.ids.transfer(),
        note: '核实',
      });
      await sealAccounts(sealer.work, subjects);
      expect(await verdictOn(await dump(own.connection, sealer))).toMatchObject({ kind: 'balance' });
    } finally {
      await own.stop();
    }
  });
});
