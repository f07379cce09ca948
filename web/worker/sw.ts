// Stands in when the network is away: a page with the numbers for urgent help, and words that could not be sent. It
// keeps two pages that are the same for everybody and their styles, and nothing else, ever.
const worker = self as unknown as ServiceWorkerGlobalScope;

const cache_name = "offline";
const away_page = "/offline";
const unsent_page = "/offline/unsent";
const good_for_ms = 24 * 60 * 60 * 1000;
const secret = /password|^(current|code|credential_id|client_data|authenticator_data|signature|user_handle)$/;
const words = new Set(["title", "text", "note", "reason"]);

// As a stranger: what is kept says nothing of who is here.
function askAsStranger(address: string): Promise<Response> {
  return fetch(address, { credentials: "omit", cache: "no-cache", headers: { accept: "text/html,*/*" } });
}

async function keep(): Promise<void> {
  const cache = await caches.open(cache_name);
  const [away, unsent] = await Promise.all([askAsStranger(away_page), askAsStranger(unsent_page)]);
  if (!away.ok || !unsent.ok) throw new Error("the pages for a lost network are not there");
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(await away.clone().text())?.[1];
  for (const old of await cache.keys()) {
    const { pathname } = new URL(old.url);
    if (![away_page, unsent_page, style].includes(pathname)) await cache.delete(old);
  }
  if (style && !(await cache.match(style))) await cache.put(style, await askAsStranger(style));
  await Promise.all([cache.put(away_page, away), cache.put(unsent_page, unsent)]);
}

// Numbers for urgent help may have changed since.
async function freshen(): Promise<void> {
  const kept = await caches.match(away_page);
  const since = Date.parse(kept?.headers.get("date") ?? "") || 0;
  if (Date.now() - since > good_for_ms) await keep().catch(() => undefined);
}

function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? "");
}

function fieldOf(name: string, value: string): string {
  const called = `name="${escaped(name)}"`;
  if (!words.has(name) && !/[\s]/.test(value)) return `<input type="hidden" ${called} value="${escaped(value)}">`;
  return `<div class="field"><textarea dir="auto" rows="6" aria-labelledby="unsent-words" ${called}>\n${escaped(value)}</textarea></div>`;
}

// The form that was on its way, to look at and to send again; it lives in that page alone.
async function unsentForm(request: Request): Promise<Response | undefined> {
  const [kept, form] = [await caches.match(unsent_page), await request.formData()];
  const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  if (!kept || fields.some(([name]) => secret.test(name))) return undefined;
  const { pathname, search } = new URL(request.url);
  const html = (await kept.text())
    .replace('action="/offline/unsent"', () => `action="${escaped(pathname + search)}"`)
    .replace("<!--fields-->", () => fields.map(([name, value]) => fieldOf(name, value)).join(""));
  return new Response(html, { status: 200, headers: kept.headers });
}

async function navigate(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const again = request.method === "POST" ? request.clone() : undefined;
  try {
    return (await event.preloadResponse) ?? (await fetch(request));
  } catch {
    const unsent = again && (await unsentForm(again).catch(() => undefined));
    return unsent ?? (await caches.match(away_page)) ?? Response.error();
  }
}

// Not in TypeScript's library yet (Service Workers, "static routing").
interface RoutedInstall {
  addRoutes?(rules: object): Promise<void>;
}

// What this worker has no part in goes past it: a page that is left can still say what was read on it.
const passed_by = {
  condition: { not: { or: [{ requestMode: "navigate" }, { requestDestination: "style" }] } },
  source: "network",
};

worker.addEventListener("install", (event) => {
  (event as RoutedInstall).addRoutes?.(passed_by).catch(() => undefined);
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  // The page is asked for while this worker is still waking up.
  event.waitUntil(Promise.all([worker.registration.navigationPreload?.enable(), worker.clients.claim()]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  // Whoever leaves in a hurry is not held up, and sees no page of ours.
  if (new URL(request.url).pathname === "/leave") return;
  if (request.mode === "navigate") {
    event.respondWith(navigate(event));
    event.waitUntil(freshen());
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});

// A signal holds no words; what is shown says nothing of what it is about, whoever looks at the screen.
const news = navigator.language.startsWith("es") ? "Algo nuevo para ti" : "Something new for you";

worker.addEventListener("push", (event) => {
  event.waitUntil(worker.registration.showNotification(news, { tag: "news" }));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow("/notices"));
});
