/**
 * Which page stands where, and who sees it, by the names of the files in `web/pages`: what is looked at is every one of
 * them, with something on it. `made` is what was done before, so that there is something.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { type Browser, type Page, expect } from '@playwright/test';
import { idMaker } from '@time-bank/contracts/ids';
import { pass, phoneOf, phones, readerOf } from './people.ts';

/** Who looks. `rater`: an elder whose visit is over; `member`: who gives and redeems. */
export type Who = 'nobody' | 'elder' | 'rater' | 'volunteer' | 'helper' | 'coordinator' | 'member';

/** What there is to look at. */
export interface Made {
  /** Over, and waits for a word; it was reported on. */
  visitId: string;
  /** Over, rated badly, complained of. */
  ratedId: string;
  /** Taken, for tomorrow. */
  nextId: string;
  /** Waits for a volunteer. */
  openId: string;
  /** Handed in by the elder, and waits for the desk. */
  askedId: string;
  elderId: string;
  bindingId: string;
  /** A card that was taken on, with tasks and a gift. */
  cardId: string;
  /** Where somebody without a sign-in confirms a visit. */
  link: string;
}

type PageOf = (made: Made) => string;

/** The files that only put others together, or show that one did not come. */
export const noPages = /(-pages|page-broken)\.tsx$|\.test\.tsx$/;

