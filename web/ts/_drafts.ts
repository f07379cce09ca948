import { replyTo, textField, wordsOf } from "./_composer";
import { find, make, makeButton } from "./_dom";
import { SignInAgain, takeNewToken } from "./_sign_in_again";

interface Kept {
  title: string;
  text: string;
  note: string;
  reply_to: number;
  voice: string;
  notes: string; // "1,3"
  edition: string;
  saved_at: number;
}

const after_typing_ms = 1500; // so that a short reply sent at once never becomes a draft
const patience_ms = 3000; // of a form for a saving that is under way
const again_after_ms = [3000, 10000, 30000];
const most_for_keepalive = 60000; // bytes (fetch standard: 64 KiB for all of them)

function hourOf(time: number): string {
  return new Date(time).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

// What is typed into the composer is kept on the server every few seconds, and nowhere in this browser.
class Drafts {
  private readonly words;
  private readonly status = make("div", "draft-status");
  private edition: HTMLInputElement;
  private timer = 0;
  private failures = 0;
  private saving: Promise<void> | undefined;
  private is_sending = false;
  private is_waiting = false; // for an answer of the person
  private kept: string; // as it was last known to the server

  constructor(private readonly text: HTMLTextAreaElement, private readonly form: HTMLFormElement) {
    this.words = wordsOf(text);
    this.edition = this.editionField();
    this.kept = this.typed();
    text.after(this.status);
    form.addEventListener("input", () => this.saveSoon());
    // Fields that belong to the form from outside it do not bubble through it.
    for (const field of form.elements) field.addEventListener("input", () => this.saveSoon());
    form.addEventListener("submit", (event) => this.sendAfterSaving(event));
    addEventListener("pageshow", () => (this.is_sending = false));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  // Words of another day, or of another device, into an empty box.
  async takeUp(): Promise<void> {
    const response = await fetch(this.address(), { headers: { accept: "application/json" }, cache: "no-store" });
    if (!response.ok || this.text.value !== "") return;
    this.show(await response.json());
    find("#draft-note")?.remove();
  }

  private address(): string {
    return this.text.dataset.draft ?? "";
  }

  private editionField(): HTMLInputElement {
    const field = this.form.elements.namedItem("draft_edition");
    if (field instanceof HTMLInputElement) return field;
    const made = make("input");
    Object.assign(made, { type: "hidden", name: "draft_edition" });
    this.form.append(made);
    return made;
  }

  private fields(): URLSearchParams {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) fields.append(name, String(value));
    return fields;
  }

  // What a draft is made of.
  private typed(): string {
    const fields = this.fields();
    const parts = ["title", "text", "note", "reply_to", "voice", "notes"];
    return JSON.stringify(parts.map((name) => fields.getAll(name).join()));
  }

  private saveSoon(after_ms = after_typing_ms): void {
    if (this.is_waiting || this.is_sending) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), after_ms);
  }

  // A saving that arrived after the form would make a draft of what has been sent.
  private sendAfterSaving(event: SubmitEvent): void {
    clearTimeout(this.timer);
    if (this.is_sending || !this.saving) return void (this.is_sending = true);
    this.is_sending = true;
    event.preventDefault();
    const patience = new Promise((resolve) => setTimeout(resolve, patience_ms));
    void Promise.race([this.saving, patience]).then(() => this.form.requestSubmit(event.submitter));
  }

  private async save(): Promise<void> {
    const typed = this.typed();
    if (typed === this.kept || this.is_waiting || this.is_sending) return;
    if (this.saving) return this.saveSoon();
    clearTimeout(this.timer);
    this.saving = this.send(typed).catch(() => this.tryAgain());
    await this.saving;
    this.saving = undefined;
  }

  private async send(typed: string): Promise<void> {
    const body = this.fields();
    const response = await fetch(this.address(), {
      method: "POST",
      headers: { accept: "application/json" },
      body,
      keepalive: body.toString().length < most_for_keepalive,
    });
    if (response.status === 401 || response.status === 403) return this.askToSignIn();
    const answer = await response.json();
    if (response.ok) return this.isKept(typed, answer.draft);
    if (response.status !== 409) return this.refuse(answer.error?.message);
    if (answer.outcome === "elsewhere") return this.choose(answer.draft);
    // Sent or thrown away in another window: these words begin anew.
    this.edition.value = "";
    this.saveSoon(0);
  }

  private isKept(typed: string, kept: Kept | undefined): void {
    this.failures = 0;
    this.kept = typed;
    this.edition.value = kept?.edition ?? "";
    this.say(kept ? this.words.saved.replace("%s", () => hourOf(kept.saved_at)) : "");
    if (this.typed() !== typed) this.saveSoon();
  }

  // Seen, and read by whoever looks for it; spoken only when something is wrong.
  private say(words: string): void {
    this.status.removeAttribute("role");
    this.status.replaceChildren(words ? make("p", "meta", words) : "");
  }

  private warn(...content: (HTMLElement | string)[]): void {
    this.status.setAttribute("role", "status");
    this.status.replaceChildren(...content);
  }

  private refuse(message: string | undefined): void {
    if (message) this.warn(make("p", "", message));
    else this.tryAgain();
  }

  private tryAgain(): void {
    const pause = again_after_ms[Math.min(this.failures++, again_after_ms.length - 1)];
    this.warn(make("p", "", this.words.not_saved));
    this.saveSoon(pause);
  }

  // Signed in again in another tab already, or not yet.
  private async askToSignIn(): Promise<void> {
    const name = this.form.dataset.writer ?? "";
    if (await takeNewToken(name)) return this.tryAgain();
    this.is_waiting = true;
    this.status.replaceChildren();
    const place = this.text.closest("form.composer, section.composer") ?? this.text;
    new SignInAgain(name, this.words, () => this.goOn()).showBefore(place);
  }

  private goOn(): void {
    this.is_waiting = false;
    this.text.focus();
    void this.save();
  }

  // Both texts stand side by side until the person says which one stays.
  private choose(other: Kept): void {
    this.is_waiting = true;
    const there = make("blockquote", "own-words", other.text);
    there.dir = "auto";
    const keep_these = makeButton("button", this.words.keep_these, () => {
      this.edition.value = other.edition;
      this.goOn();
    });
    const keep_those = makeButton("button quiet", this.words.keep_those, () => {
      this.show(other);
      this.text.focus();
    });
    const row = make("p", "row");
    row.append(keep_these, keep_those);
    this.warn(make("p", "", this.words.elsewhere), there, row);
  }

  private show(kept: Kept): void {
    this.is_waiting = false;
    this.text.value = kept.text;
    const title = this.form.elements.namedItem("title");
    if (title instanceof HTMLInputElement) title.value = kept.title;
    const note = this.form.elements.namedItem("note");
    if (note instanceof HTMLInputElement && kept.note) {
      note.value = kept.note;
      note.closest("details")?.setAttribute("open", "");
    }
    const notes = kept.notes.split(",");
    for (const box of this.text.ownerDocument.querySelectorAll<HTMLInputElement>("input[name=notes]")) {
      box.checked = notes.includes(box.value);
      if (box.checked) box.closest("details")?.setAttribute("open", "");
    }
    const voice = this.form.elements.namedItem("voice");
    if (voice instanceof RadioNodeList && kept.voice) voice.value = kept.voice;
    if (kept.reply_to) replyTo(this.text, kept.reply_to);
    this.isKept(this.typed(), kept);
  }
}

export function startDrafts(): void {
  const text = textField();
  if (!text?.form || !text.dataset.draft) return;
  const drafts = new Drafts(text, text.form);
  if (find("#draft-note")) drafts.takeUp().catch(() => undefined);
}
