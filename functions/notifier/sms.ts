/** Notices as text messages, by the providers that send codes, too. */
import { type Deliver, NumberRefused } from '@time-bank/api/sms-message';
import { whenWords } from '@time-bank/contracts/notice-words';
import type { NoticeFacts } from '@time-bank/contracts/notice-words';
import { NotReachable, type NoticeSenders } from '@time-bank/desk/notice-senders';

/** What templates may have in them. */
const parametersOf = ({ service, startAt }: NoticeFacts): Record<string, string> => ({
  ...(service === undefined ? {} : { service: service['zh-Hans'] }),
  ...(startAt === undefined ? {} : { time: whenWords(startAt)['zh-Hans'] }),
});

/** Sends by a provider. Throws NotReachable, Unavailable. */
export const smsNotices =
  (deliver: Deliver): NonNullable<NoticeSenders['sms']> =>
  async ({ phone, messageId, kind: notice, short: text, facts }) => {
    try {
      await deliver({
        kind: 'notice',
        phone,
        messageId,
        notice,
        text,
        parameters: parametersOf(facts),
      });
    } catch (error) {
      if (error instanceof NumberRefused) throw new NotReachable('not to this number', { cause: error });
      throw error;
    }
  };
