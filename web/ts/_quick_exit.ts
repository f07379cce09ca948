import { find } from "./_dom";

const presses = 3;
const within_ms = 5000;

// Leaves at a click, or at Shift pressed three times with nothing in between. The page is covered before the
// browser begins to load the next one, and does not stay in the history.
export function startQuickExit(): void {
  const link = find<HTMLAnchorElement>(".quick-exit");
  if (!link) return;

  const leave = () => {
    document.documentElement.classList.add("leaving");
    document.title = "\u2026";
    location.replace(link.href);
  };

  document.addEventListener("click", (event) => {
    const clicked = (event.target as Element).closest("a");
    if (clicked?.href !== link.href) return;
    event.preventDefault();
    leave();
  });

  // Whoever turned short cuts off may press Shift for other reasons.
  if (document.documentElement.dataset.keys !== "on") return;
  let times: number[] = [];
  const forget = () => (times = []);
  document.addEventListener("pointerdown", forget);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") return forget();
      if (event.repeat) return;
      const now = Date.now();
      times = [...times.filter((time) => now - time < within_ms), now];
      if (times.length >= presses) leave();
    },
    true,
  );
}
