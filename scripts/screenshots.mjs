// Takes the pictures people look at before a change of looks: the policy page in both themes and widths, into a
// temporary folder that is printed; one of them becomes the README's.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChromium } from './chromium.mjs';
import { startEditor } from './editor-server.mjs';

/** Day three of nine without a network, when a fingerprint has just become too old. */
const PAGE = '/policies/field-service?timeline=dead-zone&at=223200000&capability=work_order.note';
const PICTURE = fileURLToPath(new URL('../docs/images/simulator.png', import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const folder = mkdtempSync(join(tmpdir(), 'latchkey-screenshots-'));
const editor = await startEditor();
const browser = await openChromium();
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of SIZES) {
      await take({ colorScheme, viewport }, join(folder, `simulator-${colorScheme}-${viewport.width}.png`));
    }
  }
  mkdirSync(join(PICTURE, '..'), { recursive: true });
  await take({ colorScheme: 'light', viewport: { width: 1280, height: 800 } }, PICTURE);
} finally {
  await browser.close();
  await editor.stop();
}
console.log(folder);

async function take(appearance, path) {
  const context = await browser.newContext({
    ...appearance,
    storageState: editor.signedIn,
    reducedMotion: 'reduce',
    locale: 'en',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await page.goto(editor.url + PAGE, { waitUntil: 'networkidle' });
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await context.close();
}
