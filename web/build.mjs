// Builds the web assets into the folder argv[2]: bundled styles and scripts, fonts and icons under hashed names,
// each also compressed, and manifest.json, which cmake/embed.mjs reads.
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import url from "node:url";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import { transform } from "lightningcss";

const here = path.dirname(url.fileURLToPath(import.meta.url));
const out = process.argv[2];
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};
const packed = new Set([".woff2", ".png"]);
const manifest = [];

// Writes one asset under the hash of its bytes and returns its address.
function publish(logical, bytes) {
  const extension = path.extname(logical);
  const hash = crypto.createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const file = `${path.basename(logical, extension)}-${hash}${extension}`;
  const entry = { logical, path: `/assets/${file}`, type: types[extension], file, etag: `"${hash}"` };
  fs.writeFileSync(path.join(out, file), bytes);
  const variants = { gzip: zlib.gzipSync(bytes, { level: 9 }), brotli: zlib.brotliCompressSync(bytes) };
  for (const [name, compressed] of Object.entries(variants)) {
    if (packed.has(extension) || compressed.length >= bytes.length) continue;
    entry[name] = `${file}.${name}`;
    fs.writeFileSync(path.join(out, entry[name]), compressed);
  }
  manifest.push(entry);
  return entry.path;
}

function publishFolder(folder) {
  const full = path.join(here, folder);
  if (!fs.existsSync(full)) return;
  for (const name of fs.readdirSync(full).sort()) publish(name, fs.readFileSync(path.join(full, name)));
}

// For home screens, which cut their own corners: Apple's, then those of the web manifest.
function publishHomeIcons() {
  const drawing = path.join(here, "icons/home.svg");
  for (const size of [180, 192, 512])
    publish(`home-${size}.png`, execFileSync("rsvg-convert", ["--width", size, "--height", size, drawing]));
}

// Fonts and images named in the styles become assets of their own.
const hashedUrls = {
  name: "hashed-urls",
  setup(build) {
    build.onResolve({ filter: /\.(woff2|svg|png)$/ }, async (args) => {
      if (args.kind !== "url-token" || args.pluginData === "resolving") return undefined;
      const found = await build.resolve(args.path, {
        kind: args.kind,
        resolveDir: args.resolveDir,
        pluginData: "resolving",
      });
      return { path: publish(path.basename(found.path), fs.readFileSync(found.path)), external: true };
    });
  },
};

async function bundle(entry, name, options) {
  const result = await esbuild.build({
    entryPoints: [path.join(here, entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    target: ["es2020"],
    legalComments: "none",
    ...options,
  });
  return [name, Buffer.from(result.outputFiles[0].contents)];
}

publishFolder("icons");
publishHomeIcons();
publishFolder("static");
if (fs.existsSync(path.join(here, "css/app.css"))) {
  const [name, css] = await bundle("css/app.css", "app.css", {
    plugins: [hashedUrls],
    target: undefined,
  });
  publish(name, Buffer.from(transform({ filename: name, code: css, minify: true }).code));
}
for (const name of fs.readdirSync(path.join(here, "ts")).sort()) {
  if (!name.endsWith(".ts") || name.startsWith("_")) continue;
  publish(...(await bundle(`ts/${name}`, name.replace(/\.ts$/, ".js"), { format: "esm" })));
}
publish(...(await bundle("worker/sw.ts", "sw.js", { format: "iife" })));
fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1));
