/** The pages as everyone uses them: on the smallest phone, with larger letters, with a keyboard, without a network. */
import { type Page, expect, test } from '@playwright/test';
import { widerThanScreen } from './looks.ts';
import { phones, readerOf, signIn } from './people.ts';

/** The pages that are opened most. */
const often = [
  '/',
  '/requests',
  '/visits',
  '/received',
  '/redeem',
  '/give',
  '/give/family',
  '/give/donate',
  '/give/surplus',
];

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1')).toBeVisible();
};

test('nothing is wider than the smallest phone, also with letters twice the size', async ({ browser }) => {
  const page = await readerOf(browser, phones.reader);
  await page.setViewportSize({ width: 320, height: 568 });
  for (const path of often) {
    await open(page, path);
    expect(await widerThanScreen(page), path).toBeLessThanOrEqual(0);
    await page.addStyleTag({ content: 'html{font-size:36px !important}' }).catch(() => undefined);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('font-size', '36px', 'important');
    });
    expect(await widerThanScreen(page), `${path} at twice the size`).toBeLessThanOrEqual(0);
  }
});

test('zoom is never blocked, and no page asks another origin for anything', async ({ page }) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  // Somebody who is in no other test.
  await signIn(page, '10097205682');
  await open(page, '/');
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).not.toMatch(
    /user-scalable|maximum-scale/,
  );
  expect([...origins]).toEqual([new URL(page.url()).origin]);
  expect(problems.filter((text) => !text.includes('401'))).toEqual([]);
});

test('a page can be walked with the keyboard alone', async ({ page }) => {
  await page.goto('/sign-in');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAttribute('href', '#main');
  await page.getByLabel('手机号').focus();
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').or(page.locator('.summary, [tabindex="-1"]')).first()).toBeFocused();
  await expect(page).toHaveTitle(/^错误：/);
});

test('without a network the last balance is there, with its date', async ({ browser }) => {
  const page = await readerOf(browser, phones.reader);
  await open(page, '/');
  const card = page.locator('.balance');
  const shown = await card.innerText();
  await page.route('**/api/**', (route) => route.abort());
  await page.reload();
  await expect(card).toBeVisible();
  expect((await card.innerText()).replaceAll(/\s/g, '')).toBe(shown.replaceAll(/\s/g, ''));
  await expect(page.getByRole('button', { name: '再试一次' }).first()).toBeVisible();
});
