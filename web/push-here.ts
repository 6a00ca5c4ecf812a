/** Push messages on this device: asked of the browser only when somebody presses the button. */

/** What the service is told of this browser. */
export interface PushHere {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const registration = (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.register('/push.js');

const written = ({ endpoint, keys }: PushSubscriptionJSON): PushHere | undefined => {
  const { p256dh, auth } = keys ?? {};
  return endpoint === undefined || p256dh === undefined || auth === undefined
    ? undefined
    : { endpoint, keys: { p256dh, auth } };
};

/** Whether this browser knows push messages at all. */
export const knowsPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window;

/** Turns them on for this device; undefined where the browser or its owner says no. */
export const turnPushOn = async (publicKey: string): Promise<PushHere | undefined> => {
  if (!knowsPush() || (await Notification.requestPermission()) !== 'granted') return undefined;
  const { pushManager } = await registration();
  // The worker may still be starting.
  await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  return written(subscription.toJSON());
};

/** Turns them off for this device; gives what the service is to forget, where there was anything. */
export const turnPushOff = async (): Promise<string | undefined> => {
  if (!knowsPush()) return undefined;
  const known = await navigator.serviceWorker.getRegistration('/push.js');
  const subscription = await known?.pushManager.getSubscription();
  if (subscription === undefined || subscription === null) return undefined;
  await subscription.unsubscribe();
  return subscription.endpoint;
};