/** Every page: who looks at it, and where; behind a colon, which of several that a file shows. */
export const everyPage: Readonly<Record<string, { who: Who; at: string | PageOf }>> = {
  'sign-in': { who: 'nobody', at: '/sign-in' },
  'notice-link': { who: 'nobody', at: `/notices#${'0'.repeat(26)}.stop_visits_email.${'A'.repeat(43)}` },
  'confirm-link': { who: 'nobody', at: ({ link }) => link },
  'not-found': { who: 'nobody', at: '/nowhere' },
  home: { who: 'elder', at: '/' },
  received: { who: 'elder', at: '/received' },
  'received-request': { who: 'elder', at: ({ nextId }) => `/received/${nextId}` },
  next: { who: 'elder', at: '/next' },
  help: { who: 'elder', at: '/help' },
  ask: { who: 'elder', at: '/ask' },
  'ask-change': { who: 'elder', at: ({ askedId }) => `/ask/change/${askedId}` },
  activities: { who: 'elder', at: '/activities' },
  inbox: { who: 'elder', at: '/inbox' },
  me: { who: 'elder', at: '/me' },
  'me-card': { who: 'elder', at: '/me/card' },
  'me-consents': { who: 'elder', at: '/me/consents' },
  'me-copy': { who: 'elder', at: '/me/copy' },
  'me-helpers': { who: 'elder', at: '/me/helpers' },
  'me-helper': { who: 'elder', at: ({ bindingId }) => `/me/helpers/${bindingId}` },
  'me-invite': { who: 'elder', at: '/me/invite' },
  'me-notices': { who: 'elder', at: '/me/notices' },
  'me-passkeys': { who: 'elder', at: '/me/passkeys' },
  'me-readers': { who: 'elder', at: '/me/readers' },
  'me-sign-ins': { who: 'elder', at: '/me/sign-ins' },
  'me-wishes': { who: 'elder', at: '/me/wishes' },
  rate: { who: 'rater', at: ({ ratedId }) => `/received/${ratedId}/rate` },
  complain: { who: 'rater', at: ({ ratedId }) => `/received/${ratedId}/complain` },
  'open-requests': { who: 'volunteer', at: '/requests' },
  'open-request': { who: 'volunteer', at: ({ openId }) => `/requests/${openId}` },
  visits: { who: 'volunteer', at: '/visits' },
  visit: { who: 'volunteer', at: ({ nextId }) => `/visits/${nextId}` },
  'visit-report': { who: 'volunteer', at: ({ visitId }) => `/visits/${visitId}/report` },
  'visit-help': { who: 'volunteer', at: ({ nextId }) => `/visits/${nextId}/help` },
  week: { who: 'volunteer', at: '/week' },
  'me-portrait': { who: 'volunteer', at: '/me/portrait' },
  helped: { who: 'helper', at: '/helped' },
  'helped-elder': { who: 'helper', at: ({ elderId }) => `/helped/${elderId}` },
  'helped-order': { who: 'helper', at: ({ elderId }) => `/helped/${elderId}/order` },
  'helped-help': { who: 'helper', at: ({ elderId }) => `/helped/${elderId}/help` },
  'helped-ask': { who: 'helper', at: ({ elderId }) => `/helped/ask?elder=${elderId}` },
  redeem: { who: 'member', at: '/redeem' },
  give: { who: 'member', at: '/give' },
  'give:family': { who: 'member', at: '/give/family' },
  'give:donate': { who: 'member', at: '/give/donate' },
  'give:surplus': { who: 'member', at: '/give/surplus' },
  desk: { who: 'coordinator', at: '/desk' },
  'desk-request': { who: 'coordinator', at: ({ openId }) => `/desk/requests/${openId}` },
  'desk-week': { who: 'coordinator', at: '/desk/week' },
  'desk-plan': { who: 'coordinator', at: '/desk/plan' },
  'desk-review': { who: 'coordinator', at: '/desk/review' },
  'desk-confirm': { who: 'coordinator', at: '/desk/confirm' },
  'desk-callbacks': { who: 'coordinator', at: '/desk/callbacks' },
  'desk-disputes': { who: 'coordinator', at: '/desk/disputes' },
  'desk-dispute': { who: 'coordinator', at: ({ ratedId }) => `/desk/disputes/${ratedId}` },
  'desk-review-items': { who: 'coordinator', at: '/desk/review-items' },
  'desk-alarms': { who: 'coordinator', at: '/desk/alarms' },
  'desk-emergency': { who: 'coordinator', at: '/desk/emergency' },
  'desk-entries': { who: 'coordinator', at: '/desk/entries' },
  'desk-linkages': { who: 'coordinator', at: '/desk/linkages' },
  'desk-linkage': { who: 'coordinator', at: ({ cardId }) => `/desk/linkages/${cardId}` },
  'desk-events': { who: 'coordinator', at: '/desk/events' },
  'desk-series': { who: 'coordinator', at: '/desk/series' },
  'desk-activities': { who: 'coordinator', at: '/desk/activities' },
  'desk-tell': { who: 'coordinator', at: '/desk/tell' },
  'desk-corrections': { who: 'coordinator', at: '/desk/corrections' },
  'desk-correction': { who: 'coordinator', at: '/desk/corrections/new' },
  'desk-people': { who: 'coordinator', at: '/desk/people' },
  'desk-person': { who: 'coordinator', at: ({ elderId }) => `/desk/people/${elderId}` },
  'desk-enter': { who: 'coordinator', at: '/desk/people/new' },
  'desk-bindings': { who: 'coordinator', at: '/desk/people/helpers' },
  'desk-volunteers': { who: 'coordinator', at: '/desk/people/volunteers' },
  'desk-wishes': { who: 'coordinator', at: '/desk/people/wishes' },
};

/** People who are in no other test. */
const numbers: Readonly<Record<Exclude<Who, 'nobody' | 'coordinator'> | 'second', string>> = {
  elder: '10045705196',
  rater: '10091309036',
  volunteer: '10050312692',
  second: '10048528174',
  helper: '10041320522',
  member: phones.reader,
};

/** Somebody of the cast, signed in. */
export const asWhom = (browser: Browser, who: Who): Promise<Page> => {
  if (who === 'nobody') return browser.newContext().then((context) => context.newPage());
  if (who === 'coordinator' || who === 'member')
    return readerOf(browser, who === 'member' ? numbers.member : phones.coordinator);
  return readerOf(browser, numbers[who]);
};

const send = async (page: Page, path: string, data: Record<string, unknown>): Promise<unknown> => {
  const answer = await page.request.post(`/api${path}`, { headers: { 'X-Time-Bank': 'web' }, data });
  const text = await answer.text();
  expect(answer.ok(), `${path}: ${text}`).toBe(true);
  return JSON.parse(text) as unknown;
};

