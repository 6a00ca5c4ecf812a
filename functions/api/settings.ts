/** What the API reads from its environment beside the store's part; the stack sets these names. No SDK here. */
import { NoticeChannel } from '@time-bank/contracts/notices';
import type { NoticeOffers } from '@time-bank/desk/change-notice-settings';
import * as z from 'zod/mini';
import { type SignInSettings, parseSignInSettings } from './sign-in-settings.ts';

export { SIGN_IN_SECRETS_SECRET, SMS_SENDER } from './sign-in-settings.ts';

/** Signing keys as JSON, `{"<kid>": "<secret of 32 characters or more>"}`; the first one signs. */
export const TOKEN_KEYS = 'TOKEN_KEYS';
/** The name of the secret that holds the same, in the cloud. */
export const TOKEN_KEYS_SECRET = 'TOKEN_KEYS_SECRET';

/** What the site shows to the API, so that the address it names is believed. Absent where there is no site in front. */
export const SITE_SECRET = 'SITE_SECRET';

/** The site sets this header to that secret. */
export const SITE_HEADER = 'X-Time-Bank-Site';
/** The site sets this header, over what a caller has sent in it, to the address that it talks to. */
export const VIEWER_HEADER = 'X-Time-Bank-Viewer';

/** By which ways notices leave this installation, `sms,email,push`; by none where it is left out. */
export const NOTICE_CHANNELS = 'NOTICE_CHANNELS';
/** The public key of push messages, for browsers. */
export const PUSH_KEY = 'PUSH_KEY';
/** The site's origin, to which entries of calendars lead. */
export const SITE = 'SITE';

const Offers = z.object({
  [NOTICE_CHANNELS]: z._default(z.string(), ''),
  [PUSH_KEY]: z.exactOptional(z.string()),
  [SITE]: z.exactOptional(z.string().check(z.regex(/^https:\/\/[\w.-]+$/))),
});

const Channels = z.array(NoticeChannel);

/** Reads what is offered. Throws with the names of what makes no sense. */
export const readNoticeOffers = (
  environment: Record<string, string | undefined> = process.env,
): NoticeOffers => {
  const given = Offers.parse(environment);
  return {
    channels: Channels.parse(given.NOTICE_CHANNELS.split(',').filter((channel) => channel !== '')),
    ...(given.PUSH_KEY === undefined ? {} : { pushKey: given.PUSH_KEY }),
    ...(given.SITE === undefined ? {} : { site: given.SITE }),
  };
};

const Environment = z
  .object({
    [TOKEN_KEYS]: z.exactOptional(z.string()),
    [TOKEN_KEYS_SECRET]: z.exactOptional(z.string()),
    [SITE_SECRET]: z.exactOptional(z.string().check(z.minLength(32))),
  })
  .check(
    z.refine(
      (given) => given.TOKEN_KEYS !== undefined || given.TOKEN_KEYS_SECRET !== undefined,
      'TOKEN_KEYS or TOKEN_KEYS_SECRET is needed',
    ),
  );

export interface ApiSettings {
  tokenKeys: string | undefined;
  tokenKeysSecret: string | undefined;
  siteSecret: string | undefined;
}

/** Reads and checks the environment. Throws with the names of what is missing. */
export const readApiSettings = (
  environment: Record<string, string | undefined> = process.env,
): ApiSettings => {
  const given = Environment.parse(environment);
  return {
    tokenKeys: given.TOKEN_KEYS,
    tokenKeysSecret: given.TOKEN_KEYS_SECRET,
    siteSecret: given.SITE_SECRET,
  };
};

/** Reads the door's part of the environment. Throws with the names of what makes no sense. */
export const readSignInSettings = (
  environment: Record<string, string | undefined> = process.env,
): SignInSettings => parseSignInSettings(environment);
