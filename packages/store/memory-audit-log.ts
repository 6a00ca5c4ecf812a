/** The audit log in memory. */
import type { RegionCode } from '@time-bank/contracts/region';
import { type CivilDate, civilDateOf } from '@time-bank/contracts/time';
import type { AuditEvent } from '@time-bank/desk/audit-event';
import type { AuditLog } from '@time-bank/desk/ports';
import { auditKey, auditPartition } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

const listOfDay = (day: CivilDate, region: RegionCode | undefined): string => `${day} ${region ?? ''}`;
/** The regions in whose lists an event stands: its own and those above it up to the county, or none. */
const regionsOf = (region: RegionCode | undefined): (RegionCode | undefined)[] =>
  region === undefined || region.length < 6
    ? [region]
    : [6, 9, 12].flatMap((digits) => (region.length >= digits ? [region.slice(0, digits)] : []));

/** The audit log in memory, empty at first. */
export const memoryAuditLog = (): AuditLog => {
  const events = sortedLists<AuditEvent>();
  const byDay = sortedLists<AuditEvent>();
  return {
    append: (given) =>
      answer(() => {
        const { pk, sk } = auditKey(given);
        if (events.find(pk, sk) !== undefined) return;
        const event = kept(given);
        events.put(pk, sk, event);
        for (const region of regionsOf(event.region))
          byDay.put(listOfDay(civilDateOf(event.at), region), sk, event);
      }),
    listAbout: (about, page) =>
      answer(() => events.page(auditPartition(about), { ...page, newestFirst: true })),
    listOfDay: (day, region, page) => answer(() => byDay.page(listOfDay(day, region), page)),
  };
};
