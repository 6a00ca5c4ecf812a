/** Builds the pages, and weighs what a resident's phone has to fetch for the balance. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Builds the web into `outDir` (absolute), quietly. Throws where the sources do not build. */
export const buildWeb = async (outDir: string): Promise<void> => {
  await build({
    root: import.meta.dirname,
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
  });
};

const gzBytes = (content: Buffer | string): number => gzipSync(content, { level: 9 }).byteLength;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const manifestOf = (outDir: string): Record<string, unknown> => {
  const manifest: unknown = JSON.parse(readFileSync(join(outDir, '.vite/manifest.json'), 'utf8'));
  return isRecord(manifest) ? manifest : {};
};

/** The files that `page` (e.g. `pages/home.tsx`) needs: the script in the HTML, the page's own, what both import. */
const filesOf = (outDir: string, html: string, page: string): Set<string> => {
  const chunks = Object.values(manifestOf(outDir)).filter(isRecord);
  const names = manifestOf(outDir);
  const files = new Set<string>();
  const visit = (chunk: unknown): void => {
    if (!isRecord(chunk) || typeof chunk.file !== 'string' || files.has(chunk.file)) return;
    files.add(chunk.file);
    textsOf(chunk.imports).forEach((name) => {
      visit(names[name]);
    });
  };
  chunks.filter(({ file }) => typeof file === 'string' && html.includes(`src="/${file}"`)).forEach(visit);
  visit(names[page]);
  return files;
};

/** What one page loads first, in bytes after gzip -9: the entry, the page's own script, what both import. */
export const measurePage = (outDir: string, page: string): { jsGzBytes: number; cssGzBytes: number } => {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const files = filesOf(outDir, html, page);
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  return {
    jsGzBytes: [...files].reduce((sum, file) => sum + gzBytes(readFileSync(join(outDir, file))), 0),
    cssGzBytes: gzBytes(style),
  };
};

/** What the balance page loads first for a resident who reads simplified Chinese. */
export const measureBalancePage = (outDir: string): { jsGzBytes: number; cssGzBytes: number } =>
  measurePage(outDir, 'pages/home.tsx');
