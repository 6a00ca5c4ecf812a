/** How long is kept what does not stay for good. */
import { idMaker } from '@time-bank/contracts/ids';
import { msOf } from '@time-bank/contracts/time';
import { expect, it } from 'vitest';
import { encodeEvent } from './audit-item.ts';
import { encodeSession } from './session-item.ts';
import { EXPIRY } from './table.ts';

const NOW = '2026-11-21T02:00:00.000Z';
const DAY_SECONDS = 24 * 60 * 60;
const ids = idMaker(() => msOf(NOW));
const daysAfter = (instant: string, seconds: string | undefined): number =>
  (Number(seconds) - msOf(instant) / 1000) / DAY_SECONDS;

it('an event of the audit log stays for three years, or as long as the region keeps it if that is longer', () => {
  const event = {
    eventId: ids.event(),
    at: NOW,
    action: 'read_audit',
    outcome: 'done',
    channel: 'web',
  } as const;
  expect(daysAfter(NOW, encodeEvent(event)[EXPIRY]?.N)).toBe(1095);
  expect(daysAfter(NOW, encodeEvent(event, 30)[EXPIRY]?.N)).toBe(1095);
  expect(daysAfter(NOW, encodeEvent(event, 3650)[EXPIRY]?.N)).toBe(3650);
});

it('a sign-in can be shown to its person for a week after its end', () => {
  const endsAt = '2026-12-21T02:00:00.000Z';
  const item = encodeSession({
    sessionId: ids.session(),
    memberId: ids.member(),
    factor: 'code',
    isStaff: false,
    authority: 0,
    startedAt: NOW,
    lastUsedAt: NOW,
    idleEndsAt: NOW,
    endsAt,
    refreshHash: 'hash',
  });
  expect(daysAfter(endsAt, item[EXPIRY]?.N)).toBe(7);
});
