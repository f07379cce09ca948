// nginx with the very bytes of Kith's pages as files: what the same cores can do at best.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { free_port, start, stop } from "./processes.mjs";
import { wait_for_page } from "./web.mjs";

const configuration = (folder, port) => `
daemon off;
${process.getuid() === 0 ? "user root;" : ""}
worker_processes auto;
worker_rlimit_nofile 65535;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log warn;
events { worker_connections 20000; }
http {
    access_log off;
    default_type "text/html; charset=utf-8";
    sendfile on;
    tcp_nopush on;
    gzip_static on;
    keepalive_requests 1000000000;
    keepalive_timeout 600;
    open_file_cache max=12000 inactive=600s;
    open_file_cache_valid 600s;
    client_body_temp_path ${folder}/temp;
    proxy_temp_path ${folder}/temp;
    fastcgi_temp_path ${folder}/temp;
    uwsgi_temp_path ${folder}/temp;
    scgi_temp_path ${folder}/temp;
    server {
        listen 127.0.0.1:${port};
        root ${folder}/pages;
    }
}
`;

export class Nginx {
    constructor(folder) {
        this.folder = folder;
        mkdirSync(join(folder, "temp"), { recursive: true });
        mkdirSync(join(folder, "pages"), { recursive: true });
        this.put("ready.html", "ready");
    }

    // Stores a page; a gzipped one goes beside a plain one, as gzip_static wants it.
    put(name, bytes) {
        const file = join(this.folder, "pages", name);
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(file, bytes);
        return `/${name}`;
    }

    async start() {
        this.port = await free_port();
        const file = join(this.folder, "nginx.conf");
        writeFileSync(file, configuration(this.folder, this.port));
        this.child = start("/usr/sbin/nginx", ["-p", this.folder, "-c", file, "-e", join(this.folder, "nginx.log")]);
        await wait_for_page(this.port, "/ready.html");
    }

    get pid() {
        return this.child.pid;
    }

    stop() {
        return stop(this.child);
    }
}
