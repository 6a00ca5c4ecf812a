/**
 * On which device a step was taken, as a mark of its key: two steps of a month can be told to be of one device, no device
 * can be told from its mark, and none can be followed from month to month.
 */
import type { Command } from '@time-bank/care/request';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import { fingerprintOf } from './fingerprint.ts';

/** Letters of a mark: 72 bits. */
const MARK_LENGTH = 12;

/** The command with the mark of the device that gave it; as it is where the device has no key. */
export const onDevice = ({ actor }: Grant<Action>, command: Command): Command => {
  const key = actor.signIn?.deviceKey;
  if (key === undefined) return command;
  const month = civilDateOf(command.at).slice(0, 7);
  return { ...command, device: fingerprintOf(['device', month, key]).slice(0, MARK_LENGTH) };
};
