import { describe, expect, it } from 'vitest';
import { parseSignInSecrets, parseSignInSettings } from './sign-in-settings.ts';
import { codeSenderOf, signInSetupOf } from './sign-in-setup.ts';

const clock = { nowMs: () => 0 };
const mark = (kind: string, value: string): string => `${kind} ${value}`;
const setupOf = (environment: Record<string, string>, secrets = {}) =>
  signInSetupOf(parseSignInSettings(environment), secrets, mark);

describe('the settings of the door', () => {
  it('may all be left out: then there are codes by the standard rules, and nobody who sends them', () => {
    const settings = parseSignInSettings({ SMS_SENDER: '', PATH: '/bin' });
    expect(settings).toEqual({});
    expect(codeSenderOf(settings, {}, clock)).toBeUndefined();
    const setup = setupOf({});
    expect(Object.keys(setup)).toEqual(['rules', 'mark']);
    expect(setup.rules).toEqual({
      countries: ['+86', '+852', '+853', '+886'],
      messagesADay: 20_000,
      isCodeEnoughForStaff: false,
    });
  });

  it('know nothing that makes a code enough for staff', () => {
    expect(setupOf({ STAFF_FACTOR: 'code' }).rules.isCodeEnoughForStaff).toBe(false);
  });

  it('say for which site passkeys are', () => {
    expect(setupOf({ PASSKEY_DOMAIN: 'time.example' }).passkeys).toEqual({
      rpId: 'time.example',
      rpName: '养老互助时间',
      origins: ['https://time.example'],
    });
    const origins = 'https://time.example,https://desk.time.example';
    expect(setupOf({ PASSKEY_DOMAIN: 'time.example', PASSKEY_ORIGINS: origins }).passkeys?.origins).toEqual(
      origins.split(','),
    );
  });

  it('say to which countries messages go, and how many in a day', () => {
    const { rules } = setupOf({ SMS_COUNTRIES: '+86,+853', SMS_A_DAY_MAX: '500' });
    expect(rules).toMatchObject({ countries: ['+86', '+853'], messagesADay: 500 });
  });

  it.each([
    { SMS_SENDER: 'pigeon' },
    { SMS_HTTP_ORIGIN: 'http://sms.example' },
    { SMS_HTTP_ORIGIN: 'https://sms.example/path' },
    { SMS_COUNTRIES: '86' },
    { SMS_A_DAY_MAX: 'many' },
    { SSO_ISSUER: 'http://sso.example' },
    { OUTSIDE_RETURN: 'javascript:alert(1)' },
  ])('are refused at the start where they make no sense: %o', (environment) => {
    expect(() => parseSignInSettings(environment)).toThrow();
  });

  it.each([
    { environment: { SSO_ISSUER: 'https://sso.example' }, missing: 'SSO_CLIENT_ID' },
    {
      environment: { SSO_ISSUER: 'https://sso.example', SSO_CLIENT_ID: 'x' },
      missing: 'ssoClientSecret',
    },
    { environment: { WECHAT_APP_ID: 'wx1' }, missing: 'wechatAppSecret' },
  ])('name what is missing: $missing', ({ environment, missing }) => {
    expect(() => setupOf(environment)).toThrow(`${missing} is needed`);
  });

  it('of a provider in China are its signature, its templates and its secrets', () => {
    const environment = {
      SMS_SENDER: 'http',
      SMS_SIGN_NAME: '时间银行',
      SMS_CODE_TEMPLATE: 'SMS_1',
      SMS_NOTICE_TEMPLATE: 'SMS_2',
    };
    const secrets = { smsKeyId: 'id', smsKeySecret: 'secret' };
    expect(codeSenderOf(parseSignInSettings(environment), secrets, clock)).toBeDefined();
    expect(() => codeSenderOf(parseSignInSettings(environment), {}, clock)).toThrow('smsKeyId is needed');
    const { SMS_SIGN_NAME: _, ...without } = environment;
    expect(() => codeSenderOf(parseSignInSettings(without), secrets, clock)).toThrow('SMS_SIGN_NAME');
  });
});

it('the secrets of the door are never told, also where they are wrong', () => {
  for (const wrong of ['{"smsKeyId": 17, "smsKeySecret": "hush"}', 'hush', '["hush"]']) {
    let message = '';
    try {
      parseSignInSecrets(wrong);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('secrets of the sign-in');
    expect(message).not.toContain('hush');
  }
  expect(parseSignInSecrets('{"smsKeyId": "a", "other": 1}')).toEqual({ smsKeyId: 'a' });
});
