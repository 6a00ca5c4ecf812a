/** What the tests of the pages share: signing in through the pages, and moving the clock. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Locator, type Page, expect } from '@playwright/test';

const port = Number(process.env['PAGES_PORT']);

/** The people of the demo whom its README names. */
export const phones = {
  coordinator: '10000000001',
  volunteer: '10000000002',
  elder: '10000000003',
  secondVolunteer: '10000000004',
  /** Who only looks: a further device of those who give and redeem would have to wait. */
  reader: '10073346850',
} as const;

/** Moves the service's clock on. Gives the instant it shows. */
export const pass = async (minutes: number): Promise<Date> => {
  const answer = await fetch(`http://localhost:${String(port + 1)}/pass?minutes=${String(minutes)}`, {
    method: 'POST',
  });
  return new Date(await answer.text());
};

/** The code that was sent for a challenge. */
const codeOf = async (challengeId: string): Promise<string> => {
  const answer = await fetch(`http://localhost:${String(port)}/dev/inbox/messages`);
  const { messages } = (await answer.json()) as { messages: { challengeId: string; code: string }[] };
  const message = messages.find((each) => each.challengeId === challengeId);
  if (message === undefined) throw new Error('no code was sent');
  return message.code;
};

/** Signs in as a person would: number, code, done; or `next` is asked first. */
export const signIn = async (page: Page, phone: string, next?: Locator): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel('手机号').fill(phone);
  const sent = page.waitForResponse('**/api/sign-in/codes');
  await page.getByRole('button', { name: '发验证码' }).click();
  const { challengeId } = (await (await sent).json()) as { challengeId: string };
  const code = page.getByLabel('验证码');
  await expect(code).toBeVisible();
  await code.fill(await codeOf(challengeId));
  await page.getByRole('button', { name: '登录' }).click();
  if (next === undefined) await expect(page).not.toHaveURL(/sign-in/);
  else await expect(next).toBeVisible();
};

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Sign-ins that all tests of a run share, by number: a number has few codes an hour, and these are more. */
const keptFile = (phone: string): string => join(tmpdir(), `pages-${String(port)}-${phone}.json`);
const readKept = (phone: string): SignedIn | undefined =>
  existsSync(keptFile(phone)) ? (JSON.parse(readFileSync(keptFile(phone), 'utf8')) as SignedIn) : undefined;

/** Somebody who looks and moves no hours, signed in by now or anew. */
export const readerOf = async (browser: Browser, phone: string): Promise<Page> => {
  const before = readKept(phone);
  const context = await browser.newContext(before === undefined ? {} : { storageState: before });
  const page = await context.newPage();
  const isSignedIn = before !== undefined && (await context.request.get('/api/me')).ok();
  if (isSignedIn) await page.goto(phone === phones.coordinator ? '/desk' : '/');
  else await signIn(page, phone);
  writeFileSync(keptFile(phone), JSON.stringify(await context.storageState()));
  return page;
};

/** A phone of one's own, signed in. */
export const phoneOf = async (browser: Browser, phone: string): Promise<Page> => {
  if (phone === phones.coordinator) return readerOf(browser, phone);
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, phone);
  return page;
};

/**
 * Presses a key at a place, as somebody would who waits for the page to settle: a page that has just opened gives the
 * focus to its heading.
 */
export const pressAt = async (place: Locator, key: string): Promise<void> => {
  await expect(async () => {
    await place.focus();
    await place.page().waitForTimeout(150);
    await expect(place).toBeFocused({ timeout: 1 });
  }).toPass();
  await place.page().keyboard.press(key);
};

/** The minutes that the balance shows. */
export const balanceOf = async (page: Page): Promise<{ available: number; held: number }> => {
  await page.goto('/');
  const card = page.locator('.balance');
  await expect(card).toBeVisible();
  const minutesIn = (text: string): number =>
    Number(/(\d+)\s*小时/.exec(text)?.[1] ?? 0) * 60 + Number(/(\d+)\s*分/.exec(text)?.[1] ?? 0);
  const text = (await card.innerText()).replaceAll(/\s+/g, '');
  const held = /另有(.*?)已预留/.exec(text)?.[1] ?? '';
  const beside = /其中.*?（含当天）|另有.*?已预留|欠.*?补上|截至.*/g;
  return {
    available: minutesIn(text.replaceAll(beside, '')),
    held: minutesIn(held),
  };
};
