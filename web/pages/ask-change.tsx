import type { RequestView } from '@time-bank/contracts/request';
import { useRoute } from 'preact-iso/router';
import { useMemo } from 'preact/hooks';
import { askingClient } from '../asking-client.ts';
import { useAskSaid } from '../ask-said.ts';
import { useAskingWords } from '../asking-words.ts';
import { type Booking, type BookingFields, blankFields } from '../booking.ts';
import { clockOf, dateOf } from '../china-time.ts';
import { client } from '../client.ts';
import { BookingFlow } from '../components/booking-flow.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Page } from '../components/page.tsx';
import { useWords } from '../language.tsx';
import { readServices } from '../services.ts';
import { useResource } from '../use-resource.ts';

const answersOf = (request: RequestView): BookingFields => ({
  ...blankFields,
  service: request.serviceCode,
  date: dateOf(request.plannedStartAt),
  clock: clockOf(request.plannedStartAt),
  minutes: String(request.plannedMinutes),
  language: request.wishes.languages[0] ?? '',
  gender: request.wishes.gender ?? '',
  note: request.note ?? '',
});

/** A request that is changed, with what was asked before as its answers. */
const changeOf = (request: RequestView): Booking => {
  const { requestId, communityCode, mine, receiver } = request;
  const forWhom = mine === 'helper' ? { forWhom: { memberId: receiver.memberId } } : {};
  return {
    base: `/ask/change/${requestId}`,
    slot: `change.${requestId}`,
    prefix: 'cmd',
    initial: answersOf(request),
    readAsker: () => Promise.resolve({ kind: 'done', value: { mayAsk: true } }),
    readMeans: () => Promise.resolve({ kind: 'done', value: {} }),
    readServices: () => readServices(communityCode),
    // A note that was taken out is sent empty: what is left out would stay.
    send: (commandId, { note = '', ...wanted }, isKept) =>
      askingClient.revise(requestId, commandId, {
        ...wanted,
        note,
        to: isKept ? 'draft' : 'submitted',
        ...forWhom,
      }),
    pathOf: () => `/received/${requestId}`,
    back: `/received/${requestId}`,
    asksPlace: false,
  };
};

const Change = ({ request, step }: { request: RequestView; step: string | undefined }) => {
  const booking = useMemo(() => changeOf(request), [request]);
  return <BookingFlow booking={booking} step={step} said={useAskSaid()} />;
};

/** What was kept, or turned down with a reason, is changed and handed in again. */
const AskChange = () => {
  const words = useWords();
  const own = useAskingWords();
  const { requestId = '', step } = useRoute().params;
  const request = useResource(requestId, () => client.readRequest(requestId));
  const isOpen = request.value?.state === 'draft' || request.value?.state === 'rejected';
  if (request.value !== undefined && isOpen) return <Change request={request.value} step={step} />;
  return (
    <Page title={own.changing}>
      <Loaded resource={request}>{() => <p>{own.cannotChange}</p>}</Loaded>
      <a class="button" href={`/received/${requestId}`}>
        {words.back}
      </a>
    </Page>
  );
};

export default AskChange;
