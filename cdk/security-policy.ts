import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Hashes of what stands in the page itself, as `web/build.ts` writes them into `csp.json`. */
export interface InlineHashes {
  script: readonly string[];
  style: readonly string[];
}

const textsOf = (value: unknown, file: string): string[] => {
  if (!Array.isArray(value)) throw new Error(`${file}: "script" and "style" are lists of hashes`);
  return value.map((entry) => {
    if (typeof entry !== 'string' || !/^sha(256|384|512)-[\w+/]+=*$/.test(entry)) {
      throw new Error(`${file}: not a hash: ${String(entry)}`);
    }
    return entry;
  });
};

/** Reads `csp.json` of built pages; no hashes where there is none. Throws where it is not what it should be. */
export const readInlineHashes = (folder: string): InlineHashes => {
  const file = join(folder, 'csp.json');
  if (!existsSync(file)) return { script: [], style: [] };
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof read !== 'object' || read === null) throw new Error(`${file}: not an object`);
  const fields = new Map(Object.entries(read));
  return { script: textsOf(fields.get('script'), file), style: textsOf(fields.get('style'), file) };
};

const own = (hashes: readonly string[]): string => ["'self'", ...hashes.map((hash) => `'${hash}'`)].join(' ');

/** The pages' content security policy: only what the site itself serves, nothing inline but what was built in. */
export const contentSecurityPolicy = ({ script, style }: InlineHashes): string =>
  [
    "default-src 'none'",
    `script-src ${own(script)}`,
    `style-src ${own(style)}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
