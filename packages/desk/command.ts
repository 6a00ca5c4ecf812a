/** What a use case knows of the order that it was given. */
import type { Command, RequestRecord, StepId } from '@time-bank/care/request';
import { instantOf } from '@time-bank/contracts/time';
import type { Action, Grant } from '@time-bank/identity/grant';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';

/** The command behind a grant: who, what exactly, and when. `content` is the whole message and its target. */
export const commandOf = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  stepId: StepId,
  content: unknown,
): Command => ({
  stepId,
  fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
  actorId: permit.actor.memberId,
  channel: 'web',
  at: instantOf(ports.clock.nowMs()),
});

/** What a movement of minutes says of itself when it belongs to a request. */
export const movementFacts = (
  command: Command,
  request: Pick<RequestRecord, 'requestId' | 'serviceCode' | 'communityCode' | 'policyVersion'>,
  reason: EntryReason,
): MovementFacts => ({
  at: command.at,
  actorId: command.actorId,
  channel: command.channel,
  region: request.communityCode,
  policyVersion: request.policyVersion,
  reason,
  requestId: request.requestId,
  serviceCode: request.serviceCode,
});
