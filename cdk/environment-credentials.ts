/**
 * Stands in for the SDK's chain of credential providers when the functions are bundled: Lambda hands a role's
 * credentials to its function in the environment, so profiles, sign-in pages, processes and metadata services are
 * never asked. Without them a bundle is 130 KiB smaller. Source: AWS Lambda, "Defined runtime environment variables".
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
