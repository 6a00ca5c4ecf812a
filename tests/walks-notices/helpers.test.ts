/** Whoever is bound to an elder hears of what the elder hears of, within what they may do for them. */
import type { HelperTerms } from '@time-bank/contracts/helping';
import type { Member } from '@time-bank/contracts/member';
import { NoticeKind } from '@time-bank/contracts/notice';
import { SMS_CHARACTERS_MAX, noticeWords, smsSignature } from '@time-bank/contracts/notice-words';
import { InboxPage } from '@time-bank/contracts/notices';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NoticeTown, startNoticeTown } from '../notifier/town-notices.ts';
import { aVisit } from '../walks/steps.ts';
import { aBinding, aDaughter, guardianTerms, terms } from '../walks-helping/steps.ts';

let at: NoticeTown;
beforeEach(async () => {
  at = await startNoticeTown();
});
afterEach(async () => {
  expect(at.ways.repeated()).toEqual([]);
  expect(at.broken).toEqual([]);
  await at.town.stop();
});

const anElderWith = async (how: { terms?: HelperTerms; change?: Partial<Member> } = {}) => {
  const elder = await at.town.anElder({ name: '王秀英', gender: 'female', ...how.change });
  const daughter = await aDaughter(at.town);
  const { path } = await aBinding(at.town, {
    elder,
    helper: daughter,
    ...(how.terms === undefined ? {} : { terms: how.terms }),
  });
  return { elder, daughter, path };
};

const kindsOf = async (who: Member): Promise<string[]> =>
  (await at.inboxOf(who)).map(({ kind }) => kind).sort();
const inboxPage = async (who: Member) =>
  InboxPage.parse((await at.town.ask(who, 'GET', '/api/inbox')).body).items;
const end = (who: Member, path: string) => at.town.ask(who, 'POST', `${path}/end`, { reason: '不再代办' });

describe('a daughter who may order for her mother', () => {
  it('hears that somebody comes, once, whose matter it is, and not the whole name', async () => {
    const { elder, daughter } = await anElderWith({
      terms: terms({ scopes: ['order'], spendMinutesMax: 0 }),
    });
    const { requestId } = await aVisit(at.town, 'accepted', { elder });
    for (let run = 0; run < 3; run += 1) await at.deliver();
    const [line, ...more] = await inboxPage(daughter);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ kind: 'person_found', opens: { page: 'received', requestId } });
    expect(line?.short['zh-Hans']).toMatch(/^您代王阿姨办的事：/);
    expect(line?.long['zh-Hant']).toMatch(/^您代王阿姨辦的事：/);
    expect(line?.long.en).toMatch(/^About Ms 王, for whom you act: /);
    expect(JSON.stringify(line)).not.toContain('秀英');
    const sent = at.sentTo(daughter.phone).filter(({ message }) => message.kind === 'person_found');
    expect(sent.map(({ message }) => [message.short.slice(0, 9), message.path])).toEqual([
      ['您代王阿姨办的事：', `/received/${requestId}`],
    ]);
    const [own] = await inboxPage(elder);
    expect(own?.short['zh-Hans']).not.toContain('王阿姨');
  });

  it('hears it also where the mother has no telephone, and the desk tells the mother', async () => {
    const { elder, daughter } = await anElderWith();
    const withoutPhone = { ...elder, version: (elder.version ?? 0) + 1 };
    Reflect.deleteProperty(withoutPhone, 'phone');
    await at.town.ports.people.change(elder, withoutPhone);
    const { coordinator } = await aVisit(at.town, 'accepted', { elder });
    await at.deliver();
    expect(await kindsOf(daughter)).toContain('person_found');
    expect(at.sentTo(daughter.phone).map(({ message }) => message.kind)).toContain('person_found');
    const toTell = await at.town.ask(
      coordinator,
      'GET',
      `/api/notices/to-tell?communityCode=${coordinator.communityCode}`,
    );
    const waiting: { memberId: string }[] = toTell.body.items;
    expect(waiting.map(({ memberId }) => memberId)).toEqual([elder.memberId]);
  });

  it('is reminded the evening before, as her mother is', async () => {
    const { elder, daughter } = await anElderWith();
    await aVisit(at.town, 'accepted', { elder, request: { plannedStartAt: at.town.soon(23 * 60) } });
    at.town.setClock('2026-11-21T10:01:00.000Z');
    await at.deliver();
    expect(await kindsOf(daughter)).toContain('visit_soon');
  });
});

