import type { Member } from '@time-bank/contracts/member';
import { RequestPage } from '@time-bank/contracts/request';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, FAR_AWAY, NEXT_DOOR, type Town, aRequest, startTown } from '../town.ts';
import { aRedemption, aSaver, aVisit } from './steps.ts';

// Lists show everything that is there, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

const list = (who: Member, scope: string, cursor?: string) =>
  town.ask(who, 'GET', `/api/requests?scope=${scope}${cursor === undefined ? '' : `&cursor=${cursor}`}`);

/** A page that was answered, as the contract has it. */
const pageOf = (answer: Answer): RequestPage => RequestPage.parse(answer.body);
const idsOf = ({ items }: RequestPage) => items.map(({ requestId }) => requestId);

/** All pages, and how long each was. */
const allPages = async (who: Member, scope: string) => {
  const ids: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(await list(who, scope, cursor));
    ids.push(...idsOf(page));
    sizes.push(page.items.length);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { ids, sizes };
};

/** Posts `count` requests an hour apart from each other; gives their ids, soonest first. */
const post = async (coordinator: Member, elder: Member, count: number): Promise<string[]> => {
  const bodies = Array.from({ length: count }, (_, index) =>
    aRequest(town, elder, { plannedStartAt: town.soon(60 * (index + 1)) }),
  );
  for (const body of bodies) await town.ask(coordinator, 'POST', '/api/requests', body);
  return bodies.map(({ requestId }) => requestId);
};

describe('open', () => {
  it('shows a volunteer what waits in their county, soonest first, and nothing of another county', async () => {
    const coordinator = await town.aCoordinator('341302');
    const [home, nextDoor] = [await town.anElder(), await town.anElder({ communityCode: NEXT_DOOR })];
    const later = aRequest(town, home, { plannedStartAt: town.soon(180) });
    const sooner = aRequest(town, nextDoor, { plannedStartAt: town.soon(120) });
    for (const body of [later, sooner]) await town.ask(coordinator, 'POST', '/api/requests', body);
    await aVisit(town, 'posted', {
      coordinator: await town.aCoordinator(FAR_AWAY),
      elder: await town.anElder({ communityCode: FAR_AWAY }),
    });
    const { ids } = await allPages(await town.aVolunteer(), 'open');
    expect(ids).toEqual([sooner.requestId, later.requestId]);
  });

  it('shows a family name, a community and a distance, and neither name, address, number nor note', async () => {
    const elder = await town.anElder({ name: '欧阳静怡', point: { latitude: 33.65, longitude: 116.97 } });
    await aVisit(town, 'posted', { elder, request: { note: '钥匙在邻居家' } });
    const { body } = await list(await town.aVolunteer(), 'open');
    expect(body.items).toMatchObject([
      {
        mine: 'none',
        communityName: '东仙桥社区居委会',
        distanceKm: 1.1,
        receiver: { memberId: elder.memberId, surname: '欧阳', gender: 'female' },
      },
    ]);
    const text = JSON.stringify(body);
    for (const secret of [elder.name, elder.address, elder.phone, '钥匙']) expect(text).not.toContain(secret);
  });

  it('shows neither taken, cancelled nor past requests, nor my own', async () => {
    const saver = await aSaver(town);
    const own = aRedemption(town, { plannedStartAt: town.soon(300) });
    await town.ask(saver, 'POST', '/api/redemptions', own);
    await aVisit(town, 'accepted');
    const cancelled = await aVisit(town, 'posted');
    await town.ask(cancelled.coordinator, 'POST', `${cancelled.path}/cancel`, {
      commandId: town.ids.command(),
      reason: '住院',
    });
    await aVisit(town, 'posted');
    town.pass(61);
    expect((await list(saver, 'open')).body).toEqual({ items: [] });
    expect((await allPages(await town.aVolunteer(), 'open')).ids).toEqual([own.requestId]);
  });

  it('is not for people who do not visit', async () => {
    for (const who of [await town.anElder(), await town.aCoordinator()]) {
      expect(await list(who, 'open')).toMatchObject({
        status: 403,
        body: { error: { code: 'not_allowed' } },
      });
    }
  });
});

describe('received', () => {
  it('shows an elder their own requests and nobody else theirs, latest first', async () => {
    const [coordinator, elder, other] = [
      await town.aCoordinator(),
      await town.anElder(),
      await town.anElder(),
    ];
    const ids = await post(coordinator, elder, 3);
    await post(coordinator, other, 1);
    expect((await allPages(elder, 'received')).ids).toEqual(ids.toReversed());
  });

  it('shows who comes, with a number to ring, once somebody has taken the visit', async () => {
    const { elder, volunteer } = await aVisit(town, 'accepted');
    const { body } = await list(elder, 'received');
    expect(body.items).toMatchObject([
      {
        state: 'accepted',
        mine: 'receiver',
        visit: { volunteer: { name: volunteer.name, phone: volunteer.phone } },
      },
    ]);
  });
});

