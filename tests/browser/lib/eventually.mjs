// Asks until the answer is truthy and returns it; what was thrown meanwhile is told if it never comes.
export async function eventually(what, ask, limit_ms = 40_000) {
  const end = Date.now() + limit_ms;
  for (;;) {
    let problem = "";
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      problem = `: ${error.message}`;
    }
    if (Date.now() > end) throw new Error(`never came: ${what}${problem}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
