import { all, find } from "./_dom";

const reader_style = /<style nonce[^>]*>([^<]*)<\/style>/;

// The thread page as the server has it now, without a word that it has been read. Undefined if it cannot be had,
// for example after signing out.
export async function fetchPage(): Promise<Document | undefined> {
  try {
    const headers = { accept: "text/html", "x-kith-quiet": "1" };
    const response = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
    if (!response.ok || response.redirected) return undefined;
    // A style with another page's nonce would be reported as an attack, even in a document nobody shows.
    const html = (await response.text()).replace(reader_style, '<template id="reader-style">$1</template>');
    return new DOMParser().parseFromString(html, "text/html");
  } catch {
    return undefined;
  }
}

// Without constructed sheets (Safari before 16.4) a page cannot be freshened, only loaded again.
export const can_freshen = "replaceSync" in CSSStyleSheet.prototype;

const adopted = can_freshen ? new CSSStyleSheet() : undefined;

// What only this reader sees is revealed by the page's own <style>. The fresh one takes its place, as a
// constructed sheet: its nonce is not ours. Marks of unread posts stay until the reader leaves the page.
export function adoptReaderStyles(fresh: Document): void {
  if (!adopted) return;
  const stale = find<HTMLStyleElement>("head > style[nonce]");
  const rules = [...(stale?.sheet?.cssRules ?? adopted.cssRules)].map((rule) => rule.cssText);
  const unread = new Set(rules.filter((text) => text.includes(".unread-word")));
  const now = find<HTMLTemplateElement>("#reader-style", fresh)?.content.textContent ?? "";
  adopted.replaceSync([...unread].join("") + now);
  document.adoptedStyleSheets = [adopted];
  stale?.remove();
}

const focusable = "a[href], button, summary";

// Replaces one post by its fresh self; opened notes stay open, and focus stays where it was.
// A post in which words are selected stays as it is: they may be about to be quoted.
export function replacePost(number: number, fresh: Document): void {
  const old_post = document.getElementById(`p${number}`);
  const found = fresh.getElementById(`p${number}`);
  if (!old_post || !found) return;
  const selection = getSelection();
  if (selection && !selection.isCollapsed && selection.containsNode(old_post, true)) return;
  const new_post = document.adoptNode(found);

  const opened = all<HTMLDetailsElement>("details", old_post).map((details) => details.open);
  all<HTMLDetailsElement>("details", new_post).forEach((details, i) => (details.open ||= opened[i] ?? false));

  const active = document.activeElement;
  const place = active && old_post.contains(active) ? all(focusable, old_post).indexOf(active) : undefined;
  old_post.replaceWith(new_post);
  if (place === undefined) return;
  const target = all<HTMLElement>(focusable, new_post)[place] ?? new_post;
  if (target === new_post) new_post.tabIndex = -1;
  target.focus({ preventScroll: true });
}

// Title, notice, reply box and actions, for a thread that was closed, opened again or renamed. A box in which somebody is
// writing stays in sight.
export function replaceSurroundings(fresh: Document): void {
  const heading = find("h1");
  if (heading) heading.textContent = find("h1", fresh)?.textContent ?? heading.textContent;

  const place = find("#reply-place");
  const fresh_place = find("#reply-place", fresh);
  if (place && fresh_place) {
    find(".notice", place)?.remove();
    const notice = find(".notice", fresh_place);
    if (notice) place.prepend(document.adoptNode(notice));
    const box = find("#reply-box", place);
    const is_written_in = find<HTMLTextAreaElement>("textarea", place)?.value;
    if (box && !is_written_in) box.className = find("#reply-box", fresh_place)?.className ?? box.className;
  }
  const actions = find(".thread-actions", fresh);
  if (actions) find(".thread-actions")?.replaceWith(document.adoptNode(actions));
}

export function numberOf(post: Element): number {
  return Number(post.id.slice(1));
}

// Where a post stands, for a link within the site.
export function addressOf(post: Element): string {
  const { thread = "", page = "1" } = find<HTMLElement>("#posts")?.dataset ?? {};
  return `/threads/${thread}${page === "1" ? "" : `?page=${page}`}#${post.id}`;
}

// "Post 6, Maple" without the marks and links around it.
export function headingOf(post: Element): string {
  const heading = find("h2", post)?.cloneNode(true) as Element | undefined;
  if (!heading) return "";
  all(".reply-link, .own, .unread-word, .badge, .muted-note", heading).forEach((mark) => mark.remove());
  return (heading.textContent ?? "").replace(/\s+/g, " ").replace(/[\s,]+$/, "").trim();
}
