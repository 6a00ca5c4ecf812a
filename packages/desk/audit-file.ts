/** The audit log as a file: a table for a spreadsheet, or one JSON object a line. */
import type { AuditFormat, AuditLine } from '@time-bank/contracts/audit';
import { writeTable } from '@time-bank/contracts/csv';

/** The columns, in the order of the table. */
const columns = [
  'eventId',
  'at',
  'actorId',
  'as',
  'about',
  'action',
  'outcome',
  'code',
  'subject',
  'region',
  'channel',
  'check',
  'recording',
] as const satisfies readonly (keyof AuditLine)[];

/** Writes lines of the log. A value of a table cannot run as a formula; JSON keeps every value on its own line. */
export const writeAuditFile = (lines: readonly AuditLine[], format: AuditFormat): string =>
  format === 'csv'
    ? writeTable([columns, ...lines.map((line) => columns.map((column) => line[column] ?? ''))])
    : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
