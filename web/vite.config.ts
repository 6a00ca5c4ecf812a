import { defineConfig } from 'vite';
import { pageShell } from './page-shell.ts';
import { preload } from './preload.ts';

// Few files, as small files pack badly: what every page needs is one (a group takes along what it imports), what all
// but the first share is another, then what sends commands, what asks for something to be written, and what only some
// pages of one's own affairs or of orders need.
/** How the pages are built: old phones (Chrome 71, Safari 12.1) are the floor, nothing is fetched from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'public',
  // The same pages come out wherever they are built, whatever NODE_ENV says there.
  mode: 'production',
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [preload(), pageShell()],
  build: {
    target: ['chrome71', 'safari12.1'],
    cssTarget: ['chrome71', 'safari12.1'],
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: /web\/(main|app|lazy-page|first-reads|china-time|use-resource|components\/(loaded|big-number))\.tsx?$/,
              priority: 4,
            },
            {
              name: 'tasks',
              test: /web\/(components\/(request-|state-|facts|phone-)|words\/tasks|client)|hono\/dist/,
              priority: 3,
            },
            {
              name: 'commands',
              test: /web\/(components\/(send-button|sure|failure-problems)|use-command|command-failure|kept-command|new-id)/,
              priority: 2,
            },
            {
              name: 'forms',
              test: /web\/components\/(field|choice-list|cancel-form)/,
              priority: 1,
            },
            {
              name: 'wishes',
              test: /web\/(components\/wish-fields|wishes-of)/,
              priority: 1,
            },
            { name: 'proven-api', test: /web\/proven-api/, priority: 2 },
            { name: 'me-client', test: /web\/me-client/, priority: 1 },
            { name: 'drafts', test: /web\/(use-draft|year-day-words)/, priority: 1 },
          ],
        },
      },
    },
  },
});
