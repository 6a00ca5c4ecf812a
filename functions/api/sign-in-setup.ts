/** How people sign in at this installation, put together from its settings. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock, CodeSender } from '@time-bank/desk/ports';
import { type SignInRules, standardRules } from '@time-bank/desk/sign-in';
import { type OidcProvider, oidcProvider } from '@time-bank/identity/oidc';
import type { PasskeySite } from '@time-bank/identity/passkey';
import { type WechatHouse, wechatHouse } from '@time-bank/identity/wechat';
import { type SignInSecrets, type SignInSettings, parseSignInSecrets } from './sign-in-settings.ts';
import { smsAws } from './sms-aws.ts';
import { smsHttp } from './sms-http.ts';
import { smsSender } from './sms-sender.ts';

/** What is set up beside codes; what is absent is not offered. `mark`: the vault's, for names at other houses. */
export interface SignInSetup {
  rules: SignInRules;
  passkeys?: PasskeySite;
  mark?: (kind: string, value: string) => string;
  sso?: OidcProvider;
  wechat?: WechatHouse;
}

/** By codes alone, by the rules that stand everywhere. */
export const codesOnly: SignInSetup = { rules: standardRules };

/** The secrets; read once, when the function starts. Throws where they are named and not there. */
export const readSignInSecrets = async (settings: SignInSettings): Promise<SignInSecrets> => {
  if (settings.SIGN_IN_SECRETS !== undefined) return parseSignInSecrets(settings.SIGN_IN_SECRETS);
  if (settings.SIGN_IN_SECRETS_SECRET === undefined) return {};
  const client = new SecretsManagerClient();
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: settings.SIGN_IN_SECRETS_SECRET }),
  );
  if (SecretString === undefined) throw new Error('the secret of the sign-in is empty');
  return parseSignInSecrets(SecretString);
};

/** A value that another setting makes necessary. Throws with its name. */
const needed = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new Error(`${name} is needed`);
  return value;
};

/** The sender of the settings; undefined where there is none. Throws with the name of what is missing. */
export const codeSenderOf = (
  settings: SignInSettings,
  secrets: SignInSecrets,
  clock: Clock,
): CodeSender | undefined => {
  if (settings.SMS_SENDER === undefined) return undefined;
  if (settings.SMS_SENDER === 'aws') return smsSender(smsAws({ origin: settings.SMS_AWS_ORIGIN }), clock);
  const deliver = smsHttp(
    {
      origin: settings.SMS_HTTP_ORIGIN ?? 'https://dysmsapi.aliyuncs.com',
      signName: needed('SMS_SIGN_NAME', settings.SMS_SIGN_NAME),
      templates: {
        code: needed('SMS_CODE_TEMPLATE', settings.SMS_CODE_TEMPLATE),
        number_replaced: needed('SMS_NOTICE_TEMPLATE', settings.SMS_NOTICE_TEMPLATE),
      },
      keyId: needed('smsKeyId', secrets.smsKeyId),
      keySecret: needed('smsKeySecret', secrets.smsKeySecret),
    },
    clock,
  );
  return smsSender(deliver, clock);
};

const rulesOf = ({ SMS_COUNTRIES, SMS_A_DAY_MAX }: SignInSettings): SignInRules => ({
  ...standardRules,
  ...(SMS_COUNTRIES === undefined ? {} : { countries: SMS_COUNTRIES.split(',') }),
  ...(SMS_A_DAY_MAX === undefined ? {} : { messagesADay: Number(SMS_A_DAY_MAX) }),
});

const siteOf = ({
  PASSKEY_DOMAIN,
  PASSKEY_NAME,
  PASSKEY_ORIGINS,
}: SignInSettings): PasskeySite | undefined =>
  PASSKEY_DOMAIN === undefined
    ? undefined
    : {
        rpId: PASSKEY_DOMAIN,
        rpName: PASSKEY_NAME ?? '养老互助时间',
        origins: PASSKEY_ORIGINS?.split(',') ?? [`https://${PASSKEY_DOMAIN}`],
      };

const ssoOf = (settings: SignInSettings, secrets: SignInSecrets): OidcProvider | undefined =>
  settings.SSO_ISSUER === undefined
    ? undefined
    : oidcProvider({
        name: settings.SSO_NAME ?? '统一身份认证',
        issuer: settings.SSO_ISSUER,
        clientId: needed('SSO_CLIENT_ID', settings.SSO_CLIENT_ID),
        clientSecret: needed('ssoClientSecret', secrets.ssoClientSecret),
        redirectUri: needed('OUTSIDE_RETURN', settings.OUTSIDE_RETURN),
      });

const wechatOf = (settings: SignInSettings, secrets: SignInSecrets): WechatHouse | undefined =>
  settings.WECHAT_APP_ID === undefined
    ? undefined
    : wechatHouse({
        appId: settings.WECHAT_APP_ID,
        appSecret: needed('wechatAppSecret', secrets.wechatAppSecret),
        redirectUri: needed('OUTSIDE_RETURN', settings.OUTSIDE_RETURN),
      });

/** The setup by the settings. Throws with the name of what is missing. */
export const signInSetupOf = (
  settings: SignInSettings,
  secrets: SignInSecrets,
  mark: (kind: string, value: string) => string,
): SignInSetup => {
  const [passkeys, sso, wechat] = [siteOf(settings), ssoOf(settings, secrets), wechatOf(settings, secrets)];
  return {
    rules: rulesOf(settings),
    mark,
    ...(passkeys === undefined ? {} : { passkeys }),
    ...(sso === undefined ? {} : { sso }),
    ...(wechat === undefined ? {} : { wechat }),
  };
};
