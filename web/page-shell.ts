/**
 * Turns the built page into one that shows itself at once, with its style inside, and that asks for the scripts of
 * the page that was opened before the first script has come. A strict content security policy
 * then needs the hash of all that is inline: `csp.json` lists them, as `sha256-…` without quotes.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { servicePhone } from './service-phone.ts';
import { zhHans } from './words/zh-hans.ts';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const inside = (html: string, tag: 'script' | 'style'): string[] =>
  [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text ?? '');

/** The page behind the first part of an address, with `/` where more follows. Pages of coordinators can wait. */
const pages: Record<string, string> = {
  '': 'home',
  'sign-in': 'sign-in',
  requests: 'open-requests',
  'requests/': 'open-request',
  visits: 'visits',
  'visits/': 'visit',
  received: 'received',
  'received/': 'received-request',
  redeem: 'redeem',
  'redeem/': 'redeem',
  give: 'give',
  'give/': 'give',
  me: 'me-pages',
  'me/': 'me-pages',
  helped: 'helped-pages',
  'helped/': 'helped-pages',
};

type Bundle = Record<string, { type: string; facadeModuleId?: string | null; imports?: string[] }>;

/** The scripts of a page beside those in the HTML, so that they need not wait for the first. */
const scriptsOf = (bundle: Bundle, html: string, page: string): string[] => {
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file) || html.includes(`/${file}"`)) return;
    files.add(file);
    bundle[file]?.imports?.forEach(visit);
  };
  Object.keys(bundle)
    .filter((file) => bundle[file]?.facadeModuleId?.endsWith(`/pages/${page}.tsx`))
    .forEach(visit);
  return [...files];
};

const filled = (html: string): string =>
  html
    .replaceAll('{{name}}', zhHans.name)
    .replaceAll('{{opening}}', zhHans.opening)
    .replaceAll('{{noScript}}', zhHans.noScript)
    .replaceAll('{{servicePhone}}', servicePhone);

/** The Vite plugin: fills in the words of the bare page, puts the style into it, and writes `csp.json`. */
export const pageShell = (): Plugin => ({
  name: 'page-shell',
  enforce: 'post',
  transformIndexHtml: { order: 'pre', handler: filled },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') return;
      let html = String(page.source);
      for (const [file, asset] of Object.entries(bundle)) {
        if (asset.type !== 'asset' || !file.endsWith('.css')) continue;
        html = html.replace(
          new RegExp(`\\s*<link rel="stylesheet"[^>]*${file}">`),
          () => `<style>${String(asset.source).trim()}</style>`,
        );
        Reflect.deleteProperty(bundle, file);
      }
      const scripts = Object.entries(pages).map(([path, name]) => [path, scriptsOf(bundle, html, name)]);
      html = html.replace('{{scripts}}', () => JSON.stringify(Object.fromEntries(scripts)));
      page.source = html;
      this.emitFile({
        type: 'asset',
        fileName: 'csp.json',
        source: JSON.stringify({
          script: inside(html, 'script').map(hashOf),
          style: inside(html, 'style').map(hashOf),
        }),
      });
    },
  },
});
