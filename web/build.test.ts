import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWeb, measureBalancePage, measurePage } from './build.ts';

const outDir = mkdtempSync(join(tmpdir(), 'time-bank-web-'));
const html = () => readFileSync(join(outDir, 'index.html'), 'utf8');

describe('the built pages', () => {
  beforeAll(async () => {
    await buildWeb(outDir);
  }, 60_000);
  afterAll(() => {
    rmSync(outDir, { recursive: true, force: true });
  });

  it('bring the balance within the budget: 15 kB of script, 3 kB of style', () => {
    const { jsGzBytes, cssGzBytes } = measureBalancePage(outDir);
    expect(jsGzBytes).toBeGreaterThan(5_000);
    expect(jsGzBytes).toBeLessThanOrEqual(15_000);
    expect(cssGzBytes).toBeGreaterThan(500);
    expect(cssGzBytes).toBeLessThanOrEqual(3_000);
  });

  it('bring the statement after the balance, and not much more script with it', () => {
    expect(measurePage(outDir, 'components/statement.tsx').jsGzBytes).toBeLessThanOrEqual(18_000);
  });

  it('ask at once for all the scripts of the page that was opened', () => {
    for (const page of ['home', 'sign-in', 'open-request', 'visit', 'received-request', 'redeem', 'give']) {
      expect(html()).toMatch(new RegExp(`assets/${page}-[\\w-]+\\.js`));
    }
    expect(html()).not.toContain('{{');
  });

  it('are small for whoever opens a visit from a link', () => {
    for (const page of ['open-requests', 'open-request', 'visits', 'visit', 'received', 'received-request']) {
      expect(measurePage(outDir, `pages/${page}.tsx`).jsGzBytes, page).toBeLessThanOrEqual(26_000);
    }
  });

  it('are not much larger where hours are given away, with the proof that the device may', () => {
    expect(measurePage(outDir, 'pages/give.tsx').jsGzBytes).toBeLessThanOrEqual(31_000);
  });

  it("are within a budget of their own where one's own affairs are, or those of an elder whom one helps", () => {
    expect(measurePage(outDir, 'pages/sign-in.tsx').jsGzBytes).toBeLessThanOrEqual(32_000);
    for (const page of ['me-pages', 'me-copy', 'me-invite', 'me-passkeys', 'helped-pages']) {
      expect(measurePage(outDir, `pages/${page}.tsx`).jsGzBytes, page).toBeLessThanOrEqual(43_000);
    }
  });

  it("come apart from a coordinator's other pages where the people of a community are looked after", () => {
    expect(measurePage(outDir, 'pages/desk-people-pages.tsx').jsGzBytes).toBeLessThanOrEqual(53_000);
  });

  it('come together for a coordinator, within the budget of a desk', () => {
    expect(measurePage(outDir, 'pages/desk-pages.tsx').jsGzBytes).toBeLessThanOrEqual(45_000);
  });

  it('list the hash of everything inline', () => {
    const hashes: unknown = JSON.parse(readFileSync(join(outDir, 'csp.json'), 'utf8'));
    const hashOf = (tag: string) => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html())?.[1] ?? '';
      return `sha256-${createHash('sha256').update(text).digest('base64')}`;
    };
    expect(hashes).toEqual({ script: [hashOf('script')], style: [hashOf('style')] });
  });

  it('need nothing from anywhere else', () => {
    expect(html()).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(html()).not.toMatch(/ style=| on\w+=/);
  });

  it('tell those without script whom to call', () => {
    expect(html()).toMatch(/<noscript[\s\S]*tel:0557-0000000[\s\S]*<\/noscript/);
  });

  it('let everybody zoom', () => {
    expect(html()).not.toMatch(/maximum-scale|user-scalable/);
  });
});