describe('what a binding does not allow', () => {
  it('whoever may only see the balance hears of no visit', async () => {
    const { elder, daughter } = await anElderWith({
      terms: terms({ scopes: ['see_balance'], spendMinutesMax: 0 }),
    });
    await aVisit(at.town, 'ended', { elder });
    await at.deliver();
    expect(await kindsOf(daughter)).toEqual([]);
    expect(await kindsOf(elder)).toContain('please_confirm');
  });

  it('whoever may order is not asked to confirm, and whoever may confirm is', async () => {
    const { elder, daughter } = await anElderWith({
      terms: terms({ scopes: ['confirm'], spendMinutesMax: 0 }),
    });
    const son = await aDaughter(at.town);
    await aBinding(at.town, {
      elder,
      helper: son,
      terms: terms({ scopes: ['order'], spendMinutesMax: 0 }),
    });
    await aVisit(at.town, 'ended', { elder });
    await at.deliver();
    expect(await kindsOf(daughter)).toEqual(['please_confirm']);
    expect(await kindsOf(son)).not.toContain('please_confirm');
  });

  it('a guardian hears of everything, whatever the scopes say', async () => {
    const { elder, daughter: guardian } = await anElderWith({ terms: guardianTerms() });
    await aVisit(at.town, 'ended', { elder });
    await at.deliver();
    expect(await kindsOf(guardian)).toContain('please_confirm');
  });
});

describe('a binding that has ended', () => {
  it('between the step and the delivery: nothing is told any more', async () => {
    const { elder, daughter, path } = await anElderWith();
    await aVisit(at.town, 'accepted', { elder });
    expect((await end(elder, path)).status).toBe(200);
    await at.deliver();
    expect(await kindsOf(daughter)).toEqual([]);
    expect(await kindsOf(elder)).toContain('person_found');
  });

  it('also where the notice named the helper when it was written', async () => {
    const { elder, daughter, path } = await anElderWith();
    await aVisit(at.town, 'ended', { elder });
    for (let days = 0; days < 2; days += 1) {
      at.town.pass(24 * 60);
      await keepVisits(at.town.ports);
    }
    expect((await end(elder, path)).status).toBe(200);
    await at.deliver();
    expect(await kindsOf(elder)).toContain('please_confirm_again');
    expect(await kindsOf(daughter)).toEqual([]);
  });

  it('or was never agreed to by the elder: nothing is told', async () => {
    const elder = await at.town.anElder();
    const stranger = await aDaughter(at.town);
    await aBinding(at.town, { elder, helper: stranger }, 'checked');
    await aVisit(at.town, 'accepted', { elder });
    await at.deliver();
    expect(await kindsOf(stranger)).toEqual([]);
  });
});

it.each(NoticeKind.options)('%s is one text message for a helper, too, with the longest names', (kind) => {
  const service = { 'zh-Hans': '恶劣天气探访', 'zh-Hant': '惡劣天氣探訪', en: 'Visit in bad weather' };
  const helps = { surname: '欧阳', gender: 'female' } as const;
  const { short } = noticeWords(kind, { service, startAt: '2026-12-20T15:45:00.000Z', helps });
  for (const locale of ['zh-Hans', 'zh-Hant'] as const) {
    expect(`${smsSignature}${short[locale]}`.length, short[locale]).toBeLessThanOrEqual(SMS_CHARACTERS_MAX);
  }
});

it('what an elder hears of their own volunteering is told to nobody else', async () => {
  const daughter = await aDaughter(at.town);
  const volunteer = await at.town.aVolunteer({ name: '李梅' });
  await aBinding(at.town, { elder: volunteer, helper: daughter });
  await aVisit(at.town, 'settled', { volunteer });
  await at.deliver();
  expect(await kindsOf(volunteer)).toContain('hours_booked');
  expect(await kindsOf(daughter)).toEqual([]);
});
