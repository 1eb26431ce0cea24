import assert from 'node:assert/strict';
import type { LogTab } from '../../support/log-tab.ts';
import type { LogBench } from './flows.ts';

/** What a person is told where the log cannot be shown. */
export function troubleOfLog(bench: () => LogBench): void {
  const tab = (): LogTab => bench().tab;
  const answers: readonly [status: number, text: RegExp][] = [
    [403, /You may not do this/],
    [503, /is not ready\. The disk is full\./],
  ];
  for (const [status, text] of answers)
    it(`is told after an answer of ${status}, and can be tried again`, async () => {
      const { page, errors } = bench().editor;
      await page.route('**/survey-hooks/deliveries?*', (route) =>
        route.fulfill({ status, json: { error: { code: 'x', message: 'The disk is full.' } } }),
      );
      await tab().open({ anew: true });
      await tab().root.getByText(text).waitFor();
      await page.unrouteAll();
      await tab().button('Try again').click();
      await tab().rows.first().waitFor();
      assert.equal(await tab().root.getByText(text).isVisible(), false);
      errors.length = 0;
    });

  it('is told where Node-RED does not answer', async () => {
    const { page, errors } = bench().editor;
    await page.route('**/survey-hooks/deliveries?*', (route) => route.abort());
    await tab().root.getByLabel('Status', { exact: true }).selectOption('Succeeded');
    await tab().root.getByText('Node-RED does not answer.').waitFor();
    assert.ok((await tab().rows.count()) > 0, 'What was listed is still there.');
    await page.unrouteAll();
    await tab().button('Try again').click();
    await tab().root.getByText('Node-RED does not answer.').waitFor({ state: 'hidden' });
    errors.length = 0;
  });

  it('is told where somebody may see the list but no payload', async () => {
    const { page, errors } = bench().editor;
    await page.route(/survey-hooks\/deliveries\/[^?/]+$/, (route) =>
      route.request().url().endsWith('histogram')
        ? route.continue()
        : route.fulfill({ status: 401, body: 'Unauthorized' }),
    );
    await tab().rows.first().click();
    await tab().root.getByText('that needs the permission survey-hooks.payload').waitFor();
    await page.unrouteAll();
    await tab().button('Back').click();
    errors.length = 0;
  });
}
