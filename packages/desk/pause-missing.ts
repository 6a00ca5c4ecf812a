/**
 * A volunteer has missed a visit or given it back late: where it is one too many, they pause and are asked to be trained
 * once more. They and the desk hear of it, and the desk can end it at once.
 * Source: domain R-45; 个人信息保护法 Art. 24.
 */
import { tell } from '@time-bank/care/notice';
import { type NoShowRules, countsAsMissing, pauseFor } from '@time-bank/care/no-show';
import type { RequestRecord, VisitRecord } from '@time-bank/care/request';
import { planPauseOfMissing } from '@time-bank/care/volunteer';
import { type CommandId, FileId, type MemberId } from '@time-bank/contracts/ids';
import { done } from '@time-bank/contracts/refusals';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { changeFile, volunteerReceipt } from './change-file.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { withVolunteerRole } from './volunteer-role.ts';

/** What a pause needs of the world. */
export type PauseWork = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'personFiles'>;

/** By which command a volunteer's part ended, and how. */
export interface Missing {
  request: Pick<RequestRecord, 'requestId' | 'communityCode' | 'plannedStartAt'>;
  commandId: CommandId;
  volunteerId: MemberId;
  part: Pick<VisitRecord, 'state' | 'withdrawnAt'>;
}

/** Far more than anybody takes on in a year of one visit a week. */
const LOOKED_BACK = 100;

/** What a volunteer had taken on, with the visit that ended just now: the list may not have it yet. */
const takenOnBy = async (ports: PauseWork, { volunteerId, request, part }: Missing) => {
  const { items } = await ports.careBook.listVisited(volunteerId, { limit: LOOKED_BACK });
  return items.flatMap(({ visit }) =>
    visit === undefined ? [] : [visit.requestId === request.requestId ? { ...visit, ...part } : visit],
  );
};

/** Pauses a volunteer whose missed visits ask for it; nothing is taken from anybody. Sent again, it pauses nobody twice. */
export const pauseIfDue = async (
  ports: PauseWork,
  permit: Grant<'decide_no_show' | 'withdraw_visit' | 'check_out'>,
  missing: Missing,
): Promise<void> => {
  const { request, commandId, volunteerId, part } = missing;
  const { requestId, communityCode, plannedStartAt } = request;
  const rules: NoShowRules = await policyNow(ports, communityCode);
  if (!countsAsMissing(rules, { ...part, plannedStartAt })) return;
  const member = await ports.people.readMember(volunteerId);
  if (member === undefined) return;
  const at = nowOf(ports);
  const pausedOn = member.volunteering?.retrainFrom;
  const until = pauseFor(rules, await takenOnBy(ports, missing), { at, pausedOn });
  if (until === undefined) return;
  const fileId = FileId.parse(`fil_${commandId.slice(4)}`);
  const paused = await changeFile(
    ports,
    permit,
    member,
    { body: { fileId }, part: 'volunteering' },
    (before, on) => {
      const planned = planPauseOfMissing(before.volunteering, { on, until });
      if (planned.kind === 'refused') return planned;
      return done(withVolunteerRole({ ...before, volunteering: planned.value }, on));
    },
    volunteerReceipt,
  );
  // Somebody who is paused already, or has left, is not told again.
  if (paused.kind === 'refused') return;
  const word = { about: { requestId }, figures: { days: rules.noShowPauseDays }, at };
  await ports.journal.commit([
    tell(fileId, { ...word, kind: 'paused_for_no_shows', to: { people: [volunteerId] } }),
    tell(fileId, { ...word, kind: 'volunteer_paused', to: { deskOf: communityCode } }),
  ]);
};
