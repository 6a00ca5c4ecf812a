/** The routes of the audit log. */
import * as z from 'zod/mini';
import { AuditExportQuery, AuditPage, AuditQuery, ReaderPage, ReadersQuery } from './audit.ts';
import type { Route } from './routes.ts';

const read = { method: 'get', signedIn: true, status: 200, tag: 'audit' } as const;

/** All of them. */
export const auditRoutes: readonly Route[] = [
  {
    ...read,
    path: '/api/me/readers',
    operationId: 'listReaders',
    summary: "Who looked at one's own file, newest first: in which role, when, by which way.",
    query: ReadersQuery,
    answer: ReaderPage,
    refusals: ['unknown_member'],
  },
  {
    ...read,
    path: '/api/audit',
    operationId: 'listAudit',
    summary: "A day's lines of the audit log within a region, oldest first: ids and codes only.",
    query: AuditQuery,
    answer: AuditPage,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/audit/export',
    operationId: 'exportAudit',
    summary:
      'The same as a file: a table for a spreadsheet, or one JSON object a line; a link to the rest where it is long.',
    query: AuditExportQuery,
    answer: z.string(),
    media: 'text/csv',
    refusals: ['not_allowed', 'unknown_region'],
  },
];
