/**
 * Where the service stands against OWASP ASVS 5.0.0, level 2 (which holds level 1): every requirement by its number,
 * what it is about in a few words of our own, and what shows that it is met. The standard's own text is at
 * https://github.com/OWASP/ASVS/tree/v5.0.0.
 */
import * as z from 'zod/mini';

const numbered = {
  /** The requirement's number in the standard, e.g. `7.4.1`. */
  id: z.string().check(z.regex(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/)),
  level: z.literal([1, 2]),
  what: z.string().check(z.minLength(3), z.maxLength(90)),
};

/** One requirement: met, with files or folders of tests that show it; open, or not applicable, with the reason. */
export const AsvsRow = z.discriminatedUnion('status', [
  z.strictObject({
    ...numbered,
    status: z.literal('met'),
    evidence: z.array(z.string()).check(z.minLength(1), z.maxLength(4)),
  }),
  z.strictObject({ ...numbered, status: z.literal('open'), reason: z.string().check(z.minLength(5)) }),
  z.strictObject({
    ...numbered,
    status: z.literal('not_applicable'),
    reason: z.string().check(z.minLength(5)),
  }),
]);
export type AsvsRow = z.infer<typeof AsvsRow>;

/** All rows, in the standard's order. */
export const AsvsRows = z.array(AsvsRow);

const chapters = [
  'Encoding and sanitization',
  'Validation and business logic',
  'Web front end',
  'API and web service',
  'Files',
  'Authentication',
  'Sessions',
  'Authorization',
  'Self-contained tokens',
  'OAuth and OIDC',
  'Cryptography',
  'Communication',
  'Configuration',
  'Data protection',
  'Coding and architecture',
  'Logging and errors',
  'WebRTC',
] as const;

/** How many requirements are met, of those that apply. */
export const asvsCount = (rows: readonly AsvsRow[]): { met: number; applicable: number } => ({
  met: rows.filter(({ status }) => status === 'met').length,
  applicable: rows.filter(({ status }) => status !== 'not_applicable').length,
});

const chapterOf = ({ id }: AsvsRow): number => Number(id.split('.')[0]);

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table for the README: a line for each chapter of the standard. */
export const asvsByChapter = (rows: readonly AsvsRow[]): string =>
  [
    line(['Chapter', 'Met', 'Applicable', 'Open']),
    line(['---', '---', '---', '---']),
    ...chapters.map((name, index) => {
      const own = rows.filter((row) => chapterOf(row) === index + 1);
      const { met, applicable } = asvsCount(own);
      const open = own.filter(({ status }) => status === 'open').map(({ id }) => id);
      return line([`V${String(index + 1)} ${name}`, String(met), String(applicable), open.join(', ')]);
    }),
  ].join('\n');

const shownBy = (row: AsvsRow): string =>
  row.status === 'met' ? row.evidence.map((path) => `\`${path}\``).join(', ') : row.reason;

/** The whole table. */
export const asvsTable = (rows: readonly AsvsRow[]): string =>
  [
    line(['No.', 'Level', 'What', 'Status', 'Shown by, or why not']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map((row) =>
      line([row.id, String(row.level), row.what, row.status.replace('_', ' '), shownBy(row)]),
    ),
  ].join('\n');
