/** Other houses of which a test says who comes back: whoever brings a code is called by it there. */
import type { SignInSetup } from '@time-bank/api/sign-in-setup';
import { standardRules } from '@time-bank/desk/sign-in';
import { SITE } from './authenticator.ts';

/** What stands for the vault's marks. */
export const mark = (kind: string, value: string): string => `${kind} ${value}`;

/** A door with everything: passkeys, single sign-on, WeChat. */
export const everyWay: SignInSetup = {
  rules: standardRules,
  passkeys: SITE,
  mark,
  sso: {
    name: '统一身份认证',
    issuer: 'https://sso.example',
    startUrl: ({ state }) => Promise.resolve(`https://sso.example/auth?state=${state}`),
    personOf: (code) => Promise.resolve(code === 'nobody' ? undefined : { subject: code }),
  },
  wechat: {
    appId: 'wx0123456789abcdef',
    startUrl: (state) => `https://open.weixin.qq.com/connect/qrconnect?state=${state}`,
    personOf: (code) => Promise.resolve(code === 'nobody' ? undefined : code),
  },
};
