/** An alarm whose day is over and that nobody has closed: those who look after the place hear of it again, once a day. */
import { tell } from '@time-bank/care/notice';
import { CommunityCode } from '@time-bank/contracts/region';
import { plusMinutes } from '@time-bank/contracts/time';
import { justAfterNow, nowOf } from './carry-out.ts';
import { oneByOne } from './one-by-one.ts';
import type { Ports } from './ports.ts';

const A_RUN = 200;
const DAY_MINUTES = 24 * 60;

/** Tells of overdue alarms; gives of how many. Safe to run twice, and two at once. */
export const keepAlarms = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'regions' | 'caseBook'>,
): Promise<number> => {
  const at = nowOf(ports);
  const before = justAfterNow(ports);
  return oneByOne(await ports.regions.listCommunities(''), async ({ code }) => {
    const region = CommunityCode.parse(code);
    const { items } = await ports.caseBook.listOpen('alarm', region, { limit: A_RUN, before });
    return oneByOne(items, async (record) => {
      const count = record.told + 1;
      const { caseId } = record;
      await ports.journal.commit([
        tell(`${caseId}.${String(count)}`, {
          kind: 'safety_alarm',
          to: { deskOf: region },
          about: { caseId },
          figures: { days: count },
          at,
        }),
      ]);
      const next = {
        ...record,
        told: count,
        dueAt: plusMinutes(at, DAY_MINUTES),
        version: record.version + 1,
      };
      return ports.caseBook.move(next);
    });
  });
};
