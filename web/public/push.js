// Shows push messages, and opens the page that they are about. Nothing is kept and no request is answered here.
globalThis.addEventListener('push', (event) => {
  const { title, body, path, tag } = event.data.json();
  event.waitUntil(
    globalThis.registration.showNotification(title, { body, tag, icon: '/icon.svg', data: path }),
  );
});
globalThis.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(globalThis.clients.openWindow(`/${event.notification.data.replace(/^\/+/, '')}`));
});
