/** What the API is given when it is put together. */
import type { NoticeOffers } from '@time-bank/desk/change-notice-settings';
import type { DocumentSigner, Ports } from '@time-bank/desk/ports';
import type { TokenKeys } from '@time-bank/identity/token';
import type { Context } from 'hono';
import type { DeviceKeys } from './device-signature.ts';
import type { CallLimits } from './rate-limit.ts';
import type { SignInSetup } from './sign-in-setup.ts';

/** A line of the log: codes and ids, never names, numbers, tokens or bodies. */
export type LogLine = Record<string, string | number | boolean | undefined>;

export interface Deps {
  ports: Omit<Ports, 'codeSender'>;
  /** Absent where no way to send a code is set up: then nobody can ask for one. */
  codeSender?: Ports['codeSender'];
  /** Absent where no key for documents is set up: then nobody moves to or from another bank. */
  documentSigner?: DocumentSigner;
  keys: TokenKeys;
  /** The secrets of those who carry the signals of devices; without any nobody's are believed. */
  deviceKeys?: DeviceKeys;
  /** How people sign in beside codes; `codesOnly` where it is left out. */
  signIn?: SignInSetup;
  /** By which ways notices leave this installation; by none where it is left out: the inbox is always there. */
  noticeOffers?: NoticeOffers;
  /** The address that a call comes from, as the gateway or the socket knows it; never as the caller says it. */
  addressOf: (c: Context) => string;
  /** How often one may call; `usualLimits` where it is left out. */
  limits?: CallLimits;
  /** Whether the tables answer; throws Unavailable where the store does not. */
  tablesAnswer: () => Promise<boolean>;
  newErrorId: () => string;
  log: (line: LogLine) => void;
}
