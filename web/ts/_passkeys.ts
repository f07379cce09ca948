import { all, find } from "./_dom";

// A form that shows once the browser can do passkeys here: the device signs what the server asks, the form takes the
// answer along.
interface Asked {
  challenge: string;
  rp_id: string;
  rp_name?: string;
  user_handle?: string;
  user_name?: string;
  timeout_ms: number;
  known?: string[];
}

const es256 = -7;
const eddsa = -8;

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toBase64url(bytes: ArrayBuffer | null): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function ask(form: HTMLFormElement): Promise<Asked> {
  const token = find<HTMLInputElement>('input[name="form_token"]', form);
  const headers: Record<string, string> = { accept: "application/json" };
  if (token) headers["x-form-token"] = token.value;
  const answer = await fetch(form.dataset.ask ?? "", { method: "POST", headers });
  // The ten minutes after a password are over: the page asks for it again.
  if (answer.status === 422) location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function put(form: HTMLFormElement, fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    const input = find<HTMLInputElement>(`input[name="${name}"]`, form);
    if (input) input.value = value;
  }
}

async function create(form: HTMLFormElement): Promise<void> {
  const asked = await ask(form);
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: fromBase64url(asked.challenge),
      rp: { id: asked.rp_id, name: asked.rp_name ?? asked.rp_id },
      user: {
        id: fromBase64url(asked.user_handle ?? ""),
        name: asked.user_name ?? "",
        displayName: asked.user_name ?? "",
      },
      pubKeyCredParams: [es256, eddsa].map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: (asked.known ?? []).map((id) => ({ type: "public-key", id: fromBase64url(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: asked.timeout_ms,
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  put(form, {
    client_data: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.getAuthenticatorData()),
  });
}

async function get(form: HTMLFormElement): Promise<void> {
  const asked = await ask(form);
  const used = (await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64url(asked.challenge),
      rpId: asked.rp_id,
      userVerification: "required",
      timeout: asked.timeout_ms,
    },
  })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  put(form, {
    credential_id: toBase64url(used.rawId),
    client_data: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    user_handle: toBase64url(response.userHandle),
  });
}

function start(form: HTMLFormElement): void {
  const words = find<HTMLElement>("[data-refused]", form);
  let busy = false;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    // Before the listener that lets a form be sent once: what the script sends is the one time.
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    busy = true;
    if (words) words.hidden = true;
    const act = form.dataset.passkey === "create" ? create : get;
    act(form)
      .then(() => form.submit())
      .catch(() => {
        if (!words) return;
        words.textContent = words.dataset.refused ?? "";
        words.hidden = false;
      })
      .finally(() => (busy = false));
  });
}

export function startPasskeys(): void {
  if (!window.isSecureContext || !window.PublicKeyCredential) return;
  // Browsers have none for a host that is a number.
  if (/^[\d.]+$|^\[/.test(location.hostname)) return;
  const forms = all<HTMLFormElement>("form[data-passkey]");
  forms.forEach(start);
  if (forms.length > 0) all<HTMLElement>("[data-no-passkeys]").forEach((note) => (note.hidden = true));
}
