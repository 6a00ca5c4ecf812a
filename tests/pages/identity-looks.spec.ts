/** The pages on people, sign-ins and one's own data, for everyone: in three languages, at 320, 360 and 1280 px. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { phones, readerOf } from './people.ts';

/** Somebody who is in no other test. */
const reader = '10054311944';
const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;

const ownPages = [
  '/sign-in',
  '/me',
  '/me/helpers',
  '/me/invite',
  '/helped',
  '/me/card',
  '/me/sign-ins',
  '/me/passkeys',
  '/me/consents',
  '/me/readers',
  '/me/copy',
  '/me/wishes',
];
const deskPages = [
  '/desk/people',
  '/desk/people/helpers',
  '/desk/people/volunteers',
  '/desk/people/new',
  '/desk/people/wishes',
];

const widerThanScreen = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const pictures = process.env['IDENTITY_PICTURES'];

for (const [who, phone, paths] of [
  ['elder', reader, ownPages],
  ['coordinator', phones.coordinator, deskPages],
] as const) {
  test(`the ${who}'s pages on people can be read by everybody, in three languages`, async ({
    browser,
  }, info) => {
    const page = await readerOf(browser, phone);
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    // A desk's page on one person is that of the first elder of its community.
    const personPage = async (): Promise<string[]> => {
      if (who === 'elder') return [];
      const elders = await page.request.get('/api/elders');
      const { items } = (await elders.json()) as { items: { memberId: string }[] };
      return [`/desk/people/${items[0]?.memberId ?? ''}`];
    };
    const all = [...paths, ...(await personPage())];
    const wide = page.viewportSize() ?? { width: 360, height: 740 };
    for (const locale of locales) {
      await page.addInitScript((chosen) => {
        localStorage.setItem('time-bank.locale', chosen);
      }, locale);
      for (const path of all) {
        await page.setViewportSize(wide);
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        await expect(page.locator('main h1')).toBeVisible();
        for (const summary of await page.locator('summary').all()) await summary.click();
        const where = `${locale} ${path}`;
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
          where,
        ).toEqual([]);
        expect(await page.locator('main [role=alert]').filter({ hasText: /./ }).count(), where).toBe(0);
        expect(await widerThanScreen(page), where).toBeLessThanOrEqual(0);
        if (pictures !== undefined && locale === 'zh-Hans') {
          const file = `${info.project.name}${path.replaceAll('/', '-').replace(/mem_.*/, 'one')}.png`;
          await page.screenshot({ path: `${pictures}/${file}`, fullPage: true });
        }
        await page.setViewportSize({ width: 320, height: 568 });
        expect(await widerThanScreen(page), `${where} at 320 px`).toBeLessThanOrEqual(0);
      }
    }
    expect(problems.filter((text) => !text.includes('401'))).toEqual([]);
  });
}
