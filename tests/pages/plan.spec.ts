/** A coordinator plans the week at the desk: looks, settles by hand, plans once more, sends; then the volunteer sees it. */
import { randomBytes } from 'node:crypto';
import { idMaker } from '@time-bank/contracts/ids';
import { boundsOfWeek, isoWeekOf, plusMinutes } from '@time-bank/contracts/time';
import { type Page, expect, test } from '@playwright/test';
import { trippedOver, widerThanScreen } from './looks.ts';
import { pass, phones, pressAt, readerOf, signIn } from './people.ts';

const DAY = 24 * 60;
const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;
const widths = [360, 1280] as const;

interface Elder {
  memberId: string;
  name: string;
}

/** A visit that the coordinator has asked for. */
interface Asked {
  requestId: string;
  elder: string;
}

/**
 * A visit for each of some elders in the week that comes, at ten in the morning, for the first elder of all in the
 * middle of the night.
 */
const askForVisits = async (page: Page, from: number, to: number): Promise<Asked[]> => {
  const today = await pass(0);
  const ids = idMaker(
    () => today.getTime(),
    () => randomBytes(4).readUInt32BE() / 2 ** 32,
  );
  const monday = boundsOfWeek(isoWeekOf(plusMinutes(today.toISOString(), 7 * DAY))).from;
  const { items } = (await (await page.request.get('/api/elders')).json()) as { items: Elder[] };
  const asked: Asked[] = [];
  for (let index = from; index < to; index += 1) {
    const { memberId, name } = items[index] ?? { memberId: '', name: '' };
    const requestId = ids.request();
    const answer = await page.request.post('/api/requests', {
      headers: { 'X-Time-Bank': 'web' },
      data: {
        requestId,
        receiverId: memberId,
        // Company has no hours of the day.
        serviceCode: 'C01',
        plannedStartAt: plusMinutes(monday, (index + 1) * DAY + (index === 0 ? 2 : 10) * 60),
        plannedMinutes: 45,
        wishes: { languages: [] },
      },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    asked.push({ requestId, elder: name });
  }
  return asked;
};

const isReady = async (page: Page): Promise<void> => {
  await expect(page.getByText('排好了，还没有发出')).toBeVisible({ timeout: 60_000 });
};

/** The number to call about a visit that has been given out, as the coordinator sees it. */
const phoneOfVolunteer = async (page: Page, pair: { elder: string; volunteer: string }): Promise<string> => {
  const { items } = (await (await page.request.get('/api/requests?scope=community')).json()) as {
    items: { receiver: { name?: string }; visit?: { volunteer: { name: string; phone?: string } } }[];
  };
  const theirs = items.find(
    ({ receiver, visit }) => receiver.name === pair.elder && visit?.volunteer.name === pair.volunteer,
  );
  return theirs?.visit?.volunteer.phone ?? '';
};

const looksRight = async (page: Page): Promise<void> => {
  for (const locale of locales) {
    await page.evaluate((chosen) => {
      localStorage.setItem('time-bank.locale', chosen);
    }, locale);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.reload();
      await page.locator('main button').nth(1).click();
      await expect(page.locator('main table')).toBeVisible();
      expect(await trippedOver(page), `${locale} ${String(width)}`).toEqual([]);
      expect(await widerThanScreen(page), `${locale} ${String(width)}`).toBeLessThanOrEqual(0);
    }
  }
};

test('a week is planned, settled by hand, planned once more and sent, and a volunteer sees the visit', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, phones.coordinator);
  const [atNight] = await askForVisits(page, 0, 4);
  await page.goto('/desk/week');
  await page.getByRole('link', { name: '一键排班' }).click();
  await page.getByRole('button', { name: '下周' }).click();

  // With the keyboard alone: asked for, and read when it is ready.
  await pressAt(page.getByRole('button', { name: '排这一周' }), 'Enter');
  await isReady(page);
  await expect(page.getByRole('heading', { name: '还没有人去的老人' })).toBeVisible();
  await expect(page.getByRole('heading', { name: `! ${atNight?.elder ?? ''}` })).toBeVisible();
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
  const count = await rows.count();
  expect(count).toBeGreaterThan(1);
  const namesOf = async (row: number) => ({
    elder: await rows.nth(row).getByRole('rowheader').innerText(),
    volunteer: await rows.nth(row).getByRole('cell').first().innerText(),
  });
  const [kept, unwanted] = [await namesOf(0), await namesOf(1)];
  await pressAt(page.getByLabel(`定下这一对 ${kept.elder} ${kept.volunteer}`), 'Space');
  await page.getByLabel(`不要这一对 ${unwanted.elder} ${unwanted.volunteer}`).check();
  await expect(page.getByText('定下1对，不要1对。')).toBeVisible();
  await page.getByRole('button', { name: '按上面的要求再排一次' }).click();
  await isReady(page);
  await expect(page.getByLabel(`定下这一对 ${kept.elder} ${kept.volunteer}`)).toBeChecked();
  await expect(page.getByLabel(`不要这一对 ${unwanted.elder} ${unwanted.volunteer}`)).toHaveCount(0);

  await page.getByRole('button', { name: '发出这份安排' }).click();
  await page.getByRole('button', { name: '确定发出' }).click();
  await expect(page.getByText('已经发出')).toBeVisible({ timeout: 60_000 });
  await expect(rows.first()).toContainText('已通知');
  await looksRight(page);

  const phone = await phoneOfVolunteer(page, kept);
  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, phone);
  await theirs.goto('/visits');
  await expect(theirs.getByText(kept.elder).first()).toBeVisible();
});

test('volunteers are asked to take a visit, and it is told why somebody is not among them', async ({
  browser,
}) => {
  const page = await readerOf(browser, phones.coordinator);
  const [visit] = await askForVisits(page, 4, 5);
  await page.goto(`/desk/requests/${visit?.requestId ?? ''}`);
  await page.getByRole('button', { name: '请这几位志愿者' }).click();
  await expect(page.getByText(/已通知，一共请了\d+位。/)).toBeVisible();
  await expect(page.getByRole('heading', { name: '已经请了谁' })).toBeVisible();
  await expect(page.getByText(/如果没有人接，.*会再请几位。/)).toBeVisible();

  await page.getByText('为什么没有某某？').click();
  const list = page.getByLabel('志愿者', { exact: true });
  await list.selectOption({ index: 0 });
  await expect(page.getByRole('heading', { name: /这次不能去，因为：|可以去，排在第\d+位。/ })).toBeVisible();
  expect(await trippedOver(page)).toEqual([]);
});
