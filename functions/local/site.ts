/** The built pages, served on a laptop much as the cloud serves them: same addresses, same content policy. */
import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import * as z from 'zod/mini';

const Hashes = z.object({ script: z.array(z.string()), style: z.array(z.string()) });

/** What the pages may load: their own files, and the inline parts whose hashes the build has written down. */
export const contentPolicy = (siteDir: string): string => {
  const file = join(siteDir, 'csp.json');
  const hashes = existsSync(file)
    ? Hashes.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { script: [], style: [] };
  const own = (kind: keyof typeof hashes) => ["'self'", ...hashes[kind].map((hash) => `'${hash}'`)].join(' ');
  return [
    "default-src 'none'",
    `script-src ${own('script')}`,
    `style-src ${own('style')}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
};

/** The path behind an address; undefined where the address is none. */
const pathOf = (written: string): string | undefined => {
  try {
    return normalize(decodeURIComponent(written));
  } catch {
    return undefined;
  }
};

const A_YEAR = 'public, max-age=31536000, immutable';

/** Serves `siteDir`; addresses without a file are pages of the app. */
export const site = (siteDir: string) => {
  const policy = contentPolicy(siteDir);
  return new Hono().get('*', (c) => {
    const path = pathOf(c.req.path);
    if (path === undefined) return c.text('404', 404);
    const isFile = /\.\w+$/.test(path) && !path.split(sep).includes('..') && !path.includes('/.');
    const file = join(siteDir, isFile ? path : 'index.html');
    if (!existsSync(file)) return c.text('404', 404);
    return c.body(readFileSync(file), 200, {
      'Content-Type': getMimeType(file) ?? 'application/octet-stream',
      'Cache-Control': path.startsWith('/assets/') ? A_YEAR : 'no-cache',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
  });
};
