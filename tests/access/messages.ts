/** One good message for every route of the audit log: sent as it is, it would be carried out. */
import type { Member } from '@time-bank/contracts/member';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Town } from '../town.ts';

interface Written {
  who: Member;
  path: string;
}

/** A message for each route by its operation. */
export const auditMessages = async (town: Town): Promise<Record<string, Written>> => {
  const roles = [{ role: 'auditor', region: '341302' } as const];
  const auditor = { ...(await town.anElder()), roles };
  const place = `day=${civilDateOf(town.now())}&region=341302`;
  return {
    listReaders: { who: await town.anElder(), path: '/api/me/readers' },
    listAudit: { who: auditor, path: `/api/audit?${place}` },
    exportAudit: { who: auditor, path: `/api/audit/export?${place}&format=csv` },
  };
};
