/**
 * The ladder of calls for help: whoever has to be told next is told when it is time. The schedule asks for this every
 * minute, and everybody who looks at a call asks for it, too, so that nobody waits for the schedule.
 */
import { type EmergencyTimes, nextRungAt, planTold, rungsToTell } from '@time-bank/care/emergency';
import { tell } from '@time-bank/care/notice';
import { type EmergencyRung, emergencyRungs } from '@time-bank/contracts/emergency';
import { done } from '@time-bank/contracts/refusals';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import { justAfterNow, nowOf } from './carry-out.ts';
import { peopleOfRung } from './emergency-people.ts';
import { ownStep, stepEmergency } from './emergency-step.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { EmergencyCase } from './staff-case.ts';

/** What the ladder needs. */
export type LadderWork = Pick<
  Ports,
  'clock' | 'journal' | 'caseBook' | 'people' | 'personFiles' | 'policies'
>;

/** A run looks after this many calls of a county; the next run goes on. */
const A_RUN = 50;

/** A call of which nobody follows any more is looked at once a day, so that it is never quite forgotten. */
const IDLE_MS = 24 * 60 * 60 * 1000;

/** When the schedule has to look at a call again. */
export const emergencyDueAt = (record: EmergencyCase, times: EmergencyTimes, now: Instant): Instant =>
  nextRungAt(record, times, now) ?? instantOf(Date.parse(now) + IDLE_MS);

const tellRung = async (ports: LadderWork, record: EmergencyCase, rung: EmergencyRung): Promise<void> => {
  const command = ownStep(ports, record, rung);
  await stepEmergency(ports, record, command, async (now) => {
    const times = await policyNow(ports, now.communityCode);
    const elder = { memberId: now.elderId, communityCode: now.communityCode };
    const people = await peopleOfRung(ports, elder, rung);
    const next = planTold(now, command, { rung, people });
    return done({
      next: { ...next, dueAt: emergencyDueAt(next, times, command.at) },
      tells:
        people.length === 0
          ? []
          : [
              tell(command.commandId, {
                kind: 'emergency_escalated',
                to: { people },
                about: { caseId: now.caseId },
                figures: { rung: emergencyRungs.indexOf(rung) },
                at: command.at,
              }),
            ],
    });
  });
};

/** Tells every rung that is due, each once, in order. Gives the call as it is then. */
export const climbLadder = async (ports: LadderWork, asRead: EmergencyCase): Promise<EmergencyCase> => {
  const times = await policyNow(ports, asRead.communityCode);
  let record = asRead;
  for (const rung of rungsToTell(asRead, times, nowOf(ports))) {
    await tellRung(ports, record, rung);
    record = (await ports.caseBook.readNow('emergency', record.caseId)) ?? record;
  }
  return record;
};

/** Climbs the ladders of all counties where somebody is due. Gives how many rungs were told. */
export const keepEmergencies = async (ports: LadderWork & Pick<Ports, 'regions'>): Promise<number> => {
  let told = 0;
  const before = justAfterNow(ports);
  for (const { code } of await ports.regions.listCounties('')) {
    const { items } = await ports.caseBook.listOpen('emergency', code, { before, limit: A_RUN });
    for (const record of items) {
      const after = await climbLadder(ports, record);
      told += emergencyRungs.indexOf(after.told) - emergencyRungs.indexOf(record.told);
    }
  }
  return told;
};
