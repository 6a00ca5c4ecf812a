/**
 * The visits of somebody who has moved follow to the new home and onto its community's board. Safe to repeat: what is
 * there already stays, so whoever was cut off sends the same again.
 */
import { type NewHome, isToCome, planNewHome } from '@time-bank/care/new-home';
import { type Command, type RequestFacts, volunteersOf } from '@time-bank/care/request';
import type { FileId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { boundsOfWeek, isoWeekOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { carryOut, nowOf, together } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { policyNow, policyOfRecord } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { tellPeople } from './tell-steps.ts';

/** What a change of somebody's home needs beside their file. */
export type FollowWork = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'policies'>;

/** An elder has a few visits a week ahead of them, those of a series for some weeks. */
const TO_COME_MAX = 100;

/** The new home as the request needs it: by the rules under which it was accepted, where they hold there as well. */
const homeFor = async (
  ports: FollowWork,
  { communityCode, address, point }: Member,
  { request }: RequestFacts,
): Promise<NewHome> => {
  const same = await policyOfRecord(ports, { communityCode, policyVersion: request.policyVersion });
  const policy = same.kind === 'refused' ? await policyNow(ports, communityCode) : same.value;
  return {
    communityCode,
    place: { address, ...(point === undefined ? {} : { point }) },
    policyVersion: policy.version,
  };
};

const follow = async (
  ports: FollowWork,
  member: Member,
  { permit, fileId }: { permit: Grant<'change_particulars'>; fileId: FileId },
  asRead: RequestFacts,
): Promise<void> => {
  const { requestId } = asRead.request;
  const at = nowOf(ports);
  const command: Command = {
    stepId: derivedCommand(boundsOfWeek(isoWeekOf(at)).from, ['new_home', fileId, requestId]),
    fingerprint: fingerprintOf(['new_home', fileId, requestId]),
    actorId: permit.actor.memberId,
    channel: 'job',
    at,
  };
  await carryOut(
    ports,
    { ...command, requestId },
    async (facts) => {
      const step = planNewHome(facts, command, await homeFor(ports, member, facts));
      if (step.kind === 'refused') return step;
      const { request } = facts;
      return together(step.value, tellPeople(command, request, 'place_changed', volunteersOf(request)));
    },
    asRead,
  );
};

/** Lets all that is still to come follow. Whoever has taken a visit is told that it is elsewhere. */
export const followHome = async (
  ports: FollowWork,
  member: Member,
  by: { permit: Grant<'change_particulars'>; fileId: FileId },
): Promise<void> => {
  const { items } = await ports.careBook.listReceived(member.memberId, { limit: TO_COME_MAX });
  const at = nowOf(ports);
  for (const facts of items) {
    const { request } = facts;
    if (request.communityCode === member.communityCode || !isToCome(request, at)) continue;
    await follow(ports, member, by, facts);
  }
};
