import type { RequestView } from '@time-bank/contracts/request';
import { useLocation, useRoute } from 'preact-iso/router';
import { client } from '../client.ts';
import { CallForHelp, useCallFor } from '../components/call-for-help.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { phoneOf, receiverWords } from '../components/request-facts.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { useHelpWords } from '../help-words.ts';
import { useWords } from '../language.tsx';
import { ambulancePhone } from '../service-phone.ts';
import { useResource } from '../use-resource.ts';
import { useWeekWords } from '../week-words.ts';

const ForElder = ({ request, told }: { request: RequestView; told: string | undefined }) => {
  const words = useWords();
  const { requestId, receiver } = request;
  const phone = phoneOf(request);
  return (
    <CallForHelp
      whom={{ elderId: receiver.memberId, requestId }}
      told={told}
      said={useCallFor(receiverWords(words, request))}
    >
      {phone !== undefined && <PhoneLink phone={phone} />}
      <a class="button" href={`/visits/${requestId}`}>
        {words.back}
      </a>
    </CallForHelp>
  );
};

/** A visitor who sees danger: 120 first, then the community. `?after=danger`, `?after=abort`: what led here. */
const VisitHelp = () => {
  const own = useHelpWords();
  const { query } = useLocation();
  const { requestId = '' } = useRoute().params;
  const request = useResource(requestId, () => client.readRequest(requestId));
  const { helpCalled } = useWeekWords();
  const told = { danger: own.dangerTold, abort: helpCalled }[query.after ?? ''];
  if (request.value !== undefined) return <ForElder request={request.value} told={told} />;
  return (
    <Page title={own.help} news={told}>
      <a class="button primary" href={`tel:${ambulancePhone}`}>
        {own.ambulance}
      </a>
      <Loaded resource={request}>{() => null}</Loaded>
    </Page>
  );
};

export default VisitHelp;
