import { all, find } from "./_dom";
import { numberOf } from "./_thread_page";

const looked_at_ms = 1000;

// A post that arrived while the page was open is fetched quietly, which is not reading it. Once somebody has
// looked at it, the page is asked for as a reader would, up to the last post that is here: the server decides what that
// makes read.
export function startReading(): void {
  const section = find<HTMLElement>("#posts");
  if (!section || !find("main.signed-in")) return;
  let highest = Math.max(0, ...all("article.post", section).map(numberOf));
  let timer = 0;
  const waiting = new Set<Element>();

  const read = () => {
    clearTimeout(timer);
    timer = 0;
    const address = location.pathname + location.search;
    const headers = { accept: "text/html", "x-kith-seen": String(highest) };
    fetch(address, { headers, cache: "no-store", keepalive: true }).catch(() => {});
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || document.hidden) continue;
      watch.unobserve(target);
      waiting.delete(target);
      timer ||= window.setTimeout(read, looked_at_ms);
    }
  });
  const waitFor = (post: Element) => {
    waiting.add(post);
    watch.observe(post);
  };
  new MutationObserver(() => {
    for (const gone of [...waiting].filter((post) => !post.isConnected)) {
      waiting.delete(gone);
      const fresh = document.getElementById(gone.id); // it was changed before anybody saw it
      if (fresh) waitFor(fresh);
    }
    for (const post of all("article.post", section)) {
      if (numberOf(post) <= highest) continue;
      highest = numberOf(post);
      waitFor(post);
    }
  }).observe(section, { childList: true });
  // Being observed anew tells again where a post is.
  document.addEventListener("visibilitychange", () => {
    watch.disconnect();
    waiting.forEach((post) => watch.observe(post));
  });
  addEventListener("pagehide", () => timer && read());
}
