/**
 * Every page that there is, with something on it, in three languages, on an old phone, a phone and a desk: nothing that
 * a screen reader trips over, nothing too small, nothing wider than the screen, nothing broken.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { type Who, asWhom, everyPage, madeOnce, noPages } from './every-page.ts';
import { tooSmall, trippedOver, widerThanScreen } from './looks.ts';

const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;
const oldPhone = { width: 320, height: 568 };
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const pictures = process.env['EVERY_PAGE_PICTURES'];

const cast = [...new Set(Object.values(everyPage).map(({ who }) => who))];
/** Staff sit at a desk, with a mouse. */
const leastFor = (who: Who) => (who === 'coordinator' ? { height: 44 } : { width: 60, height: 60 });

test('no page is left out', () => {
  const files = readdirSync(join(import.meta.dirname, '../../web/pages')).filter(
    (name) => !noPages.test(name),
  );
  const looked = new Set(Object.keys(everyPage).map((name) => name.split(':')[0]));
  expect([...looked].sort()).toEqual(files.map((name) => name.replace('.tsx', '')).sort());
});

const isClean = async (page: Page, where: string): Promise<void> => {
  expect.soft(await trippedOver(page), where).toEqual([]);
  expect.soft(await widerThanScreen(page), where).toBeLessThanOrEqual(0);
};

/** Opens a page as it is read, all its folded parts unfolded. */
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1')).toBeVisible();
  for (const summary of await page.locator('main summary').all()) await summary.click();
};

/** Looks at one page on both screens. */
const look = async (
  page: Page,
  name: string,
  where: { who: Who; path: string; locale: string },
): Promise<void> => {
  const { who, path, locale } = where;
  const what = `${locale} ${name}`;
  await page.setViewportSize(phone);
  await open(page, path);
  const missing = await page
    .getByRole('heading', { name: /没有找到这个页面|沒有找到這個頁面|Page not found/i })
    .count();
  expect.soft(missing > 0, `${what} is there`).toBe(name === 'not-found');
  expect.soft(await page.locator('main [role=alert]').filter({ hasText: /./ }).count(), what).toBe(0);
  await isClean(page, `${what} on a phone`);
  expect.soft(await tooSmall(page, 18, leastFor(who)), what).toEqual([]);
  if (pictures !== undefined)
    await page.screenshot({ path: `${pictures}/${name}-${locale}-360.png`, fullPage: true });
  await page.setViewportSize(oldPhone);
  expect.soft(await widerThanScreen(page), `${what} on an old phone`).toBeLessThanOrEqual(0);
  await page.setViewportSize(desk);
  await isClean(page, `${what} on a desk`);
  if (pictures !== undefined)
    await page.screenshot({ path: `${pictures}/${name}-${locale}-1280.png`, fullPage: true });
};

for (const who of cast) {
  for (const locale of locales) {
    test(`every page can be read and pressed by everybody: ${who}, ${locale}`, async ({ browser }) => {
      test.slow();
      const made = await madeOnce(browser);
      const page = await asWhom(browser, who);
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(error.message));
      page.on('console', (message) => {
        const { url } = message.location();
        // The service says no with a status, too: a week has no plan yet. What the page makes of it is looked at.
        if (message.type() === 'error' && !url.includes('/api/')) broken.push(`${message.text()} ${url}`);
      });
      await page.addInitScript((chosen) => {
        localStorage.setItem('time-bank.locale', chosen);
      }, locale);
      for (const [name, { who: whose, at }] of Object.entries(everyPage)) {
        if (whose !== who) continue;
        await look(page, name, { who, path: typeof at === 'string' ? at : at(made), locale });
      }
      expect(broken).toEqual([]);
    });
  }
}
