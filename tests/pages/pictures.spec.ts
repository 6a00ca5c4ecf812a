/** Takes the pictures of the README: `PICTURES=1 npx playwright test --project=pictures`. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { phoneOf, phones } from './people.ts';

const folder = join(import.meta.dirname, '../../web/pictures');

test('the balance on a phone', async ({ browser }) => {
  const page = await phoneOf(browser, phones.volunteer);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.locator('.balance')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, 'phone.png') });
});

test('the week on a desk', async ({ browser }) => {
  const page = await phoneOf(browser, phones.coordinator);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/desk/week');
  await expect(page.locator('main h1')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, 'desk.png') });
});
