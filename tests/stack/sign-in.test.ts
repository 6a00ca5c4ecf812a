import { SignInDoor, parseDoorSettings } from '@time-bank/cdk/sign-in-door';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';

const SENDER = 'arn:aws-cn:sms-voice:cn-north-1:111122223333:sender-id/TIMEBANK/CN';

/** The door alone, on a function that does nothing. */
const aDoor = (settings: Record<string, string>) => {
  const stack = new Stack(new App(), 'Door');
  const api = new Lambda(stack, 'Api', {
    code: Code.fromInline('exports.handler = () => undefined'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  new SignInDoor(stack, 'SignIn', { api, settings });
  const template = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const ofType = (type: string) => Object.values(template.Resources).filter((each) => each.Type === type);
  return {
    statements: ofType('AWS::IAM::Policy').flatMap(
      ({ Properties }) =>
        (Properties['PolicyDocument'] as { Statement: { Action: string; Resource: unknown }[] }).Statement,
    ),
    environment: (
      ofType('AWS::Lambda::Function')[0]?.Properties['Environment'] as
        { Variables: Record<string, unknown> } | undefined
    )?.Variables,
    secrets: ofType('AWS::SecretsManager::Secret'),
  };
};

describe('the door in the cloud', () => {
  it('of an installation that has decided nothing sends nothing, and has no secret', () => {
    expect(aDoor({})).toEqual({ statements: [], environment: undefined, secrets: [] });
  });

  it('by AWS may send text messages by its one sender, and nothing else', () => {
    const { statements, environment, secrets } = aDoor({ SMS_SENDER: 'aws', SMS_AWS_ORIGIN: SENDER });
    expect(statements).toEqual([{ Action: 'sms-voice:SendTextMessage', Effect: 'Allow', Resource: SENDER }]);
    expect(environment).toEqual({ SMS_SENDER: 'aws', SMS_AWS_ORIGIN: SENDER });
    expect(secrets).toEqual([]);
  });

  it.each([
    { house: 'another provider', settings: { SMS_SENDER: 'http' } },
    { house: 'single sign-on', settings: { SSO_ISSUER: 'https://sso.example' } },
    { house: 'WeChat', settings: { WECHAT_APP_ID: 'wx0123456789abcdef' } },
  ])('with $house has a secret that the API reads, and that is not in the template', ({ settings }) => {
    const { statements, environment, secrets } = aDoor(settings);
    expect(secrets).toHaveLength(1);
    expect(statements.map(({ Action }) => Action)).toEqual(['secretsmanager:GetSecretValue']);
    expect(Object.keys(environment ?? {})).toContain('SIGN_IN_SECRETS_SECRET');
    expect(Object.keys(environment ?? {})).not.toContain('SIGN_IN_SECRETS');
  });

  it('is not made from settings that make no sense', () => {
    expect(() => aDoor({ SMS_SENDER: 'aws' })).toThrow('ARN');
    expect(() => aDoor({ SMS_SENDER: 'pigeon' })).toThrow();
    expect(() => aDoor({ SSO_ISSUER: 'http://sso.example' })).toThrow();
    expect(() => parseDoorSettings('{"SMS_SENDER": 1}')).toThrow('SMS_SENDER is not a text');
    expect(() => parseDoorSettings('null')).toThrow();
    expect(parseDoorSettings('{"SMS_SENDER": "aws"}')).toEqual({ SMS_SENDER: 'aws' });
  });
});
