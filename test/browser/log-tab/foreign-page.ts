import assert from 'node:assert/strict';
import type { LogBench } from './flows.ts';

/** What a page of another origin can make the browser of somebody send who has Node-RED open: nothing that counts. */
export function foreignPage(bench: () => LogBench): void {
  it('refuses what a page of another origin sends, whatever it claims the body to be', async () => {
    const { editor, receiver } = bench();
    const before = receiver.requests.length;
    const page = await editor.openPage();
    const answers = new Map<string, number>();
    page.on('response', (answer) => {
      if (answer.request().method() === 'POST') answers.set(new URL(answer.url()).pathname, answer.status());
    });
    try {
      // Another port is another origin; what it answers is of no matter.
      await page.goto(receiver.url);
      const target = `${editor.nodeRed.url}/survey-hooks/deliveries/resend`;
      const body = JSON.stringify({ filter: {}, all: true });
      await page.evaluate(
        async ([url, text]) => {
          // Without a question beforehand the browser sends only what a form could have sent.
          const post = {
            method: 'POST',
            mode: 'no-cors',
            body: text,
            headers: { 'Content-Type': 'text/plain' },
          };
          await fetch(url, post as RequestInit);
        },
        [target, body] as const,
      );
      await page.evaluate((url) => {
        document.body.innerHTML = `<form method="post" action="${url}"><input name="all" value="true"></form>`;
        document.querySelector('form')?.submit();
      }, `${editor.nodeRed.url}/survey-hooks/endpoints/relay-endpoint/disable`);
      await page.waitForURL(/disable$/);
      assert.deepEqual(Object.fromEntries(answers), {
        '/survey-hooks/deliveries/resend': 403,
        '/survey-hooks/endpoints/relay-endpoint/disable': 403,
      });
      // Nothing was sent but the page itself, and perhaps its icon.
      const sent = receiver.requests.slice(before).filter(({ method }) => method === 'POST');
      assert.deepEqual(sent, []);
    } finally {
      // Not closed: this Chromium is one process, which now and then ends with a page.
      await page.goto('about:blank');
    }
  });
}
