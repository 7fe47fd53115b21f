import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './findBrowser.ts';

const executablePath = findBrowser(process.env);
const isOptional = !process.env.CI || process.env.CI === 'false';

/** True where there is no Chromium, and none is needed: tests that want one say so, and are skipped. */
export const isSkipped: boolean = executablePath === undefined && isOptional;
if (isSkipped) {
  process.stderr.write('SKIPPED the browser tests: no Chromium here. Install one, or set CHROMIUM_PATH.\n');
}

/** A Chromium that does nothing of its own accord, such as to ask its maker for updates. */
export async function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('In CI there must be a Chromium: set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
