/**
 * The ladder of calls for help: whoever has to be told next is told when it is time. The schedule asks for this every
 * minute, and everybody who looks at a call asks for it, too, so that nobody waits for the schedule.
 */
import { type EmergencyTimes, againAt, nextRungAt, planTold, rungsToTell } from '@time-bank/care/emergency';
import { type Notice, tell } from '@time-bank/care/notice';
import { type EmergencyRung, emergencyRungs } from '@time-bank/contracts/emergency';
import { done, refused } from '@time-bank/contracts/refusals';
import { type Instant, instantOf } from '@time-bank/contracts/time';
import { justAfterNow, nowOf } from './carry-out.ts';
import { peopleOfRung } from './emergency-people.ts';
import { ownStep, stepEmergency } from './emergency-step.ts';
import { oneByOne } from './one-by-one.ts';
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

/** A call that is over and not closed is put back by a day, so that it stands before nobody who still waits. */
const IDLE_MS = 24 * 60 * 60 * 1000;

/** When the schedule has to look at a call again. */
export const emergencyDueAt = (record: EmergencyCase, times: EmergencyTimes, now: Instant): Instant =>
  nextRungAt(record, times, now) ?? againAt(record, times) ?? instantOf(Date.parse(now) + IDLE_MS);

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

/** Everybody has been told and nobody is there: the desk and everybody else are told again. */
const tellAgain = async (ports: LadderWork, record: EmergencyCase): Promise<void> => {
  const command = ownStep(ports, record, `again.${String(record.history.length)}`);
  await stepEmergency(ports, record, command, async (now) => {
    const times = await policyNow(ports, now.communityCode);
    const dueAt = againAt(now, times);
    if (dueAt === undefined || dueAt > command.at) return refused('wrong_step');
    const { caseId, communityCode, toldPeople, told } = now;
    const next = planTold(now, command, { rung: told, people: [] });
    const word = (stepId: string, to: Notice['to']) =>
      tell(stepId, {
        kind: 'emergency_escalated',
        to,
        about: { caseId },
        figures: { rung: emergencyRungs.indexOf(told) },
        at: command.at,
      });
    return done({
      next: { ...next, dueAt: emergencyDueAt(next, times, command.at) },
      tells: [
        word(`${command.commandId}.desk`, { deskOf: communityCode }),
        ...(toldPeople.length === 0 ? [] : [word(command.commandId, { people: toldPeople })]),
      ],
    });
  });
};

/**
 * Tells every rung that is due, each once, in order; where none is left and nobody is there, everybody again. Gives the
 * call as it is then.
 */
export const climbLadder = async (ports: LadderWork, asRead: EmergencyCase): Promise<EmergencyCase> => {
  const times = await policyNow(ports, asRead.communityCode);
  let record = asRead;
  for (const rung of rungsToTell(asRead, times, nowOf(ports))) {
    await tellRung(ports, record, rung);
    record = (await ports.caseBook.readNow('emergency', record.caseId)) ?? record;
  }
  const again = againAt(record, times);
  if (again === undefined || again > nowOf(ports)) return record;
  await tellAgain(ports, record);
  return (await ports.caseBook.readNow('emergency', record.caseId)) ?? record;
};

/** Puts a call back about which nothing was due: else the oldest of a county would stand before those of today. */
const putBack = async (ports: LadderWork, record: EmergencyCase): Promise<void> => {
  const now = nowOf(ports);
  if (record.dueAt > now) return;
  const times = await policyNow(ports, record.communityCode);
  const dueAt = emergencyDueAt(record, times, now);
  await ports.caseBook.move({ ...record, version: record.version + 1, dueAt });
};

/** Climbs the ladders of all counties where somebody is due. Gives how many rungs were told. */
export const keepEmergencies = async (ports: LadderWork & Pick<Ports, 'regions'>): Promise<number> => {
  const page = { before: justAfterNow(ports), limit: A_RUN };
  return oneByOne(await ports.regions.listCounties(''), async ({ code }) => {
    const { items } = await ports.caseBook.listOpen('emergency', code, page);
    return oneByOne(items, async (record) => {
      const after = await climbLadder(ports, record);
      await putBack(ports, after);
      return emergencyRungs.indexOf(after.told) - emergencyRungs.indexOf(record.told);
    });
  });
};
