/** What the routes of signing in need of the installation's setup, or the answer that it is not there. */
import type { PasskeyDoor } from '@time-bank/desk/passkeys';
import type { OutsideHouses } from '@time-bank/desk/sso-sign-in';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { codesOnly } from './sign-in-setup.ts';

/** The site of passkeys. Refuses: unavailable. */
export const passkeyDoorOf = ({ keys, signIn: { passkeys: site } = codesOnly }: Deps): PasskeyDoor => {
  if (site === undefined) throw new Refused({ code: 'unavailable' });
  return { site, keys };
};

/** The other houses. Refuses: unavailable. */
export const housesOf = ({ keys, signIn: { mark, sso, wechat } = codesOnly }: Deps): OutsideHouses => {
  if (mark === undefined) throw new Refused({ code: 'unavailable' });
  return { keys, mark, ...(sso === undefined ? {} : { sso }), ...(wechat === undefined ? {} : { wechat }) };
};
