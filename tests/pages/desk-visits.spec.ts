/**
 * What a desk enters by hand: a visit that was forgotten, an event, bad weather, a date that is moved, a call about a
 * visit that is being made. In a community of its own, with two coordinators and a volunteer who are in no other test.
 */
import { randomBytes } from 'node:crypto';
import { idMaker } from '@time-bank/contracts/ids';
import { type Page, expect, test } from '@playwright/test';
import { trippedOver, widerThanScreen } from './looks.ts';
import { pass, phoneOf, pressAt, readerOf } from './people.ts';

const coordinatorPhone = '10059670473';
/** Who looks after the sub-district. */
const secondPhone = '10093423525';
const community = '春光社区居委会';
const volunteer = { name: '罗慧芳', phone: '10075957313' };
const elder = { forgotten: '高克忠', home: '梁玉珍', weekly: '周秀琴', visited: '丁传良' };
const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;
const widths = [360, 1280] as const;

/** The day on the wall, some days from now. */
const dayFrom = async (days: number): Promise<string> =>
  new Date((await pass(0)).getTime() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

const looksRight = async (page: Page): Promise<void> => {
  const address = page.url();
  for (const locale of locales) {
    await page.evaluate((chosen) => {
      localStorage.setItem('time-bank.locale', chosen);
    }, locale);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      for (const summary of await page.locator('main summary').all()) await summary.click();
      const where = `${locale} ${String(width)} ${address}`;
      expect(await trippedOver(page), where).toEqual([]);
      expect(await widerThanScreen(page), where).toBeLessThanOrEqual(0);
    }
  }
  await page.evaluate(() => {
    localStorage.setItem('time-bank.locale', 'zh-Hans');
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(address);
};

/** An id as the pages make them. */
const newId = async (kind: 'request' | 'visit' | 'command'): Promise<string> => {
  const at = await pass(0);
  return idMaker(
    () => at.getTime(),
    () => randomBytes(4).readUInt32BE() / 2 ** 32,
  )[kind]();
};

const send = async (page: Page, path: string, data: object): Promise<void> => {
  const answer = await page.request.post(path, { headers: { 'X-Time-Bank': 'web' }, data });
  expect(answer.ok(), await answer.text()).toBe(true);
};

test('a visit that was forgotten is entered by one coordinator and approved by another', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, coordinatorPhone);
  const second = await readerOf(browser, secondPhone);

  await test.step('the desk leads there, and says what is missing', async () => {
    await page.goto('/desk');
    await page.getByRole('link', { name: '补录探访' }).click();
    await page.getByText('补录一次').click();
    await pressAt(page.getByRole('button', { name: '提交，等同事批准' }), 'Enter');
    await expect(page.getByText('请选去的志愿者。').first()).toBeVisible();
    await expect(page.getByText('请写上凭什么知道去过。').first()).toBeVisible();
  });

  await test.step('who, when, why and on what grounds', async () => {
    await page.getByLabel('找老人').fill(elder.forgotten);
    await page.getByLabel('找志愿者').fill(volunteer.name);
    await page.getByLabel('志愿者', { exact: true }).selectOption({ label: volunteer.name });
    await page.getByLabel('哪一天去的').fill(await dayFrom(-1));
    await page.getByLabel('几点到').fill('06:10');
    await page.getByLabel('几点走').fill('06:55');
    await page.getByLabel('手机没电或没带').check();
    await page.getByLabel('凭什么知道去过').fill('登记表第12号，邻居看见');
    await page.getByRole('button', { name: '提交，等同事批准' }).dblclick();
    await expect(page.getByText('已经提交，等另一位同事批准。')).toBeVisible();
  });

  await test.step('who entered it sees why they may not approve it', async () => {
    const card = page.locator('li.card').filter({ hasText: elder.forgotten });
    await expect(card).toHaveCount(1);
    await expect(card.getByRole('heading')).toHaveText(`${volunteer.name}去看${elder.forgotten}`);
    await expect(card.getByText('06:10到06:55，共45分钟')).toBeVisible();
    await expect(card.getByText('手机没电或没带。登记表第12号，邻居看见')).toBeVisible();
    await expect(card.getByText('这是您自己补录的，要由另一位同事来批准。')).toBeVisible();
    await expect(card.getByRole('button')).toHaveCount(0);
  });

  await test.step('a colleague approves it, and the hotline has the elder on its list', async () => {
    await second.goto('/desk/entries');
    await second.getByLabel('社区').selectOption({ label: community });
    const card = second.locator('li.card').filter({ hasText: elder.forgotten });
    await card.getByRole('button', { name: '属实，批准' }).click();
    await card.getByRole('button', { name: '确定批准' }).click();
    await expect(second.getByText('已经批准，已放进回访名单。')).toBeVisible();
    await expect(card).toHaveCount(0);
    await second.goto('/desk/callbacks');
    await expect(second.getByRole('heading', { name: new RegExp(elder.forgotten) })).toBeVisible();
    await expect(second.getByText('事后补录')).toBeVisible();
  });
  await page.goto('/desk/entries');
  await looksRight(page);
});

