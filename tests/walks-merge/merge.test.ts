import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { DuplicateList } from '@time-bank/contracts/merging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, aRequest, liveVisit, startTown } from '../town.ts';
import { aMerge, aTwin } from './messages.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
}, 60_000);
afterAll(() => town.stop());

const PATH = '/api/members/merges';
const now = (member: Member) => town.ports.people.readMember(member.memberId);
const particulars = async (member: Member) => {
  const { version: _version, ...rest } = (await now(member))!;
  return rest;
};
const merge = (body: object, who = coordinator) => town.ask(who, 'POST', PATH, body);
const undo = (mergeId: string, keep: Member, body: object = {}, who = coordinator) =>
  town.ask(who, 'POST', `${PATH}/${mergeId}/undo`, {
    undoId: town.ids.file(),
    keepId: keep.memberId,
    reason: '是两位老人',
    ...body,
  });
const phoneless = async (twin: { keep: Member; drop: Member }) => {
  const { phone: _phone, ...without } = twin.keep;
  expect(await town.ports.people.change(twin.keep, { ...without, version: 1 })).toBe(true);
  return { keep: (await now(twin.keep))!, drop: twin.drop };
};

describe('a merge', () => {
  it('leaves one person with the particulars of the kept one and what either can do', async () => {
    const region = HOME;
    const { keep, drop } = await aTwin(town, {
      roles: [
        { role: 'resident', region },
        { role: 'volunteer', region },
      ],
      skills: ['chat'],
      freeTimes: [{ weekday: 2, fromMinute: 540, toMinute: 600 }],
    });
    const body = aMerge(town, { keep, drop });
    const answer = await merge(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ keepVersion: 1, dropVersion: 1, dropId: drop.memberId });
    const after = (await now(keep))!;
    expect(after).toMatchObject({ name: keep.name, phone: keep.phone, address: keep.address });
    expect([...after.languages].sort()).toEqual(['cmn', 'yue']);
    expect(after.skills).toEqual(['chat']);
    expect(after.freeTimes).toHaveLength(1);
    expect(after.roles.map(({ role }) => role).sort()).toEqual(['resident', 'volunteer']);
    expect(after.volunteering).toEqual(drop.volunteering);
  });

  it('takes the other one out of the lists, their number and their sign-in', async () => {
    const { keep, drop } = await aTwin(town);
    const token = await town.tokenOf(drop);
    const body = aMerge(town, { keep, drop });
    expect((await merge(body)).status).toBe(201);
    const residents = (await town.ports.people.listResidents(HOME)).map(({ memberId }) => memberId);
    expect(residents).toContain(keep.memberId);
    expect(residents).not.toContain(drop.memberId);
    expect(await town.ports.people.findByPhone(drop.phone!)).toBeUndefined();
    expect((await now(drop))!.roles).toEqual([]);
    const sessions = await town.ports.sessions.listNow(drop.memberId);
    expect(sessions.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    expect(token).not.toBe('');
    const asked = town.sent.length;
    await town.ask(undefined, 'POST', '/api/sign-in/codes', {
      challengeId: town.ids.challenge(),
      phone: drop.phone,
    });
    expect(town.sent).toHaveLength(asked);
  });

  it('leads the number of the other one to the kept one, who has none', async () => {
    const twin = await phoneless(await aTwin(town));
    expect((await merge(aMerge(town, twin))).status).toBe(201);
    expect(await town.ports.people.findByPhone(twin.drop.phone!)).toBe(twin.keep.memberId);
    expect((await now(twin.keep))!.phone).toBe(twin.drop.phone);
  });

  it('sent twice is carried out once, and is a refusal under the same id with another content', async () => {
    const body = aMerge(town, await aTwin(town));
    const first = await merge(body);
    const again = await merge(body);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await merge({ ...body, reason: '别的理由' });
    expect(other.body.error.code).toBe('exists_with_different_content');
  });

  it('that was cut off in between is finished by the same message', async () => {
    const { keep, drop } = await aTwin(town);
    const body = aMerge(town, { keep, drop });
    const { change } = town.ports.people;
    let calls = 0;
    town.ports.people.change = (before, after) => {
      calls += 1;
      if (calls === 2) throw new Error('cut off');
      return change(before, after);
    };
    const cut = await merge(body);
    town.ports.people.change = change;
    expect(cut.status).toBe(500);
    expect((await now(drop))!.roles).toEqual([]);
    expect((await merge(body)).status).toBe(201);
    expect((await now(keep))!.languages).toContain('yue');
  });

  it('of records that have changed since they were read is refused', async () => {
    const { keep, drop } = await aTwin(town);
    const body = { ...aMerge(town, { keep, drop }), keepVersion: 1 };
    expect((await merge(body)).body.error.code).toBe('changed_meanwhile');
    expect((await now(drop))!.roles).toHaveLength(1);
  });
});

