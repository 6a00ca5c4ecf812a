/**
 * Weeks of the demo town through the public API. People forget, cancel, fall ill, move, dispute and lose cards; the
 * desk does what the schedule puts before it. Everything by chance comes from one seed.
 */
import type { RequestFacts, RequestRecord } from '@time-bank/care/request';
import { isTaken } from '@time-bank/care/life';
import { checklistGroups } from '@time-bank/contracts/visiting';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Instant, civilDateOf, instantOf, isoWeekOf, msOf } from '@time-bank/contracts/time';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import type { Community, World } from './world.ts';

/** Who fills the week: the plan, or whoever looks at the list. */
export type Filling = 'plan' | 'self_claim';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of those who volunteer, so many per mille look at the list in a week. Source: NHS England, June 2020: 45 % in one week. */
const LOOKING_PER_MILLE = 450;

/**
 * How often things go wrong: per mille of visits, of volunteers a day for falling ill, of communities a day for a move.
 * Proposals, high enough that each happens in twelve weeks.
 */
const ODDS = {
  withdraws: 60,
  forgets: 50,
  elderOut: 60,
  forgetsToLeave: 50,
  losesCard: 20,
  fallsIll: 10,
  movesHouse: 30,
  disputes: 30,
  rates: 300,
  ratesBadly: 100,
  silent: 150,
} as const;

/** A cold in the head. */
const ILL_DAYS = 6;
/** Visits that somebody who looks at the list is ready for in a week, at most. */
const CLAIMS_MAX = 3;

interface Act {
  atMs: number;
  run: () => Promise<void>;
}

/** What happened in the town, counted. */
export type Happenings = Record<string, number>;

