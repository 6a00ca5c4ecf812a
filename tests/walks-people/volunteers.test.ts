import type { Member } from '@time-bank/contracts/member';
import type { VolunteerView } from '@time-bank/contracts/volunteering';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { papers } from '../papers.ts';
import { FAR_AWAY, type Town, aRequest, startTown } from '../town.ts';
import {
  type Reviewers,
  anew,
  everythingBesideTheLog,
  goOn,
  ofRole,
  pathOf,
  reviewers,
  told,
  volunteerWay,
} from './steps.ts';

let town: Town;
let coordinator: Member;
let by: Reviewers;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
  by = await reviewers(town);
});
afterAll(async () => {
  await town.stop();
});

const aWisher = (birthDate = '1962-05-01') => town.anElder({ birthDate });
const anOpenRequest = async (change: Record<string, unknown> = {}) => {
  const elder = await town.anElder();
  const body = aRequest(town, elder, change);
  await town.ask(coordinator, 'POST', '/api/requests', body);
  return { elder, path: `/api/requests/${body.requestId}` };
};
const accept = (who: Member, path: string) =>
  town.ask(who, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
const candidatesOf = async (path: string): Promise<string[]> => {
  const { body } = await town.ask(coordinator, 'GET', `${path}/candidates`);
  return (body.items as { volunteerId: string }[]).map(({ volunteerId }) => volunteerId);
};

describe('a volunteer', () => {
  it('goes from the wish to the first visit step by step, each with who and when', async () => {
    const wisher = await aWisher();
    const answers = await goOn(town, wisher, by);
    expect(answers.map(({ status, body }) => [status, body.state as unknown])).toEqual([
      [201, 'applied'],
      [201, 'site_checked'],
      [201, 'county_checked'],
      [201, 'trained'],
      [201, 'active'],
    ]);
    const former = await town.ports.personFiles.listNow('former', wisher.memberId);
    expect(former.map(({ by: who, state, volunteerState }) => [who, state, volunteerState])).toEqual([
      [wisher.memberId, 'done', 'applied'],
      [by.site.memberId, 'done', 'site_checked'],
      [by.county.memberId, 'done', 'county_checked'],
      [by.site.memberId, 'done', 'trained'],
      [by.site.memberId, 'done', 'active'],
    ]);
    const { path } = await anOpenRequest();
    expect((await accept(await anew(town, wisher), path)).status).toBe(201);
  });

  it('has the role of one only from the start on, and until leaving', async () => {
    const wisher = await aWisher();
    const isVolunteer = async () => (await anew(town, wisher)).roles.some(({ role }) => role === 'volunteer');
    await goOn(town, wisher, by, 4);
    expect(await isVolunteer()).toBe(false);
    await town.ask(by.site, 'POST', pathOf(wisher, 'volunteering/start'), { fileId: town.ids.file() });
    expect(await isVolunteer()).toBe(true);
    const leave = { fileId: town.ids.file(), step: 'leave' };
    expect((await town.ask(wisher, 'POST', pathOf(wisher, 'volunteering/pause'), leave)).body.state).toBe(
      'left',
    );
    expect(await isVolunteer()).toBe(false);
  });

  it('cannot skip a step, and no step is taken twice', async () => {
    for (let count = 0; count < 5; count += 1) {
      const wisher = await aWisher();
      await goOn(town, wisher, by, count);
      for (const [at, { who, path, body }] of volunteerWay(town, wisher, by).entries()) {
        // A training is welcome again at any time after the county.
        if (at === count || (at === 3 && count > 3)) continue;
        expect(
          told(await town.ask(who, 'POST', path, body)),
          `step ${String(at)} after ${String(count)}`,
        ).toEqual([409, 'wrong_step']);
      }
    }
  });

  it('is taken a step on once, however often the command is sent, and its id is good for nothing else', async () => {
    const wisher = await aWisher();
    for (const { who, path, body } of volunteerWay(town, wisher, by)) {
      const first = await town.ask(who, 'POST', path, body);
      const before = await everythingBesideTheLog(town);
      const again = await town.ask(who, 'POST', path, body);
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers.get('Idempotency-Hit')).toBe('true');
      expect(await everythingBesideTheLog(town)).toEqual(before);
    }
    const [first, second] = volunteerWay(town, await aWisher(), by);
    await town.ask(first.who, 'POST', first.path, first.body);
    const other = { ...second.body, fileId: first.body.fileId };
    expect(told(await town.ask(second.who, 'POST', second.path, other))).toEqual([
      409,
      'exists_with_different_content',
    ]);
  });

  it('who was cut off between the file and the mark is taken on by the same command', async () => {
    const wisher = await aWisher();
    const [wish] = volunteerWay(town, wisher, by);
    const { personFiles } = town.deps.ports;
    const { move } = personFiles;
    personFiles.move = () => Promise.reject(new Error('killed'));
    expect((await town.ask(wish.who, 'POST', wish.path, wish.body)).status).toBe(500);
    personFiles.move = move;
    const again = await town.ask(wish.who, 'POST', wish.path, wish.body);
    expect(again).toMatchObject({ status: 201, body: { state: 'applied', version: 1 } });
    expect((await anew(town, wisher)).version).toBe(1);
  });

  it('who was cut off before the file was written is taken on by the same command, and once', async () => {
    const wisher = await aWisher();
    const [wish] = volunteerWay(town, wisher, by);
    const { people } = town.deps.ports;
    const { change } = people;
    people.change = () => Promise.reject(new Error('killed'));
    expect((await town.ask(wish.who, 'POST', wish.path, wish.body)).status).toBe(500);
    expect(await anew(town, wisher)).not.toHaveProperty('volunteering');
    people.change = change;
    const answers = await Promise.all([1, 2, 3].map(() => town.ask(wish.who, 'POST', wish.path, wish.body)));
    const again = await town.ask(wish.who, 'POST', wish.path, wish.body);
    expect(again).toMatchObject({ status: 201, body: { state: 'applied', version: 1 } });
    for (const { status, body } of answers) {
      if (status === 201) expect(body).toEqual(again.body);
      else expect([status, body.error.code]).toEqual([503, 'busy_try_again']);
    }
    expect((await anew(town, wisher)).version).toBe(1);
  });

  it('is not reviewed by themselves, by a neighbour, or from elsewhere', async () => {
    const wisher = await aWisher();
    await goOn(town, wisher, by, 1);
    const [, site, county, paper, start] = volunteerWay(town, wisher, by);
    const both = { ...by.site, memberId: wisher.memberId };
    const farSite = await ofRole(town, 'service_point', FAR_AWAY);
    const farCounty = await ofRole(town, 'county', '340102');
    const neighbour = await town.anElder();
    const before = await everythingBesideTheLog(town);
    for (const { path, body } of [site, paper, start]) {
      expect(told(await town.ask(both, 'POST', path, body))).toEqual([403, 'not_allowed']);
      expect(told(await town.ask(neighbour, 'POST', path, body))).toEqual([403, 'not_allowed']);
      expect(told(await town.ask(farSite, 'POST', path, body))).toEqual([404, 'unknown_member']);
    }
    expect(told(await town.ask(by.site, 'POST', county.path, county.body))).toEqual([403, 'not_allowed']);
    expect(told(await town.ask(farCounty, 'POST', county.path, county.body))).toEqual([
      404,
      'unknown_member',
    ]);
    expect(await everythingBesideTheLog(town)).toEqual(before);
  });

  it('who is not of age needs the consent of a guardian, and is not sent to a home', async () => {
    const young = await aWisher('2010-05-01');
    const guardian = await town.anElder();
    const path = pathOf(young, 'volunteering');
    const guardianConsent = { guardianId: guardian.memberId, on: '2026-11-01', until: '2027-11-01' };
    const wish = (change: Record<string, unknown> = {}) => ({
      fileId: town.ids.file(),
      guardianConsent: { ...guardianConsent, ...change },
    });
    const wishes: [Member, Record<string, unknown>][] = [
      [by.site, { fileId: town.ids.file() }],
      [by.site, wish({ until: '2026-11-20' })],
      [by.site, wish({ on: '2026-11-22' })],
      [by.site, wish({ guardianId: young.memberId })],
      [by.site, wish({ guardianId: town.ids.member() })],
      [by.site, wish({ guardianId: (await aWisher('2010-05-02')).memberId })],
      // What somebody says of their own guardian is no consent.
      [young, wish()],
    ];
    for (const [who, body] of wishes) {
      expect(told(await town.ask(who, 'POST', path, body))).toEqual([409, 'consent_needed']);
    }
    expect((await town.ask(by.site, 'POST', path, wish())).status).toBe(201);
    for (const { who, path: at, body } of volunteerWay(town, young, by).slice(1)) {
      expect((await town.ask(who, 'POST', at, body)).status).toBe(201);
    }
    const { path: request } = await anOpenRequest();
    const answer = await accept(await anew(town, young), request);
    expect(answer.body.error).toMatchObject({ code: 'not_ready_to_serve', reasons: ['minor_group_only'] });
  });

  it('is not let past the county on a check that was failed, and not at all on one of the crime', async () => {
    const wisher = await aWisher();
    await goOn(town, wisher, by, 2);
    const path = pathOf(wisher, 'volunteering/checks');
    const check = (recordCheck: Record<string, unknown>) =>
      town.ask(by.county, 'POST', path, {
        fileId: town.ids.file(),
        stage: 'county',
        decision: 'approve',
        recordCheck,
      });
    const failed = await check({ isPassed: false, on: '2026-11-20' });
    expect(failed.body.error).toMatchObject({ code: 'not_ready_to_serve', reasons: ['record_check_failed'] });
    for (const more of [{ crime: '盗窃' }, { note: '盗窃' }, { checkedBy: by.site.memberId }]) {
      const answer = await check({ isPassed: true, on: '2026-11-20', ...more });
      expect(told(answer)).toEqual([400, 'invalid_fields']);
    }
  });
});

