import { all, find, focusOn } from "./_dom";
import { replyTo, textField } from "./_composer";
import { numberOf } from "./_thread_page";

const stops = "article.post, .thread-row, .cards > .card";
const sequence_ms = 1500;

function current(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>(stops) ?? undefined;
}

function move(step: 1 | -1): void {
  const items = all<HTMLElement>(stops).filter((item) => item.offsetParent);
  const here = current();
  let next = here ? items.indexOf(here) + step : items.findIndex((item) => item.getBoundingClientRect().top >= 0);
  if (!here && step < 0) next -= 1;
  const item = items[next];
  if (item) focusOn(item.matches("article") ? item : find<HTMLElement>("a", item) ?? item);
}

function reply(): void {
  const text = textField();
  if (!text) return;
  const post = current();
  if (post?.matches("article.post")) replyTo(text, numberOf(post));
  text.focus();
}

// What one stands on in a list.
function open(): void {
  const here = current();
  if (here?.matches(".cards > .card, .thread-row")) find<HTMLAnchorElement>("a", here)?.click();
}

// Takes a report on: the one of the list where one stands, or that of the page.
function claim(): void {
  const here = current() ?? (find(".cards > .card") ? null : document.body);
  if (here) find<HTMLButtonElement>('form[action$="/claim"] button', here)?.click();
}

function search(): void {
  const field = find<HTMLInputElement>('main input[type="search"]');
  if (field) field.focus();
  else location.assign("/search");
}

// Single keys, only for those who asked for them (WCAG 2.1.4).
export function startKeys(): void {
  if (document.documentElement.dataset.keys !== "on") return;
  let went = 0;
  const keys: Record<string, () => void> = {
    j: () => move(1),
    k: () => move(-1),
    r: reply,
    o: open,
    c: claim,
    "/": search,
    "?": () => location.assign("/comfort#keys"),
    g: () => (went = Date.now()),
  };
  const places: Record<string, string> = { h: "/", n: "/notices" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if ((event.target as Element).closest("input, textarea, select, [contenteditable]")) return;
    const place = Date.now() - went < sequence_ms ? places[event.key] : undefined;
    went = 0;
    if (place) return location.assign(place);
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
