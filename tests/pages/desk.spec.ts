/** The coordinator at a desk: posts by keyboard, finds out who fits, confirms for an elder without a telephone. */
import { expect, test } from '@playwright/test';
import { pass, phoneOf, phones, pressAt, readerOf } from './people.ts';

test('a visit is posted with the keyboard alone, and a slip is told beside the field', async ({
  browser,
}) => {
  const page = await phoneOf(browser, phones.coordinator);
  await page.goto('/desk');
  await pressAt(page.getByRole('button', { name: '发布探访' }), 'Enter');
  await expect(page.getByText('请选一位老人。').first()).toBeVisible();
  await expect(page).toHaveTitle(/^错误：/);

  await page.getByLabel('找老人').focus();
  await page.keyboard.type('谢茂礼');
  // What is put right leaves the list of slips, and the focus stays where somebody is writing.
  await expect(page.getByText('请选一位老人。')).toHaveCount(0);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  await expect(page.getByLabel('找老人')).toBeFocused();
  const tomorrow = new Date((await pass(0)).getTime() + 32 * 3_600_000).toISOString().slice(0, 10);
  await page.getByLabel('哪一天').fill(tomorrow);
  await page.getByLabel('几点').fill('09:30');
  await pressAt(page.getByRole('button', { name: '发布探访' }), 'Enter');
  await expect(page.getByText('已发布')).toBeVisible();
  await page.getByRole('link', { name: '查看这次探访' }).click();
  await expect(page.getByRole('heading', { name: '合适的志愿者' })).toBeVisible();
  await expect(page.getByText(/看过\d+位志愿者/)).toBeVisible();
});

test('the week shows every elder, those without a visit first', async ({ browser }) => {
  const page = await phoneOf(browser, phones.coordinator);
  await page.goto('/desk/week');
  await expect(page.getByText(/12位/).first()).toBeVisible();
  const states = await page
    .locator('main')
    .getByText(/^(!|✓|○|–)?\s*(未安排|已安排|已探访|本周不用)$/)
    .allInnerTexts();
  const ranks = states.map((text) => (text.includes('未安排') ? 0 : text.includes('已安排') ? 1 : 2));
  expect(ranks.length).toBeGreaterThanOrEqual(12);
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test("somebody else's pages are not shown", async ({ browser }) => {
  const page = await readerOf(browser, phones.elder);
  await page.goto('/desk');
  await expect(page.getByText('您不能办这件事。有需要请打服务电话。').first()).toBeVisible();
});
