import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export const port = Number(process.env.PORT ?? 5000);

/** What the tour is to remember; nothing of it goes into git. */
export const dataFolder = process.env.DATA_DIR ?? join(root, 'data');

/** What anybody may have. */
export const publicFolder = join(root, 'public');

/** The pages that are written as templates, and what all pages share. */
export const templatesFolder = join(root, 'templates');

/** The code of the tour, which it shows beside what the code does. */
export const sourceFolder = join(root, 'src');

/** True where browsers ask over HTTPS: cookies go over nothing else then. */
export const isSecure = process.env.HTTPS === 'true';

/** The origins whose pages may read the API, and write to it; without any, all may read. */
export const apiOrigins = process.env.API_ORIGINS?.split(/[\s,]+/).filter(Boolean) ?? [];
