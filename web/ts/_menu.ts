import { find } from "./_dom";

// The menu closes on Escape and when the reader goes elsewhere.
export function startMenu(): void {
  const menu = find<HTMLDetailsElement>("details.menu");
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    find<HTMLElement>("summary", menu)?.focus();
  });
}
