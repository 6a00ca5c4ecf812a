/** What can go wrong with a call, with a handler, and with time. */

/** Faults of a single call of a port, with how often they come, in a thousand calls. */
export const callFaults = {
  /** It was done, and nobody is told. */
  reply_lost: 12,
  /** It was not done, and nobody knows. */
  timeout: 10,
  /** Turned away at the door. */
  throttled: 6,
  /** A neighbour was in the way, and again, and again. Commits only. */
  conflict: 30,
  /** The handler ends before the call, and never goes on. */
  killed_before: 6,
  /** The handler ends after the call. */
  killed_after: 8,
  /** The caller gives up, and the write comes through later. Writes only. */
  late: 12,
} as const;

/** Faults of whole handlers and of the world, in a thousand. */
export const handlerFaults = {
  /** Two handlers carry out one command at once. */
  twice_at_once: 60,
  /** A command that was answered is sent again. */
  twice_later: 60,
  /** A command that was answered is sent again with other content. */
  altered: 25,
  /** The handler's clock is some minutes off; now and then, days. */
  clock: 150,
  /** An older build, which looks at accounts before it writes. */
  old_build: 300,
  /** A handler that holds an older book of decisions. */
  old_policy: 120,
  /** 11 minutes, 25 hours or 400 days pass between a try and its retry. */
  time_jump: 4,
  /** Records of the stream come again, in another order, in other batches. */
  stream_repeated: 100,
  stream_reordered: 300,
  /** A record of the stream never comes. */
  stream_lost: 10,
} as const;

/** A fault by its name. */
export type Fault = keyof typeof callFaults | keyof typeof handlerFaults;

/** Faults of calls. */
export type CallFault = keyof typeof callFaults;

/** All of them. */
export const allFaults: readonly Fault[] = [
  ...Object.keys(callFaults),
  ...Object.keys(handlerFaults),
] as Fault[];

/** The calls that write. */
export const writing: readonly string[] = ['commit', 'keepRefusal', 'put', 'publish'];

/** True where a fault can happen to a call of this method. */
export const canHappen = (fault: CallFault, method: string): boolean => {
  if (fault === 'conflict') return method === 'commit';
  return fault === 'late' ? writing.includes(method) : true;
};