describe('dispatch stops by itself', () => {
  const ready = { ...papers };
  const cases = [
    ['on a pause', { state: 'paused' as const }, 'paused'],
    ['on leaving', { state: 'left' as const }, 'not_active'],
    [
      'when the record check runs out',
      { recordCheck: { isPassed: true, on: '2020-01-04', until: '2026-11-22' } },
      'record_check_expired',
    ],
    [
      'when the record check was failed',
      { recordCheck: { isPassed: false, on: '2026-01-04' } },
      'record_check_failed',
    ],
    [
      'when the training runs out',
      { trainings: [{ course: '岗前培训', minutes: 120, on: '2020-01-05', until: '2026-11-22' }] },
      'training_expired',
    ],
  ] as const;

  it.each(cases)('%s: not among the candidates, and not accepted', async (_, change, reason) => {
    const volunteering = { ...ready, ...change } as typeof papers;
    const volunteer = await town.aVolunteer({ volunteering });
    const { path } = await anOpenRequest({ plannedStartAt: '2026-11-23T02:00:00.000Z' });
    expect(await candidatesOf(path)).not.toContain(volunteer.memberId);
    const answer = await accept(volunteer, path);
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: 'not_ready_to_serve', reasons: [reason] } },
    });
  });

  it('on the day of the visit, not on that of the acceptance', async () => {
    const until = '2026-11-22';
    const volunteer = await town.aVolunteer({
      volunteering: { ...ready, recordCheck: { isPassed: true, on: '2020-01-04', until } },
    });
    const lastDay = await anOpenRequest({ plannedStartAt: '2026-11-22T02:00:00.000Z' });
    expect(await candidatesOf(lastDay.path)).toContain(volunteer.memberId);
    expect((await accept(volunteer, lastDay.path)).status).toBe(201);
  });

  it('for whoever has no papers', async () => {
    const member = await town.anElder({ birthDate: '1962-05-01' });
    const { path } = await anOpenRequest();
    const withRole = {
      ...member,
      roles: [...member.roles, { role: 'volunteer' as const, region: member.communityCode }],
    };
    const answer = await accept(withRole, path);
    expect(answer.body.error).toMatchObject({ code: 'not_ready_to_serve', reasons: ['not_active'] });
  });

  it('for an elder and a volunteer who are to be kept apart, and the volunteer is not told why', async () => {
    const { elder, path } = await anOpenRequest();
    const volunteer = await town.aVolunteer();
    const file = (doNotPair: string[]) => ({
      fileId: town.ids.file(),
      version: 0,
      languages: ['cmn'],
      tags: [],
      doNotPair,
      emergencyContacts: [],
    });
    expect(await candidatesOf(path)).toContain(volunteer.memberId);
    await town.ask(coordinator, 'POST', pathOf(elder, 'file'), file([volunteer.memberId]));
    expect(await candidatesOf(path)).not.toContain(volunteer.memberId);
    expect((await accept(volunteer, path)).body.error).toEqual({
      code: 'not_eligible',
      message: expect.any(String),
    });
    const other = await anOpenRequest();
    const unwilling = await town.aVolunteer();
    await town.ask(coordinator, 'POST', pathOf(unwilling, 'file'), file([other.elder.memberId]));
    expect(await candidatesOf(other.path)).not.toContain(unwilling.memberId);
    expect(told(await accept(unwilling, other.path))[1]).toBe('not_eligible');
  });

  it('for a volunteer of 70 after ten hours in a week', async () => {
    const volunteer = await town.aVolunteer({ birthDate: '1955-05-01' });
    // Monday to Wednesday, 200 minutes a day: ten hours.
    for (const day of ['23', '24', '25']) {
      const { path } = await anOpenRequest({
        plannedStartAt: `2026-11-${day}T01:00:00.000Z`,
        plannedMinutes: 200,
      });
      expect((await accept(volunteer, path)).status).toBe(201);
    }
    const { path } = await anOpenRequest({ plannedStartAt: '2026-11-26T01:00:00.000Z', plannedMinutes: 15 });
    expect((await accept(volunteer, path)).body.error).toMatchObject({ reasons: ['load_limit'] });
    const nextWeek = await anOpenRequest({ plannedStartAt: '2026-11-30T01:00:00.000Z' });
    expect((await accept(volunteer, nextWeek.path)).status).toBe(201);
  });
});

