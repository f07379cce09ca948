import { find } from "./_dom";

// For those who come back only: a visitor who just looks leaves nothing on the device. Signing out and leaving in a hurry
// remove it (Clear-Site-Data).
export function startOffline(): void {
  if (!find('form[action="/sign-out"]') || !navigator.serviceWorker) return;
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
