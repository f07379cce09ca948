import { find } from "./_dom";

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

// Asks the browser for an address that signals can go to, and sends it with the form.
async function subscribe(form: HTMLFormElement, endpoint: HTMLInputElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(form.dataset.key ?? "");
  const known = await pushManager.getSubscription();
  const made = known ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  endpoint.value = made.endpoint;
  form.submit();
}

export function startPush(): void {
  const form = find<HTMLFormElement>("#push-here");
  const endpoint = find<HTMLInputElement>("#push-here input[name=endpoint]");
  const can = "PushManager" in window && "Notification" in window && !!navigator.serviceWorker;
  if (!form || !endpoint || !can) return;
  form.hidden = false;
  find("#push-not-here")?.remove();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe(form, endpoint).catch(() => {
      const status = find("[role=status]", form);
      if (status) status.textContent = form.dataset.refused ?? "";
    });
  });
}
