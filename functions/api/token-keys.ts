/** Where the token keys come from: the environment on a laptop, a secret in the cloud. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type TokenKeys, parseTokenKeys } from '@time-bank/identity/token';
import type { ApiSettings } from './settings.ts';

/** The keys; read once, when the function starts. Throws where there are none. */
export const readTokenKeys = async (settings: ApiSettings): Promise<TokenKeys> => {
  if (settings.tokenKeys !== undefined) return parseTokenKeys(settings.tokenKeys);
  const client = new SecretsManagerClient();
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: settings.tokenKeysSecret }),
  );
  if (SecretString === undefined) throw new Error('the secret of the token keys is empty');
  return parseTokenKeys(SecretString);
};
