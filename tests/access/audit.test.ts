/** What stands on record: who looked at whose file, who was refused, and what becomes of it when the log is away. */
import { makeApp } from '@time-bank/api/app';
import { accountOf } from '@time-bank/contracts/ids';
import type { ReaderPage } from '@time-bank/contracts/audit';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import type { RoleGrant } from '@time-bank/contracts/role';
import { civilDateOf } from '@time-bank/contracts/time';
import type { AuditEvent } from '@time-bank/desk/audit-event';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOME, NEXT_DOOR, type Town, aRequest, startTown } from '../town.ts';

let town: Town;
let coordinator: Member;
let elder: Member;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});
beforeEach(async () => {
  // A day of its own for each test: nothing of another one is in its log.
  town.pass(24 * 60);
  coordinator = await town.aCoordinator();
  elder = await town.anElder();
});

const inRole = async (...roles: RoleGrant[]): Promise<Member> => ({ ...(await town.anElder()), roles });
const today = () => civilDateOf(town.now());
const eventsOfDay = async (region?: string): Promise<AuditEvent[]> =>
  (await town.ports.auditLog.listOfDay(today(), region, { limit: 500 })).items;
const fileOf = ({ memberId }: Member) => `/api/accounts/${accountOf(memberId)}`;

describe('on record is', () => {
  it('who looked at an account: once, with the role, the place and the person', async () => {
    expect((await town.ask(coordinator, 'GET', fileOf(elder))).status).toBe(200);
    expect(await eventsOfDay(HOME)).toEqual([
      {
        eventId: expect.stringMatching(/^evt_/),
        at: town.now(),
        actorId: coordinator.memberId,
        as: 'coordinator',
        about: elder.memberId,
        action: 'read_member_account',
        outcome: 'done',
        subject: accountOf(elder.memberId),
        region: HOME,
        channel: 'web',
      },
    ]);
  });

  it('whoever had no authority, and what they tried', async () => {
    const answer = await town.ask(elder, 'GET', `/api/elders?community=${HOME}`);
    expect(answer.status).toBe(403);
    const events = await eventsOfDay(HOME);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      actorId: elder.memberId,
      action: 'list_elders',
      outcome: 'refused',
      code: 'not_allowed',
    });
    expect(events[0]).not.toHaveProperty('as');
  });

  it('who asked for what is not there, in their own county', async () => {
    const stranger = { ...elder, memberId: town.ids.member() };
    expect((await town.ask(coordinator, 'GET', fileOf(stranger))).status).toBe(404);
    expect(await eventsOfDay('341302')).toMatchObject([{ code: 'unknown_account', region: HOME }]);
  });

  it('what a rule refused to somebody with authority, and by which rule', async () => {
    const freezing = { transferId: town.ids.transfer(), note: '本人申请' };
    const answer = await town.ask(coordinator, 'POST', `${fileOf(elder)}/unfreeze`, freezing);
    expect(answer.body.error.code).toBe('account_not_frozen');
    expect(await eventsOfDay(HOME)).toMatchObject([
      { action: 'unfreeze_account', as: 'coordinator', outcome: 'refused', code: 'account_not_frozen' },
    ]);
  });

  it('nothing of what somebody does with their own', async () => {
    for (const path of ['/api/me', '/api/account', '/api/account/entries', '/api/me/readers']) {
      expect((await town.ask(elder, 'GET', path)).status, path).toBe(200);
    }
    expect(await eventsOfDay('341302')).toEqual([]);
  });

  it('nothing of a volunteer who looks at open requests, which show nobody', async () => {
    const body = aRequest(town, elder);
    await town.ask(coordinator, 'POST', '/api/requests', body);
    const before = await eventsOfDay('341302');
    const volunteer = await town.aVolunteer();
    const answer = await town.ask(volunteer, 'GET', `/api/requests/${body.requestId}`);
    expect(answer.body.receiver).toEqual({ memberId: elder.memberId, surname: '王', gender: 'female' });
    expect(await eventsOfDay('341302')).toEqual(before);
    await town.ask(coordinator, 'GET', `/api/requests/${body.requestId}`);
    expect(await eventsOfDay('341302')).toHaveLength(before.length + 1);
  });
});

