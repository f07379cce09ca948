import { insert, textField } from "./_composer";
import { find, make } from "./_dom";

const side_most = 1600; // pixels; the server makes it no larger either
const small_enough_bytes = 500 * 1024;

// Less to send over a weak network. What cannot be read here is sent as it is: the server says what is wrong with it.
async function smaller(file: File): Promise<Blob> {
  if (file.size <= small_enough_bytes) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, side_most / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 });
    return made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

function say(place: HTMLElement, words: string): void {
  let status = find<HTMLElement>("#picture-status");
  if (!status) {
    status = make("p", "meta");
    status.id = "picture-status";
    status.setAttribute("role", "status");
    place.append(status);
  }
  status.textContent = words;
}

// Sends the picture by itself and writes it where the caret is; without this the whole form goes there and comes back.
async function add(text: HTMLTextAreaElement, button: HTMLButtonElement, fields: HTMLElement): Promise<void> {
  const form = text.form;
  const input = find<HTMLInputElement>("#picture");
  const words = find<HTMLInputElement>("#picture_words");
  if (!form || !input || !words) return;
  const body = new FormData();
  const token = form.elements.namedItem("form_token");
  if (token instanceof HTMLInputElement) body.append("form_token", token.value);
  body.append("picture_add", "yes");
  body.append("picture_words", words.value);
  if (find<HTMLInputElement>("input[name=picture_blur]")?.checked) body.append("picture_blur", "yes");
  const file = input.files?.[0];
  say(fields, button.dataset.sending ?? "");
  if (file) body.append("picture", await smaller(file), "picture");
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", headers: { accept: "application/json" }, body });
    const { markdown, error } = await answer.json();
    if (!answer.ok) {
      say(fields, error?.message ?? "");
      (error?.field === "picture_words" ? words : input).focus();
      return;
    }
    input.value = words.value = "";
    say(fields, "");
    fields.removeAttribute("open");
    insert(text, `${text.value && text.selectionStart ? "\n\n" : ""}${markdown}\n\n`);
  } catch {
    say(fields, fields.dataset.failed ?? "");
  } finally {
    button.disabled = false;
  }
}

// A picture that was dropped or pasted goes into the field, and the person is asked what can be seen on it.
function take(files: FileList | undefined, fields: HTMLElement): boolean {
  const picture = [...(files ?? [])].find((file) => file.type.startsWith("image/"));
  const input = find<HTMLInputElement>("#picture");
  if (!picture || !input) return false;
  const one = new DataTransfer();
  one.items.add(picture);
  input.files = one.files;
  fields.setAttribute("open", "");
  find<HTMLInputElement>("#picture_words")?.focus();
  return true;
}

export function startPictures(): void {
  const text = textField();
  const fields = find<HTMLElement>("#picture-fields");
  const button = find<HTMLButtonElement>("#picture-add");
  if (!text || !fields || !button) return;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    void add(text, button, fields);
  });
  text.addEventListener("paste", (event) => {
    if (take(event.clipboardData?.files, fields)) event.preventDefault();
  });
  text.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  text.addEventListener("drop", (event) => {
    if (take(event.dataTransfer?.files, fields)) event.preventDefault();
  });
}
