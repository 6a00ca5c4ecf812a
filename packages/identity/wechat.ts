/**
 * Sign-in at WeChat on a web page (微信网站应用): its page with a picture to scan, a code, and for the code the name
 * that WeChat has for the person at this service (openid). Its tokens are not kept.
 * Source: https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html
 */
import * as z from 'zod/mini';
import { OutsideUnavailable, askOutside } from './outside-fetch.ts';

/** What is agreed with WeChat. The hosts stand in for its own in tests only. */
export interface WechatSettings {
  appId: string;
  appSecret: string;
  redirectUri: string;
  pageHost?: string;
  apiHost?: string;
}

const PAGE_HOST = 'https://open.weixin.qq.com';
const API_HOST = 'https://api.weixin.qq.com';

const Given = z.object({ openid: z.string().check(z.regex(/^[\w-]{1,128}$/)), access_token: z.string() });

/** WeChat as the use cases see it. */
export interface WechatHouse {
  appId: string;
  startUrl: (state: string) => string;
  /** The openid of who came back with `code`; undefined where WeChat does not know it. Throws OutsideUnavailable. */
  personOf: (code: string) => Promise<string | undefined>;
}

/** WeChat, by the settings. */
export const wechatHouse = ({
  appId,
  appSecret,
  redirectUri,
  pageHost = PAGE_HOST,
  apiHost = API_HOST,
}: WechatSettings): WechatHouse => ({
  appId,
  startUrl: (state) => {
    // WeChat asks for these five, in this order, and for the fragment.
    const query = new URLSearchParams([
      ['appid', appId],
      ['redirect_uri', redirectUri],
      ['response_type', 'code'],
      ['scope', 'snsapi_login'],
      ['state', state],
    ]);
    return `${pageHost}/connect/qrconnect?${query.toString()}#wechat_redirect`;
  },
  personOf: async (code) => {
    const query = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      code,
      grant_type: 'authorization_code',
    });
    const { status, body } = await askOutside(`${apiHost}/sns/oauth2/access_token?${query.toString()}`);
    if (status >= 500) throw new OutsideUnavailable('WeChat is away');
    const given = Given.safeParse(body);
    return status === 200 && given.success ? given.data.openid : undefined;
  },
});
