/* The browser's part of push: its permission, our worker in it, and its subscription (Push API).
   Must never ask for the permission by itself. */

export const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export class BrowserPush {
  constructor({ worker, key }) {
    Object.assign(this, { worker, key });
  }

  get supported() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  get permission() {
    return Notification.permission;
  }

  ask() {
    return Notification.requestPermission();
  }

  async held() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  /* A server with a new key cannot send to what was made with the old one. */
  fits(subscription) {
    return base64url(subscription.options.applicationServerKey) === this.key;
  }

  async subscribe() {
    /* The worker has the key in its own address, for when the browser ends a subscription while no page is open. */
    await navigator.serviceWorker.register(`${this.worker}?key=${this.key}`, { scope: "/" });
    const { pushManager } = await navigator.serviceWorker.ready;
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.key });
  }

  /* What the worker asks of an open page: does it show this thread, and would it open that one. */
  answer({ shows, open }) {
    if (!this.supported) return;
    navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
      if (data.asked === "open") open(data.thread);
      ports[0].postMessage(data.asked === "open" || shows(data.thread));
    });
  }
}
