/** Every page, for everyone: nothing that a screen reader trips over, nothing too small, nothing wider than the screen. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { phones, readerOf, signIn } from './people.ts';

/** The pages of each kind of person; a path that ends in `/` is the first link of that kind on the page before it,
 * which the demo town always has. */
const walks = {
  volunteer: ['/', '/requests', 'requests/', '/visits', 'visits/', '/received'],
  member: ['/redeem', '/give', '/give/family', '/give/donate', '/give/surplus'],
  elder: ['/', '/received', 'received/'],
  coordinator: ['/desk', 'desk/requests/', '/desk/week', '/desk/corrections', '/desk/corrections/new'],
} as const;

/** Who walks them. */
const people = {
  volunteer: phones.secondVolunteer,
  member: phones.reader,
  elder: phones.elder,
  coordinator: phones.coordinator,
} as const;

const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;

const open = async (page: Page, step: string): Promise<void> => {
  if (step.startsWith('/')) await page.goto(step);
  else {
    const link = page.locator(`main a[href*="/${step}req_"]`).first();
    await expect(link, `a link to ${step} on ${page.url()}`).toBeVisible();
    await link.click();
    await page.waitForURL(new RegExp(`/${step}req_`));
  }
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main h1')).toBeVisible();
};

const widerThanScreen = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** What is smaller than `textPx`, or pressed and smaller than `least`. */
const tooSmall = (page: Page, textPx: number, least: { width?: number; height: number }): Promise<string[]> =>
  page.evaluate(
    ({ textPx: text, least: { width: leastWidth = 0, height: leastHeight } }) => {
      const shown = (element: Element): boolean => element.getClientRects().length > 0;
      const name = (element: Element): string =>
        `${element.tagName} "${element.textContent.trim().slice(0, 20)}"`;
      const texts = [...document.querySelectorAll('body *')].filter(
        (element) =>
          shown(element) &&
          [...element.childNodes].some(
            (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
          ) &&
          parseFloat(getComputedStyle(element).fontSize) < text,
      );
      const targets = [...document.querySelectorAll('a[href], button, select, input, summary')].filter(
        (element) => {
          if (!shown(element) || element.closest('.skip') !== null) return false;
          const label = element.closest('label');
          const { width, height } = (label ?? element).getBoundingClientRect();
          return width > 1 && height > 1 && (width < leastWidth || height < leastHeight);
        },
      );
      return [
        ...texts.map((element) => `text ${name(element)}`),
        ...targets.map((element) => `target ${name(element)}`),
      ];
    },
    { textPx, least },
  );

const contextOf = async (page: Page, locale: string): Promise<void> => {
  await page.addInitScript((chosen) => {
    localStorage.setItem('time-bank.locale', chosen);
  }, locale);
};

for (const [who, steps] of Object.entries(walks)) {
  test(`the ${who}'s pages can be read and pressed by everybody, in three languages`, async ({ browser }, {
    project,
  }) => {
    const page = await readerOf(browser, people[who as keyof typeof walks]);
    for (const locale of locales) {
      await contextOf(page, locale);
      for (const step of steps) {
        await open(page, step);
        const where = `${locale} ${page.url()}`;
        expect(await page.locator('html').getAttribute('lang'), where).toBe(locale);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
          where,
        ).toEqual([]);
        expect(await widerThanScreen(page), where).toBeLessThanOrEqual(0);
        if (who === 'coordinator') expect(await tooSmall(page, 18, { height: 44 }), where).toEqual([]);
        else if (project.name === 'phone')
          expect(await tooSmall(page, 18, { width: 60, height: 60 }), where).toEqual([]);
      }
    }
  });
}

test('nothing is wider than the smallest phone, also with letters twice the size', async ({ browser }) => {
  const page = await readerOf(browser, phones.reader);
  await page.setViewportSize({ width: 320, height: 568 });
  for (const path of [...walks.volunteer, ...walks.member].filter((step) => step.startsWith('/'))) {
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
