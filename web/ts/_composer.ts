import { find, make, makeButton } from "./_dom";
import { headingOf } from "./_thread_page";

const english = {
  toolbar: "Formatting",
  bold: "Bold",
  italic: "Italic",
  list: "List",
  quote: "Quote",
  link: "Link",
  spoiler: "Hide",
  replying: "Replying to: %s",
  to_everyone: "Reply to everyone",
  saved: "Saved %s",
  not_saved: "Not saved yet. Your words are still here. We keep trying.",
  elsewhere: "You also wrote here in another window or on another device. Nothing is lost.",
  keep_these: "Keep the words I wrote here",
  keep_those: "Keep the words I wrote there",
  signed_out: "You have been signed out. Your words are still here.",
  sign_in_as: "Sign in again as %s",
  password: "Password",
  sign_in: "Sign in",
  other_ways: "Sign in another way (in a new tab)",
  one_more_step: "One more step (in a new tab)",
};
export type ComposerWords = typeof english;

export function textField(): HTMLTextAreaElement | null {
  return find<HTMLTextAreaElement>("textarea#text");
}

export function wordsOf(text: HTMLTextAreaElement): ComposerWords {
  try {
    return { ...english, ...JSON.parse(text.dataset.words ?? "{}") };
  } catch {
    return english;
  }
}

// As if typed, so that undo takes it back again.
export function insert(text: HTMLTextAreaElement, words: string): void {
  text.focus();
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function selected(text: HTMLTextAreaElement): string {
  return text.value.slice(text.selectionStart, text.selectionEnd);
}

function wrap(text: HTMLTextAreaElement, before: string, after = before): void {
  const inner = selected(text);
  const start = text.selectionStart + before.length;
  insert(text, before + inner + after);
  text.setSelectionRange(start, start + inner.length);
}

// Puts the mark in front of each line the selection touches.
function markLines(text: HTMLTextAreaElement, mark: string): void {
  const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  text.setSelectionRange(from, text.selectionEnd);
  insert(text, selected(text).replace(/^/gm, mark));
}

function addLink(text: HTMLTextAreaElement): void {
  const inner = selected(text);
  const is_address = /^https?:\/\/\S+$/.test(inner);
  const start = text.selectionStart;
  insert(text, is_address ? `[](${inner})` : `[${inner}](https://)`);
  // The caret goes to what is still missing.
  const caret = is_address || !inner ? start + 1 : start + inner.length + "[](https://".length;
  text.setSelectionRange(caret, caret);
}

function addToolbar(text: HTMLTextAreaElement): void {
  const words = wordsOf(text);
  const bar = make("div", "toolbar");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.toolbar);
  bar.append(
    makeButton("", words.bold, () => wrap(text, "**")),
    makeButton("", words.italic, () => wrap(text, "*")),
    makeButton("", words.list, () => markLines(text, "- ")),
    makeButton("", words.quote, () => markLines(text, "> ")),
    makeButton("", words.link, () => addLink(text)),
    makeButton("", words.spoiler, () => wrap(text, "||")),
  );
  text.before(bar);
}

function replyField(form: HTMLFormElement): HTMLInputElement {
  const field = form.elements.namedItem("reply_to");
  if (field instanceof HTMLInputElement) return field;
  const made = make("input");
  made.type = "hidden";
  made.name = "reply_to";
  form.append(made);
  return made;
}

// Whether the reply belongs to a post already.
export function answers(text: HTMLTextAreaElement): boolean {
  return !!text.form && replyField(text.form).value !== "";
}

// The reply belongs to this post now, and the composer says so.
export function replyTo(text: HTMLTextAreaElement, number: number): void {
  const post = document.getElementById(`p${number}`);
  if (!text.form || !post) return;
  const field = replyField(text.form);
  field.value = String(number);

  const words = wordsOf(text);
  const line = make("p", "replying");
  const name = make("span", "", words.replying.replace("%s", () => headingOf(post)));
  const undo = makeButton("button quiet", words.to_everyone, () => {
    field.value = "";
    line.remove();
    text.removeAttribute("aria-description");
    text.focus();
  });
  line.append(name, undo);
  find(".replying")?.remove();
  (text.closest("form, .composer")?.querySelector(".toolbar") ?? text).before(line);
  text.setAttribute("aria-description", name.textContent ?? "");
}

export function startComposer(): void {
  const toolbar_for = find<HTMLTextAreaElement>("textarea[data-toolbar]");
  if (toolbar_for) addToolbar(toolbar_for);

  const text = textField();
  if (!text) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a.reply-to[data-number]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    replyTo(text, Number(link.dataset.number));
    text.focus();
    text.scrollIntoView({ block: "center" });
  });
}
