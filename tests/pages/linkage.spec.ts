/**
 * A linkage card from its need to its end, as the community sees it: in a community of its own, with a coordinator who
 * is in no other test.
 */
import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { idMaker } from '@time-bank/contracts/ids';
import { type Page, expect, test } from '@playwright/test';
import { tooSmall, widerThanScreen } from './looks.ts';
import { pass, pressAt, readerOf } from './people.ts';

const coordinatorPhone = '10029668991';
const elder = '程允忠';
const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;
const widths = [360, 1280] as const;

/** In three languages, on a phone and on a desk, all its parts unfolded. */
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
      const { violations } = await new AxeBuilder({ page }).analyze();
      const where = `${locale} ${String(width)} ${address}`;
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        where,
      ).toEqual([]);
      expect(await widerThanScreen(page), where).toBeLessThanOrEqual(0);
      expect(await tooSmall(page, 18, { height: 44 }), where).toEqual([]);
    }
  }
  await page.evaluate(() => {
    localStorage.setItem('time-bank.locale', 'zh-Hans');
  });
  await page.goto(address);
};

/** Twenty bags of rice are given to the community, from today on. */
const giveRice = async (page: Page): Promise<void> => {
  const at = await pass(0);
  const { member } = (await (await page.request.get('/api/me')).json()) as {
    member: { communityCode: string };
  };
  const answer = await page.request.post('/api/resources', {
    headers: { 'X-Time-Bank': 'web' },
    data: {
      resourceId: idMaker(
        () => at.getTime(),
        () => randomBytes(4).readUInt32BE() / 2 ** 32,
      ).command(),
      region: member.communityCode,
      kind: 'goods',
      name: '大米',
      donor: '和平里饭店',
      quantity: 20,
      unit: '袋',
      from: '2026-01-01',
      until: new Date(at.getTime() + 60 * 86_400_000).toISOString().slice(0, 10),
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
};

test('a need is reported, taken on with tasks, given something for, and closed', async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await readerOf(browser, coordinatorPhone);
  await giveRice(page);

  await test.step('the desk leads there, and says what is missing', async () => {
    await page.goto('/desk');
    await page.getByRole('link', { name: '联动工单' }).click();
    await expect(page.getByText('工单都办结了。')).toBeVisible();
    await page.getByText('报告一个需要').click();
    await pressAt(page.getByRole('button', { name: '开一张工单' }), 'Enter');
    await expect(page.getByText('请写上需要什么。').first()).toBeVisible();
  });

  await test.step('whose need, and what', async () => {
    await page.getByLabel('找老人').fill(elder);
    await page.getByLabel('家人说的').check();
    await page.getByLabel('需要什么').fill('腿脚不便，买菜困难');
    await page.getByRole('button', { name: '开一张工单' }).dblclick();
    await expect(page.getByText('工单开好了，请受理并分派任务。')).toBeVisible();
    const card = page.locator('li.card').filter({ hasText: elder });
    await expect(card).toHaveCount(1);
    await expect(card.getByText('等社区受理')).toBeVisible();
  });
  await looksRight(page);

  await page.getByRole('link', { name: `打开工单 ${elder}` }).click();
  await expect(page.getByText('下一步：社区受理，给各方分派任务。')).toBeVisible();
  await looksRight(page);

  await test.step('the community takes it on, and gives out tasks', async () => {
    await page.getByText('受理，分派任务').first().click();
    await page.getByRole('button', { name: '受理并分派' }).click();
    await expect(page.getByText('请至少给一方写上任务。').first()).toBeVisible();
    await page.getByLabel('社工要办什么').fill('上门评估');
    await page.getByLabel('公益慈善要办什么').fill('送米面');
    await page.getByRole('button', { name: '受理并分派' }).click();
    await expect(page.getByText('已经受理，任务分派好了。')).toBeVisible();
    await expect(page.getByText('社工：上门评估 · 等办')).toBeVisible();
    await expect(page.getByText('下一步：社工上门评估。')).toBeVisible();
  });

  await test.step('of what charity gave, something goes to the elder', async () => {
    await page.locator('summary').filter({ hasText: '给物资' }).click();
    await page.getByLabel('给多少').fill('21');
    await page.getByRole('button', { name: '记下这份物资' }).click();
    await expect(page.getByText('请填要给多少，是整数，不能多过剩下的。').first()).toBeVisible();
    await page.getByLabel('给多少').fill('2');
    await page.getByRole('button', { name: '记下这份物资' }).click();
    await expect(page.getByText(/^大米2袋 · /)).toBeVisible();
    await expect(page.getByText('公益慈善：送米面 · ✓ 已办')).toBeVisible();
  });

  await test.step('it is closed with what came of it, and is in the list no more', async () => {
    await page.locator('summary').filter({ hasText: '办结' }).click();
    await page.getByLabel('结果怎么样').fill('家人已接走');
    await page.getByRole('button', { name: '办结这张工单' }).click();
    await expect(page.getByText('这张工单已经办结，不用再办。')).toBeVisible();
    await expect(page.getByText('家人已接走')).toBeVisible();
    await page.getByRole('link', { name: '返回' }).click();
    await expect(page.getByText('工单都办结了。')).toBeVisible();
  });
});
