import { find } from "./_dom";
import { adoptReaderStyles, can_freshen, fetchPage, numberOf, replacePost } from "./_thread_page";

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<boolean> {
  const token = find<HTMLInputElement>('input[name="form_token"]', form)?.value ?? "";
  const body = new URLSearchParams();
  if (button.name) body.set(button.name, button.value);
  const headers = { "x-form-token": token, accept: "application/json" };
  try {
    return (await fetch(button.formAction, { method: "POST", headers, body })).ok;
  } catch {
    return false;
  }
}

// A support without a page load. What goes wrong is left to the form itself, which says so in words.
export function startSupports(): void {
  if (!can_freshen) return;
  let busy = false;
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('.supports button[form="act"]');
    const post = button?.closest("article.post");
    const form = button?.form;
    if (!button || !post || !form) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const sent = await send(form, button);
    const page = sent ? await fetchPage() : undefined;
    busy = false;
    if (!sent) return form.requestSubmit(button);
    if (!page) return location.reload();
    adoptReaderStyles(page);
    replacePost(numberOf(post), page);
  });
}