describe('a merge is not possible', () => {
  const refusedWith = async (twin: { keep: Member; drop: Member }, ...reasons: string[]) => {
    const answer = await merge(aMerge(town, twin));
    expect(answer.status).toBe(409);
    expect(answer.body.error).toMatchObject({ code: 'merge_not_possible', reasons });
    expect((await now(twin.drop))!.roles).not.toEqual([]);
  };

  it('of two who do not look alike', async () => {
    await refusedWith(await aTwin(town, { birthDate: '1948-02-04' }), 'not_alike');
    await refusedWith(await aTwin(town, { gender: 'male' }), 'not_alike');
    await refusedWith(await aTwin(town, { name: '孙不同' }), 'not_alike');
  });

  it('with a role of staff', async () => {
    const roles = [
      { role: 'resident' as const, region: HOME },
      { role: 'counter' as const, region: HOME },
    ];
    await refusedWith(await aTwin(town, { roles }), 'roles_of_staff');
  });

  it('with a visit under way', async () => {
    const twin = await aTwin(town);
    expect((await town.ask(coordinator, 'POST', '/api/requests', aRequest(town, twin.drop))).status).toBe(
      201,
    );
    await refusedWith(twin, 'visits_open');
  });

  it('with hours on the account that would go', async () => {
    const region = HOME;
    const twin = await aTwin(town, {
      // Whoever visits speaks with the elder.
      languages: ['cmn'],
      roles: [
        { role: 'resident', region },
        { role: 'volunteer', region },
      ],
    });
    await liveVisit(town, { coordinator, elder: await town.anElder(), volunteer: twin.drop });
    const head = await town.ports.journal.readAccountNow(accountOf(twin.drop.memberId));
    expect(head!.minutes.earned).toBe(60);
    await refusedWith(twin, 'hours_on_account');
  });

  it('with somebody who was merged already', async () => {
    const { keep, drop } = await aTwin(town);
    await merge(aMerge(town, { keep, drop }));
    const third = await town.aMember({ birthDate: '1948-02-03', name: `${keep.name}三` });
    const answer = await merge(aMerge(town, { keep: third, drop: { ...drop, version: 1 } }));
    expect(answer.body.error).toMatchObject({ code: 'merge_not_possible', reasons: ['already_merged'] });
  });

  it('by somebody whose reach does not cover both, or about themselves', async () => {
    const twin = await aTwin(town, {
      communityCode: NEXT_DOOR,
      roles: [{ role: 'resident', region: NEXT_DOOR }],
    });
    const answer = await merge(aMerge(town, twin));
    expect([answer.status, answer.body.error.code]).toEqual([404, 'unknown_member']);
    const county = await town.aCoordinator('341302');
    const own = await merge(aMerge(town, { keep: county, drop: twin.drop }), county);
    expect(own.body.error.code).toBe('not_allowed');
    expect((await merge(aMerge(town, twin), county)).status).toBe(201);
    expect((await merge(aMerge(town, twin), twin.keep)).body.error.code).toBe('not_allowed');
  });
});

