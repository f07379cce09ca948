// node tests/process/package.mjs BUILD-FOLDER: the Debian package holds what a server needs, with the right owners
// and rights, and keeps data and settings when it goes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const build = path.resolve(process.argv[2]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kith-package-"));
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  run("cpack", "-G", "DEB", "--config", path.join(build, "CPackConfig.cmake"), "-B", folder);
  const [name] = fs.readdirSync(folder).filter((file) => file.endsWith(".deb"));
  assert.match(name, /^kith_\d+\.\d+\.\d+_\w+\.deb$/);

  // "-rwxr-xr-x root/root 1234 2026-01-01 00:00 ./usr/bin/kith"
  const files = new Map();
  for (const line of run("dpkg-deb", "--contents", name).trim().split("\n")) {
    const [mode, owner, , , , file] = line.split(/\s+/);
    files.set(file, { mode, owner });
  }
  const expected = {
    "./usr/bin/kith": "-rwxr-xr-x",
    "./etc/kith/kith.toml": "-rw-r--r--",
    "./usr/lib/systemd/system/kith.service": "-rw-r--r--",
    "./usr/share/doc/kith/copyright": "-rw-r--r--",
    "./usr/share/doc/kith/operators/install.md": "-rw-r--r--",
    "./usr/share/doc/kith/operators/backup.md": "-rw-r--r--",
  };
  for (const [file, mode] of Object.entries(expected)) assert.deepEqual(files.get(file), { mode, owner: "root/root" }, file);
  for (const file of files.keys()) assert.match(file, /^\.\/($|usr\/|etc\/)/, `${file} is out of place`);

  const field = (which) => run("dpkg-deb", "--field", name, which).trim();
  assert.equal(field("Package"), "kith");
  assert.match(field("Depends"), /libsqlite3-0/);
  assert.equal(field("Recommends"), "", "nothing is pulled in that an operator did not choose");
  assert.match(field("Suggests"), /caddy \| nginx/);

  run("dpkg-deb", "--control", name, "control");
  assert.equal(fs.readFileSync(path.join(folder, "control/conffiles"), "utf8").trim(), "/etc/kith/kith.toml");
  for (const script of ["postinst", "prerm", "postrm"]) {
    const file = path.join(folder, "control", script);
    assert.equal(fs.statSync(file).mode & 0o777, 0o755, script);
    run("sh", "-n", file);
    assert.doesNotMatch(fs.readFileSync(file, "utf8"), /rm .*\/var\/lib/, `${script} touches the data`);
  }
  console.log(`package: ${name} is right`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
