import { all, find, makeButton } from "./_dom";

const again_after_ms = 15000;

function focusErrors(): void {
  find<HTMLElement>(".error-summary")?.focus();
}

function offerToShow(input: HTMLInputElement): void {
  const show = input.dataset.show ?? "Show";
  const hide = input.dataset.hide;
  const set = (visible: boolean) => {
    input.type = visible ? "text" : "password";
    if (hide) button.textContent = visible ? hide : show;
    else button.setAttribute("aria-pressed", String(visible));
  };
  const button = makeButton("show-password", show, () => set(input.type === "password"));
  if (input.id) button.setAttribute("aria-controls", input.id);
  input.classList.add("with-show");
  input.after(button);
  set(false);
  // Browsers remember what was typed into text fields, never what was typed into password fields.
  input.form?.addEventListener("submit", () => set(false));
}

// A second tap on a slow line sends nothing twice. The button stays enabled, so its name and value are sent.
function sendOnce(): void {
  const sent = new Set<HTMLFormElement>();
  let restore: (() => void)[] = [];
  const release = () => {
    sent.clear();
    for (const put_back of restore) put_back();
    restore = [];
  };

  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    setTimeout(release, again_after_ms);

    const button = event.submitter;
    const words = button?.dataset.sending ?? form.dataset.sending;
    if (!button || !words) return;
    const before = [...button.childNodes];
    restore.push(() => {
      button.replaceChildren(...before);
      button.removeAttribute("aria-disabled");
    });
    button.textContent = words;
    button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) release();
  });
}

export function startForms(): void {
  focusErrors();
  all<HTMLInputElement>('input[type="password"]').forEach(offerToShow);
  sendOnce();
}
