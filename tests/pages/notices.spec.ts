/** What people are told, and what comes next: pages for elders, volunteers and the desk. */
import { type Page, expect, test } from '@playwright/test';
import { trippedOver } from './looks.ts';
import { phones, readerOf } from './people.ts';

const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;

/** Opens a page and finds nothing on it that somebody trips over. */
const isForEverybody = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1')).toBeVisible();
  expect(await trippedOver(page), path).toEqual([]);
};

for (const [who, phone, paths] of [
  ['an elder', phones.elder, ['/inbox', '/next', '/me/notices', '/notices']],
  ['a volunteer', phones.secondVolunteer, ['/week', '/inbox']],
  ['a coordinator', phones.coordinator, ['/desk/tell']],
] as const) {
  test(`the pages of what ${who} is told can be read by everybody, in three languages`, async ({
    browser,
  }) => {
    const page = await readerOf(browser, phone);
    for (const locale of locales) {
      await page.addInitScript((chosen) => {
        localStorage.setItem('time-bank.locale', chosen);
      }, locale);
      for (const path of paths) await isForEverybody(page, path);
    }
  });
}

test('an elder sees who comes next, and calls with one press', async ({ browser }) => {
  const page = await readerOf(browser, phones.elder);
  await page.goto('/next');
  await expect(page.getByRole('heading', { name: '接下来谁来' })).toBeVisible();
  await expect(page.getByRole('link', { name: /给服务台打电话/ })).toHaveAttribute('href', /^tel:/);
});

test('somebody stops text messages of one kind, and takes a calendar', async ({ browser }) => {
  const page = await readerOf(browser, phones.elder);
  await page.goto('/me/notices');
  const stop = page.getByRole('button', { name: /请我去帮忙 短信/ });
  await expect(stop).toContainText('不要通知');
  await stop.click();
  await expect(page.getByText('✓ 已记下。')).toBeVisible();
  await expect(page.getByRole('button', { name: /^要通知 请我去帮忙 短信/ })).toBeVisible();
  await page.getByRole('button', { name: '生成日历地址' }).click();
  const address = page.getByText(/calendar\.ics\?link=/);
  await expect(address).toBeVisible();
  const calendar = await page.request.get((await address.textContent()) ?? '');
  expect(await calendar.text()).toContain('BEGIN:VCALENDAR');
});

test('a link of a mail that is none says so, without a sign-in', async ({ page }) => {
  await page.goto('/notices#01HZZZZZZZZZZZZZZZZZZZZZZZ.stop_visits_email.' + 'A'.repeat(43));
  await page.getByRole('button', { name: '不再收这类邮件' }).click();
  await expect(page.getByRole('alert')).toContainText('这个链接不对');
});
