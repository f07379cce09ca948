// A Postfix of its own, in a temporary folder and on ports of its own, that delivers to Maildirs of the domain kith.test.
// It speaks TLS with a certificate of its own. Unknown people are refused at once; once leave() was called, mail to
// later@kith.test is taken and sent back some moments later. Who comes over its port for TLS alone signs in; a Dovecot
// knows the one name and password, and shows the mailbox of harbour@kith.test over IMAP with TLS.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePort, freshFolder } from "./client.mjs";

export const user = "harbour";
export const secret = "a password for mail";

const services = [
  ["pickup", "unix", "n - n 60 1", "pickup"],
  ["cleanup", "unix", "n - n - 0", "cleanup"],
  ["qmgr", "unix", "n - n 300 1", "qmgr"],
  ["tlsmgr", "unix", "- - n 1000? 1", "tlsmgr"],
  ["rewrite", "unix", "- - n - -", "trivial-rewrite"],
  ["bounce", "unix", "- - n - 0", "bounce"],
  ["defer", "unix", "- - n - 0", "bounce"],
  ["trace", "unix", "- - n - 0", "bounce"],
  ["verify", "unix", "- - n - 1", "verify"],
  ["proxymap", "unix", "- - n - -", "proxymap"],
  ["error", "unix", "- - n - -", "error"],
  ["retry", "unix", "- - n - -", "error"],
  ["discard", "unix", "- - n - -", "discard"],
  ["local", "unix", "- n n - -", "local"],
  ["virtual", "unix", "- n n - -", "virtual"],
  ["anvil", "unix", "- - n - 1", "anvil"],
  ["postlog", "unix-dgram", "n - n - 1", "postlogd"],
];

export class Postfix {
  // Only root may run Postfix.
  static mayRun() {
    return process.getuid() === 0;
  }

  async prepare() {
    this.folder = freshFolder();
    fs.chmodSync(this.folder, 0o755);
    for (const part of ["etc", "queue", "data", "mail"]) fs.mkdirSync(path.join(this.folder, part), { mode: 0o755 });
    execFileSync("chown", ["postfix:", path.join(this.folder, "data")]);
    [this.port, this.tls_port, this.imap_port] = [await freePort(), await freePort(), await freePort()];
    this.makeCertificate();
    for (const name of ["ada", "harbour", "later"]) this.makeMaildir(name);
    execFileSync("chown", ["-R", "nobody:", path.join(this.folder, "mail")]);
    const deliver = `#!/bin/sh\n[ -e ${this.folder}/left ] && exit 67\ncat >${this.maildir("later")}/new/$$\n`;
    fs.writeFileSync(path.join(this.folder, "deliver"), deliver, { mode: 0o755 });
    this.writeSettings();
    this.writeDovecot();
    return this;
  }