describe('while the log cannot be written', () => {
  const away = () =>
    makeApp({
      ...town.deps,
      ports: {
        ...town.ports,
        auditLog: { ...town.ports.auditLog, append: () => Promise.reject(new Unavailable('away')) },
      },
    });
  const get = async (who: Member, path: string) =>
    away().request(path, { headers: await town.headersOf(who, { method: 'GET', path }) });

  it('nobody sees a file of another', async () => {
    const address = elder.address;
    for (const path of [`/api/elders?community=${HOME}`, fileOf(elder), `${fileOf(elder)}/entries`]) {
      const response = await get(coordinator, path);
      const text = await response.text();
      expect(response.status, path).toBe(503);
      expect(JSON.parse(text), path).toMatchObject({ error: { code: 'unavailable' } });
      for (const secret of [elder.name, address, elder.phone!]) expect(text).not.toContain(secret);
    }
  });

  it('nobody is refused without a trace, and everybody sees their own', async () => {
    expect((await get(elder, `/api/elders?community=${HOME}`)).status).toBe(503);
    expect((await get(elder, '/api/account')).status).toBe(200);
  });
});

describe('the page of who looked at my file', () => {
  const readersOf = async (who: Member, query = '') =>
    (await town.ask(who, 'GET', `/api/me/readers${query}`)).body as ReaderPage & {
      error: { code: string };
    };

  it('says in which role, by the family name, newest first; not those who were refused', async () => {
    const counter = await inRole({ role: 'counter', region: HOME });
    const outsider = await town.aCoordinator(NEXT_DOOR);
    await town.ask(counter, 'GET', fileOf(elder));
    town.pass(1);
    await town.ask(coordinator, 'GET', `${fileOf(elder)}/entries`);
    await town.ask(outsider, 'GET', fileOf(elder));
    const page = await readersOf(elder);
    expect(page).toEqual({
      items: [
        {
          at: town.now(),
          as: 'coordinator',
          reader: { surname: '王', gender: 'female' },
          matter: 'hours',
          act: 'read_member_account',
          channel: 'web',
        },
        {
          at: town.soon(-1),
          as: 'counter',
          reader: { surname: '王', gender: 'female' },
          matter: 'hours',
          act: 'read_member_account',
          channel: 'counter',
        },
      ],
    });
  });

  it('goes on over several pages without losing or repeating anybody', async () => {
    for (let times = 0; times < 27; times += 1) {
      town.pass(1);
      await town.ask(coordinator, 'GET', fileOf(elder));
    }
    const first = await readersOf(elder);
    const second = await readersOf(elder, `?cursor=${String(first.cursor)}`);
    const times = [...first.items, ...second.items].map(({ at }) => at);
    expect(times).toHaveLength(27);
    expect([...new Set(times)].sort().reverse()).toEqual(times);
  });

  it("is for the ward's guardian, too, for as long as they are one", async () => {
    const guardian = await town.anElder();
    await town.ports.personFiles.put({
      kind: 'binding',
      memberId: elder.memberId,
      fileId: town.ids.file(),
      version: 1,
      at: town.now(),
      state: 'bound',
      otherId: guardian.memberId,
      terms: {
        kind: 'guardian',
        scopes: ['order'],
        spendMinutesMax: 0,
        until: today(),
        document: DocumentNumber.parse('JH-2026-0001'),
        proof: '监护判决书',
      },
      proposedBy: guardian.memberId,
      spentMinutes: 0,
    });
    await town.ask(coordinator, 'GET', fileOf(elder));
    const query = `?memberId=${elder.memberId}`;
    // The guardian's own look stands in the log once it is done.
    expect((await readersOf(guardian, query)).items).toMatchObject([{ as: 'coordinator' }]);
    town.pass(1);
    expect((await readersOf(guardian, query)).items).toMatchObject([
      { as: 'guardian', matter: 'file', channel: 'family' },
      { as: 'coordinator' },
    ]);
    town.pass(24 * 60);
    expect((await readersOf(guardian, query)).error.code).toBe('unknown_member');
  });

  it('is for nobody else, and answers of nobody alike', async () => {
    const other = await readersOf(await town.anElder(), `?memberId=${elder.memberId}`);
    const none = await readersOf(await town.anElder(), `?memberId=${town.ids.member()}`);
    expect(other.error.code).toBe('unknown_member');
    expect(none).toEqual(other);
  });
});

