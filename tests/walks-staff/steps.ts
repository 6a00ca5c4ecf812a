/** Staff, lines to correct, and pools with hours in them. */
import { runSchedule } from '@time-bank/planner/run';
import { type AccountId, accountOf } from '@time-bank/contracts/ids';
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import type { Member } from '@time-bank/contracts/member';
import { type Answer, FAR_AWAY, HOME, type Town } from '../town.ts';
import { aVisit, credit } from '../walks/steps.ts';

/** A volunteer with one line of a confirmed visit, and who looks after their community. */
export const aLine = async (town: Town, minutes = 60) => {
  const request = { plannedMinutes: minutes };
  const visit = await aVisit(town, 'settled', { minutes, request });
  return {
    volunteer: visit.volunteer,
    coordinator: visit.coordinator,
    accountId: accountOf(visit.volunteer.memberId),
    lineId: visit.transferId,
  };
};

/** A coordinator of another county. */
export const aStranger = (town: Town): Promise<Member> => town.aCoordinator(FAR_AWAY);

/** A coordinator of the township, or of the whole county. */
export const ofTownship = (town: Town): Promise<Member> => town.aCoordinator('341302001');
export const ofCounty = (town: Town): Promise<Member> => town.aCoordinator('341302');

/** Gives minutes to a pool by the hands of a volunteer, and collects them. */
export const fill = async (town: Town, minutes: number, poolId = 'pool:341302001'): Promise<void> => {
  const giver = await town.aVolunteer();
  await credit(town, giver, minutes);
  for (let left = minutes; left > 0; left -= 1440) {
    const body = { transferId: town.ids.transfer(), poolId, amountMinutes: Math.min(1440, left) };
    const answer = await town.ask(giver, 'POST', '/api/donations', body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  }
  await runSchedule(town.ports);
};

/** The schedule, once. */
export const schedule = (town: Town) => runSchedule(town.ports);

/** What stands on an account. */
export const headOf = async (town: Town, who: Member | AccountId) => {
  const head = await town.ports.journal.readAccountNow(
    typeof who === 'string' ? who : accountOf(who.memberId),
  );
  if (head === undefined) throw new Error('there is no such account');
  return head;
};

/** An elder of 80 and more who lives alone in HOME, and is granted 120 minutes a month. */
export const aGranted = (town: Town, change: Parameters<Town['anElder']>[0] = {}): Promise<Member> =>
  town.anElder({ birthDate: '1940-01-01', livingSituation: 'alone', communityCode: HOME, ...change });

/** The status and the code of a refusal; the code of a success is undefined. */
export const told = ({ status, body }: Answer): [number, string | undefined] => [
  status,
  ErrorAnswer.safeParse(body).data?.error.code,
];
