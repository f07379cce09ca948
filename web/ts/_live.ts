import { all, find, focusOn, make, makeButton } from "./_dom";
import { listListener, noticeListener } from "./_news";
import { Listener, listen, PostEvent, whenVisible } from "./_stream";
import {
  adoptReaderStyles,
  can_freshen,
  fetchPage,
  numberOf,
  replacePost,
  replaceSurroundings,
} from "./_thread_page";

const seen_after_ms = 4000;

// Posts that arrived since the page was loaded stand at its end; a bar says so and leads to the first of them.
class Arrivals {
  private readonly bar: HTMLElement;
  private posts: HTMLElement[] = [];
  private readonly watch = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) setTimeout(() => this.seen(), seen_after_ms);
  });

  constructor(private readonly section: HTMLElement) {
    this.bar = find<HTMLElement>(".arrivals") ?? make("div", "arrivals");
    this.bar.setAttribute("role", "status");
    if (!this.bar.isConnected) section.append(this.bar);
  }

  add(post: HTMLElement): void {
    (find("#end-of-posts") ?? this.bar).before(post);
    this.posts.push(post);
  }

  announce(): void {
    const [first] = this.posts;
    if (!first) return;
    const { newOne = "1 new post", newMany = "%d new posts" } = this.section.dataset;
    const words = this.posts.length === 1 ? newOne : newMany.replace("%d", String(this.posts.length));
    this.bar.replaceChildren(makeButton("button", words, () => this.show()));
    this.watch.observe(first);
  }

  // The page is full: the posts are on the next one.
  point(next: HTMLAnchorElement): void {
    this.watch.disconnect();
    this.posts = [];
    const link = make("a", "button", this.section.dataset.newOne ?? "1 new post");
    link.href = next.href;
    this.bar.replaceChildren(link);
  }

  private show(): void {
    const [first] = this.posts;
    this.seen();
    if (first) focusOn(first);
  }

  private seen(): void {
    this.watch.disconnect();
    this.posts = [];
    this.bar.replaceChildren();
  }
}

// Keeps a thread page up to date: one request for however many events come together, and not at the same
// moment as every other reader.
class LivePosts implements Listener {
  private readonly arrivals: Arrivals;
  private edited = new Set<number>();
  private changed = false; // the thread itself
  private timer = 0;

  constructor(private readonly section: HTMLElement) {
    this.arrivals = new Arrivals(section);
  }

  post({ thread, number }: PostEvent): void {
    if (String(thread) !== this.section.dataset.thread || !this.isLastPage()) return;
    if (!document.getElementById(`p${number}`)) this.refreshSoon();
  }

  edit({ thread, number }: PostEvent): void {
    if (String(thread) !== this.section.dataset.thread) return;
    if (number === 0) return this.reload();
    if (!document.getElementById(`p${number}`)) return;
    this.edited.add(number);
    this.refreshSoon();
  }

  reload(): void {
    this.changed = true;
    all("article.post", this.section).forEach((post) => this.edited.add(numberOf(post)));
    this.refreshSoon();
  }

  private isLastPage(): boolean {
    return this.section.dataset.page === this.section.dataset.pages;
  }

  private refreshSoon(): void {
    const pause_ms = 300 + Math.random() * 1200;
    this.timer ||= window.setTimeout(() => whenVisible(() => this.refresh()), pause_ms);
  }

  private async refresh(): Promise<void> {
    const { edited, changed } = this;
    this.edited = new Set();
    this.changed = false;
    this.timer = 0;
    const page = await fetchPage();
    const fresh = page && find<HTMLElement>("#posts", page);
    if (!page || !fresh) return;
    adoptReaderStyles(page);
    edited.forEach((number) => replacePost(number, page));
    if (changed) replaceSurroundings(page);
    if (!this.isLastPage()) return;

    for (const post of all<HTMLElement>("article.post", fresh)) {
      if (!document.getElementById(post.id)) this.arrivals.add(document.adoptNode(post));
    }
    this.arrivals.announce();
    if (fresh.dataset.pages !== this.section.dataset.pages) this.showMorePages(page, fresh);
  }

  private showMorePages(page: Document, fresh: HTMLElement): void {
    this.section.dataset.pages = fresh.dataset.pages;
    const links = find("nav.pagination", page);
    if (!links) return;
    const old_links = find("nav.pagination");
    if (old_links) old_links.replaceWith(document.adoptNode(links));
    else this.section.after(document.adoptNode(links));
    const next = find<HTMLAnchorElement>('.pagination a[rel="next"], .pagination [aria-current] ~ a');
    if (next) this.arrivals.point(next);
  }
}

export function startLive(): void {
  const section = find<HTMLElement>("#posts");
  const posts = section && can_freshen ? new LivePosts(section) : undefined;
  listen([posts, listListener(), noticeListener()].filter((listener) => listener !== undefined));
}
