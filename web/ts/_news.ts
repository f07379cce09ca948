import { find, make } from "./_dom";
import { Listener } from "./_stream";

function makeStatus(className: string): HTMLElement {
  const status = make("div", className);
  status.setAttribute("role", "status");
  return status;
}

// The link to the notices says when there are new ones.
export function noticeListener(): Listener | undefined {
  const link = find<HTMLAnchorElement>("#notices");
  const words = link?.dataset.new;
  if (!link || !words) return undefined;
  const status = makeStatus("visually-hidden");
  document.body.append(status);
  const notice = () => {
    if (link.textContent === words) return;
    link.textContent = words;
    status.textContent = words;
  };
  return { notice };
}

// A list stays as it is under the reader's eyes; a link says that there is more than it shows.
export function listListener(): Listener | undefined {
  const main = find<HTMLElement>("main[data-arrival]");
  const words = main?.dataset.arrival;
  if (!main || !words) return undefined;
  const bar = makeStatus("arrivals");
  main.append(bar);
  const post = () => {
    if (bar.firstChild) return;
    const link = make("a", "button", words);
    link.href = location.pathname + location.search;
    bar.append(link);
  };
  return { post, reload: post };
}
