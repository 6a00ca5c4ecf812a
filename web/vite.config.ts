import { defineConfig } from 'vite';
import { pageShell } from './page-shell.ts';

// Few files, as small files pack badly: what the first page needs is one (a group takes along what it imports),
// what forms and lists share is another, the coordinator's pages a third.
/** How the pages are built: old phones (Chrome 71, Safari 12.1) are the floor, nothing is fetched from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [pageShell()],
  build: {
    target: ['chrome71', 'safari12.1'],
    cssTarget: ['chrome71', 'safari12.1'],
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: /web\/(main|app)\.tsx$/, priority: 3 },
            { name: 'desk', test: /desk|community-field|contracts|zod|\/ulid\//, priority: 1 },
            { name: 'tasks', test: /web\/(components\/(?!community)|use-|wishes-of|words\/tasks)/, priority: 2 },
          ],
        },
      },
    },
  },
});
