/**
 * Text messages by AWS End User Messaging. The client is loaded when the first message is sent, so that it costs
 * nothing where another sender is set up. One try, for a second one might be a second message.
 */
import { Unavailable } from '@time-bank/desk/ports';
import { DELIVERY_MS, type Deliver, NumberRefused, smsText } from './sms-message.ts';

/** `origin`: the number, name or pool that sends; `endpoint` and `region` only where they are not the cloud's own. */
export interface SmsAwsSettings {
  origin?: string | undefined;
  endpoint?: string;
  region?: string;
}

const load = async ({ endpoint, region }: SmsAwsSettings) => {
  const { PinpointSMSVoiceV2Client, SendTextMessageCommand } =
    await import('@aws-sdk/client-pinpoint-sms-voice-v2');
  const client = new PinpointSMSVoiceV2Client({
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
  });
  return { client, SendTextMessageCommand };
};

/** Its owner has asked for no more messages. */
const isOfTheNumber = (error: unknown): boolean =>
  error instanceof Error && 'Reason' in error && error.Reason === 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

/** Delivers by AWS. Throws Unavailable, NumberRefused. */
export const smsAws = (settings: SmsAwsSettings): Deliver => {
  let loaded: ReturnType<typeof load> | undefined;
  return async (message) => {
    loaded ??= load(settings);
    const { client, SendTextMessageCommand } = await loaded;
    const command = new SendTextMessageCommand({
      DestinationPhoneNumber: message.phone,
      MessageBody: smsText(message),
      MessageType: 'TRANSACTIONAL',
      // A code is of no use once it has run out, and what is told not on the next day.
      TimeToLive: message.kind === 'code' ? 300 : 4 * 60 * 60,
      // It comes back with the report of its delivery; the service of AWS sends twice what is sent twice.
      ...(message.kind === 'notice' ? { Context: { messageId: message.messageId } } : {}),
      ...(settings.origin === undefined ? {} : { OriginationIdentity: settings.origin }),
    });
    try {
      await client.send(command, { abortSignal: AbortSignal.timeout(DELIVERY_MS) });
    } catch (error) {
      if (isOfTheNumber(error)) throw new NumberRefused('not to this number', { cause: error });
      throw new Unavailable('the message could not be sent', { cause: error });
    }
  };
};