interface Me {
  member: { memberId: string; visitCode?: string; communityCode: string };
}
const meOf = async (page: Page): Promise<Me['member']> => {
  const { member } = (await (await page.request.get('/api/me')).json()) as Me;
  return member;
};

const chunk = (name: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

/** A picture of nobody: stripes, wider than high, as a PNG file. */
export const stripes = (widthPx = 320, heightPx = 200): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(widthPx, 0);
  head.writeUInt32BE(heightPx, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = (y: number): number[] => [
    0,
    ...Array.from({ length: widthPx * 3 }, (_, x) => (y * 3 + x) % 256),
  ];
  const lines = Buffer.from(Array.from({ length: heightPx }, (_, y) => row(y)).flat());
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Gives one's portrait on its page, as somebody would who has just taken it. */
export const givePortrait = async (page: Page): Promise<void> => {
  await page.goto('/me/portrait');
  await page
    .getByLabel('选一张照片，或者现在拍一张')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: stripes() });
  await page.getByRole('button', { name: '同意，放上这张照片' }).click();
  await expect(page.getByText('照片放上去了。')).toBeVisible();
};

/** Makes what there is to look at: visits made and to come, a complaint, a call, what comes again and again. */
const makeAll = async (browser: Browser): Promise<Made> => {
  const coordinator = await readerOf(browser, phones.coordinator);
  const elder = await readerOf(browser, numbers.elder);
  const rater = await readerOf(browser, numbers.rater);
  const volunteer = await readerOf(browser, numbers.volunteer);
  const second = await phoneOf(browser, numbers.second);
  const helper = await readerOf(browser, numbers.helper);
  let nowMs = (await pass(0)).getTime();
  const ids = idMaker(() => nowMs);
  const order = (page: Page, path: string, said: Record<string, unknown> = {}) =>
    send(page, path, { commandId: ids.command(), ...said });
  const after = (minutes: number): string => new Date(nowMs + minutes * 60_000).toISOString();
  const tomorrowAt = (hour: number): string =>
    new Date(Math.floor(nowMs / 86_400_000) * 86_400_000 + (24 + hour - 8) * 3_600_000).toISOString();
  const [asElder, asRater] = [await meOf(elder), await meOf(rater)];
  const post = async (receiverId: string, plannedStartAt: string): Promise<string> => {
    const requestId = ids.request();
    const wanted = { requestId, serviceCode: 'C01', receiverId, plannedStartAt, plannedMinutes: 30 };
    await send(coordinator, '/requests', { ...wanted, wishes: { languages: [] } });
    return requestId;
  };
  const accept = (page: Page, requestId: string) =>
    send(page, `/requests/${requestId}/accept`, { visitId: ids.visit() });

  const [visitId, ratedId] = [
    await post(asElder.memberId, after(10)),
    await post(asRater.memberId, after(10)),
  ];
  const [nextId, openId] = [
    await post(asElder.memberId, tomorrowAt(11)),
    await post(asElder.memberId, tomorrowAt(16)),
  ];
  await accept(volunteer, visitId);
  await accept(volunteer, nextId);
  await accept(second, ratedId);
  nowMs = (await pass(10)).getTime();
  await order(volunteer, `/requests/${visitId}/check-in`, { code: asElder.visitCode });
  await order(second, `/requests/${ratedId}/check-in`, { code: asRater.visitCode });
  nowMs = (await pass(30)).getTime();
  await order(volunteer, `/requests/${visitId}/check-out`);
  await order(second, `/requests/${ratedId}/check-out`);
  const { token } = (await send(coordinator, `/requests/${visitId}/confirm-link`, {
    linkId: ids.command(),
  })) as { token: string };

  await send(rater, `/requests/${ratedId}/confirm`, { transferId: ids.transfer() });
  await order(rater, `/requests/${ratedId}/ratings`, { level: 2, words: '坐了一会儿就走了' });
  await order(rater, `/requests/${ratedId}/disputes`, { kind: 'wrong_time', words: '只坐了十分钟' });

  const askedId = ids.request();
  await send(elder, '/submissions', {
    requestId: askedId,
    serviceCode: 'C01',
    plannedStartAt: tomorrowAt(34),
    plannedMinutes: 60,
    wishes: { languages: [] },
  });
  const call = (await order(elder, '/emergencies', { words: '头晕' })) as { caseId: string };
  await order(coordinator, `/emergencies/${call.caseId}/steps`, { act: 'answered' });
  await send(coordinator, '/series', {
    caseId: ids.command(),
    receiverId: asElder.memberId,
    serviceCode: 'C01',
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    from: after(0).slice(0, 10),
    startMinute: 540,
    plannedMinutes: 60,
    wishes: { languages: [] },
    paidBy: 'community',
  });
  await order(coordinator, '/back-entries', {
    elderId: asRater.memberId,
    volunteerId: (await meOf(volunteer)).memberId,
    serviceCode: 'C01',
    startedAt: after(-26 * 60),
    servedMinutes: 60,
    evidence: '纸质登记表第12号',
  });

  const cardId = ids.command();
  const resourceId = ids.command();
  const day = after(0).slice(0, 10);
  await send(coordinator, '/linkages', {
    caseId: cardId,
    elderId: asElder.memberId,
    source: 'elder',
    need: '腿脚不便，买菜困难',
  });
  await order(coordinator, `/linkages/${cardId}/open`, {
    tasks: [
      { society: 'social_worker', what: '上门评估' },
      { society: 'charity', what: '送米面' },
    ],
  });
  await send(coordinator, '/resources', {
    resourceId,
    region: asElder.communityCode,
    kind: 'goods',
    name: '大米',
    donor: '和平里饭店',
    quantity: 20,
    unit: '袋',
    from: day,
    until: after(90 * 24 * 60).slice(0, 10),
  });
  await order(coordinator, `/linkages/${cardId}/resources`, { resourceId, quantity: 1 });

  const organisationId = `acc_${ids.command().slice(4)}`;
  await send(coordinator, '/organisations', {
    accountId: organisationId,
    name: '和平里老年协会',
    communityCode: asElder.communityCode,
    kind: 'elders_association',
  });
  await send(coordinator, '/activities', {
    caseId: ids.command(),
    organisationId,
    communityCode: asElder.communityCode,
    serviceCode: 'F01',
    title: '合唱下午',
    startAt: tomorrowAt(38),
    plannedMinutes: 90,
    place: '社区活动室',
    volunteerPlaces: 2,
    guestPlaces: 2,
  });

  const bindingId = ids.file();
  await send(helper, '/bindings', {
    bindingId,
    elderId: asElder.memberId,
    helperId: (await meOf(helper)).memberId,
    terms: {
      kind: 'family_proxy',
      scopes: ['order', 'confirm', 'see_balance'],
      spendMinutesMax: 0,
      until: after(300 * 24 * 60).slice(0, 10),
      proof: '户口簿，母女',
    },
  });
  const path = `/members/${asElder.memberId}/bindings/${bindingId}`;
  await send(coordinator, `${path}/check`, { decision: 'accept' });
  await send(elder, `${path}/confirm`, { by: 'own_phone', decision: 'accept' });
  await givePortrait(volunteer);
  const { memberId: elderId } = asElder;
  return { visitId, ratedId, nextId, openId, askedId, elderId, bindingId, cardId, link: `/c#${token}` };
};

const madeFile = join(tmpdir(), `made-${process.env['PAGES_PORT'] ?? ''}.json`);

/** What there is to look at, made by whichever test of a run asks first. */
export const madeOnce = async (browser: Browser): Promise<Made> => {
  if (existsSync(madeFile)) return JSON.parse(readFileSync(madeFile, 'utf8')) as Made;
  const made = await makeAll(browser);
  writeFileSync(madeFile, JSON.stringify(made));
  return made;
};
