import { useRoute } from 'preact-iso/router';
import type { Booking } from '../booking.ts';
import { BookingFlow } from '../components/booking-flow.tsx';
import { readBalance } from '../first-reads.ts';
import { readOwnAsker } from '../own-asker.ts';
import { redeemHours } from '../redeem-hours.ts';
import { readServices } from '../services.ts';

const ownBooking: Booking = {
  base: '/redeem',
  slot: 'redeem',
  prefix: 'req',
  readAsker: async () => {
    const me = await readOwnAsker();
    return me.kind === 'done' ? { kind: 'done', value: { ...me.value, mayAsk: me.value.mayRedeem } } : me;
  },
  readMeans: readBalance,
  readServices: () => readServices(),
  send: redeemHours,
  pathOf: (requestId) => `/received/${requestId}`,
};

/** Asking for help and paying with one's own hours. */
const Redeem = () => <BookingFlow booking={ownBooking} step={useRoute().params.step} />;

export default Redeem;
