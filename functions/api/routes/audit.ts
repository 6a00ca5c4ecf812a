import {
  AuditExportQuery,
  type AuditFormat,
  AuditPage,
  AuditQuery,
  ReaderPage,
  ReadersQuery,
} from '@time-bank/contracts/audit';
import { writeAuditFile } from '@time-bank/desk/audit-file';
import { exportAudit, listAudit, listReaders } from '@time-bank/desk/read-audit';
import { Hono } from 'hono';
import { permittedFor } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { permitted } from '../permit.ts';
import { Refused, orRefuse } from '../refused.ts';
import { query } from '../validate.ts';

const mediaOf: Record<AuditFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

export const auditRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/me/readers', signedIn(deps))
    .use('/audit/*', signedIn(deps))
    .get('/me/readers', query(ReadersQuery), async (c) => {
      const { memberId = c.var.actor.memberId, cursor } = c.req.valid('query');
      const member = await ports.people.readMember(memberId);
      const subject = member === undefined ? {} : { memberId, communityCode: member.communityCode };
      const permit = await permittedFor(c, ports, 'read_own_file', { subject });
      if (member === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, ReaderPage, await listReaders(ports, permit, memberId, cursor), 200);
    })
    .get('/audit', query(AuditQuery), async (c) => {
      const { region, ...place } = c.req.valid('query');
      const permit = permitted(c, 'read_audit', region === undefined ? {} : { region });
      return present(c, AuditPage, await listAudit(ports, permit, { region, ...place }), 200);
    })
    .get('/audit/export', query(AuditExportQuery), async (c) => {
      const { region, format, ...place } = c.req.valid('query');
      const permit = permitted(c, 'read_audit', region === undefined ? {} : { region });
      const { items, cursor } = orRefuse(await exportAudit(ports, permit, { region, ...place }));
      const name = ['audit', place.day, region ?? 'none'].join('-');
      if (cursor !== undefined) {
        const rest = new URLSearchParams({ day: place.day, format, cursor });
        if (region !== undefined) rest.set('region', region);
        c.header('Link', `</api/audit/export?${rest.toString()}>; rel="next"`);
      }
      c.header('Content-Disposition', `attachment; filename="${name}.${format}"`);
      return c.body(writeAuditFile(items, format), 200, { 'Content-Type': mediaOf[format] });
    });
};