describe('visits', () => {
  const seenBy = async (volunteer: Member) => pageOf(await list(volunteer, 'visits')).items[0];

  it.each(['accepted', 'begun', 'ended'] as const)(
    'shows name, number and address once %s',
    async (state) => {
      const { elder, volunteer } = await aVisit(town, state, { request: { note: '耳背' } });
      expect(await seenBy(volunteer)).toMatchObject({
        mine: 'volunteer',
        address: elder.address,
        receiverPhone: elder.phone,
        receiver: { name: elder.name, phone: elder.phone },
        note: '耳背',
      });
    },
  );

  it('hides them again when the visit is settled, and keeps the record of the hours', async () => {
    const { elder, volunteer } = await aVisit(town, 'settled', { request: { note: '耳背' } });
    const seen = await seenBy(volunteer);
    expect(seen).toMatchObject({
      state: 'settled',
      receiver: { memberId: elder.memberId, surname: '王', gender: 'female' },
      visit: { servedMinutes: 60, creditedMinutes: 60 },
    });
    const text = JSON.stringify(seen);
    for (const secret of [elder.name, elder.address, elder.phone, '耳背']) expect(text).not.toContain(secret);
  });

  it('hides them when the visit is cancelled', async () => {
    const { elder, volunteer, path, coordinator } = await aVisit(town, 'accepted');
    await town.ask(coordinator, 'POST', `${path}/cancel`, { commandId: town.ids.command(), reason: '住院' });
    const text = JSON.stringify(await seenBy(volunteer));
    for (const secret of [elder.name, elder.address, elder.phone]) expect(text).not.toContain(secret);
  });

  it('shows nobody the visits of another volunteer', async () => {
    await aVisit(town, 'accepted');
    expect((await list(await town.aVolunteer(), 'visits')).body).toEqual({ items: [] });
  });
});

