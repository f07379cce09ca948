import { find, makeButton } from "./_dom";
import { answers, insert, replyTo, textField, wordsOf } from "./_composer";
import { addressOf, headingOf, numberOf } from "./_thread_page";

interface Piece {
  text: string;
  hidden: boolean;
}

const blocks = new Set(["P", "LI", "UL", "OL", "H3", "H4", "H5", "BLOCKQUOTE", "PRE", "DETAILS", "DIV", "HR"]);
const not_words = "summary, .spoiler > b, .visually-hidden";

// Selected nodes as lines of Markdown that read as they looked: what was a mark stays a sign, what was a name
// tells nobody again, what was hidden stays hidden.
class Lines {
  private readonly lines: Piece[][] = [[]];

  add(node: Node, hidden: boolean): void {
    if (node instanceof Text) return this.addText(node, hidden);
    const element = node instanceof HTMLElement ? node : null;
    if (element?.matches(not_words)) return;
    if (element?.tagName === "BR") return this.end();
    const is_block = element && blocks.has(element.tagName);
    if (is_block) this.end();
    const hides = hidden || (element?.matches(".spoiler") ?? false);
    node.childNodes.forEach((child) => this.add(child, hides));
    if (is_block) this.end();
  }

  markdown(): string {
    return this.lines.map(markdownOf).filter(Boolean).join("\n");
  }

  private addText(node: Text, hidden: boolean): void {
    const is_code = node.parentElement?.closest("pre");
    const parts = is_code ? node.data.split("\n") : [node.data];
    parts.forEach((text, i) => {
      if (i > 0) this.end();
      this.lines.at(-1)?.push({ text: text.replace(/\s+/g, " "), hidden });
    });
  }

  private end(): void {
    if (this.lines.at(-1)?.length) this.lines.push([]);
  }
}

function markdownOf(line: Piece[]): string {
  const joined: Piece[] = [];
  for (const piece of line) {
    const last = joined.at(-1);
    if (last?.hidden === piece.hidden) last.text += piece.text;
    else joined.push({ ...piece });
  }
  const words = joined
    .map(({ text, hidden }) => (hidden ? escaped(text).replace(/\S(.*\S)?/, "||$&||") : escaped(text)))
    .join("")
    .trim();
  // A line may not begin like a heading, a list or another quote.
  return words.replace(/^([#+\-=>!])/, "\\$1").replace(/^(\d+)([.)])/, "$1\\$2");
}

// Every sign that Markdown could take for a mark; addresses stay whole.
function escaped(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((part, i) => (i % 2 ? part : part.replace(/[\\`*_[\]<>|@&~]/g, "\\$&")))
    .join("");
}

function selectedIn(post: Element, selection: Selection): Lines {
  const range = selection.getRangeAt(0);
  const top = range.commonAncestorContainer;
  const element = top instanceof Element ? top : top.parentElement;
  const lines = new Lines();
  lines.add(range.cloneContents(), post.contains(element) && !!element?.closest(".spoiler"));
  return lines;
}

function postOfSelection(selection: Selection | null): Element | null {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const node = selection.getRangeAt(0).commonAncestorContainer;
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(".text")?.closest("article.post") ?? null;
}

function asQuote(post: Element, words: string): string {
  const lines = [`[${escaped(headingOf(post))}](${addressOf(post)}):`, "", ...words.split("\n")];
  return lines.map((line) => `> ${line}`.trimEnd()).join("\n") + "\n\n";
}

// Words selected in a post can be taken into the reply: a button appears among that post's actions.
export function startQuote(): void {
  const text = textField();
  // It is there, but hidden, where the reader cannot write.
  if (!text?.getClientRects().length) return;
  let words = "";
  let post: Element | null = null;

  const button = makeButton("quote-button", wordsOf(text).quote, () => {
    if (!post) return;
    const before = text.value.slice(0, text.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    if (!answers(text)) replyTo(text, numberOf(post));
    insert(text, gap + asQuote(post, words));
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
      words = selection && post ? selectedIn(post, selection).markdown() : "";
      if (post && words) find(".post-actions", post)?.append(button);
      else button.remove();
    }, 150);
  });
}