test('an event and bad weather are noted, and the page says to whom somebody has to go by when', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, coordinatorPhone);
  await page.goto('/desk');
  await page.getByRole('link', { name: '变故和天气' }).click();
  await page.getByText('老人家里出了大事').click();
  await page.getByRole('button', { name: '记下来' }).click();
  await expect(page.getByText('请选一位老人。')).toBeVisible();
  await page.getByLabel('找老人').fill(elder.home);
  await page.getByLabel('出院回家').check();
  await page.getByRole('button', { name: '记下来' }).click();
  await expect(page.getByText(`已经记下。请马上给${elder.home}安排探访。`)).toBeVisible();
  const row = page.locator('li').filter({ hasText: elder.home });
  await expect(row).toContainText('大事以后');
  await expect(row).toContainText(/最晚\d+月\d+日 \d\d:\d\d/);

  await page.getByText('恶劣天气', { exact: true }).first().click();
  await page.getByRole('button', { name: '发布天气提醒' }).click();
  await expect(page.getByText('请填从哪天到哪天，最多三十天。')).toBeVisible();
  await page.getByLabel('到哪天').fill(await dayFrom(1));
  await page.getByRole('button', { name: '发布天气提醒' }).click();
  await expect(page.getByText('已经发布。')).toBeVisible();
  await expect(page.locator('li').filter({ hasText: '恶劣天气 ·' }).first()).toBeVisible();
  await looksRight(page);

  // The elder is in hand on the desk.
  await page
    .getByRole('link', { name: `给${elder.home}安排探访` })
    .first()
    .click();
  await expect(page.getByLabel('老人', { exact: true }).locator('option:checked')).toContainText(elder.home);
});

test('one date of a series is moved, one is left out, and it rests for a while', async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, coordinatorPhone);
  await page.goto('/desk/series');
  await page.getByText('新的定期服务').click();
  await page.getByLabel('找老人').fill(elder.weekly);
  await page.getByLabel('服务', { exact: true }).selectOption({ label: '读书读报' });
  await page.getByRole('button', { name: '先看看有哪几天' }).click();
  await page.getByRole('button', { name: '就这样开始' }).click();
  await expect(page.getByText('已经开始，日子快到时会自动发布。')).toBeVisible();
  const card = page.locator('li.card').filter({ hasText: elder.weekly });
  await expect(card.getByText(/^下一次：/)).toBeVisible();
  await card.getByText('接下来的日子').click();
  const dates = card.locator('ul.lines > li');

  await test.step('the first is moved to another day', async () => {
    await dates.first().getByRole('button', { name: '改这一次' }).click();
    await dates
      .first()
      .getByLabel(/改到哪天/)
      .fill(await dayFrom(9));
    await dates.first().getByLabel('几点').fill('15:30');
    await dates.first().getByRole('button', { name: '改到这个时间' }).click();
    await expect(page.getByText('这一次已经改了时间。')).toBeVisible();
    await expect(dates.filter({ hasText: '15:30' })).toContainText('改了时间');
  });

  await test.step('another is left out, once somebody has said so twice', async () => {
    await dates.last().getByRole('button', { name: '改这一次' }).click();
    await dates.last().getByRole('button', { name: '这次不来' }).click();
    await dates.last().getByRole('button', { name: '确定这次不来' }).click();
    await expect(page.getByText('这一次已经去掉。')).toBeVisible();
    await expect(dates.last()).toContainText('这次不来');
  });

  await test.step('it rests from a day to a day', async () => {
    await card.locator('summary').filter({ hasText: '暂停一段时间' }).click();
    await card.getByRole('button', { name: '暂停一段时间' }).click();
    await expect(card.getByText('请填从哪天到哪天。')).toBeVisible();
    await card.getByLabel('从哪天起不来').fill(await dayFrom(14));
    await card.getByLabel('到哪天为止').fill(await dayFrom(21));
    await card.getByRole('button', { name: '暂停一段时间' }).click();
    await expect(page.getByText('已经暂停，到期以后照常。')).toBeVisible();
    await expect(card.getByText(/\d+月\d+日到\d+月\d+日暂停/)).toBeVisible();
    await expect(dates.filter({ hasText: '暂停中' }).first()).toBeVisible();
  });
  await looksRight(page);
});

test('an elder without a card is given a code on the telephone, and a call is noted beside the visit', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, coordinatorPhone);
  const theirs = await phoneOf(browser, volunteer.phone);
  const requestId = await newId('request');
  const { items } = (await (await page.request.get('/api/elders')).json()) as {
    items: { memberId: string; name: string }[];
  };
  await send(page, '/api/requests', {
    requestId,
    receiverId: items.find(({ name }) => name === elder.visited)?.memberId,
    serviceCode: 'C01',
    plannedStartAt: new Date((await pass(0)).getTime() + 15 * 60_000).toISOString(),
    plannedMinutes: 45,
    wishes: { languages: [] },
  });
  await send(theirs, `/api/requests/${requestId}/accept`, { visitId: await newId('visit') });

  await page.goto(`/desk/requests/${requestId}`);
  await page.getByText('给老人一个上门密码').click();
  await page.getByRole('button', { name: '生成密码' }).click();
  await expect(page.getByText(`等会儿${volunteer.name}志愿者上门`)).toBeVisible();
  const code = (await page.locator('.code').innerText()).replaceAll(/\s/g, '');
  expect(code).toMatch(/^\d{6}$/);
  await looksRight(page);

  await theirs.goto(`/visits/${requestId}`);
  await theirs.getByLabel('卡上的6位数字').fill(code);
  await theirs.getByRole('button', { name: '签到' }).click();
  await expect(theirs.getByText('签到好了。时间从现在算起。')).toBeVisible();

  await page.goto(`/desk/requests/${requestId}`);
  await page.getByText(`打电话问${volunteer.name}来了没有`).click();
  await expect(page.getByText(`${volunteer.name}志愿者现在在您家里吗？`)).toBeVisible();
  await page.getByRole('button', { name: '记下这个电话' }).click();
  await expect(page.getByText('请选电话里怎么说。')).toBeVisible();
  await page.getByLabel('在，人到了').check();
  await page.getByRole('button', { name: '记下这个电话' }).click();
  await expect(page.getByText('电话已经记下。')).toBeVisible();
  await looksRight(page);
});
