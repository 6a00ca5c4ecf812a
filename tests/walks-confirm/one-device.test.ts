/** Several people on one device, and a word of the elder from the volunteer's: something to ask about, and no more. */
import { HonestyList } from '@time-bank/contracts/confirming';
import type { Member } from '@time-bank/contracts/member';
import { keepHonesty } from '@time-bank/desk/keep-honesty';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Device, aDevice } from '../device.ts';
import { HOME, type Town, startTown } from '../town.ts';
import { type Phone, aPhone } from '../walks-sessions/clients.ts';
import { aDayVisit, balanceOf, kept, nextMorning } from './steps.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

/** Three in the morning in China. */
const tonight = (): void => {
  nextMorning(town);
  town.pass(18 * 60);
};

const itemsOf = async () => {
  const { body } = await town.ask(await town.aCoordinator(), 'GET', `/api/honesty?region=${HOME}`);
  return HonestyList.parse(body).items;
};

const must = ({ status, body }: Awaited<ReturnType<Phone['ask']>>): void => {
  if (status >= 300) throw new Error(JSON.stringify(body));
};

/** A visit that a volunteer begins and ends on `device`. */
const aVisitOn = async (device: Device, volunteer: Member) => {
  const visit = await aDayVisit(town, 'accepted', { volunteer });
  town.setClock(visit.body.plannedStartAt);
  const phone = await aPhone(town, volunteer, { device });
  const begin = { commandId: town.ids.command(), code: visit.elder.visitCode };
  must(await phone.ask('POST', `${visit.path}/check-in`, begin));
  town.pass(61);
  const out = await aPhone(town, volunteer, { device });
  must(await out.ask('POST', `${visit.path}/check-out`, { commandId: town.ids.command() }));
  return visit;
};

const confirmOn = async (device: Device, { elder, path }: Awaited<ReturnType<typeof aVisitOn>>) => {
  const phone = await aPhone(town, elder, { device });
  must(await phone.ask('POST', `${path}/confirm`, { transferId: town.ids.transfer() }));
};

it('two volunteers check in on one telephone: an item names both, and neither the telephone nor a mark of it', async () => {
  const [device, one, other] = [aDevice(), await town.aVolunteer(), await town.aVolunteer()];
  const first = await aVisitOn(device, one);
  await confirmOn(aDevice(), first);
  const second = await aVisitOn(device, other);
  tonight();
  expect(await keepHonesty(town.ports)).toBe(1);
  const [item, ...more] = await itemsOf();
  expect(more).toEqual([]);
  expect(item).toMatchObject({ kind: 'same_device', figures: { people: 2, visits: 2 } });
  expect(item?.subjects.map(({ memberId }) => memberId).sort()).toEqual(
    [one.memberId, other.memberId].sort(),
  );
  const { request } = await kept(town, first.requestId);
  const marks = request.history.flatMap(({ device: mark }) => mark ?? []);
  expect(marks.length).toBeGreaterThan(0);
  for (const seen of [item, (await town.ask(first.coordinator, 'GET', first.path)).body]) {
    for (const mark of [...marks, device.thumbprint]) expect(JSON.stringify(seen)).not.toContain(mark);
  }
  expect(JSON.stringify(request)).not.toContain(device.thumbprint);
  // What is booked stays booked; what waits for a word is called about.
  expect(await balanceOf(town, one)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
  expect((await kept(town, second.requestId)).request.callbackReasons).toEqual(['flagged']);
});

it('the elder says yes on the volunteer’s telephone: an item, and the hours stay', async () => {
  const [device, volunteer] = [aDevice(), await town.aVolunteer()];
  await confirmOn(device, await aVisitOn(device, volunteer));
  tonight();
  await keepHonesty(town.ports);
  expect(await itemsOf()).toMatchObject([
    {
      kind: 'confirmed_on_device',
      subjects: [{ memberId: volunteer.memberId }],
      figures: { visits: 1 },
      why: { 'zh-Hans': '有1次服务的确认来自志愿者签到用的设备' },
    },
  ]);
  expect(await balanceOf(town, volunteer)).toEqual({ availableMinutes: 60, heldMinutes: 0 });
});

it('everybody on a telephone of their own: nothing', async () => {
  const one = await aVisitOn(aDevice(), await town.aVolunteer());
  await confirmOn(aDevice(), one);
  await aVisitOn(aDevice(), await town.aVolunteer());
  tonight();
  expect(await keepHonesty(town.ports)).toBe(0);
});
