import { useRoute } from 'preact-iso/router';
import { type Booking, BookingFlow } from '../components/booking-flow.tsx';
import { readBalance, readMe } from '../first-reads.ts';
import { redeemHours } from '../redeem-hours.ts';

const ownBooking: Booking = {
  base: '/redeem',
  slot: 'redeem',
  readHome: async () => {
    const me = await readMe();
    if (me.kind !== 'done') return me;
    const { mayRedeem, member } = me.value;
    return { kind: 'done', value: { mayRedeem, home: member.address } };
  },
  readMeans: readBalance,
  send: redeemHours,
  pathOf: (requestId) => `/received/${requestId}`,
};

/** Asking for help and paying with one's own hours. */
const Redeem = () => <BookingFlow booking={ownBooking} step={useRoute().params.step} />;

export default Redeem;
