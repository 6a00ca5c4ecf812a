/** What a use case knows of the order that it was given. */
import type { Command, OnBehalf, RequestRecord, StepId } from '@time-bank/care/request';
import type { ActedAs, ForWhom, OnBehalfOf } from '@time-bank/contracts/helping';
import { instantOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action, Holder } from '@time-bank/identity/rules';
import type { EntryReason } from '@time-bank/contracts/ledger';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { fingerprintOf } from './fingerprint.ts';
import type { Ports } from './ports.ts';

const capacities: Partial<Record<Holder, ActedAs>> = {
  family_proxy: 'family_proxy',
  guardian: 'guardian',
  counter: 'counter',
  service_point: 'counter',
  hotline: 'hotline',
  coordinator: 'coordinator',
  social_worker: 'coordinator',
  care_commissioner: 'coordinator',
};

/** Staff at a counter or on the telephone say by which way a caller came; a helper only names the elder. */
export const isOfStaff = (forWhom: ForWhom | undefined): forWhom is OnBehalfOf =>
  forWhom !== undefined && 'channel' in forWhom;

/** In which capacity somebody acts in another's name; undefined where it is their own affair. */
const actedAs = ({ via }: Grant<Action>, forWhom: ForWhom | undefined): ActedAs | undefined => {
  if (isOfStaff(forWhom)) return forWhom.channel;
  return via.relation === 'own' ? undefined : capacities[via.holder];
};

const onBehalfOf = (forWhom: ForWhom | undefined): { onBehalf?: OnBehalf } => {
  if (!isOfStaff(forWhom)) return {};
  const { channel: _channel, ...onBehalf } = forWhom;
  return { onBehalf };
};

/**
 * The command behind a grant: who, what exactly, when, and by which way: as staff say of a caller, else as the
 * capacity has it. `content` is the whole message and its target; `forWhom`: in whose name, where the message says so.
 */
export const commandOf = (
  ports: Pick<Ports, 'clock'>,
  permit: Grant<Action>,
  stepId: StepId,
  content: unknown,
  forWhom?: ForWhom,
): Command => {
  const as = actedAs(permit, forWhom);
  return {
    stepId,
    fingerprint: fingerprintOf([permit.action, permit.actor.memberId, content]),
    actorId: permit.actor.memberId,
    channel: isOfStaff(forWhom) ? forWhom.channel : permit.channel,
    at: instantOf(ports.clock.nowMs()),
    ...(as === undefined ? {} : { as }),
    ...onBehalfOf(forWhom),
  };
};

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
