import { useRoute } from 'preact-iso/router';
import { useMemo } from 'preact/hooks';
import { client } from '../client.ts';
import type { Booking } from '../booking.ts';
import { BookingFlow } from '../components/booking-flow.tsx';
import { may, readHelpedElder, spendableMinutes } from '../helped-elder.ts';
import { helpingClient } from '../helping-client.ts';
import { redeemHours } from '../redeem-hours.ts';
import { readServices } from '../services.ts';

/** What a helper may use of the elder's hours: what was agreed, and no more than there is where they may see it. */
const readMeans: (memberId: string) => Booking['readMeans'] = (memberId) => async () => {
  const elder = await readHelpedElder(memberId);
  if (elder.kind !== 'done') return elder;
  if (!may(elder.value, 'spend')) return { kind: 'done', value: {} };
  const agreed = spendableMinutes(elder.value);
  if (!may(elder.value, 'see_balance')) return { kind: 'done', value: { availableMinutes: agreed } };
  const balance = await helpingClient.readBalance(memberId);
  if (balance.kind !== 'done') return balance;
  return { kind: 'done', value: { availableMinutes: Math.min(agreed, balance.value.availableMinutes) } };
};

const bookingFor = (memberId: string): Booking => ({
  base: `/helped/${memberId}/order`,
  slot: `order.${memberId}`,
  prefix: 'req',
  readAsker: () => Promise.resolve({ kind: 'done', value: { mayAsk: true } }),
  readMeans: readMeans(memberId),
  // What is offered where the elder lives, which may be far from where the helper does.
  readServices: async () => {
    const elder = await readHelpedElder(memberId);
    return elder.kind === 'done' ? readServices(elder.value.elder.communityCode) : elder;
  },
  send: async (requestId, wanted) => {
    const elder = await readHelpedElder(memberId);
    if (elder.kind !== 'done') return elder;
    const forWhom = { memberId };
    return may(elder.value, 'spend')
      ? redeemHours(requestId, { ...wanted, forWhom })
      : client.postRequest(requestId, { ...wanted, receiverId: memberId, forWhom });
  },
  pathOf: (requestId) => `/received/${requestId}`,
  back: `/helped/${memberId}`,
});

/** A helper books help for their elder: with the elder's hours where that was agreed, else as the community gives it. */
const HelpedOrder = () => {
  const { memberId = '', step } = useRoute().params;
  const booking = useMemo(() => bookingFor(memberId), [memberId]);
  return <BookingFlow booking={booking} step={step} />;
};

export default HelpedOrder;
