import { find, makeButton } from "./_dom";
import { insert, replyTo, textField, wordsOf } from "./_composer";
import { headingOf, numberOf } from "./_thread_page";

function postOfSelection(selection: Selection | null): Element | null {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const node = selection.getRangeAt(0).commonAncestorContainer;
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(".text")?.closest("article.post") ?? null;
}

function asQuote(name: string, words: string): string {
  const by = name.replace(/[\\`*_[\]|<>#]/g, "\\$&");
  const lines = [`${by}:`, "", ...words.trim().split(/\r?\n/)];
  return lines.map((line) => `> ${line}`.trimEnd()).join("\n") + "\n\n";
}

// Words selected in a post can be taken into the reply: a button appears among that post's actions.
export function startQuote(): void {
  const text = textField();
  if (!text) return;
  let words = "";
  let post: Element | null = null;

  const button = makeButton("quote-button", wordsOf(text).quote, () => {
    if (!post) return;
    const before = text.value.slice(0, text.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    replyTo(text, numberOf(post));
    insert(text, gap + asQuote(headingOf(post), words));
    text.scrollIntoView({ block: "center" });
    button.remove();
  });
  // Pressing the button must not end the selection.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("mousedown", (event) => event.preventDefault());

  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (document.activeElement === button) return;
      const selection = getSelection();
      post = postOfSelection(selection);
      words = selection?.toString() ?? "";
      if (post && words.trim()) find(".post-actions", post)?.append(button);
      else button.remove();
    }, 150);
  });
}