describe('an undone merge', () => {
  it('gives both back as they were, the number too', async () => {
    const twin = await phoneless(await aTwin(town));
    const before = [await particulars(twin.keep), await particulars(twin.drop)];
    const body = aMerge(town, twin);
    expect((await merge(body)).status).toBe(201);
    const answer = await undo(body.mergeId, twin.keep);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ keepVersion: 3, dropVersion: 2 });
    expect([await particulars(twin.keep), await particulars(twin.drop)]).toEqual(before);
    expect(await town.ports.people.findByPhone(twin.drop.phone!)).toBe(twin.drop.memberId);
    const residents = (await town.ports.people.listResidents(HOME)).map(({ memberId }) => memberId);
    expect(residents).toEqual(expect.arrayContaining([twin.keep.memberId, twin.drop.memberId]));
  });

  it('sent twice is undone once, and nothing is left to undo after it', async () => {
    const twin = await aTwin(town);
    const body = aMerge(town, twin);
    await merge(body);
    const undoId = town.ids.file();
    const first = await undo(body.mergeId, twin.keep, { undoId });
    const again = await undo(body.mergeId, twin.keep, { undoId });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await undo(body.mergeId, twin.keep, { undoId, reason: '别的' });
    expect(other.body.error.code).toBe('exists_with_different_content');
    expect((await undo(body.mergeId, twin.keep)).body.error.code).toBe('changed_meanwhile');
    expect((await merge(body)).headers.get('Idempotency-Hit')).toBe('true');
  });

  it('is refused where either was changed since', async () => {
    const twin = await aTwin(town);
    const body = aMerge(town, twin);
    await merge(body);
    const after = (await now(twin.keep))!;
    await town.ports.people.change(after, { ...after, address: '和平里9号楼', version: 2 });
    expect((await undo(body.mergeId, twin.keep)).body.error.code).toBe('changed_meanwhile');
    expect((await now(twin.keep))!.address).toBe('和平里9号楼');
  });

  it('is not found by those who may not, nor where there is none', async () => {
    const twin = await aTwin(town);
    const body = aMerge(town, twin);
    await merge(body);
    const stranger = await town.aCoordinator(FAR_AWAY);
    expect((await undo(body.mergeId, twin.keep, {}, stranger)).body.error.code).toBe('unknown_member');
    expect((await undo(town.ids.file(), twin.keep)).body.error.code).toBe('unknown_file');
  });
});

describe('likely duplicates', () => {
  it('are shown with what they have in common, and gone when they are merged', async () => {
    const address = '柳树巷8号';
    const twin = await aTwin(town, { address });
    const pairs = async () => {
      const answer = await town.ask(coordinator, 'GET', `/api/members/duplicates?community=${HOME}`);
      expect(answer.status).toBe(200);
      return DuplicateList.parse(answer.body).items.filter(
        ({ second }) => second.memberId === twin.drop.memberId,
      );
    };
    expect(await pairs()).toMatchObject([
      {
        first: { memberId: twin.keep.memberId, version: 0 },
        second: { address, hasPhone: true },
        alike: ['same_name_and_birth'],
      },
    ]);
    await merge(aMerge(town, twin));
    expect(await pairs()).toEqual([]);
  });

  it('are shown to staff of the community alone', async () => {
    const elder = await town.anElder();
    const foreign = await town.aCoordinator(FAR_AWAY);
    const path = `/api/members/duplicates?community=${HOME}`;
    expect((await town.ask(elder, 'GET', path)).body.error.code).toBe('not_allowed');
    expect((await town.ask(foreign, 'GET', path)).body.error.code).toBe('unknown_member');
  });
});

describe('after 30 days', () => {
  it('a merge stays', async () => {
    const twin = await aTwin(town);
    const body = aMerge(town, twin);
    await merge(body);
    town.pass(30 * 24 * 60 + 1);
    expect((await undo(body.mergeId, twin.keep)).body.error.code).toBe('undo_too_late');
    expect((await now(twin.drop))!.roles).toEqual([]);
  });
});