describe('community', () => {
  it('shows a coordinator every state of the own communities from a week back, with people in full', async () => {
    const coordinator = await town.aCoordinator();
    const old = await aVisit(town, 'settled', { coordinator });
    town.pass(7 * 24 * 60 - 121);
    const settled = await aVisit(town, 'settled', { coordinator });
    const open = await aVisit(town, 'posted', { coordinator });
    await aVisit(town, 'posted', {
      coordinator: await town.aCoordinator(NEXT_DOOR),
      elder: await town.anElder({ communityCode: NEXT_DOOR }),
    });
    const { body } = await list(coordinator, 'community');
    expect(body.items).toMatchObject([
      { requestId: settled.requestId, state: 'settled', receiver: { name: settled.elder.name } },
      { requestId: open.requestId, state: 'published', address: open.elder.address },
    ]);
    expect(JSON.stringify(body)).not.toContain(old.requestId);
  });

  it('is for coordinators only', async () => {
    for (const who of [await town.anElder(), await town.aVolunteer()]) {
      expect((await list(who, 'community')).status).toBe(403);
    }
  });

  it('goes on from one community to the next, each request once', async () => {
    const district = await town.aCoordinator('341302');
    const ids = [
      ...(await post(district, await town.anElder(), 30)),
      ...(await post(district, await town.anElder({ communityCode: NEXT_DOOR }), 30)),
    ];
    const pages = await allPages(district, 'community');
    expect(pages.ids).toEqual(ids);
    expect(pages.sizes.slice(0, 2)).toEqual([25, 25]);
  });

  it('shows one community where it is named, page by page, and none that is not theirs', async () => {
    const district = await town.aCoordinator('341302');
    await post(district, await town.anElder(), 2);
    const ids = await post(district, await town.anElder({ communityCode: NEXT_DOOR }), 26);
    const named = (cursor?: string) => list(district, `community&community=${NEXT_DOOR}`, cursor);
    const first = pageOf(await named());
    const second = pageOf(await named(first.cursor));
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
    expect(second).not.toHaveProperty('cursor');
    for (const foreign of [FAR_AWAY, '999999999999']) {
      expect(await list(district, `community&community=${foreign}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'unknown_region' } },
      });
    }
  });

  it('goes on where a page ends with a community', async () => {
    const district = await town.aCoordinator('341302');
    const ids = [
      ...(await post(district, await town.anElder(), 25)),
      ...(await post(district, await town.anElder({ communityCode: NEXT_DOOR }), 1)),
    ];
    expect((await allPages(district, 'community')).ids).toEqual(ids);
  });
});

describe('pages', () => {
  it.each(['open', 'received', 'visits'])('%s: 25 at a time, each request once', async (scope) => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const volunteer = await town.aVolunteer();
    const bodies = Array.from({ length: 30 }, (_, index) =>
      aRequest(town, elder, { plannedStartAt: town.soon(60 + 24 * 60 * index) }),
    );
    for (const body of bodies) {
      await town.ask(coordinator, 'POST', '/api/requests', body);
      if (scope === 'visits') {
        await town.ask(volunteer, 'POST', `/api/requests/${body.requestId}/accept`, {
          visitId: town.ids.visit(),
        });
      }
    }
    const soonestFirst = bodies.map(({ requestId }) => requestId);
    const pages = await allPages(scope === 'received' ? elder : volunteer, scope);
    expect(pages.ids).toEqual(scope === 'open' ? soonestFirst : soonestFirst.toReversed());
    expect(pages.sizes).toEqual([25, 5]);
  });

  it('go on where they were, also when the first page has passed by in the meantime', async () => {
    const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
    const ids = await post(coordinator, elder, 27);
    const volunteer = await town.aVolunteer();
    const { cursor } = pageOf(await list(volunteer, 'open'));
    town.pass(25 * 60 + 30);
    const next = pageOf(await list(volunteer, 'open', cursor));
    expect(idsOf(next)).toEqual(ids.slice(25));
  });

  const fullTown = async () => {
    const coordinator = await town.aCoordinator('341302');
    const everything = await town.aMember({
      roles: [
        { role: 'resident', region: '341302001003' },
        { role: 'volunteer', region: '341302001003' },
        { role: 'coordinator', region: '341302' },
      ],
    });
    await post(coordinator, everything, 26);
    await post(coordinator, await town.anElder(), 26);
    return everything;
  };

  const refusedCursor = {
    status: 400,
    body: { error: { code: 'invalid_fields', details: [{ property: 'cursor' }] } },
  };

  it('refuses the cursor of another list', async () => {
    const member = await fullTown();
    const cursors: Record<string, string | undefined> = {};
    for (const scope of ['open', 'received', 'community']) {
      cursors[scope] = pageOf(await list(member, scope)).cursor;
      expect(cursors[scope]).toBeTypeOf('string');
    }
    for (const [made, cursor] of Object.entries(cursors)) {
      for (const scope of ['open', 'received', 'visits', 'community']) {
        if (scope !== made)
          expect(await list(member, scope, cursor), `${made} in ${scope}`).toMatchObject(refusedCursor);
      }
      expect(await town.ask(member, 'GET', `/api/account/entries?cursor=${String(cursor)}`)).toMatchObject(
        refusedCursor,
      );
    }
  });

  it("refuses the cursor of another person's list", async () => {
    const member = await fullTown();
    const { cursor } = pageOf(await list(member, 'received'));
    expect(await list(await town.anElder(), 'received', cursor)).toMatchObject(refusedCursor);
  });

  it("refuses a cursor into a community that isn't the coordinator's", async () => {
    const member = await fullTown();
    const { cursor } = pageOf(await list(member, 'community'));
    expect(await list(await town.aCoordinator(NEXT_DOOR), 'community', cursor)).toMatchObject(refusedCursor);
  });

  it('refuses a cursor that somebody has changed', async () => {
    const member = await fullTown();
    const cursor = String(pageOf(await list(member, 'received')).cursor);
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const changed = [
      cursor.slice(0, -4),
      'AAAA',
      '-',
      '341302001003-AAAA',
      written(null),
      written([]),
      written({}),
      written({ pk: key.pk }),
      written({ ...key, more: 'x' }),
      written({ ...key, pk: 7 }),
      written({ ...key, pk: '' }),
      written({ ...key, personKey: `RECEIVES#${town.ids.member()}` }),
      written({ ...key, personSort: '\ud800' }),
    ];
    for (const each of changed) {
      for (const scope of ['received', 'community']) {
        expect(await list(member, scope, each), `${scope} ${each}`).toMatchObject(refusedCursor);
      }
    }
  });

  it.each([
    '',
    'scope=',
    'scope=all',
    'scope=open&scope=received',
    'scope=open&limit=1000',
    'scope=open&cursor=%00',
    'scope=open&cursor=',
  ])('refuses the query "%s"', async (query) => {
    const answer = await town.ask(await town.aVolunteer(), 'GET', `/api/requests?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
  });
});
