/** Two people say yes in the same millisecond. */
import { NextVisits } from '@time-bank/contracts/notices';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRequest } from '../town.ts';
import { aVisit } from '../walks/steps.ts';
import { type FaultyTown, boardRow, inboxOf, rungFor, seenBy, startFaultyTown, writtenOf } from './steps.ts';
import type { Member } from '@time-bank/contracts/member';

let at: FaultyTown;
// Clocks only go forward, and the board shows a whole community: each test has a town of its own.
beforeEach(async () => {
  at = await startFaultyTown();
});
afterEach(() => at.town.stop());

const comingOf = async (who: Member) =>
  NextVisits.parse((await at.town.ask(who, 'GET', '/api/next-visits?as=volunteer')).body).items;
const take = (who: Member, path: string) =>
  at.town.ask(who, 'POST', `${path}/accept`, { visitId: at.town.ids.visit() });

describe('two volunteers accept in the same millisecond', () => {
  it('the desk sees one of them, the elder hears of one, and the other is thanked and free for another elder', async () => {
    const { town } = at;
    const volunteers = [await town.aVolunteer(), await town.aVolunteer()];
    const visit = await aVisit(town, 'posted', {
      request: { plannedStartAt: town.soon(24 * 60), serviceCode: 'B01' },
    });
    await town.ask(visit.coordinator, 'POST', `${visit.path}/ask`, { commandId: town.ids.command() });
    await at.deliver();
    const answers = await Promise.all(volunteers.map((who) => take(who, visit.path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [winner, loser] = answers[0]?.status === 201 ? volunteers : [...volunteers].reverse();
    if (winner === undefined || loser === undefined) throw new Error('nobody');

    const seen = await seenBy(town, visit.coordinator, visit.path);
    expect(seen).toMatchObject({
      state: 'accepted',
      visit: { volunteer: { memberId: winner.memberId, name: winner.name } },
    });
    expect(seen).not.toHaveProperty('second');
    const row = await boardRow(town, visit.coordinator, visit.elder, '2026-W47');
    expect(row).toMatchObject({ planned: 1, open: 0, visits: [{ state: 'accepted' }] });

    await at.deliver();
    expect(rungFor(at, visit.elder)).toEqual(['person_found']);
    expect(await writtenOf(town, visit.requestId, 'person_found')).toBe(1);
    expect(await inboxOf(town, loser)).toMatchObject([
      { kind: 'already_taken', says: expect.stringMatching(/^谢谢您！.*居家探访已有人去了。$/) as unknown },
      { kind: 'asked' },
    ]);
    expect(await comingOf(winner)).toHaveLength(1);
    expect(await comingOf(loser)).toEqual([]);

    const other = await aVisit(town, 'posted', {
      request: { plannedStartAt: visit.body.plannedStartAt },
    });
    expect((await take(loser, other.path)).status).toBe(201);
  });

  it('of twelve who come at once one has it, and no line of a diary is left behind by the others', async () => {
    const { town } = at;
    const { coordinator, path } = await aVisit(town, 'posted');
    const volunteers: Member[] = [];
    while (volunteers.length < 12) volunteers.push(await town.aVolunteer());
    const answers = await Promise.all(volunteers.map((who) => take(who, path)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const entries = await Promise.all(
      volunteers.map(({ memberId }) => town.ports.careBook.readDiaryNow(memberId)),
    );
    expect(entries.flatMap((diary) => diary.entries)).toHaveLength(1);
    expect((await seenBy(town, coordinator, path)).steps?.map(({ state }) => state)).toEqual([
      'published',
      'accepted',
    ]);
  });
});

describe('one volunteer accepts two visits of the same hour in the same millisecond', () => {
  it('has one of them; the desk sees the other one waiting, first on the board', async () => {
    const { town } = at;
    const [coordinator, volunteer] = [await town.aCoordinator(), await town.aVolunteer()];
    const elders = [await town.anElder(), await town.anElder()];
    const bodies = elders.map((elder) => aRequest(town, elder, { serviceCode: 'B01' }));
    for (const body of bodies) await town.ask(coordinator, 'POST', '/api/requests', body);
    const answers = await Promise.all(
      bodies.map(({ requestId }) => take(volunteer, `/api/requests/${requestId}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.error.code).toMatch(
      /^(overlapping_visit|busy_try_again)$/,
    );
    const rows = await Promise.all(elders.map((elder) => boardRow(town, coordinator, elder)));
    expect(rows.map(({ planned, open }) => [planned, open]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const board = await town.ask(coordinator, 'GET', '/api/coverage');
    const left = elders[answers[0]?.status === 201 ? 1 : 0];
    expect(board.body.rows[0]).toMatchObject({ elderId: left?.memberId, gap: 'nobody_yet' });
  });
});