describe('the log of a day', () => {
  it('is for the auditor, the administrator and the county of the region, and nobody else', async () => {
    await town.ask(coordinator, 'GET', fileOf(elder));
    const place = `?day=${today()}&region=341302`;
    for (const role of ['auditor', 'administrator', 'county'] as const) {
      const answer = await town.ask(await inRole({ role, region: '341302' }), 'GET', `/api/audit${place}`);
      expect(answer.body.items[0], role).toMatchObject({ about: elder.memberId });
      const elsewhere = await inRole({ role, region: '340102' });
      expect((await town.ask(elsewhere, 'GET', `/api/audit${place}`)).status, role).toBe(404);
    }
    expect((await town.ask(coordinator, 'GET', `/api/audit${place}`)).status).toBe(403);
  });

  it('tells who read it, too', async () => {
    const auditor = await inRole({ role: 'auditor', region: '341302' });
    await town.ask(auditor, 'GET', `/api/audit?day=${today()}&region=341302`);
    expect(await eventsOfDay('341302')).toMatchObject([
      { action: 'read_audit', as: 'auditor', actorId: auditor.memberId, outcome: 'done' },
    ]);
  });

  it('without a region is what belongs to none, for administrators', async () => {
    const administrator = await inRole({ role: 'administrator', region: '341302' });
    const auditor = await inRole({ role: 'auditor', region: '341302' });
    expect((await town.ask(administrator, 'GET', `/api/audit?day=${today()}`)).status).toBe(200);
    expect((await town.ask(auditor, 'GET', `/api/audit?day=${today()}`)).status).toBe(404);
  });

  it('has nothing in it that a person wrote or by which they are found', async () => {
    await town.ask(coordinator, 'POST', '/api/members/find', { phone: elder.phone!.slice(3) });
    await town.ask(coordinator, 'POST', `${fileOf(elder)}/freeze`, {
      transferId: town.ids.transfer(),
      reason: 'dispute',
      note: '邻居来电说明',
    });
    const text = JSON.stringify(await eventsOfDay('341302'));
    for (const secret of [elder.name, elder.address, elder.phone!, elder.phone!.slice(3), '邻居']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('the log is kept', () => {
  it('for as long as the region of what was looked at has decided', async () => {
    const kept: (number | undefined)[] = [];
    const append = (_event: AuditEvent, days?: number): Promise<void> => {
      kept.push(days);
      return Promise.resolve();
    };
    const app = makeApp({
      ...town.deps,
      ports: { ...town.ports, auditLog: { ...town.ports.auditLog, append } },
    });
    const look = async () => {
      const path = fileOf(elder);
      await app.request(path, { headers: await town.headersOf(coordinator, { method: 'GET', path }) });
    };
    await look();
    const [one, other] = [
      await inRole({ role: 'county', region: '341302' }),
      await inRole({ role: 'county', region: '341302' }),
    ];
    const proposalId = town.ids.command();
    await town.ask(one, 'POST', '/api/policies', {
      proposalId,
      region: '341302',
      validFrom: civilDateOf(town.soon(48 * 60)),
      values: { logRetentionDaysMin: 3650 },
      reason: '档案管理要求',
    });
    expect((await town.ask(other, 'POST', '/api/policies/approvals', { proposalId })).status).toBe(201);
    town.pass(48 * 60);
    await look();
    expect(kept).toEqual([1095, 3650]);
  });
});

describe('the log as a file', () => {
  const fileAs = async (format: string) => {
    const auditor = await inRole({ role: 'auditor', region: '341302' });
    const path = `/api/audit/export?day=${today()}&region=341302&format=${format}`;
    const response = await town.app.request(path, {
      headers: await town.headersOf(auditor, { method: 'GET', path }),
    });
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    return { headers: response.headers, lines: text.trimEnd().split(/\r?\n/) };
  };

  it('is a table with a line for each event', async () => {
    await town.ask(coordinator, 'GET', fileOf(elder));
    const answer = await fileAs('csv');
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="audit-${today()}-341302.csv"`,
    );
    const [heading, ...lines] = answer.lines;
    expect(heading).toBe(
      '\uFEFFeventId,at,actorId,as,about,action,outcome,code,subject,region,channel,check,recording',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(
      `${coordinator.memberId},coordinator,${elder.memberId},read_member_account,done`,
    );
  });

  it('is one JSON object a line', async () => {
    await town.ask(coordinator, 'GET', fileOf(elder));
    await town.ask(elder, 'GET', `/api/elders?community=${HOME}`);
    const { lines } = await fileAs('jsonl');
    expect(lines.map((line) => (JSON.parse(line) as AuditEvent).action)).toEqual([
      'read_member_account',
      'list_elders',
    ]);
  });

  it('says where to go on where a day is long', async () => {
    const line = (index: number): AuditEvent => ({
      eventId: town.ids.event(),
      at: town.now(),
      action: 'read_elder_file',
      outcome: 'done',
      subject: String(index),
      channel: 'web',
    });
    const pages = [...Array(12).keys()].map((page) => ({
      items: [...Array(500).keys()].map((index) => line(page * 500 + index)),
      ...(page === 11 ? {} : { cursor: String(page + 1) }),
    }));
    const listOfDay = (_day: unknown, _region: unknown, { cursor = '0' }: { cursor?: string | undefined }) =>
      Promise.resolve(pages[Number(cursor)]!);
    const app = makeApp({
      ...town.deps,
      ports: { ...town.ports, auditLog: { ...town.ports.auditLog, listOfDay } },
    });
    const auditor = await inRole({ role: 'auditor', region: '341302' });
    const read = async (path: string) =>
      app.request(path, { headers: await town.headersOf(auditor, { method: 'GET', path }) });
    const first = await read(`/api/audit/export?day=${today()}&region=341302&format=jsonl`);
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get('Link') ?? '')?.[1];
    const second = await read(next!);
    expect(second.headers.get('Link')).toBeNull();
    const lines = [await first.text(), await second.text()].join('').trimEnd().split('\n');
    expect(lines.map((each) => Number(JSON.parse(each).subject))).toEqual([...Array(6_000).keys()]);
  });
});

interface ElderRows {
  items: { name: string }[];
}

describe('an auditor', () => {
  it('reads lists, boards and statements without knowing whom', async () => {
    const auditor = await inRole({ role: 'auditor', region: '341302' });
    await town.ask(coordinator, 'POST', `${fileOf(elder)}/freeze`, {
      transferId: town.ids.transfer(),
      reason: 'dispute',
      note: '家属来电',
    });
    for (const path of [
      `/api/elders?community=${HOME}`,
      `/api/coverage?community=${HOME}`,
      fileOf(elder),
      `${fileOf(elder)}/entries`,
    ]) {
      const answer = await town.ask(auditor, 'GET', path);
      const text = JSON.stringify(answer.body);
      expect(answer.status, path).toBe(200);
      for (const secret of [elder.name, elder.address, elder.phone!, '家属来电']) {
        expect(text, path).not.toContain(secret);
      }
      expect(await eventsOfDay('341302'), path).toContainEqual(
        expect.objectContaining({ as: 'auditor', outcome: 'done' }),
      );
    }
    const { items } = (await town.ask(auditor, 'GET', `/api/elders?community=${HOME}`)).body as ElderRows;
    expect(new Set(items.map(({ name }) => name))).toEqual(new Set(['王*']));
  });
});

describe('from above the county', () => {
  const read = async (role: RoleGrant['role'], region: string) =>
    (await town.ask(await inRole({ role, region }), 'GET', `/api/elders?community=${HOME}`)).status;

  it('nobody sees an elder until the city or the province says so', async () => {
    expect(await read('coordinator', '3413')).toBe(404);
    expect(await read('coordinator', '341302')).toBe(200);
    const [one, other] = [
      await inRole({ role: 'city', region: '3413' }),
      await inRole({ role: 'city', region: '3413' }),
    ];
    const proposalId = town.ids.command();
    const proposed = await town.ask(one, 'POST', '/api/policies', {
      proposalId,
      region: '3413',
      validFrom: civilDateOf(town.soon(48 * 60)),
      values: { personalDetailAboveCounty: true },
      reason: '市级抽查试点',
    });
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
    expect((await town.ask(other, 'POST', '/api/policies/approvals', { proposalId })).status).toBe(201);
    expect(await read('coordinator', '3413')).toBe(404);
    town.pass(48 * 60);
    expect(await read('coordinator', '3413')).toBe(200);
    expect(await read('coordinator', '34')).toBe(200);
    expect(await read('coordinator', '3401')).toBe(404);
  });
});
