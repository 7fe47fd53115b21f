export { isSkipped, launchBrowser } from './launch.ts';
