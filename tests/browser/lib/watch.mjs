// What no page may ever do: say an error on the console (a refused style or script is one), or ask another host.
export function watch(context, base) {
  // What a journey brings about, as patterns. A 409 tells a script that another window has written, too.
  const seen = { errors: [], outside: [], expected: [/status of 409/] };

  context.on("console", (message) => {
    if (message.type() !== "error") return;
    const page = message.page()?.url();
    // A page that answers 404 or 422 is an answer; journeys check the status themselves.
    const is_answer = message.text().startsWith("Failed to load resource") && message.location().url === page;
    const is_expected = seen.expected.some((pattern) => pattern.test(message.text()));
    if (!is_answer && !is_expected) seen.errors.push(`${page}: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    seen.errors.push(`${error.page()?.url()}: ${error.error().message}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== base) seen.outside.push(url.href);
  });
  return seen;
}
