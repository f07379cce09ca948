import { find } from "./_dom";

export interface PostEvent {
  thread: number;
  number: number;
}

// Who listens on this page; each hears what it names.
export interface Listener {
  post?(event: PostEvent): void;
  edit?(event: PostEvent): void;
  notice?(): void;
  // Too much was missed to be told.
  reload?(): void;
}

export const signed_in = "kith-signed-in"; // on the window, after signing in beside a text

const kinds = ["post", "edit", "notice", "reload"] as const;
const first_pause_ms = 5_000;
const longest_pause_ms = 300_000;

// A browser opens a broken line again by itself. What it gave up on, because the server said no for a while, is
// tried again here, less and less often. Only `end` is the end. The address says what this page knows already.
class EventStream {
  private readonly address: URL;
  private source?: EventSource;
  private ended = false;
  private pause_ms = first_pause_ms;
  private timer = 0;

  constructor(
    address: string,
    private readonly listeners: Listener[],
  ) {
    this.address = new URL(address, location.href);
  }

  open(): void {
    clearTimeout(this.timer);
    if (this.ended || (this.source && this.source.readyState !== EventSource.CLOSED)) return;
    const source = new EventSource(this.address);
    for (const kind of kinds) source.addEventListener(kind, (event) => this.hear(kind, event));
    source.addEventListener("end", () => this.end());
    source.addEventListener("open", () => (this.pause_ms = first_pause_ms));
    source.addEventListener("error", () => this.openLater());
    this.source = source;
  }

  close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  // Somebody has signed in again on this page.
  begin(): void {
    this.ended = false;
    this.open();
  }

  private hear(kind: (typeof kinds)[number], event: MessageEvent<string>): void {
    if (event.lastEventId) this.address.searchParams.set("after", event.lastEventId);
    for (const listener of this.listeners) listener[kind]?.(JSON.parse(event.data));
  }

  private end(): void {
    this.ended = true;
    this.close();
  }

  private openLater(): void {
    if (this.source?.readyState !== EventSource.CLOSED) return;
    this.close();
    this.timer = window.setTimeout(() => this.open(), this.pause_ms * (1 + Math.random()));
    this.pause_ms = Math.min(this.pause_ms * 2, longest_pause_ms);
  }
}

// The address that the page was sent with, if there is one.
export function listen(listeners: Listener[]): void {
  const address = find<HTMLElement>("main[data-live]")?.dataset.live;
  if (!address || listeners.length === 0) return;
  const stream = new EventStream(address, listeners);
  stream.open();
  addEventListener(signed_in, () => stream.begin());
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", () => stream.open());
  document.addEventListener("visibilitychange", () => document.hidden || stream.open());
}

// At once, or when somebody looks at this page again.
export function whenVisible(act: () => void): void {
  if (!document.hidden) return act();
  document.addEventListener("visibilitychange", () => whenVisible(act), { once: true });
}
