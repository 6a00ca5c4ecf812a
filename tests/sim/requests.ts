/** Commands on requests: the use cases of the desk as they are, asked for as the door asks. */
import type { RequestRecord } from '@time-bank/care/request';
import { accountOf, holdOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, refused } from '@time-bank/contracts/refusals';
import { instantOf, msOf } from '@time-bank/contracts/time';
import { acceptRequest } from '@time-bank/desk/accept-request';
import { cancelRequest } from '@time-bank/desk/cancel-request';
import { checkIn } from '@time-bank/desk/check-in';
import { checkOut } from '@time-bank/desk/check-out';
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { confirmVisit } from '@time-bank/desk/confirm-visit';
import { postRequest } from '@time-bank/desk/post-request';
import { redeemHours } from '@time-bank/desk/redeem-hours';
import { subjectOf } from '@time-bank/desk/subject-of';
import { type Grant, grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { Order, SimPorts } from './order.ts';
import type { Chance } from './random.ts';
import type { Town } from './town.ts';

const no = refused('not_allowed');

/** The request as it is read at the door, and leave to act on it. */
const permitted = async <A extends Action>(
  ports: SimPorts,
  who: Member,
  action: A,
  { requestId }: RequestRecord,
  act: (
    facts: NonNullable<Awaited<ReturnType<SimPorts['careBook']['readRequestNow']>>>,
    permit: Grant<A>,
  ) => Promise<Outcome<unknown>>,
): Promise<Outcome<unknown>> => {
  const facts = await ports.careBook.readRequestNow(requestId);
  if (facts === undefined) return no;
  const permit = grant(who, action, await subjectOf(ports, facts));
  return permit.kind === 'refused' ? no : act(facts, permit.value);
};

const wanted = (town: Town, chance: Chance) => ({
  requestId: town.ids.request(),
  serviceCode: 'C01' as const,
  plannedStartAt: instantOf(town.nowMs + chance.pick([0, 5, 20, 60, 150]) * 60_000),
  plannedMinutes: chance.pick([15, 30, 45, 60, 90, 120]),
  wishes: { languages: [] },
});

const post = (town: Town, chance: Chance): Order => {
  const receiver = chance.pick(town.elders);
  const body = { ...wanted(town, chance), receiverId: receiver.memberId };
  const run = (given: typeof body) => async (ports: SimPorts) => {
    const permit = grant(town.coordinator, 'post_request', { communityCode: receiver.communityCode });
    return permit.kind === 'refused' ? no : postRequest(ports, permit.value, receiver, given);
  };
  return {
    operation: 'post',
    id: body.requestId,
    run: run(body),
    altered: run({ ...body, plannedMinutes: body.plannedMinutes + 15 }),
    step: { requestId: body.requestId, stepId: body.requestId },
  };
};

const redeem = (town: Town, chance: Chance): Order => {
  const who = chance.pick(town.helpers);
  const body = wanted(town, chance);
  const home = { accountId: accountOf(who.memberId), transferId: holdOf(body.requestId) };
  const run = (given: typeof body) => async (ports: SimPorts) => {
    const permit = grant(who, 'redeem_hours');
    return permit.kind === 'refused' ? no : redeemHours(ports, permit.value, given);
  };
  return {
    operation: 'redeem',
    id: body.requestId,
    run: run(body),
    altered: run({ ...body, plannedMinutes: body.plannedMinutes + 15 }),
    step: { requestId: body.requestId, stepId: body.requestId },
    refusalAt: () => home,
  };
};

const accept = (town: Town, chance: Chance, request: RequestRecord): Order => {
  const who = chance.pick(town.helpers);
  const visitId = town.ids.visit();
  return {
    operation: 'accept',
    id: visitId,
    run: (ports) =>
      permitted(ports, who, 'accept_request', request, (facts, permit) =>
        acceptRequest(ports, permit, facts, { visitId }),
      ),
    step: { requestId: request.requestId, stepId: visitId },
  };
};

const volunteerOf = (town: Town, chance: Chance, { volunteerId }: RequestRecord): Member =>
  town.helpers.find(({ memberId }) => memberId === volunteerId) ?? chance.pick(town.helpers);

const arrive = (town: Town, chance: Chance, request: RequestRecord): Order => {
  const who = volunteerOf(town, chance, request);
  const receiver = [...town.elders, ...town.helpers].find(({ memberId }) => memberId === request.receiverId);
  const commandId = town.ids.command();
  const body = { commandId, code: chance.perMille(60) ? '000000' : (receiver?.visitCode ?? '000000') };
  // The volunteer waits for the hour.
  const start = msOf(request.plannedStartAt);
  if (town.nowMs < start && start - town.nowMs < 4 * 60 * 60_000) town.nowMs = start;
  const run = (given: typeof body) => (ports: SimPorts) =>
    permitted(ports, who, 'check_in', request, (facts, permit) => checkIn(ports, permit, facts, given));
  return {
    operation: 'check-in',
    id: commandId,
    run: run(body),
    altered: run({ ...body, code: '999999' }),
    step: { requestId: request.requestId, stepId: commandId },
  };
};

const leave = (town: Town, chance: Chance, request: RequestRecord): Order => {
  const who = volunteerOf(town, chance, request);
  const commandId = town.ids.command();
  return {
    operation: 'check-out',
    id: commandId,
    run: (ports) =>
      permitted(ports, who, 'check_out', request, (facts, permit) =>
        checkOut(ports, permit, facts, { commandId }),
      ),
    step: { requestId: request.requestId, stepId: commandId },
  };
};

const confirm = (town: Town, chance: Chance, request: RequestRecord): Order => {
  const receiver = [...town.elders, ...town.helpers].find(({ memberId }) => memberId === request.receiverId);
  const who = chance.perMille(500) ? town.coordinator : (receiver ?? town.coordinator);
  const transferId = town.ids.transfer();
  return {
    operation: 'confirm',
    id: transferId,
    run: (ports) =>
      permitted(ports, who, 'confirm_visit', request, (facts, permit) =>
        confirmVisit(ports, permit, facts, { transferId }),
      ),
    step: { requestId: request.requestId, stepId: transferId },
  };
};

const cancel = (town: Town, _chance: Chance, request: RequestRecord): Order => {
  const commandId = town.ids.command();
  const body = { commandId, reason: '有事' };
  const run = (given: typeof body) => (ports: SimPorts) =>
    permitted(ports, town.coordinator, 'cancel_request', request, (facts, permit) =>
      cancelRequest(ports, permit, facts, given),
    );
  return {
    operation: 'cancel',
    id: commandId,
    run: run(body),
    altered: run({ ...body, reason: '生病' }),
    step: { requestId: request.requestId, stepId: commandId },
  };
};

const close = (town: Town): Order => ({
  operation: 'close-unfilled',
  id: town.ids.command(),
  run: async (ports) => ({ kind: 'done', value: await closeUnfilled(ports) }),
});

/** The next command on a request that has been made. */
const nextOn = (town: Town, chance: Chance, request: RequestRecord): Order => {
  if (chance.perMille(60)) return cancel(town, chance, request);
  if (chance.perMille(60))
    return chance.pick([accept, arrive, leave, confirm, cancel])(town, chance, request);
  switch (request.state) {
    case 'published':
      return accept(town, chance, request);
    case 'accepted':
      return arrive(town, chance, request);
    case 'in_service':
      town.nowMs += chance.pick([5, 20, 45, 61, 125]) * 60_000;
      return leave(town, chance, request);
    default:
      return confirm(town, chance, request);
  }
};

/** A command on a request, an old or a new one. `recent`: the requests that may still move. */
export const requestOrder = (town: Town, chance: Chance, recent: readonly RequestRecord[]): Order => {
  if (chance.perMille(25)) return close(town);
  if (recent.length < 3 || chance.perMille(220)) return (chance.perMille(600) ? redeem : post)(town, chance);
  return nextOn(town, chance, chance.pick(recent));
};
