import { all, make } from "./_dom";
import { signed_in } from "./_stream";

type Words = Record<"signed_out" | "sign_in_as" | "password" | "sign_in" | "other_ways" | "one_more_step", string>;

const json = { accept: "application/json" };

// Whoever is signed in, with the token that forms need now; undefined for nobody, or without a network.
async function whoIsHere(): Promise<{ name: string; form_token: string } | undefined> {
  try {
    const response = await fetch("/me", { headers: json, cache: "no-store" });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

// Gives every form of the page the token of the new session, if it is the same person's.
export async function takeNewToken(name: string): Promise<boolean> {
  const here = await whoIsHere();
  if (!here || here.name !== name) return false;
  for (const field of all<HTMLInputElement>('input[name="form_token"]')) field.value = here.form_token;
  return true;
}

function newTab(href: string, words: string): HTMLAnchorElement {
  const link = make("a", "button quiet", words);
  Object.assign(link, { href, target: "_blank", rel: "noopener" });
  return link;
}

// The session is over while somebody writes: they sign in on this page, or in a new tab and come back, and go on. One
// box at a time, whose words stay until then.
export class SignInAgain {
  private readonly box = make("form", "sign-in-again");
  private readonly password = make("input");
  private readonly message = make("p", "error");

  constructor(private readonly name: string, words: Words, private readonly go_on: () => void) {
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", words.signed_out);
    const said = make("p", "", words.signed_out);
    said.setAttribute("role", "alert");

    const user = make("input");
    Object.assign(user, { type: "text", name: "name", value: name, autocomplete: "username", hidden: true });
    Object.assign(this.password, { type: "password", name: "password", autocomplete: "current-password" });
    const label = make("label", "", words.password);
    label.append(this.password);
    const field = make("div", "field");
    field.append(label, this.message);

    const button = make("button", "button", words.sign_in);
    const ways = make("p");
    ways.append(newTab("/sign-in", words.other_ways));
    this.box.append(said, make("h3", "", words.sign_in_as.replace("%s", () => name)), user, field, button, ways);
    this.box.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.signIn(user, words);
    });
    document.addEventListener("visibilitychange", this.lookAgain);
  }

  showBefore(place: Element): void {
    place.before(this.box);
    this.box.scrollIntoView({ block: "nearest" });
  }

  private readonly lookAgain = (): void => {
    if (document.visibilityState === "visible") void this.finish();
  };

  private async signIn(user: HTMLInputElement, words: Words): Promise<void> {
    const body = new URLSearchParams({ name: user.value, password: this.password.value });
    try {
      const response = await fetch("/sign-in", { method: "POST", headers: json, body });
      const answer = await response.json();
      if (!response.ok) return this.complain(answer.error?.message ?? "");
      if (await this.finish()) return;
      // Their account asks for a code besides.
      this.box.querySelector("p:last-child")?.replaceChildren(newTab(answer.location, words.one_more_step));
    } catch {
      this.complain(words.signed_out);
    }
  }

  private complain(message: string): void {
    this.message.textContent = message;
    this.message.setAttribute("role", "alert");
    this.password.value = "";
    this.password.focus();
  }

  private async finish(): Promise<boolean> {
    if (!(await takeNewToken(this.name))) return false;
    document.removeEventListener("visibilitychange", this.lookAgain);
    this.box.remove();
    dispatchEvent(new Event(signed_in));
    this.go_on();
    return true;
  }
}
