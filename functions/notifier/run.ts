/** One run of the notifier, and what is to be known of it. */
import { type DeliveryReport, deliverNotices } from '@time-bank/desk/deliver-notices';
import type { NoticeSenders } from '@time-bank/desk/notice-senders';

/** Notices have not gone out for more than half an hour: somebody has to look. */
export class NoticesStuck extends Error {
  override name = 'NoticesStuck';
}

type Log = (line: Record<string, string | number>) => void;

/**
 * A notifier over its ways out; keeps from run to run what has gone out and could not be written down. A run gives what
 * it did, and throws NoticesStuck when it is done where a way out has failed for long.
 */
export const makeNotifier = (
  ports: Parameters<typeof deliverNotices>[0],
  senders: NoticeSenders,
  log: Log,
): (() => Promise<DeliveryReport>) => {
  const gone = new Set<string>();
  const broke = (noticeId: string, error: unknown): void => {
    log({ event: 'notice_broke', noticeId, name: error instanceof Error ? error.name : 'unknown' });
  };
  return async () => {
    const report = await deliverNotices(ports, { senders, gone, broke });
    log({ event: 'notices', ...report });
    if (report.stuck > 0) throw new NoticesStuck(`${String(report.stuck)} notices have not gone out`);
    return report;
  };
};