  makeCertificate() {
    this.certificate = path.join(this.folder, "etc/cert.pem");
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2"];
    const files = ["-keyout", path.join(this.folder, "etc/key.pem"), "-out", this.certificate];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files], { stdio: "ignore" });
  }

  maildir(name) {
    return path.join(this.folder, "mail", name);
  }

  makeMaildir(name) {
    for (const part of ["new", "cur", "tmp"]) fs.mkdirSync(path.join(this.maildir(name), part), { recursive: true });
  }

  writeSettings() {
    const etc = path.join(this.folder, "etc");
    const nobody = execFileSync("id", ["-u", "nobody"], { encoding: "utf8" }).trim();
    const group = execFileSync("id", ["-g", "nobody"], { encoding: "utf8" }).trim();
    const settings = {
      compatibility_level: "3.6",
      queue_directory: path.join(this.folder, "queue"),
      data_directory: path.join(this.folder, "data"),
      maillog_file: path.join(this.folder, "log"),
      maillog_file_prefixes: "/tmp, /var, " + path.dirname(this.folder),
      myhostname: "mail.kith.test",
      mydestination: "",
      inet_protocols: "ipv4",
      alias_maps: "",
      alias_database: "",
      local_recipient_maps: "",
      virtual_mailbox_domains: "kith.test",
      virtual_mailbox_base: path.join(this.folder, "mail"),
      virtual_mailbox_maps: "inline:{ {ada@kith.test=ada/}, {harbour@kith.test=harbour/}, {later@kith.test=later/} }",
      virtual_minimum_uid: "100",
      virtual_uid_maps: `static:${nobody}`,
      virtual_gid_maps: `static:${group}`,
      transport_maps: "inline:{ {later@kith.test=later:} }",
      smtpd_tls_cert_file: this.certificate,
      smtpd_tls_key_file: path.join(etc, "key.pem"),
      smtpd_tls_security_level: "may",
      smtpd_relay_restrictions: "reject_unauth_destination",
      recipient_delimiter: "+",
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
    fs.writeFileSync(path.join(etc, "main.cf"), lines.join(""));
    const sign_in =
      "-o smtpd_sasl_auth_enable=yes -o smtpd_sasl_type=dovecot -o smtpd_sasl_path=private/auth " +
      "-o smtpd_client_restrictions=permit_sasl_authenticated,reject";
    const rows = services.map((row) => row.join(" "));
    rows.push(`127.0.0.2:${this.port} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt`);
    rows.push(`127.0.0.1:${this.tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes ${sign_in}`);
    rows.push(`later unix - n n - - pipe user=nobody argv=${path.join(this.folder, "deliver")}`);
    fs.writeFileSync(path.join(etc, "master.cf"), rows.join("\n") + "\n");
  }

  // Dovecot for passwords, and for the mailbox of the site.
  writeDovecot() {
    const etc = path.join(this.folder, "etc");
    fs.writeFileSync(path.join(etc, "users"), `${user}:{PLAIN}${secret}\n`);
    fs.writeFileSync(
      path.join(etc, "dovecot.conf"),
      `base_dir = ${this.folder}/dovecot
log_path = ${this.folder}/dovecot.log
protocols = imap
ssl = required
ssl_cert = <${this.certificate}
ssl_key = <${etc}/key.pem
mail_location = maildir:${this.folder}/mail/%n
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = ${etc}/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${this.imap_port}
    ssl = yes
  }
}
service auth {
  unix_listener ${this.folder}/queue/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
`,
    );
  }

  // It stays in the background and would keep pipes of ours open.
  runDovecot(...command) {
    execFileSync("/usr/sbin/dovecot", ["-c", path.join(this.folder, "etc/dovecot.conf"), ...command], { stdio: "ignore" });
  }

  run(command) {
    execFileSync("/usr/sbin/postfix", ["-c", path.join(this.folder, "etc"), command], { stdio: "pipe" });
  }
  start() {
    this.run("start");
    if (!this.knows_passwords) this.runDovecot();
    this.knows_passwords = true;
  }
  stop() {
    this.run("stop");
  }

  leave() {
    fs.writeFileSync(path.join(this.folder, "left"), "");
  }

  // Hands a mail in as the server of a member would, from that address.
  deliver(from, to, text) {
    execFileSync("/usr/sbin/sendmail", ["-C", path.join(this.folder, "etc"), "-f", from, to], { input: text, stdio: "pipe" });
  }

  // Mails that have arrived: {headers, subject, body}, the oldest first.
  mails(name) {
    const folder = path.join(this.maildir(name), "new");
    const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const age = (file) => fs.statSync(path.join(folder, file)).mtimeMs;
    return files.sort((a, b) => age(a) - age(b)).map((file) => read(fs.readFileSync(path.join(folder, file), "utf8")));
  }

  log() {
    return fs.readFileSync(path.join(this.folder, "log"), "utf8");
  }

  remove() {
    for (const end of [() => this.stop(), () => this.runDovecot("stop")]) {
      try {
        end();
      } catch {
        // it was stopped already
      }
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function read(text) {
  const at = text.indexOf("\n\n");
  const headers = text.slice(0, at).replace(/\n[ \t]+/g, " ");
  const header = (name) => new RegExp(`^${name}: (.*)$`, "mi").exec(headers)?.[1] ?? "";
  const body = text.slice(at + 2);
  const is_encoded = header("Content-Transfer-Encoding") === "base64";
  return { text, headers, header, subject: header("Subject"), body: is_encoded ? Buffer.from(body, "base64").toString() : body };
}
