/**
 * What devices notice. Whether the provider has signed it is checked at the door; here an event counts once, a device
 * that calls again and again has one call and a count, and one that does not stop is turned away until the next minute.
 * An alarm is never turned away while no call of its elder is open.
 */
import { type EmergencyCommand, isLive } from '@time-bank/care/emergency';
import type { DeviceEvent, DeviceEventReceipt, DeviceProvider } from '@time-bank/contracts/emergency';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import { deviceIdOf } from './alarm-devices.ts';
import { nowOf } from './carry-out.ts';
import { derivedCommand } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { lastCallOf, openEmergency } from './open-emergency.ts';
import type { Ports } from './ports.ts';
import type { AlarmDeviceCase, EmergencyCase } from './staff-case.ts';

/** A signature is good for five minutes before and after it was made: an event is known for as long. */
const KNOWN_SECONDS = 10 * 60;
/** A hand presses a button a few times; what calls sixty times in a minute is broken. */
const EVENTS_A_MINUTE = 60;

type Work = Pick<Ports, 'clock' | 'journal' | 'caseBook' | 'personFiles' | 'people' | 'rateLimits'>;

/** An event as its provider has signed it. */
export interface SignedEvent extends DeviceEvent {
  provider: DeviceProvider;
  signedAt: Instant;
}

/** The desk sees that a device was turned away, by a mark on its call; written once. */
const markFlooded = async (ports: Work, call: EmergencyCase): Promise<void> => {
  if (call.isFlooded) return;
  await ports.caseBook.move({ ...call, version: call.version + 1, isFlooded: true });
};

/** Turns a device away that calls too often while its call is open. Refuses: rate_limited. */
const turnedAway = async (
  ports: Work,
  device: AlarmDeviceCase,
  call: EmergencyCase,
): Promise<ReturnType<typeof refused> | undefined> => {
  const limit = { max: EVENTS_A_MINUTE, seconds: 60 };
  const taken = await ports.rateLimits.take(`device#${device.caseId}`, limit, nowOf(ports));
  if (taken.isTaken) return undefined;
  await markFlooded(ports, call);
  return refused('rate_limited', { retryAfterSeconds: taken.retryAfterSeconds });
};

/** Its id follows from the event, so that one that is sent again finds what it has done. */
const commandOfEvent = (ports: Work, device: AlarmDeviceCase, event: SignedEvent): EmergencyCommand => ({
  commandId: derivedCommand(device.boundAt, ['device_event', event.provider, event.eventId]),
  fingerprint: fingerprintOf(['device_event', event.provider, event.serial, event.kind]),
  actorId: device.elderId,
  channel: 'device',
  at: nowOf(ports),
});

const calling = async (
  ports: Work,
  device: AlarmDeviceCase,
  event: SignedEvent,
): Promise<Outcome<DeviceEventReceipt>> => {
  const elder = await ports.people.readMember(device.elderId);
  if (elder === undefined) return refused('unknown_file');
  const outcome = await openEmergency(
    ports,
    { elder, by: elder.memberId, source: 'device', words: undefined },
    commandOfEvent(ports, device, event),
  );
  if (outcome.kind === 'refused') return outcome;
  const first = outcome.value.isJoined ? 'counted' : 'opened';
  const result = outcome.kind === 'replayed' ? 'known' : first;
  return done({ eventId: event.eventId, result });
};

/**
 * Takes an event of a device that somebody has.
 * Refuses: rate_limited (its call is open and it calls too often), unknown_file (nobody has it), busy_try_again.
 */
export const takeDeviceEvent = async (
  ports: Work,
  event: SignedEvent,
): Promise<Outcome<DeviceEventReceipt>> => {
  const { eventId, provider, kind, signedAt } = event;
  const device = await ports.caseBook.readNow('alarm_device', deviceIdOf(event));
  if (device === undefined || device.state === 'ended') return refused('unknown_file');
  if (kind === 'test') return done({ eventId, result: 'tested' });
  const { last } = await lastCallOf(ports, device.elderId);
  if (last === undefined || !isLive(last.state)) return calling(ports, device, event);
  const tooMany = await turnedAway(ports, device, last);
  if (tooMany !== undefined) return tooMany;
  // By the time of the signature: the same message, sent again by whoever overheard it, is known until it is too old.
  const once = { max: 1, seconds: KNOWN_SECONDS };
  const seen = await ports.rateLimits.take(`event#${provider}#${eventId}`, once, signedAt);
  return seen.isTaken ? calling(ports, device, event) : done({ eventId, result: 'known' });
};