describe('reviewers', () => {
  it('see who stands where, and whose papers run out within 30 days first', async () => {
    const insurance = { insurer: '平安保险', number: 'PA-1', from: '2026-01-01', until: '2026-11-20' };
    const soon = await town.aVolunteer({ volunteering: { ...papers, insurance } });
    const later = await town.aVolunteer({
      volunteering: { ...papers, insurance: { ...insurance, until: '2026-12-22' } },
    });
    const wisher = await aWisher();
    await goOn(town, wisher, by, 1);
    const { body } = await town.ask(by.county, 'GET', '/api/volunteers?region=341302');
    expect(body.total).toBe(body.items.length);
    expect(body.items[0]).toMatchObject({
      memberId: soon.memberId,
      name: soon.name,
      state: 'active',
      notReady: [],
      runningOut: [{ what: 'insurance', until: '2026-11-20' }],
    });
    const rows = body.items as VolunteerView[];
    expect(rows.find(({ memberId }) => memberId === later.memberId)?.runningOut).toEqual([]);
    const applied = await town.ask(
      by.site,
      'GET',
      `/api/volunteers?region=${wisher.communityCode}&state=applied`,
    );
    const wishes = applied.body.items as VolunteerView[];
    expect(wishes.map(({ memberId }) => memberId)).toContain(wisher.memberId);
    expect(new Set(wishes.map(({ state }) => state))).toEqual(new Set(['applied']));
  });

  it('of another place, and those who are none, see nothing', async () => {
    const far = await ofRole(town, 'county', '340102');
    expect(told(await town.ask(far, 'GET', '/api/volunteers?region=341302'))).toEqual([
      404,
      'unknown_region',
    ]);
    const elder = await town.anElder();
    expect(told(await town.ask(elder, 'GET', '/api/volunteers?region=341302'))).toEqual([403, 'not_allowed']);
    expect(told(await town.ask(by.county, 'GET', '/api/volunteers?region=3413'))).toEqual([
      400,
      'invalid_fields',
    ]);
  });

  it('read all papers; an auditor reads no name and no number; the volunteer reads their own', async () => {
    const insurance = { insurer: '平安保险', number: 'PA-77', from: '2026-01-01', until: '2027-01-01' };
    const volunteer = await town.aVolunteer({
      name: '钱秘密',
      volunteering: { ...papers, insurance, licences: [{ name: '护士', number: 'HS-99' }] },
    });
    const path = pathOf(volunteer, 'volunteering');
    const read = await town.ask(by.site, 'GET', path);
    expect(read).toMatchObject({ status: 200, body: { name: '钱秘密', papers: { insurance } } });
    expect((await town.ask(volunteer, 'GET', path)).body.papers).toEqual(read.body.papers);
    const auditor = await ofRole(town, 'auditor', '341302');
    const masked = await town.ask(auditor, 'GET', path);
    expect(masked).toMatchObject({ status: 200, body: { surname: '钱', state: 'active' } });
    expect(JSON.stringify(masked.body)).not.toMatch(/秘密|PA-77|HS-99/);
    const elder = await town.anElder();
    expect(told(await town.ask(by.site, 'GET', pathOf(elder, 'volunteering')))).toEqual([
      404,
      'unknown_file',
    ]);
  });
});
