/** Where a function's vault comes from: a secret in the cloud, or its environment. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { reaching } from './client.ts';
import type { VaultSettings } from './settings.ts';
import { type Vault, makeVault, parsePersonalKeys } from './vault.ts';

/** The vault; its keys are read once, when the function starts. Throws where there are none. */
export const openVault = async ({ personalKeys, personalKeysSecret }: VaultSettings): Promise<Vault> => {
  if (personalKeys !== undefined) return makeVault(parsePersonalKeys(personalKeys));
  const client = new SecretsManagerClient();
  const { SecretString } = await reaching(() =>
    client.send(new GetSecretValueCommand({ SecretId: personalKeysSecret })),
  );
  if (SecretString === undefined) throw new Error('the secret of the personal keys is empty');
  return makeVault(parsePersonalKeys(SecretString));
};
