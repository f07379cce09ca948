import { find } from "./_dom";

// When many sign up at once, the device of a newcomer works for a moment while they fill in the form: for each part it
// looks for a number whose hash begins with enough zero bits. Without this script one takes a minute over the form.
const slice_ms = 12;

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const round_keys = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const begin = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const w = new Int32Array(64);

// The first 32 bits of the SHA-256 (FIPS 180-4) of at most 55 letters of ASCII.
function firstWord(text: string): number {
  w.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) w[i >> 2]! |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  w[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = begin[0]!, b = begin[1]!, c = begin[2]!, d = begin[3]!;
  let e = begin[4]!, f = begin[5]!, g = begin[6]!, h = begin[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + round_keys[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + begin[0]!) >>> 0;
}

interface Work {
  seed: string;
  parts: number;
  bits: number;
}

// Slice by slice, so that typing stays smooth.
function solve(work: Work, done: (answer: string) => void): void {
  const least = 2 ** (32 - work.bits);
  const answer: number[] = [];
  let number = 0;
  const go = () => {
    const until = performance.now() + slice_ms;
    while (performance.now() < until) {
      for (let i = 0; i < 200; i++, number++) {
        if (firstWord(`${work.seed}:${answer.length}:${number}`) >= least) continue;
        answer.push(number);
        number = -1;
        if (answer.length === work.parts) return done(answer.join("."));
      }
    }
    setTimeout(go);
  };
  go();
}

export function startWork(): void {
  const field = find<HTMLInputElement>('input[name="door_work"]');
  const form = field?.form;
  if (!field || !form || field.value) return;
  const note = find<HTMLElement>("[data-wait]", form);
  let sent: HTMLElement | null | undefined;
  const { seed = "", parts = "0", bits = "0" } = field.dataset;
  const began = performance.now();
  solve({ seed, parts: Number(parts), bits: Number(bits) }, (answer) => {
    field.value = answer;
    field.dataset.tookMs = String(Math.round(performance.now() - began));
    if (note) note.hidden = true;
    if (sent !== undefined) form.requestSubmit(sent);
  });
  // Sent before it is done: it goes on its way in a moment.
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    sent = event.submitter;
  });
}
