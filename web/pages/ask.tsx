import { useRoute } from 'preact-iso/router';
import { askingClient } from '../asking-client.ts';
import { useAskSaid } from '../ask-said.ts';
import type { Booking } from '../booking.ts';
import { BookingFlow } from '../components/booking-flow.tsx';
import { readOwnAsker } from '../own-asker.ts';
import { readServices } from '../services.ts';

const ownAsk: Booking = {
  base: '/ask',
  slot: 'ask',
  prefix: 'req',
  readAsker: readOwnAsker,
  readMeans: () => Promise.resolve({ kind: 'done', value: {} }),
  readServices: () => readServices(),
  send: (requestId, wanted, isDraft) =>
    askingClient.submit(requestId, { ...wanted, ...(isDraft ? { isDraft } : {}) }),
  pathOf: (requestId) => `/received/${requestId}`,
};

/** Asking for help that costs no hours: it is handed in, the staff look at it, and then somebody is found. */
const Ask = () => {
  return <BookingFlow booking={ownAsk} step={useRoute().params.step} said={useAskSaid()} />;
};

export default Ask;