export const liveTown = (world: World, filling: Filling) => {
  const { town, chance, ask, members } = world;
  const happened: Happenings = {};
  const count = (what: string): void => {
    happened[what] = (happened[what] ?? 0) + 1;
  };
  const command = () => ({ commandId: town.ids.command() });
  const personOf = (memberId: MemberId): Member => {
    const member = members.get(memberId);
    if (member === undefined) throw new Error(`nobody knows ${memberId}`);
    return member;
  };
  const illUntilMs = new Map<MemberId, number>();
  const isIll = (volunteerId: MemberId, atMs: number): boolean => (illUntilMs.get(volunteerId) ?? 0) > atMs;
  let diesAtNextPlan = false;
  const acts: Act[] = [];
  const at = (atMs: number, run: () => Promise<void>): void => {
    acts.push({ atMs, run });
  };

  const confirmBy = async (request: RequestRecord, desk: Member): Promise<void> => {
    const elder = personOf(request.receiverId);
    const who = elder.phone === undefined ? desk : elder;
    const path = `/api/requests/${request.requestId}`;
    const answer = await ask(who, 'POST', `${path}/confirm`, { transferId: town.ids.transfer() });
    if (answer.status >= 400) return;
    count('confirmed');
    if (chance.perMille(ODDS.rates)) {
      const level = chance.perMille(ODDS.ratesBadly) ? 1 : 3 + chance.below(3);
      await ask(elder, 'POST', `${path}/ratings`, { ...command(), level });
      count('rated');
    }
    if (chance.perMille(ODDS.disputes)) {
      await ask(elder, 'POST', `${path}/disputes`, {
        ...command(),
        kind: 'wrong_time',
        words: '没有待满一小时',
      });
      count('disputed');
    }
  };

  const leave = async (request: RequestRecord, volunteer: Member, desk: Member): Promise<void> => {
    const path = `/api/requests/${request.requestId}`;
    await ask(volunteer, 'POST', `${path}/check-out`, command());
    await ask(volunteer, 'POST', `${path}/report`, {
      ...command(),
      findings: Object.fromEntries(checklistGroups.map((group) => [group, 'fine'])),
      result: 'normal',
    });
    count('visited');
    if (!chance.perMille(ODDS.silent)) {
      at(town.ports.clock.nowMs() + (10 + chance.below(600)) * MINUTE_MS, () => confirmBy(request, desk));
    } else count('silent');
  };

  const visit = async ({ request, visit: part }: RequestFacts, desk: Member): Promise<void> => {
    if (part === undefined) return;
    const volunteer = personOf(part.volunteerId);
    const elder = await readAgain(request.receiverId);
    const path = `/api/requests/${request.requestId}`;
    if (chance.perMille(ODDS.forgets)) {
      count('forgot');
      return;
    }
    if (chance.perMille(ODDS.elderOut)) {
      count('elder out');
      const findings = Object.fromEntries(checklistGroups.map((group) => [group, 'not_seen']));
      const report = { ...command(), findings, result: 'not_met', note: '敲门没人应' };
      await ask(volunteer, 'POST', `${path}/report`, report);
      return;
    }
    const entered = await ask(volunteer, 'POST', `${path}/check-in`, { ...command(), code: elder.visitCode });
    if (entered.status >= 400) {
      count(`not let in: ${String(entered.body.error.code)}`);
      return;
    }
    const late = chance.perMille(ODDS.forgetsToLeave) ? 180 : 0;
    if (late > 0) count('forgot to leave');
    at(town.ports.clock.nowMs() + (request.plannedMinutes + late) * MINUTE_MS, () =>
      leave(request, volunteer, desk),
    );
  };

  const readAgain = async (memberId: MemberId): Promise<Member> => {
    const member = await world.patiently(() => town.ports.people.readMember(memberId));
    if (member !== undefined) members.set(memberId, member);
    return personOf(memberId);
  };

  const giveBack = async (volunteerId: MemberId, requestId: string, reason: string): Promise<void> => {
    const body = { ...command(), reason };
    await ask(personOf(volunteerId), 'POST', `/api/requests/${requestId}/withdraw`, body);
  };

  /** Somebody tells the desk in the morning, which sends them nowhere for a while; their visits are given back. */
  const fallIll = async (volunteer: Member, dayMs: number): Promise<void> => {
    illUntilMs.set(volunteer.memberId, dayMs + ILL_DAYS * DAY_MS);
    const until = civilDateOf(instantOf(dayMs + (ILL_DAYS - 1) * DAY_MS));
    const pause = { fileId: town.ids.file(), step: 'pause', until };
    await ask(volunteer, 'POST', `/api/members/${volunteer.memberId}/volunteering/pause`, pause);
    count('fell ill');
  };

  /** What is to come today: each visit, and who gives theirs back before it. */
  const arrangeDay = async (community: Community, dayMs: number): Promise<void> => {
    const from = instantOf(dayMs);
    const page = await world.patiently(() =>
      town.ports.careBook.listOfCommunity(community.code, { limit: 500, from }),
    );
    for (const facts of page.items) {
      const { request, visit: part } = facts;
      const startMs = msOf(request.plannedStartAt);
      if (part === undefined || !isTaken(request.state)) continue;
      if (isIll(part.volunteerId, startMs)) {
        at(dayMs + 8 * 60 * MINUTE_MS, async () => {
          count('gave back for being ill');
          await giveBack(part.volunteerId, request.requestId, '生病了');
        });
      } else if (startMs >= dayMs + 2 * DAY_MS) continue;
      else if (startMs < dayMs + DAY_MS) {
        at(startMs + chance.below(10) * MINUTE_MS, async () => {
          const now = await world.patiently(() => town.ports.careBook.readRequestNow(request.requestId));
          if (now !== undefined && isTaken(now.request.state)) await visit(now, community.coordinator);
        });
      } else if (chance.perMille(ODDS.withdraws)) {
        at(dayMs + 19 * 60 * MINUTE_MS, async () => {
          count('withdrew');
          await giveBack(part.volunteerId, request.requestId, '家里有事');
        });
      }
    }
  };

  /** The desk's morning: whatever the schedule has put before it. */
  const deskMorning = async ({ code, coordinator }: Community): Promise<void> => {
    const due = await world.patiently(() => town.ports.careBook.listDue(code, { limit: 500 }));
    for (const { request } of due) {
      const path = `/api/requests/${request.requestId}`;
      const isLate = msOf(request.plannedStartAt) + 6 * 60 * MINUTE_MS < town.ports.clock.nowMs();
      if (isTaken(request.state) && isLate) {
        await ask(coordinator, 'POST', `${path}/no-show`, {
          ...command(),
          who: 'volunteer',
          reason: '电话里说忘了',
        });
        count('no-show');
      } else if (request.state === 'callback') {
        await ask(coordinator, 'POST', `${path}/call-back`, { ...command(), outcome: 'confirmed' });
        count('called back');
      } else if (request.state === 'unfilled') {
        await ask(coordinator, 'POST', `${path}/unfilled`, {
          ...command(),
          then: 'apologise',
          reason: '没有找到志愿者',
        });
        count('apologised');
      }
    }
    await workOff({ code, coordinator, residents: [] });
    const disputes = await ask(coordinator, 'GET', `/api/disputes?region=${code}`);
    for (const { caseId } of (disputes.body.items ?? []) as { caseId: string }[]) {
      const outcome = chance.perMille(500) ? 'stands' : 'reversed';
      await ask(coordinator, 'POST', `/api/disputes/${caseId}/decisions`, {
        ...command(),
        outcome,
        reason: '问过双方',
      });
      count(`dispute ${outcome}`);
    }
  };

  /** Bad ratings: whoever complained is spoken to, and it is put right. */
  const workOff = async ({ code, coordinator }: Community): Promise<void> => {
    const orders = await ask(coordinator, 'GET', `/api/work-orders?community=${code}`);
    for (const { caseId } of (orders.body.items ?? []) as { caseId: string }[]) {
      await ask(coordinator, 'POST', `/api/work-orders/${caseId}/steps`, {
        ...command(),
        step: 'fixed',
        words: '已当面致歉',
      });
      count('put right');
    }
  };

  /** Each coordinator in turn: whoever plans first has the first choice of those who live between two communities. */
  const planWeekOf = async ({ code, coordinator }: Community): Promise<void> => {
    const week = isoWeekOf(instantOf(town.ports.clock.nowMs()));
    const wanted = { communityCode: code, week, locked: [], forbidden: [] };
    await ask(coordinator, 'POST', '/api/week-plans', { ...command(), ...wanted });
    await world.drained();
    const plan = await ask(coordinator, 'GET', `/api/week-plans?community=${code}&week=${week}`);
    if (plan.body.state !== 'ready') throw new Error(`the plan is ${String(plan.body.state)}`);
    if (plan.body.pairs.length === 0) return;
    await ask(coordinator, 'POST', `/api/week-plans/${weekPlanId(code, week)}/send`, command());
    if (diesAtNextPlan) world.kill();
    diesAtNextPlan = false;
    await world.drained();
    count('planned');
  };

  /** Without a plan: what is wanted is posted, and whoever looks takes what suits them, first come first served. */
  const postWeekOf = async ({ code, coordinator, residents }: Community): Promise<void> => {
    const week = isoWeekOf(instantOf(town.ports.clock.nowMs()));
    const board = await ask(coordinator, 'GET', `/api/coverage?community=${code}&week=${week}`);
    const known = new Map(residents.map((resident) => [resident.memberId, resident]));
    for (const row of board.body.rows as {
      elderId: MemberId;
      wanted: number;
      open: number;
      planned: number;
    }[]) {
      if (known.get(row.elderId) === undefined || row.wanted - row.open - row.planned <= 0) continue;
      const day = chance.below(6);
      const minute = 9 * 60 + chance.below(14) * 30;
      const startMs = mondayMs() + day * DAY_MS + minute * MINUTE_MS;
      if (startMs <= town.ports.clock.nowMs() + 60 * MINUTE_MS) continue;
      await ask(coordinator, 'POST', '/api/requests', {
        requestId: town.ids.request(),
        serviceCode: 'B01',
        receiverId: row.elderId,
        plannedStartAt: instantOf(startMs),
        plannedMinutes: 60,
        wishes: { languages: [] },
      });
    }
  };

  const lookAndTake = async (volunteer: Member): Promise<void> => {
    const list = await ask(volunteer, 'GET', '/api/requests?scope=open');
    const items = (list.body.items ?? []) as {
      requestId: string;
      plannedStartAt: Instant;
      distanceKm?: number;
    }[];
    const suits = items.filter(({ plannedStartAt }) => isFree(volunteer, plannedStartAt));
    suits.sort((one, other) => (one.distanceKm ?? 99) - (other.distanceKm ?? 99));
    let taken = 0;
    for (const { requestId } of suits) {
      if (taken === CLAIMS_MAX) return;
      const visitId = town.ids.visit();
      const answer = await ask(volunteer, 'POST', `/api/requests/${requestId}/accept`, { visitId });
      if (answer.status < 400) taken += 1;
    }
  };

  const mondayMs = (): number => {
    const chinaDay = Math.floor((town.ports.clock.nowMs() + 8 * 3_600_000) / DAY_MS);
    // 1 January 1970 was a Thursday.
    const monday = chinaDay - ((chinaDay + 3) % 7);
    return monday * DAY_MS - 8 * 3_600_000;
  };

  /** Runs a day's acts in order, and the schedule between them. */
  const runDay = async (dayMs: number): Promise<void> => {
    const ticks = [12.5, 20].map((hour) => dayMs + hour * 60 * MINUTE_MS);
    const endMs = dayMs + DAY_MS;
    for (;;) {
      acts.sort((one, other) => one.atMs - other.atMs);
      const [next] = acts;
      const tick = ticks[0];
      if (tick !== undefined && (next === undefined || tick <= next.atMs)) {
        ticks.shift();
        town.setClock(instantOf(Math.max(tick, town.ports.clock.nowMs())));
        await world.tick();
        continue;
      }
      if (next === undefined || next.atMs >= endMs) return;
      acts.shift();
      town.setClock(instantOf(Math.max(next.atMs, town.ports.clock.nowMs())));
      await next.run();
    }
  };

  const isFree = (volunteer: Member, plannedStartAt: Instant): boolean => {
    const china = new Date(msOf(plannedStartAt) + 8 * 3_600_000);
    const weekday = china.getUTCDay() || 7;
    const minute = china.getUTCHours() * 60 + china.getUTCMinutes();
    return volunteer.freeTimes.some(
      (slot) => slot.weekday === weekday && slot.fromMinute <= minute && minute + 60 <= slot.toMinute,
    );
  };

  const loseACard = async (community: Community): Promise<void> => {
    const elder = community.residents[chance.below(community.residents.length)];
    if (elder === undefined) return;
    await ask(elder, 'POST', '/api/cards/lost', { reportId: town.ids.file() });
    await readAgain(elder.memberId);
    count('lost card');
  };

  /** An elder goes to live with a neighbour community; their visits to come go with them. */
  const moveHouse = async (from: Community, to: Community): Promise<void> => {
    const elder = from.residents[chance.below(from.residents.length)];
    if (elder === undefined) return;
    const path = `/api/members/${elder.memberId}/particulars`;
    const { body } = await ask(from.coordinator, 'GET', path);
    const { memberId: _who, communityCode: _home, ...particulars } = body as Record<string, unknown>;
    const moved = { ...particulars, fileId: town.ids.file(), communityCode: to.code, address: '新居1号楼' };
    const answer = await ask(from.coordinator, 'POST', path, moved);
    if (answer.status >= 400) return;
    from.residents.splice(from.residents.indexOf(elder), 1);
    to.residents.push(await readAgain(elder.memberId));
    await world.drained();
    count('moved');
  };

  return {
    happened,
    mondayMs,
    /** A day on which nothing new is begun: what is under way comes to its end. */
    quietDay: async (dayMs: number): Promise<void> => {
      town.setClock(instantOf(Math.max(dayMs + 7 * 60 * MINUTE_MS, town.ports.clock.nowMs())));
      await world.tick();
      for (const community of world.communities) {
        await deskMorning(community);
        await arrangeDay(community, dayMs);
      }
      await runDay(dayMs);
    },
    /** Lives one day; `kill`: the engine dies while the next plan is sent, or while people are told. */
    day: async (dayMs: number, kill?: 'while_sending' | 'while_telling'): Promise<void> => {
      town.setClock(instantOf(Math.max(dayMs + 7 * 60 * MINUTE_MS, town.ports.clock.nowMs())));
      const weekday = Math.round((dayMs - mondayMs()) / DAY_MS);
      await world.tick();
      if (kill === 'while_sending') diesAtNextPlan = true;
      for (const community of world.communities) {
        await deskMorning(community);
        if (filling === 'plan' && (weekday === 0 || weekday === 2 || weekday === 4)) {
          await planWeekOf(community);
        } else if (filling === 'self_claim' && weekday === 0) await postWeekOf(community);
        if (chance.perMille(ODDS.losesCard * 5)) await loseACard(community);
        const next = world.communities[(world.communities.indexOf(community) + 1) % world.communities.length];
        if (next !== undefined && chance.perMille(ODDS.movesHouse)) await moveHouse(community, next);
      }
      if (filling === 'self_claim' && weekday === 0) {
        for (const volunteer of world.volunteers) {
          if (!chance.perMille(LOOKING_PER_MILLE)) continue;
          at(dayMs + (8 * 60 + chance.below(12 * 60)) * MINUTE_MS, () => lookAndTake(volunteer));
        }
      }
      for (const volunteer of world.volunteers) {
        const isWell = !isIll(volunteer.memberId, dayMs);
        if (isWell && chance.perMille(ODDS.fallsIll)) await fallIll(volunteer, dayMs);
      }
      for (const community of world.communities) await arrangeDay(community, dayMs);
      if (kill === 'while_telling') world.killAtNextWord();
      await runDay(dayMs);
    },
  };
};
